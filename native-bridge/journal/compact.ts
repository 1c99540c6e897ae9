/**
 * Compaction: many small segments of a log become few large ones, packed tighter.
 *
 * Owns: what is joined and how. Guarantees: every message stays byte for byte and in its place; a transaction a step,
 *   so that it may be interrupted at any moment. Refuses: segments after the mark of the state (their place counts).
 */
import { constants, crc32, zstdCompressSync } from 'node:zlib';
import { statSync } from 'node:fs';
import { PACKING, openWritable } from './schema.ts';
import { unpackSegment, type SegmentRow } from './reading.ts';
import { readSegment, SegmentBuilder } from './segment.ts';

/** A packed segment is read whole: large enough to pack well, small enough to read in a few ms. */
const JOIN_BYTES = 2 * 1024 * 1024;
const ZSTD = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 12,
    [constants.ZSTD_c_checksumFlag]: 1,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  },
};

export interface Compacted {
  before: number;
  after: number;
  events: number;
}

/** Joins whole runs of one log; the joined row keeps the place of the first. */
function join(rows: readonly SegmentRow[], bytes: readonly Uint8Array[]): { data: Buffer; frames: number } {
  const builder = new SegmentBuilder(JOIN_BYTES * 2);
  for (const [i, row] of rows.entries()) {
    for (const { frame, rejected } of readSegment(bytes[i] as Uint8Array, row.source, row.epoch))
      builder.add(frame, rejected);
  }
  const { bytes: joined, length } = builder.finish();
  return { data: zstdCompressSync(new Uint8Array(joined, 0, length), ZSTD), frames: builder.frames };
}

/** Throws when the file is in use (SQLITE_BUSY) or damaged. */
export function compact(file: string): Compacted {
  const before = statSync(file).size;
  const db = openWritable(file, 'process');
  try {
    // Fails at once when a bridge is writing.
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    const mark = db.prepare<[], number>("SELECT value FROM fact WHERE name = 'mark'").pluck().get() ?? 0;
    const last = db.prepare<[], number>('SELECT max(id) FROM segment').pluck().get() ?? 0;
    const until = mark > 0 ? Math.min(mark, last) : last;
    const select = db.prepare<[number, number, number], SegmentRow>(
      `SELECT s.*, l.source, l.epoch FROM segment s JOIN log l ON l.id = s.log WHERE s.log = ? AND s.id > ? AND s.id <= ? ORDER BY s.id LIMIT 64`,
    );
    const drop = db.prepare<[number]>('DELETE FROM segment WHERE id = ?');
    const add = db.prepare('INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const replace = db.transaction((rows: readonly SegmentRow[], bytes: readonly Uint8Array[]) => {
      const { data, frames } = join(rows, bytes);
      for (const { id } of rows) drop.run(id);
      const first = rows[0] as SegmentRow;
      const least = (pick: (row: SegmentRow) => number): number =>
        Math.min(...rows.map(pick).filter((n) => n > 0), Number.MAX_SAFE_INTEGER) % Number.MAX_SAFE_INTEGER;
      const most = (pick: (row: SegmentRow) => number): number => Math.max(...rows.map(pick));
      add.run(
        first.id,
        first.log,
        least((r) => r.seq_from),
        most((r) => r.seq_to),
        frames,
        rows.reduce((n, r) => n + r.events, 0),
        least((r) => r.heard_from),
        most((r) => r.heard_to),
        least((r) => r.at_from),
        most((r) => r.at_to),
        PACKING.zstd,
        crc32(data),
        data,
      );
    });
    for (const log of db.prepare<[], number>('SELECT id FROM log').pluck().all()) {
      let rows: SegmentRow[] = [];
      let bytes: Uint8Array[] = [];
      let size = 0;
      const flush = (): void => {
        // A large segment alone was joined before.
        if (rows.length > 1) replace(rows, bytes);
        rows = [];
        bytes = [];
        size = 0;
      };
      for (let after = 0; ;) {
        const page = select.all(log, after, until);
        if (page.length === 0) break;
        for (const row of page) {
          after = row.id;
          let raw: Uint8Array;
          try {
            raw = unpackSegment(row);
          } catch {
            // Damaged: left as it is, and nothing is joined across it.
            flush();
            continue;
          }
          if (size + raw.length > JOIN_BYTES) flush();
          rows.push(row);
          bytes.push(raw);
          size += raw.length;
        }
      }
      flush();
    }
    db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
    const events = db.prepare<[], number>('SELECT coalesce(sum(events), 0) FROM segment').pluck().get() ?? 0;
    return { before, after: statSync(file).size, events };
  } finally {
    db.close();
  }
}
