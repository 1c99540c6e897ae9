/**
 * Site files as text: compact, one entry a line, so that a change shows as one.
 * Guarantees: what `contract/site-read.ts` reads back is what was given, to half a `QUANTUM`.
 */
import {
  BUILDING_USES,
  ROAD_CLASSES,
  type BuildingsFile,
  type BuildingUse,
  type LonLat,
  type RoadClass,
  type RoadsFile,
} from '../contract/site-files.ts';
import type { Name } from '../contract/site.ts';
import { encodePath } from '../contract/site-read.ts';

/** Each distinct value once; asked for a value, answers its index. */
export function dictionary<T>(key: (value: T) => string): { list: T[]; of(value: T | undefined): number } {
  const index = new Map<string, number>();
  const list: T[] = [];
  return {
    list,
    of: (value) => {
      if (value === undefined) return -1;
      const known = index.get(key(value));
      if (known !== undefined) return known;
      index.set(key(value), list.length);
      return list.push(value) - 1;
    },
  };
}
const names = () => dictionary<Name>((name) => `${name.zh}/${name.en}`);

export interface BuildingEntry {
  readonly id: string;
  /** Degrees, not closed, outer ring first. */
  readonly rings: readonly (readonly LonLat[])[];
  /** Metres. */
  readonly height: number;
  readonly floors: number;
  readonly use: BuildingUse;
  readonly name?: Name | undefined;
  readonly street: string;
  readonly number: string;
  readonly blockId?: string | undefined;
  readonly towerId?: string | undefined;
  readonly people?: number | undefined;
  readonly households?: number | undefined;
}

export function buildingsFile(buildings: readonly BuildingEntry[]): BuildingsFile {
  const called = names();
  const streets = dictionary<string>((s) => s);
  const rows = buildings.map((b): BuildingsFile['rows'][number] => [
    b.id,
    b.rings.map((ring) => encodePath(ring)),
    Math.round(b.height * 10),
    b.floors,
    BUILDING_USES.indexOf(b.use),
    called.of(b.name),
    streets.of(b.street),
    b.number,
    b.blockId ?? 0,
    b.towerId ?? 0,
  ]);
  const counted = buildings.filter((b) => b.people !== undefined || b.households !== undefined);
  const people = Object.fromEntries(
    counted.map((b) => [b.id, [b.people ?? -1, b.households ?? -1] as [number, number]]),
  );
  return {
    ...{ format: 'fengsui/buildings@1', uses: [...BUILDING_USES], names: called.list, streets: streets.list, rows },
    ...(counted.length > 0 ? { people } : {}),
  };
}

export interface EdgeEntry {
  readonly a: number;
  readonly b: number;
  readonly class: RoadClass;
  /** km/h. */
  readonly speed: number;
  readonly oneway: boolean;
  readonly name?: Name | undefined;
  /** Points between a and b, degrees. */
  readonly mid: readonly LonLat[];
}

export function roadsFile(nodes: readonly LonLat[], edges: readonly EdgeEntry[]): RoadsFile {
  const called = names();
  const rows = edges.map((e): RoadsFile['edges'][number] => [
    e.a,
    e.b,
    ROAD_CLASSES.indexOf(e.class),
    e.speed,
    e.oneway ? 1 : 0,
    called.of(e.name),
    encodePath(e.mid, nodes[e.a]),
  ]);
  return {
    format: 'fengsui/roads@1',
    classes: [...ROAD_CLASSES],
    names: called.list,
    nodes: encodePath(nodes),
    edges: rows,
  };
}

/** JSON whose long lists take one line an entry. */
export function text(file: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(file).map(([key, value]) => {
    const long = Array.isArray(value) && value.length > 12 && typeof value[0] === 'object';
    const body = long ? `[\n${value.map((v) => JSON.stringify(v)).join(',\n')}\n]` : JSON.stringify(value);
    return `${JSON.stringify(key)}:${body}`;
  });
  return `{${members.join(',\n')}}\n`;
}
