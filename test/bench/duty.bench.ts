// `duty.route` and `duty.circle`: ways and cover, on the demonstration site and on a generated network of 50,000 edges.
// Guarantees: every timed way is compared with a Dijkstra of its own; ngraph.path, the library the drill uses, runs beside
// on the same pairs. One thread, as in the planner's own. A search does the same work each time: of five times of one pair
// the fastest counts, what is slower is what else ran on the machine.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import createGraph from 'ngraph.graph';
import path from 'ngraph.path';
import type { RoadGraph, RoadsFile } from '../../native-bridge/contract/site-files.ts';
import { metresBetween, readRoads } from '../../native-bridge/contract/site-read.ts';
import { coverBy } from '../../native-bridge/forces/cover.ts';
import { makeLand, readLand, type Land } from '../../native-bridge/forces/land.ts';
import { gridTown } from '../../native-bridge/forces/small-town-fake.ts';
import type { Snap } from '../../native-bridge/forces/snap.ts';
import { arriving, leaving, straight, wayBetween } from '../../native-bridge/forces/ways.ts';
import { reach } from '../../native-bridge/forces/search.ts';
import { result, type Result } from './result.ts';

export const name = 'duty';

const PAIRS = 1000;
/** limits.md: p99 of a way, and a circle for 6 stations and 60 vehicles. */
const ROUTE_MS = 5;
const CIRCLE_MS = 300;
const STARTS = 66;
const CIRCLES = 20;
const DEMO = fileURLToPath(new URL('../../resources/sites/demo', import.meta.url));

const randoms = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const p99 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? NaN;

const TRIES = 5;
const timed = <T>(act: () => T, tries = TRIES): { ms: number; value: T } => {
  let best = { ms: Infinity, value: act() };
  for (let i = 0; i < tries; i++) {
    const began = performance.now();
    const value = act();
    const ms = performance.now() - began;
    if (ms < best.ms) best = { ms, value };
  }
  return best;
};

/** 25,000 crossings, streets of several classes, one in twelve one-way, one in ten missing: no two ways alike. */
const country = (): RoadGraph => {
  const random = randoms(50_000);
  const { nodes, edges } = gridTown(168, 180, (a, b) => ({
    speed: [30, 30, 40, 50, 60, 70][Math.floor(random() * 6)] ?? 30,
    oneway: random() < 1 / 12,
    ...(a % 24 === 0 && b % 24 === 0 ? { speed: 100, class: 'trunk' as const } : {}),
  }));
  return { nodes, edges: edges.filter(() => random() > 0.1) };
};

/** The library as it comes: nodes of the crossings, so it is asked from crossing to crossing. */
const library = (roads: RoadGraph): ((from: number, to: number) => number) => {
  const graph = createGraph<undefined, number>();
  let top = 1;
  for (const { a, b, length, speed, oneway } of roads.edges) {
    graph.addLink(a, b, length / (speed / 3.6));
    if (!oneway) graph.addLink(b, a, length / (speed / 3.6));
    top = Math.max(top, speed / 3.6);
  }
  const place = (id: string | number) => roads.nodes[Number(id)] ?? ([0, 0] as const);
  const finder = path.nba(graph, {
    oriented: true,
    distance: (_from, _to, link) => link.data,
    heuristic: (from, to) => metresBetween(place(from.id), place(to.id)) / top,
  });
  return (from, to) => finder.find(from, to).length;
};

const routes = (label: string, land: Land, roads: RoadGraph): Result => {
  const random = randoms(1);
  const snap = (): Snap => {
    const edge = Math.floor(random() * roads.edges.length);
    return { edge, along: random() * (roads.edges[edge]?.length ?? 0), aside: 0 };
  };
  const pairs = Array.from({ length: PAIRS }, () => [snap(), snap()] as const);
  const ours: number[] = [];
  const seconds = pairs.map(([from, to]) => {
    const { ms, value } = timed(() => wayBetween(land.graph, land.finder, from, to));
    ours.push(ms);
    return value?.seconds ?? Infinity;
  });
  const scratch = new Float64Array(roads.nodes.length);
  pairs.forEach(([from, to], i) => {
    reach(land.graph, land.graph.out, leaving(land.graph, from), scratch);
    const over = arriving(land.graph, to).reduce(
      (least, end) => Math.min(least, (scratch[end.node] ?? Infinity) + end.seconds),
      Infinity,
    );
    const expected = Math.min(over, straight(land.graph, from, to));
    const got = seconds[i] ?? NaN;
    if (got !== expected && !(Math.abs(got - expected) < 1e-6))
      throw new Error(`${label}: ${got} s, by Dijkstra ${expected} s`);
  });
  const find = library(roads);
  const theirs = pairs
    .slice(0, PAIRS / 5)
    .map(([from, to]) => timed(() => find(roads.edges[from.edge]?.a ?? 0, roads.edges[to.edge]?.b ?? 0), 2).ms);
  console.error(
    `${label}: ${roads.edges.length} edges, p50 ${ours.toSorted((a, b) => a - b)[PAIRS / 2]?.toFixed(2) ?? ''} ms, p99 ${p99(ours).toFixed(2)} ms (limit ${ROUTE_MS}); ngraph.path p99 ${p99(theirs).toFixed(2)} ms`,
  );
  return result({
    name: label,
    unit: 'ms p99',
    better: 'less',
    runs: [p99(ours)],
    against: 'ngraph.path nba p99',
    againstRuns: [p99(theirs)],
  });
};

const circle = (label: string, land: Land, roads: RoadGraph): Result => {
  const random = randoms(66);
  const runs = Array.from({ length: CIRCLES }, () => {
    const starts = Array.from({ length: STARTS }, () => {
      const edge = Math.floor(random() * roads.edges.length);
      return leaving(land.graph, { edge, along: 10, aside: 0 });
    });
    const began = performance.now();
    coverBy(land, starts);
    return performance.now() - began;
  });
  return result({ name: label, unit: 'ms', better: 'less', runs, against: 'limit', againstRuns: [CIRCLE_MS] });
};

export const run = (): Promise<Result[]> => {
  const demoRoads = readRoads(JSON.parse(readFileSync(`${DEMO}/roads.json`, 'utf8')) as RoadsFile);
  const demo = readLand(DEMO, 900);
  const wideRoads = country();
  const wide = makeLand({ roads: wideRoads, circleS: 900 });
  return Promise.resolve([
    routes('duty.route', wide, wideRoads),
    routes('duty.route.demo', demo, demoRoads),
    circle('duty.circle', wide, wideRoads),
    circle('duty.circle.demo', demo, demoRoads),
  ]);
};
