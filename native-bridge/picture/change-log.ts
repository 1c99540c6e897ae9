/**
 * The change log: what changed, in the order it last changed.
 *
 * Owns: one entry per record that is or was in the picture, linked from the longest unchanged to the newest.
 * Guarantees: every change takes the next clock; reading "since N" costs what changed since N, not what there is;
 *   a record that changed often appears once, with its newest state; removals leave tombstones, at most `tombstones`.
 * Refuses: to answer for a clock older than the oldest tombstone it let go: the reader must start afresh.
 */
import type { Puts, Removes } from '../contract/port.ts';
import type { Collection, RecordOf } from '../contract/records.ts';

/** Swift changes do not wait for the next delta; they are few and somebody may have to act on them. */
export const SWIFT: readonly Collection[] = ['alarm', 'order', 'detection', 'incident', 'strip'];

const put = <C extends Collection>(puts: Puts, collection: C, record: RecordOf[C]): void => {
  const list: RecordOf[C][] | undefined = puts[collection];
  if (list) list.push(record);
  else puts[collection] = [record] as Puts[C];
};

class Entry<C extends Collection> {
  readonly collection: C;
  readonly id: string;
  /** `null`: removed, this is its tombstone. */
  record: RecordOf[C] | null = null;
  clock = 0;
  before: AnyEntry | null = null;
  after: AnyEntry | null = null;
  constructor(collection: C, id: string) {
    this.collection = collection;
    this.id = id;
  }
  tell(puts: Puts, removes: Removes): void {
    const name: Collection = this.collection;
    if (this.record === null) (removes[name] ??= []).push(this.id);
    else put(puts, this.collection, this.record);
  }
  saved(): Saved {
    return { collection: this.collection, id: this.id, record: this.record } as Saved;
  }
}
/** What the list needs of an entry, whatever its collection. */
interface AnyEntry {
  readonly id: string;
  readonly record: object | null;
  clock: number;
  before: AnyEntry | null;
  after: AnyEntry | null;
  tell(puts: Puts, removes: Removes): void;
  saved(): Saved;
}
/** A change on its way to disk; `record` is `null` for a removal. */
export type Saved = { [C in Collection]: { collection: C; id: string; record: RecordOf[C] | null } }[Collection];

/** Where a record stands: found once, then read and changed in place. */
export interface Place<C extends Collection> {
  readonly record: RecordOf[C] | null;
}
/** The same object for every change of the same record. */
export interface Changed {
  readonly collection: Collection;
  saved(): Saved;
}

class Lane {
  oldest: AnyEntry | null = null;
  newest: AnyEntry | null = null;
  drop(entry: AnyEntry): void {
    if (entry.before) entry.before.after = entry.after;
    else if (this.oldest === entry) this.oldest = entry.after;
    if (entry.after) entry.after.before = entry.before;
    else if (this.newest === entry) this.newest = entry.before;
    entry.before = entry.after = null;
  }
  append(entry: AnyEntry): void {
    if (this.newest === entry) return;
    this.drop(entry);
    entry.before = this.newest;
    if (this.newest) this.newest.after = entry;
    else this.oldest = entry;
    this.newest = entry;
  }
}

export interface Changes {
  clock: number;
  puts: Puts;
  removes: Removes;
  /** Records in it, removals included. */
  size: number;
}
type Shelf<C extends Collection> = Map<string, Entry<C>>;

export interface ChangeLog {
  readonly clock: () => number;
  readonly get: <C extends Collection>(collection: C, id: string) => RecordOf[C] | undefined;
  /** Live records; do not keep the iterator across a change. */
  readonly all: <C extends Collection>(collection: C) => Generator<RecordOf[C]>;
  readonly count: (collection: Collection) => number;
  /** For who reads and changes a record a hundred thousand times a second: one look-up where `get` and `put` take two. */
  readonly find: <C extends Collection>(collection: C, id: string) => Place<C> | undefined;
  /** The record there was changed in place; nothing where there is none. */
  readonly touch: <C extends Collection>(place: Place<C>) => void;
  readonly put: <C extends Collection>(collection: C, record: RecordOf[C]) => void;
  readonly remove: (collection: Collection, id: string) => void;
  /** Everything that changed after `from`, or `null` when that is too long ago. Records are live: encode at once. */
  readonly since: (from: number) => Changes | null;
  /** The same for the swift collections alone. */
  readonly swiftSince: (from: number) => Changes | null;
  /** Everything there is, tombstones included. */
  readonly entries: () => Generator<Changed>;
  /** Called with each change as it happens: what has to reach the disk. */
  readonly onChange: (listener: (entry: Changed) => void) => void;
}

export const createChangeLog = (options: { clock?: number; tombstones?: number } = {}): ChangeLog => {
  const shelves = {} as { [C in Collection]?: Shelf<C> };
  const counts = new Map<Collection, number>();
  const swiftLane = new Lane();
  const bulkLane = new Lane();
  const swift = new Set<Collection>(SWIFT);
  const most = options.tombstones ?? 20_000;
  let clock = options.clock ?? 0;
  /** Readers from before this have missed a removal that nobody remembers. */
  let floor = clock;
  let graves: AnyEntry[] = [];
  let listener: ((entry: Changed) => void) | null = null;

  const shelfOf = <C extends Collection>(collection: C): Shelf<C> => {
    const known: Shelf<C> | undefined = shelves[collection];
    if (known) return known;
    const made: Shelf<C> = new Map();
    shelves[collection] = made as (typeof shelves)[C];
    return made;
  };
  const note = <C extends Collection>(entry: Entry<C>): void => {
    clock += 1;
    entry.clock = clock;
    const isSwift = swift.has(entry.collection);
    (isSwift ? swiftLane : bulkLane).append(entry);
    listener?.(entry);
  };
  const bury = (): void => {
    if (graves.length <= most) return;
    const old = graves.slice(0, graves.length - Math.floor(most / 2));
    graves = graves.slice(old.length);
    for (const entry of old) {
      if (entry.record !== null) continue;
      const { collection, id } = entry.saved();
      if (shelves[collection]?.get(id) !== entry) continue;
      floor = Math.max(floor, entry.clock);
      shelves[collection].delete(id);
      (swift.has(collection) ? swiftLane : bulkLane).drop(entry);
    }
  };
  const collect = (from: number, lanes: Lane[]): Changes | null => {
    if (from < floor || from > clock) return null;
    const changes: Changes = { clock, puts: {}, removes: {}, size: 0 };
    for (const lane of lanes) {
      for (let entry = lane.newest; entry && entry.clock > from; entry = entry.before) {
        entry.tell(changes.puts, changes.removes);
        changes.size += 1;
      }
    }
    return changes;
  };

  return {
    clock: () => clock,
    get: (collection, id) => shelfOf(collection).get(id)?.record ?? undefined,
    find: (collection, id) => shelfOf(collection).get(id),
    touch: (place) => {
      if (place instanceof Entry && place.record !== null) note(place);
    },
    *all(collection) {
      for (const { record } of shelfOf(collection).values()) if (record !== null) yield record;
    },
    *entries() {
      for (const shelf of Object.values(shelves)) yield* shelf.values();
    },
    count: (collection) => counts.get(collection) ?? 0,
    put: (collection, record) => {
      const shelf = shelfOf(collection);
      let entry = shelf.get(record.id);
      if (!entry) {
        entry = new Entry(collection, record.id);
        shelf.set(record.id, entry);
      }
      if (entry.record === null) counts.set(collection, (counts.get(collection) ?? 0) + 1);
      entry.record = record;
      note(entry);
    },
    remove: (collection, id) => {
      const entry = shelfOf(collection).get(id);
      if (!entry || entry.record === null) return;
      counts.set(collection, (counts.get(collection) ?? 1) - 1);
      entry.record = null;
      note(entry);
      graves.push(entry);
      bury();
    },
    since: (from) => collect(from, [swiftLane, bulkLane]),
    swiftSince: (from) => collect(from, [swiftLane]),
    onChange: (heard) => {
      listener = heard;
    },
  };
};
