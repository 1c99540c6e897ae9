/**
 * What a number key means: the row that the person saw, not the one that has just moved there.
 *
 * Owns: the last lists as they were drawn. Guarantees: A4 a number means the row that stood at that place when the eye could
 *   last have read it; a place that was empty then means what stands there now. Refuses: to choose; it names an alarm.
 */
import type { AlarmId } from '../../native-bridge/contract/brand.ts';

/** From seeing to pressing a key takes a person at least this long; ms. */
export const REACTION_MS = 300;
const MOST = 64;

export interface RowsSeen {
  /** The rows in sight, top first, as just drawn. */
  readonly drawn: (ids: readonly AlarmId[]) => void;
  /** `n` counts from 1. `null`: this window has drawn no list yet. */
  readonly at: (n: number) => AlarmId | undefined | null;
}

export const createRowsSeen = (now: () => number): RowsSeen => {
  /** Oldest first; of those older than a reaction only the newest is kept. */
  let lists: { at: number; ids: readonly AlarmId[] }[] = [];
  const same = (a: readonly AlarmId[], b: readonly AlarmId[]): boolean =>
    a.length === b.length && a.every((id, i) => id === b[i]);
  const settle = (): void => {
    const old = lists.findLastIndex(({ at }) => now() - at >= REACTION_MS);
    if (old > 0) lists = lists.slice(old);
    if (lists.length > MOST) lists = lists.slice(-MOST);
  };
  return {
    drawn: (ids) => {
      const newest = lists.at(-1);
      if (newest && same(newest.ids, ids)) return;
      lists.push({ at: now(), ids: [...ids] });
      settle();
    },
    at: (n) => {
      settle();
      if (lists.length === 0) return null;
      return lists[0]?.ids[n - 1] ?? lists.at(-1)?.ids[n - 1];
    },
  };
};
