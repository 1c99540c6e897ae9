/**
 * The course of an incident as lanes of time.
 *
 * Owns: which lane a line of the log stands in, and where. Guarantees: nothing of the log is left out; what falls on one place
 *   is one mark that says how many. Refuses: words.
 */
import type { EntryRecord } from '../../../native-bridge/contract/duty-records.ts';

export const LANES = ['status', 'report', 'force', 'task'] as const;
export type Lane = (typeof LANES)[number];

/** Units and the orders that move them; the other orders and what people do belong to tasks. */
const MOVES: ReadonlySet<string> = new Set(['dispatch', 'recall', 'divert', 'moveUp']);

export const laneOf = ({ kind, text }: Pick<EntryRecord, 'kind' | 'text'>): Lane => {
  if (kind === 'status') return 'status';
  if (kind === 'alarm' || kind === 'report') return 'report';
  if (kind === 'unit' || (kind === 'order' && MOVES.has(text ?? ''))) return 'force';
  return 'task';
};

export interface TimeMark {
  lane: Lane;
  /** 0 at `from`, 1 at `to`. */
  share: number;
  /** Oldest first. */
  entries: readonly EntryRecord[];
}

/** `cells`: so many places side by side can be told apart. Entries come oldest first. */
export const marksOf = (entries: readonly EntryRecord[], from: number, to: number, cells: number): TimeMark[] => {
  const span = Math.max(1, to - from);
  const found = new Map<string, { lane: Lane; share: number; entries: EntryRecord[] }>();
  for (const entry of entries) {
    const lane = laneOf(entry);
    const share = Math.min(1, Math.max(0, (entry.at - from) / span));
    const key = `${lane}/${Math.round(share * cells)}`;
    const held = found.get(key);
    if (held) held.entries.push(entry);
    else found.set(key, { lane, share, entries: [entry] });
  }
  return [...found.values()];
};

/** Whole steps that a person reads, so that at most `most` stand on the line; ms. */
export const stepOf = (span: number, most: number): number => {
  const MINUTE = 60_000;
  return (
    [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440].map((n) => n * MINUTE).find((step) => span / step <= most) ??
    7 * 1440 * MINUTE
  );
};
