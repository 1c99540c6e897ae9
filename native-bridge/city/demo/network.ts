/**
 * The road network while it is drawn: nodes, edges, crossings; at the end a routable graph.
 * Guarantees after `finish`: roads that cross meet in a node (motorways only at their junctions),
 * and from every node every other can be reached in the right direction of travel.
 */
import type { RoadClass } from '../../contract/site-files.ts';
import type { Name } from '../../contract/site.ts';
import { crossing, distance, mix, type XY } from './plane.ts';

export interface Street {
  a: number;
  b: number;
  class: RoadClass;
  speed: number;
  oneway: boolean;
  name: Name | undefined;
  /** Points between a and b. */
  mid: readonly XY[];
}

/** Width from kerb to kerb with its verges, metres: what buildings keep away from. */
export const ROAD_WIDTH: Readonly<Record<RoadClass, number>> = {
  motorway: 34,
  trunk: 30,
  arterial: 24,
  collector: 15,
  local: 9,
  lane: 4.5,
};

export interface Network {
  nodes: XY[];
  edges: Street[];
  node(p: XY): number;
  line(edge: Street): XY[];
}

export function makeNetwork(): Network {
  const nodes: XY[] = [];
  return {
    nodes,
    edges: [],
    node: (p) => nodes.push(p) - 1,
    line: (edge) => [at(nodes, edge.a), ...edge.mid, at(nodes, edge.b)],
  };
}

const at = (nodes: readonly XY[], i: number): XY => nodes[i] ?? [0, 0];

/** A cut nearer than this to a node uses the node, so that no stubs of a few metres arise. */
const SNAP = 14;
const CELL = 250;

/** Splits edges where they cross, and keeps what is strongly connected. */
export function finish(network: Network): Network {
  return connected(planar(network));
}

interface Cut {
  along: number;
  node: number;
}

function planar(network: Network): Network {
  const { nodes, edges } = network;
  const cuts = edges.map((): Cut[] => []);
  const cells = new Map<string, { edge: number; p: XY; q: XY; start: number }[]>();
  edges.forEach((edge, e) => {
    const line = network.line(edge);
    let start = 0;
    for (let i = 1; i < line.length; i++) {
      const p = line[i - 1] ?? [0, 0];
      const q = line[i] ?? [0, 0];
      const seen = new Set<number>();
      for (let x = Math.floor(Math.min(p[0], q[0]) / CELL); x <= Math.floor(Math.max(p[0], q[0]) / CELL); x++) {
        for (let y = Math.floor(Math.min(p[1], q[1]) / CELL); y <= Math.floor(Math.max(p[1], q[1]) / CELL); y++) {
          const key = `${x},${y}`;
          const held = cells.get(key) ?? [];
          for (const other of held) {
            if (other.edge === e) continue;
            const pair = other.edge * 1000 + Math.round(other.start);
            if (seen.has(pair)) continue;
            seen.add(pair);
            cross(e, p, q, start, other.edge, other.p, other.q, other.start);
          }
          held.push({ edge: e, p, q, start });
          cells.set(key, held);
        }
      }
      start += distance(p, q);
    }
  });

  function cross(e: number, p: XY, q: XY, es: number, f: number, r: XY, s: XY, fs: number): void {
    const one = edges[e];
    const two = edges[f];
    if (one === undefined || two === undefined) return;
    if (one.a === two.a || one.a === two.b || one.b === two.a || one.b === two.b) return;
    const low = ['motorway'].includes(one.class) !== ['motorway'].includes(two.class);
    const junction = one.class === 'trunk' || two.class === 'trunk';
    if (low && !junction) return;
    const hit = crossing(p, q, r, s);
    if (hit === undefined) return;
    const where = mix(p, q, hit[0]);
    const ends = [one.a, one.b, two.a, two.b];
    const known = [...ends, ...(cuts[e] ?? []).map((c) => c.node), ...(cuts[f] ?? []).map((c) => c.node)];
    const near = known.find((n) => distance(at(nodes, n), where) < SNAP);
    const node = near ?? network.node(where);
    const atE = es + distance(p, where);
    const atF = fs + distance(r, where);
    if (node !== one.a && node !== one.b && !cuts[e]?.some((c) => c.node === node)) cuts[e]?.push({ along: atE, node });
    if (node !== two.a && node !== two.b && !cuts[f]?.some((c) => c.node === node)) cuts[f]?.push({ along: atF, node });
  }

  const out: Street[] = [];
  edges.forEach((edge, e) => {
    const here = [...(cuts[e] ?? [])].sort((x, y) => x.along - y.along);
    const line = network.line(edge);
    let from = edge.a;
    let mid: XY[] = [];
    let travelled = 0;
    let next = 0;
    for (let i = 1; i < line.length; i++) {
      const p = line[i - 1] ?? [0, 0];
      const q = line[i] ?? [0, 0];
      const reach = travelled + distance(p, q);
      for (let cut = here[next]; cut !== undefined && cut.along <= reach; cut = here[++next]) {
        out.push({ ...edge, a: from, b: cut.node, mid });
        from = cut.node;
        mid = [];
      }
      if (i < line.length - 1) mid.push(q);
      travelled = reach;
    }
    out.push({ ...edge, a: from, b: edge.b, mid });
  });
  const single = new Map<string, Street>();
  for (const edge of out) {
    if (edge.a === edge.b) continue;
    const key = `${Math.min(edge.a, edge.b)},${Math.max(edge.a, edge.b)}`;
    if (!single.has(key)) single.set(key, edge);
  }
  network.edges = [...single.values()];
  return network;
}

/** Directed neighbours of every node. */
export function neighbours(count: number, edges: readonly Street[], backwards: boolean): number[][] {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) {
    if (!backwards || !edge.oneway) next[edge.a]?.push(edge.b);
    if (backwards || !edge.oneway) next[edge.b]?.push(edge.a);
  }
  return next;
}

export function reach(from: number, next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set([from]);
  const todo = [from];
  for (let n = todo.pop(); n !== undefined; n = todo.pop()) {
    for (const m of next[n] ?? []) {
      if (!seen.has(m)) {
        seen.add(m);
        todo.push(m);
      }
    }
  }
  return seen;
}

/** Keeps the nodes that reach, and are reached from, the most connected one; renumbers. */
function connected(network: Network): Network {
  const { nodes, edges } = network;
  const degree = nodes.map(() => 0);
  for (const edge of edges) {
    degree[edge.a] = (degree[edge.a] ?? 0) + 1;
    degree[edge.b] = (degree[edge.b] ?? 0) + 1;
  }
  const tried = new Set<number>();
  let best = new Set<number>();
  for (const start of nodes.keys()) {
    if (tried.has(start) || (degree[start] ?? 0) < 3) continue;
    const out = reach(start, neighbours(nodes.length, edges, false));
    const back = reach(start, neighbours(nodes.length, edges, true));
    const both = new Set([...out].filter((n) => back.has(n)));
    both.forEach((n) => tried.add(n));
    if (both.size > best.size) best = both;
    if (best.size > nodes.length / 2) break;
  }
  const number = new Map<number, number>();
  const kept = makeNetwork();
  for (const n of [...best].sort((x, y) => x - y)) number.set(n, kept.node(at(nodes, n)));
  for (const edge of edges) {
    const a = number.get(edge.a);
    const b = number.get(edge.b);
    if (a !== undefined && b !== undefined) kept.edges.push({ ...edge, a, b });
  }
  return kept;
}
