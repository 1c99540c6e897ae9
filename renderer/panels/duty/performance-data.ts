/**
 * The figures of ISA-18.2 from the day's ten-minute counts.
 *
 * Owns: rate, peak, share of time in flood, mix, and which alarm to tune first. Pure.
 * Guarantees: an average is over the time that was observed, never over a day that was not; the flood is counted by the
 *   profile's own begin and end. Refuses: words.
 */
import type { PerformanceRecord, TopAlarm } from '../../../native-bridge/contract/duty-records.ts';
import type { DutyCard } from '../../../native-bridge/contract/site-duty.ts';

const BUCKET = 10 * 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** ISA-18.2: about 80 % low, 15 % medium, 5 % high; with four levels the two worst are the high ones. */
export type Advice = 'delay' | 'repair' | 'review' | 'none';
export interface Figures {
  total: number;
  /** ms of the day that were observed. */
  observed: number;
  perHour: number;
  peak: number;
  peakAt: number | null;
  /** Share of the observed time. */
  flood: number;
  /** Every ten minutes of the observed time, oldest first; `flood`: within one. */
  series: { at: number; count: number; flood: boolean }[];
  /** Shares by level, worst first. */
  mix: [number, number, number, number];
  top: (TopAlarm & { share: number; advice: Advice })[];
}

/** What makes one alarm more than a tenth of all is worth a look by itself. */
const MUCH = 0.1;
const adviceFor = (alarm: TopAlarm, share: number): Advice => {
  if (alarm.chattering) return 'delay';
  if (alarm.stale) return 'repair';
  return alarm.count > 1 && share > MUCH ? 'review' : 'none';
};

export const figuresOf = (record: PerformanceRecord, targets: DutyCard['targets'], now: number): Figures => {
  const { buckets } = record;
  const sum = (levels: readonly number[]): number => levels.reduce((a, b) => a + b, 0);
  const first = buckets[0]?.at ?? now;
  const observed = Math.min(DAY, Math.max(BUCKET, now - first));
  const counts = new Map(buckets.map(({ at, levels }) => [at, sum(levels)]));
  let [total, peak, floods, flood] = [0, 0, 0, false];
  let peakAt: number | null = null;
  const series: Figures['series'] = [];
  for (let at = first; at <= now; at += BUCKET) {
    const count = counts.get(at) ?? 0;
    total += count;
    if (count > peak) [peak, peakAt] = [count, at];
    flood = flood ? count >= targets.floodEnds : count > targets.floodBegins;
    if (flood) floods += 1;
    series.push({ at, count, flood });
  }
  const mix = ([0, 1, 2, 3] as const).map((i) =>
    total === 0 ? 0 : buckets.reduce((all, { levels }) => all + levels[i], 0) / total,
  ) as Figures['mix'];
  const top = record.top.map((alarm) => {
    const share = total === 0 ? 0 : Math.min(1, alarm.count / total);
    return { ...alarm, share, advice: adviceFor(alarm, share) };
  });
  return {
    ...{ total, observed, peak, peakAt, mix, top, series },
    perHour: total / Math.max(1, observed / HOUR),
    flood: Math.min(1, (floods * BUCKET) / observed),
  };
};
