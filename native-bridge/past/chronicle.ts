/**
 * The chronicle: writing down what was shown, a step at a time.
 *
 * Owns: the writing connection, when a chapter ends, what is let go. Guarantees: Z2: a step is kept whole or not at all; going
 *   to any moment reads one whole picture and the changes of its chapter, which are bounded; Z4: never more than the days and
 *   bytes it was given, the oldest chapters go first.
 * Refuses: to go on after an error: whoever calls opens it anew.
 */
import { STEP_MS } from '../contract/past.ts';
import type { Change, Mirror } from './mirror.ts';
import { packPage } from './page.ts';
import { KIND, openWritable, type Connection } from './schema.ts';

/** A part of a whole picture, records: some hundred kB before packing. */
const PART_RECORDS = 4000;
/** A chapter has at most so many times the picture's records in changes: going to a moment costs no more. */
const MOST_CHANGES = 8;
const FEWEST_CHANGES = 20_000;
const LONGEST_CHAPTER_MS = 3600_000;
/** Steps further apart than this had nothing kept between them. */
export const HOLE_MS = 5 * STEP_MS;

export interface ChronicleOptions {
  file: string;
  maxAgeMs: number;
  maxBytes: number;
}

export class Chronicle {
  readonly #db: Connection;
  readonly #options: ChronicleOptions;
  #chapter: { id: number; begun: number; until: number; size: number; changes: number } | null = null;
  #page: number;

  /** Throws SQLite's errors. */
  constructor(options: ChronicleOptions) {
    this.#options = options;
    this.#db = openWritable(options.file);
    this.#page = this.#db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM page').pluck().get() ?? 0;
  }

  /** `mirror` has the change in it already. Throws when the disk refuses. */
  step(at: number, change: Change | null, mirror: Mirror): void {
    const open = this.#chapter;
    const isNext =
      open !== null &&
      at >= open.until &&
      at - open.until <= HOLE_MS &&
      at - open.begun < LONGEST_CHAPTER_MS &&
      open.changes + (change?.size ?? 0) <= Math.max(FEWEST_CHANGES, open.size * MOST_CHANGES);
    if (!isNext) {
      this.#begin(at, mirror);
      this.#trim(at);
      return;
    }
    const page = change === null ? null : packPage(change);
    this.#db.transaction(() => {
      if (page) this.#write(at, KIND.change, page);
      this.#db
        .prepare<[number, number, number]>('UPDATE chapter SET until = ?, bytes = bytes + ? WHERE id = ?')
        .run(at, page?.data.length ?? 0, open.id);
    })();
    open.until = at;
    open.changes += change?.size ?? 0;
  }
  #begin(at: number, mirror: Mirror): void {
    const pages = [...mirror.parts(PART_RECORDS)].map(packPage);
    const bytes = pages.reduce((sum, { data }) => sum + data.length, 0);
    const size = mirror.size();
    const id = this.#db.transaction(() => {
      // The ended one stands up to here when nothing is missing between.
      const open = this.#chapter;
      if (open && at >= open.until && at - open.until <= HOLE_MS)
        this.#db.prepare<[number, number]>('UPDATE chapter SET until = ? WHERE id = ?').run(at, open.id);
      const { lastInsertRowid } = this.#db
        .prepare<[number, number, number, number, number, number]>(
          'INSERT INTO chapter (begun, until, first_page, parts, records, bytes) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(at, at, this.#page + 1, pages.length, size, bytes);
      for (const page of pages) this.#write(at, KIND.whole, page);
      return Number(lastInsertRowid);
    })();
    this.#chapter = { id, begun: at, until: at, size, changes: 0 };
  }
  #write(at: number, kind: number, { sum, data }: { sum: number; data: Buffer }): void {
    this.#page += 1;
    this.#db
      .prepare<[number, number, number, number, Buffer]>(
        'INSERT INTO page (id, at, kind, sum, data) VALUES (?, ?, ?, ?, ?)',
      )
      .run(this.#page, at, kind, sum, data);
  }
  /** The chapter that is being written stays, whatever it costs. */
  #trim(at: number): void {
    const { maxAgeMs, maxBytes } = this.#options;
    const all = this.#db
      .prepare<[], { id: number; until: number; bytes: number; first_page: number }>(
        'SELECT id, until, bytes, first_page FROM chapter ORDER BY id',
      )
      .all();
    let bytes = all.reduce((sum, chapter) => sum + chapter.bytes, 0);
    for (const [i, chapter] of all.entries()) {
      const next = all[i + 1];
      if (next === undefined || (at - chapter.until <= maxAgeMs && bytes <= maxBytes)) return;
      bytes -= chapter.bytes;
      this.#db.transaction(() => {
        this.#db.prepare<[number]>('DELETE FROM page WHERE id < ?').run(next.first_page);
        this.#db.prepare<[number]>('DELETE FROM chapter WHERE id = ?').run(chapter.id);
      })();
      this.#db.pragma('incremental_vacuum');
    }
  }
  close(): void {
    this.#db.close();
  }
}
