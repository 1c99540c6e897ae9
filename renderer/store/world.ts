/**
 * The world by id: what the bridge last said of everything.
 *
 * Owns: one Map per collection, the clock up to which it is true, the offset of the bridge's clock.
 * Guarantees: `apply` is all or nothing for a message; every change is told once to each listener of its collection,
 *   with the records put and the ids removed; a version number per collection rises with each change; a listener that
 *   fails harms no other.
 * Refuses: to change anything by itself; the link alone has the writable one.
 */
import type { Clock } from '../../native-bridge/contract/brand.ts';
import type { Delta, Puts, SiteCard } from '../../native-bridge/contract/port.ts';
import { COLLECTIONS, type Collection, type RecordOf } from '../../native-bridge/contract/records.ts';
import { createOffset, type Offset } from './offset.ts';

export interface Change<C extends Collection> {
  /** Everything before is gone: `puts` is the whole collection. */
  wiped: boolean;
  puts: readonly RecordOf[C][];
  removes: readonly string[];
}
export type Listener<C extends Collection> = (change: Change<C>) => void;
type Shelf<C extends Collection> = { records: Map<string, RecordOf[C]>; version: number; listeners: Set<Listener<C>> };
type Shelves = { [C in Collection]: Shelf<C> };

const shelf = <C extends Collection>(): Shelf<C> => ({ records: new Map(), version: 0, listeners: new Set() });

export interface World {
  readonly clock: () => Clock | null;
  readonly run: () => string | null;
  readonly site: () => SiteCard | null;
  readonly drill: () => boolean;
  /** The bridge's time now, ms UTC: what every age is measured against. */
  readonly now: () => number;
  readonly all: <C extends Collection>(collection: C) => ReadonlyMap<string, RecordOf[C]>;
  readonly get: <C extends Collection>(collection: C, id: string) => RecordOf[C] | undefined;
  readonly version: (collection: Collection) => number;
  /** Returns the way to stop listening. */
  readonly listen: <C extends Collection>(collection: C, listener: Listener<C>) => () => void;
}
/** What a link writes. */
export interface WritableWorld extends World {
  readonly greet: (run: string, site: SiteCard, drill: boolean, now: number) => void;
  readonly wipe: (clock: Clock, now: number, puts: Puts, first: boolean) => void;
  readonly apply: (delta: Delta, now: number) => void;
  /** The clock is not to be trusted: the next hello asks for everything. What is shown stays until then. */
  readonly forget: () => void;
}

/** `offset`: how its time is known; by the bridge's messages when nothing is said. */
export const createWorld = (localNow: () => number = Date.now, offset: Offset = createOffset()): WritableWorld => {
  const shelves: Shelves = {
    device: shelf(),
    alarm: shelf(),
    cab: shelf(),
    detection: shelf(),
    mark: shelf(),
    unit: shelf(),
    incident: shelf(),
    task: shelf(),
    warning: shelf(),
    risk: shelf(),
    opinion: shelf(),
    feed: shelf(),
    order: shelf(),
    strip: shelf(),
    recording: shelf(),
    tally: shelf(),
    cover: shelf(),
    advice: shelf(),
    way: shelf(),
    moveup: shelf(),
    closure: shelf(),
    sketch: shelf(),
    seat: shelf(),
    setting: shelf(),
    cluster: shelf(),
    entry: shelf(),
    tick: shelf(),
    looker: shelf(),
    service: shelf(),
    performance: shelf(),
    handover: shelf(),
    clip: shelf(),
  };
  let clock: Clock | null = null;
  let run: string | null = null;
  let site: SiteCard | null = null;
  let drill = false;

  const change = <C extends Collection>(
    name: C,
    wiped: boolean,
    puts: readonly RecordOf[C][],
    removes: readonly string[],
  ): void => {
    if (!wiped && puts.length === 0 && removes.length === 0) return;
    const { records, listeners } = shelves[name];
    if (wiped) records.clear();
    for (const record of puts) records.set(record.id, record);
    for (const id of removes) records.delete(id);
    shelves[name].version += 1;
    for (const listener of listeners) {
      try {
        listener({ wiped, puts, removes });
      } catch (error) {
        console.error(`store: a listener of ${name} failed`, error);
      }
    }
  };

  return {
    clock: () => clock,
    run: () => run,
    site: () => site,
    drill: () => drill,
    now: () => localNow() + offset.ms(),
    all: (name) => shelves[name].records,
    get: (name, id) => shelves[name].records.get(id),
    version: (name) => shelves[name].version,
    listen: (name, listener) => {
      const { listeners } = shelves[name];
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    greet: (newRun, newSite, newDrill, now) => {
      if (run !== newRun) {
        clock = null;
        offset.reset();
      }
      run = newRun;
      site = newSite;
      drill = newDrill;
      offset.note(now, localNow());
    },
    wipe: (newClock, now, puts, first) => {
      offset.note(now, localNow());
      const each = <C extends Collection>(name: C): void =>
        change(name, first, (puts[name] ?? []) as RecordOf[C][], []);
      COLLECTIONS.forEach(each);
      clock = newClock;
    },
    apply: (delta, now) => {
      offset.note(now, localNow());
      const each = <C extends Collection>(name: C): void =>
        change(name, false, (delta.puts[name] ?? []) as RecordOf[C][], delta.removes[name] ?? []);
      COLLECTIONS.forEach(each);
      clock = delta.clock;
    },
    forget: () => {
      clock = null;
    },
  };
};
