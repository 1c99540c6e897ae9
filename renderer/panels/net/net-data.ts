/**
 * What the line of a field headquarters carries, and what is left of its budget for video.
 *
 * Owns: that arithmetic. Guarantees: F2 alarms, incidents and orders are never held back: video gives way to them, down to nothing,
 *   and what is over then is said. Refuses: to guess: a source whose traffic nobody measured makes the whole a bound.
 */
import type { FeedRecord } from '../../../native-bridge/contract/records.ts';

export interface Carried {
  /** bit/s by source, in the order of the feeds. */
  by: readonly { id: string; bits: number | null }[];
  /** Of all that were measured. */
  bits: number;
  /** Of all but the cameras' own feed. */
  others: number;
  /** Some source was not measured. */
  bound: boolean;
}

export const carriedOf = (feeds: Iterable<FeedRecord>): Carried => {
  const by = [...feeds].map(({ id, bits }) => ({ id, bits: bits ?? null }));
  const sum = (of: typeof by): number => of.reduce((whole, { bits }) => whole + (bits ?? 0), 0);
  return {
    by,
    bits: sum(by),
    others: sum(by.filter(({ id }) => id !== 'video')),
    bound: by.some(({ bits }) => bits === null),
  };
};

/** `budget` in kbit/s. What is left for video, and how much the rest is over; bit/s. */
export const leftFor = (budget: number, { others }: Pick<Carried, 'others'>): { video: number; over: number } => ({
  video: Math.max(0, budget * 1000 - others),
  over: Math.max(0, others - budget * 1000),
});

/** Mbit/s. A share that hardly differs stays: each change costs a key frame. */
const STEADY = 0.2;
export const videoShare = (held: number | null, video: number): number => {
  const wanted = Math.floor(video / 10_000) / 100;
  return held !== null && wanted > 0 && Math.abs(wanted - held) <= STEADY * held ? held : wanted;
};

/** "86 kbit/s", "1.2 Mbit/s" */
export const bitsText = (bits: number): string =>
  bits < 999_500 ? `${Math.round(bits / 1000)} kbit/s` : `${(bits / 1e6).toFixed(1)} Mbit/s`;
