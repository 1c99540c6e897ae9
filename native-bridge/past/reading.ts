/**
 * Reading what was shown: when there is something, and the pages of a chapter.
 *
 * Owns: one reading connection. Guarantees: never blocks or changes the file; a page that is damaged throws, with the rest
 *   still to be had. Refuses: to make pictures of pages.
 */
import { existsSync } from 'node:fs';
import type { Span } from '../contract/past.ts';
import { HOLE_MS } from './chronicle.ts';
import type { Page } from './page.ts';
import { KIND, openReadable, type Connection } from './schema.ts';

export interface Chapter {
  id: number;
  begun: number;
  until: number;
  first_page: number;
  parts: number;
}
export interface DatedPage extends Page {
  id: number;
  at: number;
}
const AT_ONCE = 256;

export class Reading {
  readonly #file: string;
  #db: Connection | null = null;

  constructor(file: string) {
    this.#file = file;
  }
  #open(): Connection | null {
    if (this.#db !== null || !existsSync(this.#file)) return this.#db;
    const db = openReadable(this.#file);
    // The recorder may have made the file a moment ago and its tables not yet.
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'chapter'").get() !== undefined) return (this.#db = db);
    db.close();
    return null;
  }
  /** Throws SQLite's errors, as everything here. */
  chapters(): Chapter[] {
    const rows = this.#open()?.prepare<[], Chapter>(
      'SELECT id, begun, until, first_page, parts FROM chapter ORDER BY id',
    );
    return rows?.all() ?? [];
  }
  /** The parts of a chapter's whole picture. */
  whole(chapter: Chapter): DatedPage[] {
    const rows = this.#open()?.prepare<[number, number, number], DatedPage>(
      'SELECT id, at, sum, data FROM page WHERE id >= ? AND id < ? AND kind = ? ORDER BY id',
    );
    return rows?.all(chapter.first_page, chapter.first_page + chapter.parts, KIND.whole) ?? [];
  }
  /** Changes of a chapter after a page, up to a moment, oldest first. */
  *changes(chapter: Chapter, after: number, upTo: number): Generator<DatedPage> {
    const rows = this.#open()?.prepare<[number, number], DatedPage & { kind: number }>(
      'SELECT id, at, kind, sum, data FROM page WHERE id > ? ORDER BY id LIMIT ?',
    );
    if (!rows) return;
    for (let from = Math.max(after, chapter.first_page + chapter.parts - 1); ;) {
      const pages = rows.all(from, AT_ONCE);
      for (const page of pages) {
        // The next chapter begins with a whole picture.
        if (page.kind !== KIND.change || page.at > upTo) return;
        yield page;
      }
      const last = pages.at(-1);
      if (last === undefined || pages.length < AT_ONCE) return;
      from = last.id;
    }
  }
  /** What all chapters take, packed. */
  bytes(): number {
    return this.#open()?.prepare<[], number>('SELECT coalesce(sum(bytes), 0) FROM chapter').pluck().get() ?? 0;
  }
  close(): void {
    this.#db?.close();
    this.#db = null;
  }
}

/** When something was kept, joined where nothing is missing between. */
export const spansOf = (chapters: readonly Chapter[]): Span[] => {
  const spans: [number, number][] = [];
  for (const { begun, until } of chapters) {
    const last = spans.at(-1);
    if (last && begun >= last[0] && begun - last[1] <= HOLE_MS) last[1] = Math.max(last[1], until);
    else spans.push([begun, until]);
  }
  return spans;
};
/** The chapter of a moment: the newest that holds it, else the newest that ended before; undefined: before everything. */
export const chapterOf = (chapters: readonly Chapter[], at: number): Chapter | undefined =>
  chapters.findLast(({ begun, until }) => begun <= at && at <= until) ??
  chapters.reduce<Chapter | undefined>(
    (best, chapter) => (chapter.until <= at && chapter.until >= (best?.until ?? 0) ? chapter : best),
    undefined,
  );
