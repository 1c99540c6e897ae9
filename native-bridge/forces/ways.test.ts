/**
 * Ways, snapping and arrival on the demonstration site, against searches written here in the plainest way.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { BuildingsFile, LonLat, RoadsFile } from '../contract/site-files.ts';
import { metresBetween, readBuildings, readRoads } from '../contract/site-read.ts';
import { openGraph } from './graph.ts';
import { openFinder, reach, reachByTwo, twoFor } from './search.ts';
import { openSnapper, type Snap } from './snap.ts';
import { gridTown, at, road } from './small-town-fake.ts';
import { arriving, leaving, straight, TURN_ROUND_S, wayBetween } from './ways.ts';

const site = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../resources/sites/demo/${name}`, import.meta.url)), 'utf8'));
const roads = readRoads(site('roads.json') as RoadsFile);
const places = readBuildings(site('buildings.json') as BuildingsFile).map(({ centre }) => centre);
const graph = openGraph(roads);
const finder = openFinder(graph);
const snapper = openSnapper(roads.edges);

/** Minimal standard generator: the same places each time. */
const randoms = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;
const snapOf = (place: LonLat): Snap => {
  const snap = snapper.snap(place);
  if (!snap) throw new Error('no road');
  return snap;
};

/** Dijkstra without a heap, over (from, to, seconds) triples: nothing in common with the room's searches. */
const plain = (starts: ReadonlyMap<number, number>, blocked: ReadonlySet<number> = new Set()): Float64Array => {
  const next: [number, number][][] = roads.nodes.map(() => []);
  roads.edges.forEach(({ a, b, length, speed, oneway }, e) => {
    if (blocked.has(e)) return;
    const s = length / (speed / 3.6);
    next[a]?.push([b, s]);
    if (!oneway) next[b]?.push([a, s]);
  });
  const time = new Float64Array(roads.nodes.length).fill(Infinity);
  const done = new Uint8Array(time.length);
  for (const [node, s] of starts) time[node] = Math.min(time[node] as number, s);
  for (;;) {
    let here = -1;
    for (let n = 0; n < time.length; n++)
      if (!done[n] && (time[n] as number) < (here < 0 ? Infinity : (time[here] as number))) here = n;
    if (here < 0) return time;
    done[here] = 1;
    for (const [to, s] of next[here] ?? []) time[to] = Math.min(time[to] as number, (time[here] as number) + s);
  }
};
/** Seconds along the rest of an edge, in the test's own words. */
const edgeSeconds = (e: number): number => {
  const edge = roads.edges[e];
  return edge ? edge.length / (edge.speed / 3.6) : NaN;
};
const out = ({ edge: e, along }: Snap): Map<number, number> => {
  const edge = roads.edges[e];
  if (!edge) throw new Error('no edge');
  const share = along / edge.length;
  const ways: [number, number][] = [[edge.b, (1 - share) * edgeSeconds(e)]];
  if (!edge.oneway) ways.push([edge.a, share * edgeSeconds(e)]);
  return new Map(ways.sort((p, q) => q[1] - p[1]));
};
const total = (time: Float64Array, from: Snap, to: Snap): number => {
  const edge = roads.edges[to.edge];
  if (!edge) throw new Error('no edge');
  const share = to.along / edge.length;
  let best = (time[edge.a] as number) + share * edgeSeconds(to.edge);
  if (!edge.oneway) best = Math.min(best, (time[edge.b] as number) + (1 - share) * edgeSeconds(to.edge));
  if (from.edge === to.edge && (!edge.oneway || to.along >= from.along))
    best = Math.min(best, (Math.abs(to.along - from.along) / edge.length) * edgeSeconds(to.edge));
  return best;
};

test('W1, W2: 1,000 ways between addresses take as long as by a plain Dijkstra, and their line is as long as they say', () => {
  const random = randoms(330_604);
  let reached = 0;
  for (let i = 0; i < 50; i++) {
    const from = snapOf(pick(places, random));
    const time = plain(out(from));
    for (let j = 0; j < 20; j++) {
      const to = snapOf(pick(places, random));
      const expected = total(time, from, to);
      const way = wayBetween(graph, finder, from, to);
      if (expected === Infinity) expect(way).toBeNull();
      else {
        reached += 1;
        expect(way?.seconds).toBeCloseTo(expected, 6);
        const line = way?.line ?? [];
        const length = line.slice(1).reduce((sum, p, k) => sum + metresBetween(line[k] ?? p, p), 0);
        expect(length).toBeGreaterThan((way?.metres ?? 0) * 0.999 - 1);
        expect(length).toBeLessThan((way?.metres ?? 0) * 1.001 + 1);
      }
    }
  }
  expect(reached).toBeGreaterThan(950);
}, 60_000);

test('W1: the circle, 66 starts at once: the first at every node and the first that is somebody else', () => {
  const random = randoms(7);
  const starts = Array.from({ length: 66 }, (_, who) =>
    leaving(graph, snapOf(pick(places, random))).map((start) => ({ ...start, seconds: start.seconds + who, who })),
  );
  const two = reachByTwo(graph, starts.flat(), Infinity, twoFor(roads.nodes.length));
  const each = starts.map((own) => {
    const first = new Map<number, number>();
    for (const { node, seconds } of own) first.set(node, Math.min(seconds, first.get(node) ?? Infinity));
    return plain(first);
  });
  for (let n = 0; n < roads.nodes.length; n++) {
    const sorted = each.map((time) => time[n] as number).sort((a, b) => a - b);
    expect(two.best[n]).toBeCloseTo(sorted[0] ?? NaN, 6);
    expect(two.other[n]).toBeCloseTo(sorted[1] ?? NaN, 6);
  }
}, 60_000);

test('W1: a closed road is not driven, a slow one costs its factor, both are undone', () => {
  const random = randoms(99);
  const [from, to] = [snapOf(pick(places, random)), snapOf(pick(places, random))];
  const free = wayBetween(graph, finder, from, to);
  const found = finder.find(leaving(graph, from), arriving(graph, to));
  const closed = new Set(found?.edges.slice(1, 4));
  for (const edge of closed) graph.slow(edge, null);
  const round = wayBetween(graph, finder, from, to);
  expect(round?.seconds).toBeCloseTo(total(plain(out(from), closed), from, to), 6);
  expect(round?.seconds).toBeGreaterThan(free?.seconds ?? NaN);
  for (const edge of closed) graph.slow(edge, 1);
  expect(wayBetween(graph, finder, from, to)?.seconds).toBe(free?.seconds);
  const [one] = closed;
  graph.slow(one ?? 0, 3);
  expect(wayBetween(graph, finder, from, to)?.seconds).toBeLessThanOrEqual(
    (free?.seconds ?? NaN) + 2 * edgeSeconds(one ?? 0) + 1e-9,
  );
  graph.slow(one ?? 0, 1);
});

test('W1: reach inward is reach outward on the streets turned round', () => {
  const goal = 100;
  const inward = reach(graph, graph.in, [{ node: goal, seconds: 0 }], new Float64Array(roads.nodes.length));
  for (const from of [5, 500, 1500, 3000]) {
    const there = plain(new Map([[from, 0]]))[goal] as number;
    expect(inward[from]).toBeCloseTo(there, 6);
  }
});

test('W2: the nearest road is the nearest of all, and no address is put on a motorway', () => {
  const random = randoms(2026);
  for (let i = 0; i < 150; i++) {
    const [lon, lat] = pick(places, random);
    const place: LonLat = [lon + (random() - 0.5) * 0.02, lat + (random() - 0.5) * 0.02];
    let nearest = Infinity;
    const [kx, ky] = [111_194.93 * Math.cos((lat * Math.PI) / 180), 111_194.93];
    for (const edge of roads.edges) {
      if (edge.class === 'motorway') continue;
      edge.line.slice(1).forEach((q, k) => {
        const p = edge.line[k] ?? q;
        const [dx, dy] = [(q[0] - p[0]) * kx, (q[1] - p[1]) * ky];
        const [ux, uy] = [(place[0] - p[0]) * kx, (place[1] - p[1]) * ky];
        const t = Math.min(1, Math.max(0, (ux * dx + uy * dy) / (dx * dx + dy * dy || 1)));
        nearest = Math.min(nearest, Math.hypot(ux - t * dx, uy - t * dy));
      });
    }
    const snap = snapOf(place);
    if (roads.edges[snap.edge]?.class === 'motorway') expect(snap.aside).toBeLessThanOrEqual(20);
    else expect(snap.aside / nearest).toBeCloseTo(1, 2);
  }
});

test('W2: a one-way street is entered at its beginning only; on the far carriageway one drives on and turns', () => {
  // Two carriageways 0→1 and 2→3, 20 m apart, joined at both ends.
  const nodes = [at(0, 0), at(1000, 0), at(1000, 20), at(0, 20)];
  const edges = [
    road(nodes, 0, 1, { oneway: true }),
    road(nodes, 1, 2),
    road(nodes, 2, 3, { oneway: true }),
    road(nodes, 3, 0),
  ];
  const divided = openGraph({ nodes, edges });
  const search = openFinder(divided);
  const far = openSnapper(edges);
  const [from, near, over] = [far.snap(at(100, 1)), far.snap(at(600, 2)), far.snap(at(600, 18))];
  if (!from || !near || !over) throw new Error('no road');
  expect([from.edge, near.edge, over.edge]).toEqual([0, 0, 2]);
  expect(wayBetween(divided, search, from, near)?.metres).toBeCloseTo(500, 0);
  expect(wayBetween(divided, search, from, over)?.metres).toBeCloseTo(900 + 20 + 400, 0);
  // Back along one's own carriageway means all the way round.
  expect(wayBetween(divided, search, near, from)?.metres).toBeCloseTo(400 + 20 + 1000 + 20 + 100, 0);
  // A fix between the carriageways: what moves is on the one that goes its way, what stands on the nearer.
  const fix = at(600, 8);
  expect(far.snap(fix, { speed: 10, heading: 265 })?.edge).toBe(2);
  expect(far.snap(fix, { speed: 10, heading: 95 })?.edge).toBe(0);
  expect(far.snap(fix, { speed: 0, heading: 265 })?.edge).toBe(0);
  expect(far.snap(at(998, 7), { speed: 10, heading: 0 })?.edge).toBe(1);
  expect(leaving(divided, from)).toHaveLength(1);
  expect(straight(divided, near, from)).toBe(Infinity);
});

test('W2: who drives the other way pays for turning round; who stands does not', () => {
  const { nodes, edges } = gridTown(3, 500);
  const grid = openGraph({ nodes, edges });
  const from = openSnapper(edges).snap(at(250, 0));
  const to = openSnapper(edges).snap(at(450, 0));
  if (!from || !to) throw new Error('no road');
  const search = openFinder(grid);
  const seconds = (speed: number, heading: number) =>
    wayBetween(grid, search, from, to, { speed, heading })?.seconds ?? NaN;
  expect(seconds(10, 90)).toBeCloseTo(20, 1);
  expect(seconds(10, 270)).toBeCloseTo(20 + TURN_ROUND_S, 1);
  expect(seconds(0, 270)).toBeCloseTo(20, 1);
});

test('W1: where there is no way there is none', () => {
  const nodes = [at(0, 0), at(500, 0), at(5000, 0), at(5500, 0)];
  const island = openGraph({ nodes, edges: [road(nodes, 0, 1), road(nodes, 2, 3)] });
  const snap = (edge: number): Snap => ({ edge, along: 100, aside: 0 });
  expect(wayBetween(island, openFinder(island), snap(0), snap(1))).toBeNull();
});
