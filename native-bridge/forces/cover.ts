/**
 * Cover: who could be where first, and what is in the circle.
 *
 * Owns: the starts of units, arrival at what is to be covered, what each unit alone holds.
 * Guarantees: W3; `uncovers` of a unit is exactly what would leave the circle if that one were gone.
 * Refuses: to know the time, or which unit is free; it is told.
 */
import { COVER_BEYOND, COVER_STEP_S, URBAN_LINE_S } from '../contract/forces-records.ts';
import type { Land } from './land.ts';
import { reachByTwo, twoFor, type Start, type Two } from './search.ts';
import { isAtHome, ROLLING_S, TURNOUT_S, type SeenUnit } from './scene.ts';
import { leaving } from './ways.ts';
import type { Graph } from './graph.ts';

/** Where a unit could begin: both ends of its edge, with turning out. Empty when there is no road. */
export const startsOf = (land: Land, unit: Pick<SeenUnit, 'lon' | 'lat' | 'heading' | 'speed' | 'status'>): Start[] => {
  const snap = land.snapper.snap([unit.lon, unit.lat], unit);
  if (!snap) return [];
  const delay = isAtHome(unit) ? TURNOUT_S : ROLLING_S;
  return leaving(land.graph, snap, unit).map(({ node, seconds }) => ({ node, seconds: seconds + delay }));
};

export interface Cover {
  readonly two: Two;
  readonly urban: number;
  readonly circle: number;
  /** By the number of the unit: what it alone holds within the circle. */
  readonly alone: Float64Array;
}

/** Beyond this nothing need be told apart, seconds. */
const UNTIL_S = COVER_STEP_S * (COVER_BEYOND - 1);

/** `starts[i]` are those of unit number i. */
export const coverBy = (land: Land, starts: readonly (readonly Start[])[]): Cover => {
  const { graph, points, circleS } = land;
  const all = starts.flatMap((each, who) => each.map((start) => ({ ...start, who })));
  const two = reachByTwo(graph, all, Math.max(UNTIL_S, circleS), twoFor(graph.nodes.length));
  const alone = new Float64Array(starts.length);
  let [urban, circle] = [0, 0];
  for (let i = 0; i < points.edge.length; i++) {
    const on = points.edge[i] as number;
    const edge = graph.edges[on];
    if (!edge) continue;
    const seconds = graph.seconds[on] as number;
    const share = points.share[i] as number;
    const weight = points.weight[i] as number;
    const fromA = share * seconds;
    const fromB = edge.oneway ? Infinity : (1 - share) * seconds;
    const { best, who, other, otherWho } = two;
    // The first, and the first that is somebody else, of up to four.
    let [first, name] = [(best[edge.a] as number) + fromA, who[edge.a] as number];
    let second = Infinity;
    const offer = (then: number, by: number): void => {
      if (by < 0) return;
      if (by === name) first = Math.min(first, then);
      else if (then < first) {
        second = first;
        first = then;
        name = by;
      } else second = Math.min(second, then);
    };
    offer((other[edge.a] as number) + fromA, otherWho[edge.a] as number);
    offer((best[edge.b] as number) + fromB, who[edge.b] as number);
    offer((other[edge.b] as number) + fromB, otherWho[edge.b] as number);
    if (first > circleS) continue;
    circle += weight;
    if (first <= URBAN_LINE_S) urban += weight;
    if (second > circleS && name >= 0) alone[name] = (alone[name] ?? 0) + weight;
  }
  return { two, urban, circle, alone };
};

/** Weight of the points that are beyond the circle for `cover` and would be in it from `seconds` per node. */
export const gained = (land: Land, { two }: Cover, seconds: Float64Array): number => {
  const { graph, points, circleS } = land;
  let sum = 0;
  for (let i = 0; i < points.edge.length; i++) {
    const at = (of: Float64Array): number => arrivalOn(graph, of, points.edge[i] as number, points.share[i] as number);
    if (at(two.best) > circleS && at(seconds) <= circleS) sum += points.weight[i] as number;
  }
  return sum;
};
const arrivalOn = (graph: Graph, of: Float64Array, on: number, share: number): number => {
  const edge = graph.edges[on];
  if (!edge) return Infinity;
  const seconds = graph.seconds[on] as number;
  const fromA = (of[edge.a] as number) + share * seconds;
  return edge.oneway ? fromA : Math.min(fromA, (of[edge.b] as number) + (1 - share) * seconds);
};

/** Seconds per node as bytes; rounded up, so that no place seems covered a step too early. */
export const packed = (seconds: Float64Array): Uint8Array =>
  Uint8Array.from(seconds, (s) => Math.min(COVER_BEYOND, Math.ceil(s / COVER_STEP_S)));
