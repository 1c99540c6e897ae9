/**
 * Export: the events as received, in the order in which they were received, one JSON object a line.
 *
 * Owns: the merge of the sources by receive time, and the lines. Guarantees: rejected events are left out; an event
 *   is what its platform sent (coordinates in the feed's own datum). Refuses: snapshots unless asked for.
 */
import { unpackAny } from '../base/packing.ts';
import { framesOf, type Reading, type SegmentRow } from './reading.ts';
import type { StoredFrame } from './segment.ts';

export interface ExportOptions {
  /** Receive time, ms, both inclusive. */
  from: number;
  to: number;
  source: string | null;
  snapshots: boolean;
  damaged(segment: number, why: string): void;
}
export interface ExportLine {
  source: string;
  epoch: string;
  seq: number;
  topic: string;
  /** Receive time and publishing time, ms. */
  heard: number;
  ts: number;
  manner: string;
  event: unknown;
}

function* framesIn(reading: Reading, source: string, options: ExportOptions): Generator<StoredFrame> {
  const within = (row: SegmentRow): boolean => row.heard_to >= options.from && row.heard_from <= options.to;
  for (const row of reading.segments(0, source)) {
    if (!within(row)) continue;
    try {
      yield* framesOf(row);
    } catch (error) {
      options.damaged(row.id, error instanceof Error ? error.message : String(error));
    }
  }
}

export function* exportLines(reading: Reading, options: ExportOptions): Generator<ExportLine> {
  const names = reading.db.prepare<[], string>('SELECT DISTINCT source FROM log ORDER BY source').pluck().all();
  const heads = names
    .filter((name) => options.source === null || name === options.source)
    .map((name) => framesIn(reading, name, options))
    .map((frames) => ({ frames, next: frames.next() }));
  for (;;) {
    let first: (typeof heads)[number] | null = null;
    for (const head of heads) {
      if (head.next.done === true) continue;
      if (first === null || first.next.done === true || head.next.value.frame.heard < first.next.value.frame.heard)
        first = head;
    }
    if (first === null || first.next.done === true) return;
    const { frame, rejected } = first.next.value;
    first.next = first.frames.next();
    if (frame.heard < options.from || frame.heard > options.to) continue;
    const snapshot = frame.manner === 'snapshot';
    if (snapshot && !options.snapshots) continue;
    const read = unpackAny(frame.body);
    const events: unknown[] = Array.isArray(read) ? read : [read];
    const refused = new Set(rejected);
    for (const [i, event] of events.entries()) {
      const seq = snapshot ? frame.seq : frame.seq + i;
      if (refused.has(i) || (!snapshot && (seq < frame.from || seq > frame.to))) continue;
      const { source, epoch, topic, heard, ts, manner } = frame;
      yield { source, epoch, seq, topic, heard, ts, manner, event };
    }
  }
}
