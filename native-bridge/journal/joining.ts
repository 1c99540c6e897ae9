/**
 * Joining: many small segments of a log become one, packed tighter.
 *
 * Owns: what may be joined and how. Guarantees: every message stays byte for byte and in its place; one transaction a
 *   step, so that it may end at any moment; nothing after the mark of the state is touched (its place counts).
 * Refuses: damaged segments; they stay as they are and nothing is joined across them.
 */
import { constants, crc32, zstdCompressSync } from 'node:zlib';
import type { Statement } from 'better-sqlite3';
import { PACKING, type Connection } from './schema.ts';
import { unpackSegment, type SegmentRow } from './reading.ts';
import { readSegment, SegmentBuilder } from './segment.ts';

export interface JoinPlan {
  /** Bytes of messages in a joined segment: large enough to pack well, small enough to read in a few ms. */
  bytes: number;
  /** zstd level. */
  level: number;
  /** Also join less than `bytes` when nothing more follows. */
  rest: boolean;
}
const PAGE = 256;

export class Joining {
  readonly #plan: JoinPlan;
  readonly #page: Statement<[number, number, number, number], SegmentRow>;
  readonly #drop: Statement<[number]>;
  readonly #add: Statement<(number | Uint8Array)[]>;
  readonly #replace: (rows: readonly SegmentRow[], bytes: readonly Uint8Array[]) => void;
  readonly #options: { params: Record<number, number> };

  constructor(db: Connection, plan: JoinPlan) {
    this.#plan = plan;
    this.#options = {
      params: {
        [constants.ZSTD_c_compressionLevel]: plan.level,
        [constants.ZSTD_c_checksumFlag]: 1,
        [constants.ZSTD_c_enableLongDistanceMatching]: plan.bytes > 2 ** 20 ? 1 : 0,
      },
    };
    this.#page = db.prepare(
      `SELECT s.*, l.source, l.epoch FROM segment s JOIN log l ON l.id = s.log
       WHERE s.log = ? AND s.id > ? AND s.id <= ? ORDER BY s.id LIMIT ?`,
    );
    this.#drop = db.prepare('DELETE FROM segment WHERE id = ?');
    this.#add = db.prepare('INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#replace = db.transaction((rows: readonly SegmentRow[], bytes: readonly Uint8Array[]) =>
      this.#join(rows, bytes),
    );
  }

  #join(rows: readonly SegmentRow[], bytes: readonly Uint8Array[]): void {
    const builder = new SegmentBuilder(bytes.reduce((sum, part) => sum + part.length, 1024));
    for (const [i, row] of rows.entries()) {
      for (const { frame, rejected } of readSegment(bytes[i] as Uint8Array, row.source, row.epoch))
        builder.add(frame, rejected);
    }
    const { bytes: joined, length } = builder.finish();
    const data = zstdCompressSync(new Uint8Array(joined, 0, length), this.#options);
    for (const { id } of rows) this.#drop.run(id);
    const first = rows[0] as SegmentRow;
    // 0 stands for "none": a segment of snapshots has no numbers, one without times no range.
    const least = (of: (row: SegmentRow) => number): number =>
      rows.map(of).reduce((a, b) => (a === 0 || (b > 0 && b < a) ? b : a), 0);
    const most = (of: (row: SegmentRow) => number): number => rows.map(of).reduce((a, b) => Math.max(a, b), 0);
    const events = rows.reduce((sum, row) => sum + row.events, 0);
    this.#add.run(
      first.id,
      first.log,
      least((row) => row.seq_from),
      most((row) => row.seq_to),
      builder.frames,
      events,
      least((row) => row.heard_from),
      most((row) => row.heard_to),
      least((row) => row.at_from),
      most((row) => row.at_to),
      PACKING.zstd,
      crc32(data),
      data,
    );
  }

  /**
   * One run of segments of a log after `after` and up to `until`. Answers from where to go on, or null when there is
   * nothing (more) to join now.
   */
  step(log: number, after: number, until: number): number | null {
    const rows: SegmentRow[] = [];
    const bytes: Uint8Array[] = [];
    let size = 0;
    let at = after;
    let border: number | null = null;
    for (const row of this.#page.iterate(log, after, until, PAGE)) {
      let raw: Uint8Array | null = null;
      try {
        raw = unpackSegment(row);
      } catch {
        // Damaged: a border.
      }
      if (raw === null || raw.length >= this.#plan.bytes / 2) {
        border = row.id;
        break;
      }
      rows.push(row);
      bytes.push(raw);
      size += raw.length;
      at = row.id;
      if (size >= this.#plan.bytes) break;
    }
    if (border === null && rows.length === 0) return null;
    if (border === null && size < this.#plan.bytes && rows.length < PAGE && !this.#plan.rest) return null;
    if (rows.length > 1) this.#replace(rows, bytes);
    if (border !== null) return border;
    // A full page of very small ones is joined again with what follows.
    return size < this.#plan.bytes && rows.length === PAGE ? after : at;
  }
}
