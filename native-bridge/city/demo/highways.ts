/**
 * The roads between the towns, and the villages along them with their lanes.
 * Guarantees: every road starts and ends at a node of a town, of another road, or at the district's edge.
 */
import type { Name } from '../../contract/site.ts';
import type { Land } from './land.ts';
import { villageNames } from './names.ts';
import type { Network } from './network.ts';
import { add, distance, left, mix, rotate, scale, smooth, sub, toPlane, unit, type XY } from './plane.ts';
import type { Random } from './random.ts';
import type { Grid } from './streets.ts';
import { HIGHWAYS, type Highway } from './routes.ts';
import { TOWNS } from './towns.ts';

const STEP = 150;
/** A free end nearer than this to a known node joins it. */
const JOIN = 45;

/** Nodes along the open road, where a village may turn off. */
export interface Turnoff {
  node: number;
  ahead: XY;
  inTown: string;
}

export function layHighways(grids: ReadonlyMap<string, Grid>, land: Land, network: Network): Turnoff[] {
  const turnoffs: Turnoff[] = [];
  for (const way of HIGHWAYS) {
    for (const leg of legs(way)) {
      const knots = leg.map((v) => (typeof v === 'string' ? toPlane(townAt(v)) : toPlane(v)));
      while (knots.length > 2 && !land.within(knots[0] ?? [0, 0])) toBorder(knots, leg, land);
      while (knots.length > 2 && !land.within(knots.at(-1) ?? [0, 0])) toBorder(knots, leg, land, true);
      const first = endNode(leg[0], knots[0], knots[1], grids, network, way.class === 'motorway');
      const last = endNode(leg.at(-1), knots.at(-1), knots.at(-2), grids, network, way.class === 'motorway');
      const inner = knots.slice(1, -1);
      const path = [network.nodes[first] ?? [0, 0], ...inner, network.nodes[last] ?? [0, 0]];
      const line = smooth(path, STEP);
      let from = first;
      let mid: XY[] = [];
      line.forEach((p, i) => {
        if (i === 0) return;
        const end = i === line.length - 1;
        const knot = inner.some((k) => distance(k, p) < 1);
        if (!end && !knot && mid.length < 2) {
          mid.push(p);
          return;
        }
        const to = end ? last : network.node(p);
        network.edges.push({
          a: from,
          b: to,
          class: way.class,
          speed: way.speed,
          oneway: false,
          name: { zh: way.zh, en: way.en },
          mid,
        });
        if (!end && way.class !== 'motorway') {
          turnoffs.push({ node: to, ahead: unit(sub(line[i + 1] ?? p, line[i - 1] ?? p)), inTown: '' });
        }
        from = to;
        mid = [];
      });
    }
  }
  return turnoffs;
}

/** Pulls an end that lies outside the district to where the road leaves it. */
function toBorder(knots: XY[], leg: Highway['via'][number][], land: Land, atEnd = false): void {
  const out = (atEnd ? knots.at(-1) : knots[0]) ?? [0, 0];
  const next = (atEnd ? knots.at(-2) : knots[1]) ?? [0, 0];
  const drop = () => (atEnd ? (knots.pop(), leg.pop()) : (knots.shift(), leg.shift()));
  if (!land.within(next)) {
    drop();
    return;
  }
  let low = 0;
  for (let k = 0; k <= 100; k++) {
    if (land.within(mix(next, out, k / 100))) low = k;
    else break;
  }
  knots[atEnd ? knots.length - 1 : 0] = mix(next, out, low / 100);
}

const townAt = (id: string) => {
  const town = TOWNS.find((t) => t.id === id);
  if (town === undefined) throw new Error(`no town ${id}`);
  return town.at;
};

/** A road through towns is one leg from town to town: inside, the town's own streets carry it. */
function legs(way: Highway): Highway['via'][number][][] {
  const out: Highway['via'][number][][] = [];
  let leg: Highway['via'][number][] = [];
  way.via.forEach((v, i) => {
    leg.push(v);
    if (typeof v === 'string' && i > 0) {
      out.push(leg);
      leg = [v];
    }
  });
  if (leg.length > 1) out.push(leg);
  return out;
}

function endNode(
  via: Highway['via'][number] | undefined,
  p: XY | undefined,
  toward: XY | undefined,
  grids: ReadonlyMap<string, Grid>,
  network: Network,
  alone: boolean,
): number {
  const here = p ?? [0, 0];
  const gates = typeof via === 'string' ? grids.get(via)?.gates : undefined;
  if (gates === undefined || gates.length === 0) {
    const near = alone ? -1 : network.nodes.findIndex((n) => distance(n, here) < JOIN);
    return near >= 0 ? near : network.node(here);
  }
  // From afar the town looks like a disc: aim at its rim, so that roads do not all meet in one corner.
  const aim = toward ?? here;
  let best = gates[0] ?? 0;
  for (const g of gates) {
    const spot = network.nodes[g] ?? [0, 0];
    const now = network.nodes[best] ?? [0, 0];
    if (distance(spot, aim) < distance(now, aim)) best = g;
  }
  return best;
}

export interface Village {
  name: Name;
  townId: string;
  middle: XY;
  /** Lanes with houses on both sides. */
  lanes: (readonly [XY, XY])[];
}

export function layVillages(turnoffs: readonly Turnoff[], land: Land, network: Network, random: Random): Village[] {
  const next = villageNames();
  const villages: Village[] = [];
  const hubs: { node: number; at: XY }[] = [];
  const towns = TOWNS.map((t) => ({ id: t.id, at: toPlane(t.at), reach: Math.max(...t.radius) }));
  for (const turn of turnoffs) {
    const start = network.nodes[turn.node] ?? [0, 0];
    if (!random.chance(0.6)) continue;
    const out = scale(left(turn.ahead), random.chance(0.5) ? 1 : -1);
    const middle = add(start, scale(out, random.range(220, 420)));
    if (towns.some((t) => distance(t.at, middle) < t.reach * 1.05 + 250)) continue;
    if (villages.some((v) => distance(v.middle, middle) < 620)) continue;
    if (!land.dry(middle, 320)) continue;
    const axis = rotate(out, random.range(-0.3, 0.3));
    const side = left(axis);
    const depth = random.int(1, 3);
    const half = random.range(60, 125);
    const spine: XY[] = [start];
    for (let k = 0; k < depth; k++) {
      spine.push(add(add(middle, scale(axis, (k - (depth - 1) / 2) * 62)), scale(side, random.range(-9, 9))));
    }
    const nearest = towns.reduce((best, t) => (distance(t.at, middle) < distance(best.at, middle) ? t : best));
    const village: Village = { name: next(), townId: nearest.id, middle, lanes: [] };
    let from = turn.node;
    spine.slice(1).forEach((p, k) => {
      const here = network.node(p);
      lane(network, from, here, village.name, k === 0 ? 30 : 20);
      const before = spine[k];
      if (before !== undefined) village.lanes.push([k === 0 ? mix(before, p, 0.55) : before, p]);
      for (const way of [1, -1]) {
        const end = add(add(p, scale(side, way * half * random.range(0.8, 1.15))), scale(axis, random.range(-12, 12)));
        lane(network, here, network.node(end), village.name, 20);
        village.lanes.push([p, end]);
      }
      from = here;
    });
    villages.push(village);
    hubs.push({ node: from, at: network.nodes[from] ?? middle });
  }
  const free = (p: XY, q: XY) =>
    [...Array(40).keys()].filter((k) => !land.dry(mix(p, q, (k + 0.5) / 40), 0)).length <= 1 &&
    towns.every((t) => [0.2, 0.4, 0.6, 0.8].every((k) => distance(t.at, mix(p, q, k)) > t.reach * 0.9));
  joinVillages(hubs, villages, free, network, random);
  return villages;
}

/** Country roads: each village to at most three others near by, so that the country is a mesh. */
function joinVillages(
  hubs: readonly { node: number; at: XY }[],
  villages: readonly Village[],
  free: (p: XY, q: XY) => boolean,
  network: Network,
  random: Random,
): void {
  const links = hubs.map(() => 0);
  const pairs = hubs
    .flatMap((a, i) => hubs.slice(i + 1).map((b, k) => ({ i, j: i + 1 + k, d: distance(a.at, b.at) })))
    .filter((p) => p.d > 900 && p.d < 3600)
    .sort((p, q) => p.d - q.d);
  for (const { i, j, d } of pairs) {
    const a = hubs[i];
    const b = hubs[j];
    if (a === undefined || b === undefined || (links[i] ?? 0) >= 2 || (links[j] ?? 0) >= 2 || !free(a.at, b.at))
      continue;
    links[i] = (links[i] ?? 0) + 1;
    links[j] = (links[j] ?? 0) + 1;
    const side = scale(left(unit(sub(b.at, a.at))), d * random.range(-0.09, 0.09));
    const line = smooth([a.at, add(mix(a.at, b.at, random.range(0.35, 0.65)), side), b.at], STEP);
    const stem = villages[i]?.name ?? { zh: '乡村', en: 'Village' };
    network.edges.push({
      a: a.node,
      b: b.node,
      class: 'local',
      speed: 40,
      oneway: false,
      mid: line.slice(1, -1),
      name: { zh: `${stem.zh.replace(/村$/, '')}线`, en: stem.en.replace(/ Village$/, ' Road') },
    });
  }
}

function lane(network: Network, a: number, b: number, name: Name, speed: number): void {
  network.edges.push({ a, b, class: 'lane', speed, oneway: false, name, mid: [] });
}
