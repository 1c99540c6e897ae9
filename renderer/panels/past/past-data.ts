/**
 * The arithmetic of the line of time.
 *
 * Owns: how much of the past it shows, and where its marks stand. Guarantees: pure. Refuses: to know the time.
 */
import type { Span } from '../../../native-bridge/contract/past.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How much of the past the line can show, ms. */
export const RANGES = [15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR] as const;
const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR] as const;
const MOST_MARKS = 8;

/** The least range that holds the moment, at least `least`; no more than reaches the first that was kept. */
export const rangeFor = (at: number, now: number, spans: readonly Span[], least: number): number => {
  const kept = now - (spans[0]?.[0] ?? now);
  const wanted = Math.max(least, (now - at) * 1.05);
  const widest = RANGES.find((range) => range >= kept) ?? RANGES[RANGES.length - 1] ?? wanted;
  return Math.min(RANGES.find((range) => range >= wanted) ?? wanted, Math.max(widest, now - at));
};
/** Full minutes or hours between the ends, a handful. */
export const ticksOf = (from: number, to: number): number[] => {
  const step = STEPS.find((one) => (to - from) / one <= MOST_MARKS) ?? 24 * HOUR;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) ticks.push(at);
  return ticks;
};
