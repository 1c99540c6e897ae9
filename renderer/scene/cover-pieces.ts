/**
 * The road network in short pieces, and how soon somebody is at each.
 *
 * Owns: the cutting, and the class of a piece. Guarantees: C1 no piece is longer than `PIECE_M`; C2 a piece has the class of
 *   its middle, by the sooner of both ends, one-way streets and closures kept; C3 what could be covered and is not is
 *   `lost`, what never is is `beyond`, and what hangs on the unheard is `unknown`. Pure.
 * Refuses: to draw.
 */
import { COVER_BEYOND, COVER_STEP_S, URBAN_LINE_S } from '../../native-bridge/contract/forces-records.ts';
import type { LonLat, RoadEdge, RoadGraph } from '../../native-bridge/contract/site-files.ts';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';

/** Metres: at 50 km/h ten seconds, two steps of arrival. */
export const PIECE_M = 150;

export const COVER_CLASSES = ['urban', 'circle', 'beyond', 'unknown', 'lost'] as const;
export type CoverClass = (typeof COVER_CLASSES)[number];

export interface Piece {
  readonly edge: number;
  readonly line: readonly LonLat[];
  /** Part of the edge from its `a` to the piece's middle. */
  readonly share: number;
}

const mix = (p: LonLat, q: LonLat, t: number): LonLat => [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];

const piecesOf = (edge: RoadEdge, index: number): Piece[] => {
  const count = Math.max(1, Math.ceil(edge.length / PIECE_M));
  const step = edge.length / count;
  const pieces: Piece[] = [];
  let line: LonLat[] = edge.line.slice(0, 1);
  let left = step;
  const end = (): void => {
    pieces.push({ edge: index, line, share: (pieces.length + 0.5) / count });
    line = line.slice(-1);
    left = step;
  };
  for (let i = 1; i < edge.line.length; i++) {
    let p = edge.line[i - 1] ?? [0, 0];
    const q = edge.line[i] ?? p;
    let length = metresBetween(p, q);
    while (length > left + 0.01 && pieces.length < count - 1) {
      p = mix(p, q, left / length);
      length -= left;
      line.push(p);
      end();
    }
    line.push(q);
    left -= length;
  }
  if (line.length > 1) end();
  return pieces;
};
export const cutRoads = ({ edges }: RoadGraph): Piece[] => edges.flatMap(piecesOf);

/** Seconds from one end, the byte rounded up as it came. */
const at = (arrival: Uint8Array, node: number): number => {
  const step = arrival[node] ?? COVER_BEYOND;
  return step === COVER_BEYOND ? Infinity : step * COVER_STEP_S;
};
/** `factor`: how many times slower the road is, null when it is closed. */
export const arrivalAt = (edge: RoadEdge, share: number, arrival: Uint8Array, factor: number | null = 1): number => {
  if (factor === null) return Infinity;
  const seconds = (factor * edge.length) / (edge.speed / 3.6);
  const fromA = at(arrival, edge.a) + share * seconds;
  return edge.oneway ? fromA : Math.min(fromA, at(arrival, edge.b) + (1 - share) * seconds);
};
/** Seconds to the same place: as things are, at the best of times, and had the unheard stayed where they were. */
export const classOf = (now: number, full: number, last: number, circleS: number): CoverClass => {
  if (now <= URBAN_LINE_S) return 'urban';
  if (now <= circleS) return 'circle';
  if (last <= circleS) return 'unknown';
  return full <= circleS ? 'lost' : 'beyond';
};
