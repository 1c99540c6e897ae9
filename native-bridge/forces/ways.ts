/**
 * Ways between two places: seconds, metres and the line to drive.
 *
 * Owns: the partial edges at both ends, and the geometry of what a search found.
 * Guarantees: W2 both directions of an edge count where it may be driven both ways, and only the allowed one where not;
 *   the line begins and ends on the road at the places' feet; a moving unit pays for turning round.
 * Refuses: to invent a way: `null` when there is none.
 */
import type { LonLat } from '../contract/site-files.ts';
import { metresBetween } from '../contract/site-read.ts';
import type { Graph } from './graph.ts';
import { STANDS, type Motion } from './motion.ts';
import type { Finder, Start } from './search.ts';
import type { Snap } from './snap.ts';

export interface Way {
  readonly seconds: number;
  readonly metres: number;
  readonly line: LonLat[];
}
/** House rule: an engine under way that must go back the other way needs this long to find where to turn, seconds. */
export const TURN_ROUND_S = 15;

const seconds = (graph: Graph, { edge, along }: Snap, forward: boolean): number => {
  const length = graph.edges[edge]?.length ?? 0;
  const share = length === 0 ? 0 : (forward ? length - along : along) / length;
  // On a closed road one may still stand: what is on it leaves it at free flow.
  return share * (Number.isFinite(graph.seconds[edge]) ? (graph.seconds[edge] ?? 0) : (graph.free[edge] ?? 0));
};

/** Whether it drives against the edge's own direction. */
const isBackward = (graph: Graph, { edge, along }: Snap, { speed, heading }: Motion): boolean | null => {
  const line = graph.edges[edge]?.line;
  if (!line || speed < STANDS) return null;
  const [p, q] = [pointAt(line, Math.max(0, along - 10)), pointAt(line, along + 10)];
  const bearing = Math.atan2((q[0] - p[0]) * Math.cos((p[1] * Math.PI) / 180), q[1] - p[1]);
  return Math.cos(bearing - (heading * Math.PI) / 180) < 0;
};
/** Seconds to each end of the edge on which somebody is. */
export const leaving = (graph: Graph, snap: Snap, motion?: Motion): Start[] => {
  const edge = graph.edges[snap.edge];
  if (!edge) return [];
  const backward = motion ? isBackward(graph, snap, motion) : null;
  const ahead = {
    node: edge.b,
    seconds: seconds(graph, snap, true) + (backward === true && !edge.oneway ? TURN_ROUND_S : 0),
  };
  if (edge.oneway) return [ahead];
  return [ahead, { node: edge.a, seconds: seconds(graph, snap, false) + (backward === false ? TURN_ROUND_S : 0) }];
};
/** Seconds from each end of the edge to a place on it. */
export const arriving = (graph: Graph, snap: Snap): Start[] => {
  const edge = graph.edges[snap.edge];
  if (!edge) return [];
  const ahead = { node: edge.a, seconds: seconds(graph, snap, false) };
  return edge.oneway ? [ahead] : [ahead, { node: edge.b, seconds: seconds(graph, snap, true) }];
};
/** Along one and the same edge, when it may be driven that way; Infinity otherwise. */
export const straight = (graph: Graph, from: Snap, to: Snap, motion?: Motion): number => {
  const edge = graph.edges[from.edge];
  if (from.edge !== to.edge || !edge) return Infinity;
  const forward = to.along >= from.along;
  if (!forward && edge.oneway) return Infinity;
  const backward = motion && to.along !== from.along ? isBackward(graph, from, motion) : null;
  const turn = backward !== null && backward === forward && !edge.oneway ? TURN_ROUND_S : 0;
  return Math.abs(seconds(graph, from, true) - seconds(graph, to, true)) + turn;
};

const pointAt = (line: readonly LonLat[], along: number): LonLat => {
  let left = along;
  for (let i = 1; i < line.length; i++) {
    const [p, q] = [line[i - 1], line[i]];
    if (!p || !q) continue;
    const step = metresBetween(p, q);
    if (left <= step && step > 0) return [p[0] + ((q[0] - p[0]) * left) / step, p[1] + ((q[1] - p[1]) * left) / step];
    left -= step;
  }
  return line.at(-1) ?? [0, 0];
};
/** The part of a line between two distances from its beginning; reversed when the second is the smaller. */
const between = (line: readonly LonLat[], from: number, to: number): LonLat[] => {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const part: LonLat[] = [pointAt(line, low)];
  let along = 0;
  for (let i = 1; i < line.length; i++) {
    const [p, q] = [line[i - 1], line[i]];
    if (!p || !q) continue;
    along += metresBetween(p, q);
    if (along > low && along < high) part.push(q);
  }
  part.push(pointAt(line, high));
  return from <= to ? part : part.reverse();
};

export const wayBetween = (graph: Graph, finder: Finder, from: Snap, to: Snap, motion?: Motion): Way | null => {
  const lineOf = (edge: number): readonly LonLat[] => graph.edges[edge]?.line ?? [];
  const direct = straight(graph, from, to, motion);
  const found = finder.find(leaving(graph, from, motion), arriving(graph, to));
  if (!found || direct <= found.seconds) {
    if (direct === Infinity) return null;
    return {
      seconds: direct,
      metres: Math.abs(to.along - from.along),
      line: between(lineOf(from.edge), from.along, to.along),
    };
  }
  const [first, last] = [found.nodes[0] ?? 0, found.nodes.at(-1) ?? 0];
  const lengthOf = (edge: number): number => graph.edges[edge]?.length ?? 0;
  // A ring road begins and ends at one node: the cheaper end is the one the search took.
  const startAt = graph.edges[from.edge]?.b === first ? lengthOf(from.edge) : 0;
  const endAt = graph.edges[to.edge]?.a === last ? 0 : lengthOf(to.edge);
  const line = between(lineOf(from.edge), from.along, startAt);
  let metres = Math.abs(startAt - from.along) + Math.abs(to.along - endAt);
  const add = (points: readonly LonLat[]): void => void line.push(...points.slice(1));
  found.edges.forEach((edge, i) => {
    const points = lineOf(edge);
    metres += lengthOf(edge);
    add(graph.edges[edge]?.a === found.nodes[i] ? points : points.toReversed());
  });
  add(between(lineOf(to.edge), endAt, to.along));
  return { seconds: found.seconds, metres, line };
};
