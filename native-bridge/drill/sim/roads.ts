/**
 * Owns: ways through the site's road network, by travel time, one-way streets kept.
 * Guarantees: a way follows the drawn lines of the roads from the crossing nearest to its start to the one nearest its end.
 * Refuses: ways between parts that are not connected (null).
 */
import createGraph from 'ngraph.graph';
import path from 'ngraph.path';
import { metresBetween } from '../../contract/site-read.ts';
import type { LonLat, RoadEdge, RoadGraph } from '../../contract/site-files.ts';

export interface Way {
  readonly line: readonly LonLat[];
  /** Free-flow speed of the stretch that ends at this point, m/s. */
  readonly speeds: readonly number[];
  /** Seconds at free flow. */
  readonly seconds: number;
}

export interface Roads {
  readonly nodes: readonly LonLat[];
  nearest(place: LonLat): number;
  way(from: number, to: number): Way | null;
}

interface Stretch {
  readonly edge: RoadEdge;
  readonly isForward: boolean;
}

const seconds = (edge: RoadEdge): number => edge.length / (edge.speed / 3.6);

export function openRoads(roads: RoadGraph): Roads {
  const graph = createGraph<undefined, Stretch>();
  const add = (from: number, to: number, stretch: Stretch): void => {
    const known = graph.getLink(from, to);
    // Two roads between the same crossings: the quicker one counts.
    if (known && seconds(known.data.edge) <= seconds(stretch.edge)) return;
    if (known) graph.removeLink(known);
    graph.addLink(from, to, stretch);
  };
  let top = 1;
  for (const edge of roads.edges) {
    if (edge.a === edge.b) continue;
    add(edge.a, edge.b, { edge, isForward: true });
    if (!edge.oneway) add(edge.b, edge.a, { edge, isForward: false });
    top = Math.max(top, edge.speed / 3.6);
  }
  const place = (id: string | number): LonLat => roads.nodes[Number(id)] ?? [0, 0];
  const finder = path.aStar(graph, {
    oriented: true,
    distance: (_from, _to, link) => seconds(link.data.edge),
    heuristic: (from, to) => metresBetween(place(from.id), place(to.id)) / top,
  });
  const used: number[] = [];
  graph.forEachNode((node) => {
    used.push(Number(node.id));
  });

  return {
    nodes: roads.nodes,
    nearest(to) {
      let best = used[0] ?? 0;
      let least = Infinity;
      const squeeze = Math.cos((to[1] * Math.PI) / 180);
      for (const node of used) {
        const at = place(node);
        const far = ((at[0] - to[0]) * squeeze) ** 2 + (at[1] - to[1]) ** 2;
        if (far < least) [best, least] = [node, far];
      }
      return best;
    },
    way(from, to) {
      if (from === to) return { line: [place(from)], speeds: [1], seconds: 0 };
      // The finder lists nodes from the goal back to the start.
      const nodes = finder.find(from, to).reverse();
      if (nodes.length < 2) return null;
      const line: LonLat[] = [place(from)];
      const speeds: number[] = [1];
      let total = 0;
      for (let i = 1; i < nodes.length; i++) {
        const link = graph.getLink(nodes[i - 1]?.id ?? from, nodes[i]?.id ?? to);
        if (!link) return null;
        const { edge, isForward } = link.data;
        const points = isForward ? edge.line : edge.line.toReversed();
        for (const point of points.slice(1)) {
          line.push(point);
          speeds.push(edge.speed / 3.6);
        }
        total += seconds(edge);
      }
      return { line, speeds, seconds: total };
    },
  };
}
