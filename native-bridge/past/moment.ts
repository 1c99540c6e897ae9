/**
 * The picture of a moment of the past, made of the chronicle's pages and kept in a change log like the live one.
 *
 * Owns: which chapter it stands in, and the change log that a viewer reads. Guarantees: Z1: after `go` the log holds exactly
 *   the records that were shown then; only what differs from the moment before takes a new clock; Z3: what cannot be read is
 *   said, and the last sound picture before it stays.
 * Refuses: to know what time it is.
 */
import { isDeepStrictEqual } from 'node:util';
import { COLLECTIONS, type Collection, type RecordOf } from '../contract/records.ts';
import type { Span } from '../contract/past.ts';
import { createChangeLog, type ChangeLog } from '../picture/change-log.ts';
import { Mirror, type Change, type Kept } from './mirror.ts';
import { unpackChange, unpackWhole } from './page.ts';
import { HOLE_MS } from './chronicle.ts';
import { chapterOf, spansOf, type Chapter, type Reading } from './reading.ts';

export interface Stand {
  /** Of this moment the picture is, when not of the one asked for; null: of that. */
  last: number | null;
  damaged: boolean;
}
export interface Moment {
  readonly log: ChangeLog;
  /** Shows the picture of this moment. */
  readonly go: (at: number) => Stand;
  readonly spans: () => Span[];
}

export const createMoment = (reading: Reading): Moment => {
  const log = createChangeLog();
  /** The chapter's whole picture, and the one of now. */
  let base = new Mirror();
  let now = new Mirror();
  let chapter: Chapter | null = null;
  /** The last page that is in `now`. */
  let page = 0;
  let at = 0;

  const put = <C extends Collection>(collection: C, record: Kept): void =>
    // Kept from a record of that collection.
    log.put(collection, record as RecordOf[C]);
  /** Makes the log the same as `now`, whatever it held. */
  const settle = (): void => {
    for (const collection of COLLECTIONS) {
      const wanted = now.shelf(collection);
      for (const { id } of [...log.all(collection)]) if (!wanted.has(id)) log.remove(collection, id);
      for (const record of wanted.values()) {
        const held = log.get(collection, record.id);
        if (held !== record && !isDeepStrictEqual(held, record)) put(collection, record);
      }
    }
  };
  const tell = ({ puts, removes }: Pick<Change, 'puts' | 'removes'>): void => {
    for (const collection of COLLECTIONS) {
      for (const [id] of puts[collection] ?? []) {
        const record = now.shelf(collection).get(id);
        if (record) put(collection, record);
      }
      for (const id of removes[collection] ?? []) log.remove(collection, id);
    }
  };
  /** Reads on to the moment; false: a page could not be read. */
  const readOn = (to: number, each: (change: Pick<Change, 'puts' | 'removes'>) => void): boolean => {
    if (chapter === null) return true;
    for (const one of reading.changes(chapter, page, to)) {
      let change;
      try {
        change = unpackChange(one);
      } catch {
        return false;
      }
      now.apply(change);
      page = one.id;
      each(change);
    }
    return true;
  };
  const begin = (next: Chapter): boolean => {
    const fresh = new Mirror();
    try {
      const parts = reading.whole(next);
      if (parts.length < next.parts) return false;
      for (const part of parts) fresh.add(unpackWhole(part));
    } catch {
      return false;
    }
    base = fresh;
    chapter = next;
    return true;
  };

  return {
    log,
    spans: () => spansOf(reading.chapters()),
    go: (to) => {
      const chapters = reading.chapters();
      const next = chapterOf(chapters, to);
      let isSound = true;
      if (next === undefined) {
        base = now = new Mirror();
        chapter = null;
        settle();
        at = to;
        return { last: 0, damaged: false };
      }
      if (next.id === chapter?.id && to >= at) isSound = readOn(to, tell);
      else {
        isSound = next.id === chapter?.id || begin(next);
        if (isSound) {
          now = base.copy();
          page = 0;
          isSound = readOn(to, () => undefined);
        }
        settle();
      }
      at = to;
      return { last: to > next.until + HOLE_MS ? next.until : null, damaged: !isSound };
    },
  };
};
