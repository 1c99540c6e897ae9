/**
 * The picture once more, as plain records: what differs from one moment to the next, and the next from what differs.
 *
 * Owns: records by collection and id. Guarantees: Z1: `take` tells exactly what `apply` needs to make the same records of the
 *   older ones; a record is never changed in place, so that who holds an older one still holds it.
 * Refuses: to know what records mean.
 */
import { isDeepStrictEqual } from 'node:util';
import { heardBytes, toldBytes } from './bytes.ts';
import { COLLECTIONS, type Collection } from '../contract/records.ts';

/** A record whose fields are nobody's business here. */
export interface Kept {
  readonly id: string;
}
export type KeptPuts = Partial<Record<Collection, Kept[]>>;
export type KeptRemoves = Partial<Record<Collection, string[]>>;
/** Id, fields that are new or other, names of fields that are gone. */
export type FieldChange = [id: string, set: object, gone?: string[]];
export interface Change {
  puts: Partial<Record<Collection, FieldChange[]>>;
  removes: KeptRemoves;
  /** Records in it, removals included. */
  size: number;
}

/** A record by its fields. */
type Fields = Kept & Record<string, unknown>;

/** A record as a change from nothing. */
const fromNothing = (record: Kept): object => {
  const fields = Object.entries(record);
  return fields.some(([, value]) => value instanceof Uint8Array)
    ? Object.fromEntries(fields.map(([name, value]) => [name, toldBytes(undefined, value)]))
    : record;
};
const same = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && typeof other === 'object' && isDeepStrictEqual(one, other));
const difference = (id: string, before: Kept | undefined, after: Kept): FieldChange | null => {
  if (before === undefined) return [id, fromNothing(after)];
  const [was, is] = [before as Fields, after as Fields];
  const set: Record<string, unknown> = {};
  let differs = false;
  for (const name in is) {
    if (name in was && same(was[name], is[name])) continue;
    set[name] = toldBytes(was[name], is[name]);
    differs = true;
  }
  const gone = Object.keys(was).filter((name) => !(name in is));
  if (gone.length > 0) return [id, set, gone];
  return differs ? [id, set] : null;
};
const changed = (before: Kept | undefined, [id, set, gone = []]: FieldChange): Kept => {
  const was = before as Fields | undefined;
  const is: Record<string, unknown> = { ...before, ...set };
  for (const [name, value] of Object.entries(set))
    if (typeof value === 'object') is[name] = heardBytes(was?.[name], value);
  if (gone.length === 0) return { ...is, id };
  const left = Object.entries(is).filter(([name]) => !gone.includes(name));
  return { ...Object.fromEntries(left), id };
};

export class Mirror {
  readonly #shelves = new Map<Collection, Map<string, Kept>>();

  shelf(collection: Collection): Map<string, Kept> {
    const known = this.#shelves.get(collection);
    if (known) return known;
    const made = new Map<string, Kept>();
    this.#shelves.set(collection, made);
    return made;
  }
  size(): number {
    let size = 0;
    for (const shelf of this.#shelves.values()) size += shelf.size;
    return size;
  }
  /** The same records under the same names; each side goes its own way from here. */
  copy(): Mirror {
    const copy = new Mirror();
    for (const [collection, shelf] of this.#shelves) copy.#shelves.set(collection, new Map(shelf));
    return copy;
  }
  /** Takes newer records in; answers what differs, `null` when nothing does. */
  take(puts: KeptPuts, removes: KeptRemoves): Change | null {
    const change: Change = { puts: {}, removes: {}, size: 0 };
    for (const collection of COLLECTIONS) {
      const shelf = this.shelf(collection);
      const fresh: FieldChange[] = [];
      for (const record of puts[collection] ?? []) {
        const one = difference(record.id, shelf.get(record.id), record);
        if (one === null) continue;
        shelf.set(record.id, record);
        fresh.push(one);
      }
      const gone = (removes[collection] ?? []).filter((id) => shelf.delete(id));
      if (fresh.length > 0) change.puts[collection] = fresh;
      if (gone.length > 0) change.removes[collection] = gone;
      change.size += fresh.length + gone.length;
    }
    return change.size > 0 ? change : null;
  }
  /** What is here and not in a whole picture: ids to be removed. */
  others(whole: readonly KeptPuts[]): KeptRemoves {
    const removes: KeptRemoves = {};
    for (const [collection, shelf] of this.#shelves) {
      const there = new Set(whole.flatMap((puts) => (puts[collection] ?? []).map(({ id }) => id)));
      const gone = [...shelf.keys()].filter((id) => !there.has(id));
      if (gone.length > 0) removes[collection] = gone;
    }
    return removes;
  }
  apply({ puts, removes }: Pick<Change, 'puts' | 'removes'>): void {
    for (const collection of COLLECTIONS) {
      const fresh = puts[collection];
      const gone = removes[collection];
      if (!fresh && !gone) continue;
      const shelf = this.shelf(collection);
      for (const change of fresh ?? []) shelf.set(change[0], changed(shelf.get(change[0]), change));
      for (const id of gone ?? []) shelf.delete(id);
    }
  }
  /** Everything, as changes from nothing, in parts of at most `most` records; one part of nothing when there is nothing. */
  *parts(most: number): Generator<Pick<Change, 'puts' | 'removes'>> {
    let puts: Change['puts'] = {};
    let size = 0;
    let told = false;
    for (const [collection, shelf] of this.#shelves) {
      for (const record of shelf.values()) {
        (puts[collection] ??= []).push([record.id, fromNothing(record)]);
        size += 1;
        if (size < most) continue;
        yield { puts, removes: {} };
        told = true;
        puts = {};
        size = 0;
      }
    }
    if (size > 0 || !told) yield { puts, removes: {} };
  }
}
