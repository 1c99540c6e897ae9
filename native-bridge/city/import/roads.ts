/**
 * Lines to a road graph: roads meet where they share a point.
 * Guarantees: every line is kept or counted under the reason it was dropped for; speeds that nobody gave come from the
 *   class and are counted; how much of the network hangs together is said.
 * Refuses to guess that lines which merely cross also meet: bridges cross too.
 */
import { ROAD_CLASSES, type LonLat, type RoadClass } from '../../contract/site-files.ts';
import type { Name } from '../../contract/site.ts';
import { metresBetween, toDegrees, toUnits } from '../../contract/site-read.ts';
import type { EdgeEntry } from '../encode.ts';
import { speedOf } from './amounts.ts';
import type { Inside } from './district-area.ts';
import { ids, nameOf } from './names.ts';
import type { ReadLayer } from './read.ts';
import { textOf, type Props } from './shapes.ts';
import type { Tally } from './tally.ts';

const CLASS = ['class', 'highway', 'fclass', 'kind', 'type', '道路等级', '等级'];
const SPEED = ['maxspeed', 'speed', '限速'];
const ONEWAY = ['oneway', '单行'];
/** OSM wiki, "Key:highway"; and register terms. What is not here is not for vehicles. */
const WORDS: readonly (readonly [RoadClass, string])[] = [
  ['motorway', 'motorway motorway_link 高速 高速公路'],
  ['trunk', 'trunk trunk_link 快速路 国道 省道'],
  ['arterial', 'primary primary_link 主干路 主干道'],
  ['collector', 'secondary secondary_link tertiary tertiary_link 次干路 次干道 县道'],
  ['local', 'residential unclassified road living_street 支路 街道 乡道'],
  ['lane', 'service track 巷道 村道 巷'],
];
const CLASS_OF: ReadonlyMap<string, RoadClass> = new Map(
  WORDS.flatMap(([kind, words]) => [kind, ...words.split(' ')].map((word) => [word, kind] as const)),
);
/** km/h where nobody says: the lowest design speeds of JTG B01 (motorways) and CJJ 37 (town roads). */
const SPEEDS: Readonly<Record<RoadClass, number>> = { motorway: 80, trunk: 60, arterial: 40, collector: 30, local: 20, lane: 20 }; // prettier-ignore

export interface District {
  readonly nodes: readonly LonLat[];
  readonly edges: readonly EdgeEntry[];
  /** Part of the network's length that hangs together, 0–1. */
  readonly connected: number;
}
interface Line {
  readonly points: readonly LonLat[];
  readonly class: RoadClass;
  readonly speed: number;
  readonly oneway: boolean;
  readonly name: Name | undefined;
}

const keyOf = (p: LonLat): string => `${toUnits(p[0])},${toUnits(p[1])}`;

export function makeRoads(read: readonly ReadLayer[], inside: Inside | undefined, tally: Tally): District {
  const lines = read.flatMap((layer) => linesOf(layer, inside, tally));
  // A point that two lines share, or where one ends, is a node.
  const uses = new Map<string, number>();
  for (const { points } of lines)
    points.forEach((p, i) =>
      uses.set(keyOf(p), (uses.get(keyOf(p)) ?? 0) + (i === 0 || i === points.length - 1 ? 2 : 1)),
    );
  const nodes: LonLat[] = [];
  const index = new Map<string, number>();
  const nodeAt = (p: LonLat): number => {
    const key = keyOf(p);
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, nodes.length);
    return nodes.push(p) - 1;
  };
  const edges: EdgeEntry[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    let from = 0;
    for (let i = 1; i < line.points.length; i++) {
      const [start, end] = [line.points[from], line.points[i]];
      if (start === undefined || end === undefined || (uses.get(keyOf(end)) ?? 0) < 2) continue;
      const mid = line.points.slice(from + 1, i);
      from = i;
      const [a, b] = [nodeAt(start), nodeAt(end)];
      const key = `${a < b ? `${a} ${b}` : `${b} ${a}`} ${(a < b ? mid : [...mid].reverse()).map(keyOf).join(' ')}`;
      if (seen.has(key)) {
        tally.mend('a stretch drawn twice stays once', '');
        continue;
      }
      seen.add(key);
      edges.push({ a, b, class: line.class, speed: line.speed, oneway: line.oneway, name: line.name, mid });
    }
  }
  return { nodes, edges, connected: connectedPart(nodes, edges) };
}

function linesOf({ layer, shapes, empty, strange }: ReadLayer, inside: Inside | undefined, tally: Tally): Line[] {
  const out: Line[] = [];
  const nextId = ids('road');
  tally.found(shapes.length, empty, strange);
  for (const { id: own, props, geometry } of shapes) {
    const { id } = nextId(own, props, layer.take);
    if (geometry.type !== 'LineString' && geometry.type !== 'MultiLineString') {
      tally.drop(`no line: ${geometry.type}`, id);
      continue;
    }
    const word = textOf(props, layer.take.class ?? CLASS);
    const said = word === undefined ? layer.kind : (layer.words[word] ?? CLASS_OF.get(word) ?? layer.kind);
    const found = ROAD_CLASSES.find((known) => known === said);
    if (found === undefined && word !== undefined) {
      tally.drop(`not a road for vehicles: ${word}`, id);
      continue;
    }
    if (found === undefined) tally.assume('no class: local', id);
    const kind = found ?? 'local';
    const speedText = textOf(props, layer.take.speed ?? SPEED);
    const speed = speedOf(speedText);
    if (speed === undefined) tally.assume(`no speed: ${kind}, ${SPEEDS[kind]} km/h`, id);
    const { oneway, backwards } = directionOf(props, layer.take.oneway ?? ONEWAY);
    const parts = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    tally.split(Math.max(0, parts.length - 1));
    if (parts.length === 0) tally.drop('no geometry', id);
    for (const part of parts) {
      const points = gridded(part);
      if (points === undefined) tally.drop('invalid line: a coordinate is no number', id);
      else if (points.length < 2) tally.drop('no length', id);
      else if (inside !== undefined && !points.some(inside)) tally.drop('outside the boundary', id);
      else {
        tally.kept();
        const ordered = backwards ? points.reverse() : points;
        out.push({
          points: ordered,
          class: kind,
          speed: speed ?? SPEEDS[kind],
          oneway,
          name: nameOf(props, layer.take),
        });
      }
    }
  }
  return out;
}

function gridded(part: readonly (readonly number[])[]): LonLat[] | undefined {
  const points: LonLat[] = [];
  for (const [lon = NaN, lat = NaN] of part) {
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return undefined;
    const at: LonLat = [toDegrees(toUnits(lon)), toDegrees(toUnits(lat))];
    const before = points.at(-1);
    if (before === undefined || before[0] !== at[0] || before[1] !== at[1]) points.push(at);
  }
  return points;
}

/** OSM wiki, "Key:oneway"; T, F and B are Geofabrik's for "against", "along" and "both". */
function directionOf(props: Props, fields: readonly string[]): { oneway: boolean; backwards: boolean } {
  const word = (textOf(props, fields) ?? '').toLowerCase();
  if (word === '-1' || word === 'reverse' || word === 't') return { oneway: true, backwards: true };
  if (['yes', 'true', '1', 'f', 'ft', '是', '单行'].includes(word)) return { oneway: true, backwards: false };
  const implied = word === '' && (props['junction'] === 'roundabout' || /^motorway/.test(String(props['highway'])));
  return { oneway: implied, backwards: false };
}

function connectedPart(nodes: readonly LonLat[], edges: readonly EdgeEntry[]): number {
  const parent = nodes.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const { a, b } of edges) parent[root(a)] = root(b);
  const lengths = new Map<number, number>();
  let all = 0;
  for (const edge of edges) {
    const line = [nodes[edge.a] ?? [0, 0], ...edge.mid, nodes[edge.b] ?? [0, 0]] as const;
    let metres = 0;
    line.forEach((p, i) => (metres += i === 0 ? 0 : metresBetween(line[i - 1] ?? p, p)));
    all += metres;
    lengths.set(root(edge.a), (lengths.get(root(edge.a)) ?? 0) + metres);
  }
  let most = 0;
  for (const metres of lengths.values()) most = Math.max(most, metres);
  return all === 0 ? 1 : most / all;
}
