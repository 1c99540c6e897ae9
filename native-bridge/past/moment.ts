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
import { Mirror, type Kept } from './mirror.ts';
import { unpackPage, type PageChange } from './page.ts';
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

/** A picture on the way through a chapter: going back begins at the last one before. */
interface Stop {
  readonly page: number;
  readonly at: number;
  readonly mirror: Mirror;
}
/** So many changed records lie between two stops, some 50 ms of work; and so many stops are kept. */
const STOP_CHANGES = 10_000;
const MOST_STOPS = 16;

export const createMoment = (reading: Reading): Moment => {
  const log = createChangeLog();
  /** The picture of the moment, and pictures of this chapter on the way to it, oldest first; the first is its whole one. */
  let now = new Mirror();
  let stops: Stop[] = [];
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
  const tell = ({ puts, removes }: PageChange): void => {
    for (const collection of COLLECTIONS) {
      for (const [id] of puts[collection] ?? []) {
        const record = now.shelf(collection).get(id);
        if (record) put(collection, record);
      }
      for (const id of removes[collection] ?? []) log.remove(collection, id);
    }
  };
  /** Reads on to the moment; false: a page could not be read. */
  const readOn = (to: number, each: (change: PageChange) => void): boolean => {
    if (chapter === null) return true;
    let since = 0;
    for (const one of reading.changes(chapter, page, to)) {
      let change;
      try {
        change = unpackPage(one);
      } catch {
        return false;
      }
      now.apply(change);
      page = one.id;
      each(change);
      for (const list of Object.values(change.puts)) since += list.length;
      if (since < STOP_CHANGES || (stops.at(-1)?.page ?? 0) >= page) continue;
      since = 0;
      stops.push({ page, at: one.at, mirror: now.copy() });
      // Every second one goes; the first is the chapter's own.
      if (stops.length > MOST_STOPS) stops = stops.filter((_stop, i) => i % 2 === 0);
    }
    return true;
  };
  const begin = (next: Chapter): boolean => {
    const fresh = new Mirror();
    try {
      const parts = reading.whole(next);
      if (parts.length < next.parts) return false;
      for (const part of parts) fresh.apply(unpackPage(part));
    } catch {
      return false;
    }
    stops = [{ page: 0, at: next.begun, mirror: fresh }];
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
        now = new Mirror();
        stops = [];
        chapter = null;
        settle();
        at = to;
        return { last: 0, damaged: false };
      }
      if (next.id === chapter?.id && to >= at) isSound = readOn(to, tell);
      else {
        isSound = next.id === chapter?.id || begin(next);
        if (isSound) {
          const stop = stops.findLast((one) => one.at <= to);
          now = stop?.mirror.copy() ?? new Mirror();
          page = stop?.page ?? 0;
          isSound = readOn(to, () => undefined);
        }
        settle();
      }
      at = to;
      return { last: to > next.until + HOLE_MS ? next.until : null, damaged: !isSound };
    },
  };
};
