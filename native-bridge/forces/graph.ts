/**
 * The road graph as flat arrays: what a search walks over.
 *
 * Owns: arcs out of and into every node, their travel times, and the factors of congestion and closures.
 * Guarantees: an arc for each direction that may be driven, none for the others; a time never falls below free flow, so
 *   that what was worked out for free flow stays a lower bound; a closed road has the time Infinity.
 * Refuses: places beside the road; `snap.ts` puts those on an edge.
 */
import type { RoadEdge, RoadGraph } from '../contract/site-files.ts';

export interface Arcs {
  /** Arcs of node n are first[n] … first[n + 1] - 1. */
  readonly first: Int32Array;
  /** The node at the other end. */
  readonly node: Int32Array;
  /** The edge it lies on. */
  readonly edge: Int32Array;
}
export interface Graph {
  readonly nodes: RoadGraph['nodes'];
  readonly edges: readonly RoadEdge[];
  readonly out: Arcs;
  readonly in: Arcs;
  /** Seconds along each edge, now and at free flow. */
  readonly seconds: Float64Array;
  readonly free: Float64Array;
  /** `factor` at least 1, null: closed. */
  readonly slow: (edge: number, factor: number | null) => void;
}

const KMH = 3.6;

export const secondsOf = (edge: RoadEdge): number => edge.length / (Math.max(1, edge.speed) / KMH);

const arcsOf = (count: number, edges: readonly RoadEdge[], inward: boolean): Arcs => {
  const first = new Int32Array(count + 1);
  const each = (act: (from: number, to: number, edge: number) => void): void =>
    edges.forEach(({ a, b, oneway }, edge) => {
      if (a === b) return;
      if (inward) act(b, a, edge);
      else act(a, b, edge);
      if (oneway) return;
      if (inward) act(a, b, edge);
      else act(b, a, edge);
    });
  each((from) => {
    first[from + 1] = (first[from + 1] ?? 0) + 1;
  });
  for (let n = 0; n < count; n++) first[n + 1] = (first[n + 1] ?? 0) + (first[n] ?? 0);
  const total = first[count] ?? 0;
  const node = new Int32Array(total);
  const edge = new Int32Array(total);
  const next = first.slice();
  each((from, to, on) => {
    const at = next[from] ?? 0;
    node[at] = to;
    edge[at] = on;
    next[from] = at + 1;
  });
  return { first, node, edge };
};

export const openGraph = ({ nodes, edges }: RoadGraph): Graph => {
  const free = Float64Array.from(edges, secondsOf);
  const seconds = free.slice();
  return {
    nodes,
    edges,
    out: arcsOf(nodes.length, edges, false),
    in: arcsOf(nodes.length, edges, true),
    seconds,
    free,
    slow: (edge, factor) => {
      const base = free[edge];
      if (base !== undefined) seconds[edge] = factor === null ? Infinity : base * Math.max(1, factor);
    },
  };
};
