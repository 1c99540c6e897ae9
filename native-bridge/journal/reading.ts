/**
 * Reading: the committed journal through a connection of one's own, beside the writer.
 *
 * Owns: walking segments, state, orders and quarantine of a file. Guarantees: never blocks or changes the file; a
 *   damaged segment is told and passed over. Refuses: to hold a transaction open across an await.
 */
import { crc32, zstdDecompressSync } from 'node:zlib';
import { unpack } from 'msgpackr';
import { PACKING, openReadable, type Connection } from './schema.ts';
import { Walked } from './walked.ts';
import { readSegment, type StoredFrame } from './segment.ts';
import type { StateRow, StoredOrder } from './types.ts';

export interface SegmentRow {
  id: number;
  log: number;
  source: string;
  epoch: string;
  seq_from: number;
  seq_to: number;
  frames: number;
  events: number;
  heard_from: number;
  heard_to: number;
  at_from: number;
  at_to: number;
  packing: number;
  sum: number;
  data: Buffer;
  /** Frames at its beginning that the walk has told already. */
  skip?: number;
  /** Why it could not be read, when it could not. */
  why?: string;
}
/** Stands for a segment whose page is damaged. */
const HIDDEN: Omit<SegmentRow, 'id'> = {
  ...{ log: 0, source: '', epoch: '', seq_from: 0, seq_to: 0, frames: 0, events: 0 },
  ...{ heard_from: 0, heard_to: Number.MAX_SAFE_INTEGER, at_from: 0, at_to: 0, packing: 0, sum: 0 },
  data: Buffer.alloc(0),
};
const COLUMNS =
  's.id, s.log, l.source, l.epoch, s.seq_from, s.seq_to, s.frames, s.events, s.heard_from, s.heard_to, s.at_from, s.at_to, s.packing, s.sum, s.data';
const AT_ONCE = 32;

export class Reading {
  readonly db: Connection;

  /** Throws SQLite's error when there is no such file, or none that can be read. */
  constructor(file: string) {
    this.db = openReadable(file);
  }
  close(): void {
    this.db.close();
  }

  /** Everything that `read` reads is of one moment. Not for long: what is written meanwhile cannot leave the file's log. */
  asOfNow<T>(read: () => T): T {
    if (this.db.inTransaction) return read();
    this.db.exec('BEGIN');
    try {
      return read();
    } finally {
      // Nothing was written; after a damaged page a commit would be refused.
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
    }
  }

  fact(name: string): number | null {
    return this.db.prepare<[string], number>('SELECT value FROM fact WHERE name = ?').pluck().get(name) ?? null;
  }

  /**
   * Segments after a position, in order; each step reads a few and lets the file go; what the writer joins meanwhile is
   * told once all the same. What a damaged page hides is told as one row that `framesOf` refuses, and reading goes on
   * behind it.
   */
  *segments(after: number, source: string | null = null): Generator<SegmentRow> {
    const page = this.db.prepare<[number, string | null, string | null, number], SegmentRow>(
      `SELECT ${COLUMNS} FROM segment s JOIN log l ON l.id = s.log
       WHERE s.id > ? AND (? IS NULL OR l.source = ?) ORDER BY s.id LIMIT ?`,
    );
    const one = this.db.prepare<[number], SegmentRow>(
      `SELECT ${COLUMNS} FROM segment s JOIN log l ON l.id = s.log WHERE s.id = ?`,
    );
    const walked = new Walked(this.db);
    // Both of one moment: between them a join could hide what it joined.
    const next = (from: number, most: number): SegmentRow[] =>
      this.asOfNow(() => [
        ...walked.swallowed().flatMap(({ id, skip }) => one.all(id).map((row) => ({ ...row, skip }))),
        ...page.all(from, source, source, most),
      ]);
    let hidden = false;
    for (let at = after, most = AT_ONCE; ;) {
      let rows: SegmentRow[];
      try {
        rows = next(at, most);
      } catch (error) {
        if (most > 1) {
          most = 1;
          continue;
        }
        if (!hidden) yield { ...HIDDEN, id: at + 1, why: error instanceof Error ? error.message : String(error) };
        hidden = true;
        at = this.#behind(at);
        if (at === Number.POSITIVE_INFINITY) return;
        continue;
      }
      hidden = false;
      most = AT_ONCE;
      const last = rows.at(-1);
      if (last === undefined) return;
      for (const row of rows) if (row.skip === undefined) walked.passed(row);
      at = Math.max(at, last.id);
      yield* rows;
    }
  }
  /** The next position, by the tree alone when its leaf can be read; infinity when nothing more can. */
  #behind(at: number): number {
    try {
      const next = this.db.prepare<[number], number>('SELECT min(id) FROM segment WHERE id > ?').pluck().get(at);
      if (typeof next === 'number') return next;
    } catch {
      // The leaf is gone: one by one, as far as there were any.
    }
    try {
      const last = this.db.prepare<[], number>('SELECT max(id) FROM segment').pluck().get() ?? 0;
      return at + 1 < last ? at + 1 : Number.POSITIVE_INFINITY;
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  }

  state(): StateRow[] {
    const rows: StateRow[] = [];
    const select = this.db.prepare<[], [string, string, Buffer]>('SELECT collection, id, record FROM state').raw();
    for (const [collection, id, record] of select.iterate()) {
      try {
        // Written by this program from a record of that collection.
        rows.push({ collection, id, record: unpack(record) } as StateRow);
      } catch {
        // A record that cannot be read is as good as none: the next snapshot brings it back.
      }
    }
    return rows;
  }

  orders(openOnly: boolean, limit: number): StoredOrder[] {
    const sql = openOnly
      ? 'SELECT body FROM orders WHERE open = 1 ORDER BY turn LIMIT ?'
      : 'SELECT body FROM orders ORDER BY turn DESC LIMIT ?';
    return this.db
      .prepare<[number], Buffer>(sql)
      .pluck()
      .all(limit)
      .map((body) => unpack(body) as StoredOrder);
  }
}

/** The bytes of a segment; throws when they are not what was written. */
export function unpackSegment(row: Pick<SegmentRow, 'packing' | 'sum' | 'data' | 'why'>): Uint8Array {
  if (row.why !== undefined) throw new Error(row.why);
  if (crc32(row.data) !== row.sum) throw new Error('checksum differs');
  return row.packing === PACKING.zstd ? zstdDecompressSync(row.data) : row.data;
}
/** Every frame of a segment, but for those that were told before. */
export function* framesOf(row: SegmentRow): Generator<StoredFrame> {
  const frames = readSegment(unpackSegment(row), row.source, row.epoch);
  for (let told = row.skip ?? 0; told > 0; told--) frames.next();
  yield* frames;
}
