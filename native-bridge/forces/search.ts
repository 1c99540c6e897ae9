/**
 * Searches over the road graph: one to all, many to all, one to one.
 *
 * Owns: Dijkstra from any number of starts (with the unit that is first, and how soon another would be), and A* with
 *   landmarks for a single way. Heap: flatqueue.
 * Guarantees: W1 shortest by travel time, exactly; a closed road is not driven; no memory is taken per search but the heap's.
 * Refuses: geometry; `ways.ts` draws.
 */
import FlatQueue from 'flatqueue';
import type { Arcs, Graph } from './graph.ts';

/** A place where a search may begin: `seconds` to get to that node. */
export interface Start {
  readonly node: number;
  readonly seconds: number;
}

/** Seconds from the nearest start to every node (`out`), or from every node to it (`in`). */
export const reach = (graph: Graph, arcs: Arcs, starts: readonly Start[], into: Float64Array): Float64Array => {
  const { seconds } = graph;
  const { first, node, edge } = arcs;
  const queue = new FlatQueue<number>();
  into.fill(Infinity);
  for (const start of starts) {
    if (start.seconds >= (into[start.node] ?? -1)) continue;
    into[start.node] = start.seconds;
    queue.push(start.node, start.seconds);
  }
  for (let at = queue.peekValue(); at !== undefined; at = queue.peekValue()) {
    const here = queue.pop() as number;
    if (at > (into[here] as number)) continue;
    for (let i = first[here] as number, end = first[here + 1] as number; i < end; i++) {
      const then = at + (seconds[edge[i] as number] as number);
      const to = node[i] as number;
      if (then >= (into[to] as number)) continue;
      into[to] = then;
      queue.push(to, then);
    }
  }
  return into;
};

/** Who is first at every node and when, and when somebody else would be. */
export interface Two {
  readonly best: Float64Array;
  readonly who: Int32Array;
  readonly other: Float64Array;
  readonly otherWho: Int32Array;
}
export const twoFor = (count: number): Two => ({
  best: new Float64Array(count),
  who: new Int32Array(count),
  other: new Float64Array(count),
  otherWho: new Int32Array(count),
});

/** `starts` name who begins there. Beyond `until` seconds nothing is worked out: it stays Infinity. */
export const reachByTwo = (
  graph: Graph,
  starts: readonly (Start & { who: number })[],
  until: number,
  into: Two,
): Two => {
  const { seconds, out } = graph;
  const { first, node, edge } = out;
  const { best, who, other, otherWho } = into;
  best.fill(Infinity);
  other.fill(Infinity);
  who.fill(-1);
  otherWho.fill(-1);
  // One entry of the heap is a node and a who; a node is settled at most twice, by two who differ.
  const queue = new FlatQueue<number>();
  const names = 1 + starts.reduce((most, start) => Math.max(most, start.who), 0);
  const offer = (at: number, name: number, then: number): void => {
    if (then > until) return;
    if (who[at] === name) {
      if (then >= (best[at] as number)) return;
      best[at] = then;
    } else if (then < (best[at] as number)) {
      other[at] = best[at] as number;
      otherWho[at] = who[at] as number;
      best[at] = then;
      who[at] = name;
    } else if (then < (other[at] as number)) {
      other[at] = then;
      otherWho[at] = name;
    } else return;
    queue.push(at * names + name, then);
  };
  for (const start of starts) offer(start.node, start.who, start.seconds);
  for (let at = queue.peekValue(); at !== undefined; at = queue.peekValue()) {
    const entry = queue.pop() as number;
    const name = entry % names;
    const here = (entry - name) / names;
    const stands = (who[here] === name && best[here] === at) || (otherWho[here] === name && other[here] === at);
    if (!stands) continue;
    for (let i = first[here] as number, end = first[here + 1] as number; i < end; i++) {
      offer(node[i] as number, name, at + (seconds[edge[i] as number] as number));
    }
  }
  return into;
};

export interface Finder {
  /** Edges in order with their direction, or `null` when there is no way. `ends`: seconds from that node to the goal. */
  readonly find: (starts: readonly Start[], ends: readonly Start[]) => Found | null;
}
export interface Found {
  readonly seconds: number;
  /** Nodes from the first to the last, and the edge that leads to each but the first. */
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** More landmarks mean fewer nodes looked at and more work at each; six was the best of 2 … 12 on 50,000 edges. */
const LANDMARKS = 6;

export const openFinder = (graph: Graph): Finder => {
  const count = graph.nodes.length;
  // Lower bounds at free flow: times never fall below it, so they hold whatever is slow or closed today.
  const atFree: Graph = { ...graph, seconds: graph.free };
  const width = 2 * LANDMARKS;
  const bounds = new Float64Array(count * width);
  const scratch = new Float64Array(count);
  const nearest = new Float64Array(count).fill(Infinity);
  let mark = 0;
  for (let k = 0; k < LANDMARKS && count > 0; k++) {
    reach(atFree, graph.out, [{ node: mark, seconds: 0 }], scratch);
    if (k === 0) {
      // The first one is the farthest from anywhere: on the rim.
      for (let n = 0; n < count; n++) if (finite(scratch[n]) > finite(scratch[mark])) mark = n;
      reach(atFree, graph.out, [{ node: mark, seconds: 0 }], scratch);
    }
    let next = mark;
    for (let n = 0; n < count; n++) {
      bounds[n * width + 2 * k] = scratch[n] as number;
      nearest[n] = Math.min(nearest[n] as number, finite(scratch[n]));
      if ((nearest[n] as number) > (nearest[next] as number)) next = n;
    }
    reach(atFree, graph.in, [{ node: mark, seconds: 0 }], scratch);
    for (let n = 0; n < count; n++) bounds[n * width + 2 * k + 1] = scratch[n] as number;
    mark = next;
  }
  /** Seconds that at least lie between two nodes. */
  const between = (from: number, to: number): number => {
    let least = 0;
    const [i, j] = [from * width, to * width];
    for (let k = 0; k < width; k += 2) {
      // From the mark to `to`, less the mark to `from`; and from `from` to the mark, less `to` to the mark.
      const a = (bounds[j + k] as number) - (bounds[i + k] as number);
      const b = (bounds[i + k + 1] as number) - (bounds[j + k + 1] as number);
      if (a > least && a < Infinity) least = a;
      if (b > least && b < Infinity) least = b;
    }
    return least;
  };

  const at = new Float64Array(count).fill(Infinity);
  const hope = new Float64Array(count);
  const from = new Int32Array(count);
  const by = new Int32Array(count);
  const touched: number[] = [];
  const queue = new FlatQueue<number>();
  const { first, node, edge } = graph.out;

  const find = (starts: readonly Start[], ends: readonly Start[]): Found | null => {
    for (const n of touched) at[n] = Infinity;
    touched.length = 0;
    queue.clear();
    const offer = (to: number, then: number, parent: number, on: number): void => {
      const known = at[to] as number;
      if (then >= known) return;
      if (known === Infinity) {
        touched.push(to);
        let least = Infinity;
        for (const end of ends) least = Math.min(least, between(to, end.node) + end.seconds);
        hope[to] = least;
      }
      at[to] = then;
      from[to] = parent;
      by[to] = on;
      queue.push(to, then + (hope[to] as number));
    };
    for (const start of starts) offer(start.node, start.seconds, -1, -1);
    let [total, last] = [Infinity, -1];
    for (let key = queue.peekValue(); key !== undefined && key < total; key = queue.peekValue()) {
      const here = queue.pop() as number;
      const now = at[here] as number;
      if (key > now + (hope[here] as number)) continue;
      for (const end of ends)
        if (end.node === here && now + end.seconds < total) [total, last] = [now + end.seconds, here];
      for (let i = first[here] as number, stop = first[here + 1] as number; i < stop; i++) {
        const on = edge[i] as number;
        offer(node[i] as number, now + (graph.seconds[on] as number), here, on);
      }
    }
    if (last < 0 || total === Infinity) return null;
    const nodes: number[] = [];
    const edges: number[] = [];
    for (let n = last; n >= 0; n = from[n] as number) {
      nodes.push(n);
      if ((by[n] as number) >= 0) edges.push(by[n] as number);
    }
    return { seconds: total, nodes: nodes.reverse(), edges: edges.reverse() };
  };
  return { find };
};

const finite = (seconds: number | undefined): number => (seconds !== undefined && seconds < Infinity ? seconds : -1);
