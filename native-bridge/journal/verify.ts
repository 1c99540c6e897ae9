/**
 * Verify: is every number of every log there, once, as it was written?
 *
 * Owns: the proof. Guarantees: reads every segment and checks its sum; every gap, double and damage is named.
 * Refuses: to take the file's own bookkeeping for a fact; it is checked too.
 */
import { Intervals, type Range } from '../base/intervals.ts';
import { KIND } from './schema.ts';
import { framesOf, type Reading } from './reading.ts';

export interface LogVerdict {
  source: string;
  epoch: string;
  /** Numbers kept, and the highest known. */
  held: number;
  top: number;
  events: number;
  /** Not there, and why: `missing` without a reason, `broken` messages, `gone` upstream, `retired` by age or size. */
  gaps: { from: number; to: number; why: 'missing' | 'broken' | 'gone' | 'retired' }[];
  doubles: Range[];
  /** The bookkeeping claims numbers that no segment holds. */
  unbacked: Range[];
}
export interface Verdict {
  logs: LogVerdict[];
  damaged: { segment: number; why: string }[];
  /** Nothing doubled, damaged or unbacked, and no gap without a reason. */
  sound: boolean;
}

/** All of it is read as of one moment: the bookkeeping of a journal that is written meanwhile would be ahead of it. */
export function verify(reading: Reading): Verdict {
  return reading.asOfNow(() => verdictOf(reading));
}
function verdictOf(reading: Reading): Verdict {
  const found = new Map<number, { held: Intervals; doubles: Range[]; events: number }>();
  const damaged: Verdict['damaged'] = [];
  for (const row of reading.segments(0)) {
    const log = found.get(row.log) ?? { held: new Intervals(), doubles: [], events: 0 };
    found.set(row.log, log);
    try {
      for (const { frame, rejected } of framesOf(row)) {
        if (frame.manner === 'snapshot') continue;
        const fresh = log.held.add(frame.from, frame.to);
        const count = fresh.reduce((n, [from, to]) => n + to - from + 1, 0);
        if (count !== frame.to - frame.from + 1) log.doubles.push([frame.from, frame.to]);
        log.events += frame.to - frame.from + 1 - rejected.length;
      }
    } catch (error) {
      damaged.push({ segment: row.id, why: error instanceof Error ? error.message : String(error) });
    }
  }
  const coverage = reading.db.prepare<[number, number], { first: number; last: number }>(
    'SELECT first, last FROM coverage WHERE log = ? AND kind = ? ORDER BY first',
  );
  const setOf = (log: number, kind: number): Intervals =>
    new Intervals(coverage.all(log, kind).map(({ first, last }): Range => [first, last]));
  const logs = reading.db.prepare<[], { id: number; source: string; epoch: string; snapshot: number | null }>(
    'SELECT id, source, epoch, snapshot FROM log ORDER BY source, id',
  );
  const verdicts = logs.all().map(({ id, source, epoch, snapshot }): LogVerdict => {
    const { held, doubles, events } = found.get(id) ?? { held: new Intervals(), doubles: [], events: 0 };
    const retired = setOf(id, KIND.retired);
    const claimed = setOf(id, KIND.held);
    const reasons = [
      ['broken', setOf(id, KIND.broken)],
      ['gone', setOf(id, KIND.gone)],
      ['retired', retired],
    ] as const;
    const top = Math.max(held.last ?? 0, claimed.last ?? 0, snapshot ?? 0, ...reasons.map(([, set]) => set.last ?? 0));
    const gaps: LogVerdict['gaps'] = [];
    for (const hole of held.missing(1, top)) {
      // A hole may have several reasons, one after the other.
      let rest: Range[] = [hole];
      for (const [why, set] of reasons) {
        rest = rest.flatMap(([from, to]) => {
          const open = set.missing(from, to);
          for (const [a, b] of new Intervals(open).missing(from, to)) gaps.push({ from: a, to: b, why });
          return open;
        });
      }
      for (const [from, to] of rest) gaps.push({ from, to, why: 'missing' });
    }
    gaps.sort((a, b) => a.from - b.from);
    const unbacked = [...claimed]
      .flatMap(([from, to]) => held.missing(from, to))
      .flatMap(([from, to]) => retired.missing(from, to));
    return { source, epoch, held: held.count, top, events, gaps, doubles, unbacked };
  });
  const sound =
    damaged.length === 0 &&
    verdicts.every(
      (log) => log.doubles.length === 0 && log.unbacked.length === 0 && log.gaps.every((gap) => gap.why !== 'missing'),
    );
  return { logs: verdicts, damaged, sound };
}
