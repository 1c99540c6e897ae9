/**
 * The flush: how the picture gets to the disk without ever stopping for it.
 *
 * Owns: which records are dirty, and the mark that tells a restart from where on events must be applied again.
 * Guarantees: core records (alarms, incidents, tallies …) go whole with every slice, together with the position they
 *   stand for, so counting never happens twice; the bulk (devices, cabs, units) goes round by round, at most `most`
 *   records a slice, and the mark moves when a round is complete.
 * Refuses: I/O; `put` is handed in.
 */
import type { Collection } from '../contract/records.ts';
import type { Changed, ChangeLog, Saved } from './change-log.ts';
import type { KeptStrip } from './kept.ts';

/**
 * limits.md: a bulk flush stalls 0.4 s. 125 records encode in half a millisecond and are written in one: no alarm waits
 * longer than that behind them, here or at the disk.
 */
export const SLICE_RECORDS = 125;
export const SLICE_MS = 25;

const BULK: ReadonlySet<Collection> = new Set<Collection>(['device', 'cab', 'unit']);
/** Known anew at every start, or kept elsewhere, or too short-lived to keep. */
const NOT_KEPT: ReadonlySet<Collection> = new Set<Collection>([
  ...(['feed', 'order', 'recording', 'detection', 'strip'] as const),
  ...(['cover', 'advice', 'way', 'moveup'] as const),
]);

export interface Flush {
  /** Everything up to `position` has been applied to the picture. */
  readonly applied: (position: number) => void;
  /** One slice. Answers how many records are still dirty. */
  readonly slice: (most?: number) => number;
  /** The disk is back, or another one: what was put meanwhile is not there, so everything goes once more. */
  readonly again: () => void;
  /** Everything, for a clean end. */
  readonly all: () => void;
}

export interface FlushOptions {
  log: ChangeLog;
  /** What a restart must know beside the records. */
  memory: () => Omit<KeptStrip, 'position'>;
  put: (changes: readonly Saved[], mark?: number) => void;
  /** Where the picture stands now. */
  start: number;
}

export const createFlush = ({ log, memory, put, start }: FlushOptions): Flush => {
  const core = new Set<Changed>();
  let round = new Set<Changed>();
  let next = new Set<Changed>();
  let position = start;
  /** Where the picture stood when the present round began. */
  let roundFrom = start;
  let marked = start;
  const dirty = (entry: Changed): void => {
    if (NOT_KEPT.has(entry.collection)) return;
    (BULK.has(entry.collection) ? next : core).add(entry);
  };
  log.onChange(dirty);

  const slice = (most = SLICE_RECORDS): number => {
    if (round.size === 0) {
      [round, next] = [next, round];
      roundFrom = position;
    }
    const changes: Saved[] = [];
    if (core.size > 0) {
      for (const entry of core) changes.push(entry.saved());
      core.clear();
    }
    let left = most;
    for (const entry of round) {
      if (left === 0) break;
      left -= 1;
      changes.push(entry.saved());
      round.delete(entry);
    }
    const complete = round.size === 0 && roundFrom > marked;
    if (changes.length === 0 && !complete) return next.size;
    const strip: KeptStrip = { ...memory(), position };
    changes.push({ collection: 'strip', id: 'strip', record: strip });
    if (complete) {
      marked = roundFrom;
      put(changes, marked);
    } else put(changes);
    return round.size + next.size;
  };

  return {
    applied: (at) => {
      position = at;
    },
    slice,
    again: () => {
      for (const entry of log.entries()) dirty(entry);
    },
    all: () => {
      // The round under way, then the one that holds the rest.
      slice(Number.POSITIVE_INFINITY);
      slice(Number.POSITIVE_INFINITY);
    },
  };
};
