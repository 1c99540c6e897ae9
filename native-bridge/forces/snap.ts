/**
 * From a place to the road: the nearest edge, and where on it.
 *
 * Owns: a grid over the segments of all edges. Guarantees: the edge that is truly nearest (equirectangular metres), the
 *   metres along it and beside it; an address is not put on a motorway, a vehicle that is on one is; what moves is put on the
 *   carriageway that goes its way, though the other may be nearer by a fix that is some metres off.
 * Refuses: to cross water or walls in thought: `aside` is as the crow flies and costs no seconds.
 */
import type { LonLat, RoadEdge } from '../contract/site-files.ts';
import { STANDS, type Motion } from './motion.ts';

export interface Snap {
  readonly edge: number;
  /** Metres along the edge from its `a`. */
  readonly along: number;
  /** Metres from the place to the road. */
  readonly aside: number;
}
export interface Snapper {
  /** `null` only when there are no roads. `motion`: of a vehicle. */
  readonly snap: (place: LonLat, motion?: Motion) => Snap | null;
}

/** Metres of a cell's side: about two street blocks, so that few segments lie in each. */
const CELL = 250;
/** A motorway can only be entered at its junctions: it counts for what stands on its carriageway, metres. */
const ON_MOTORWAY = 20;
/** House rules: as many metres nearer must a road be that one would drive against, or across, than one that goes one's way. */
const AGAINST_M = 25;
const ACROSS_M = 10;
const PER_DEGREE = (6_371_008.8 * Math.PI) / 180;

export const openSnapper = (edges: readonly RoadEdge[]): Snapper => {
  const [lon0, lat0] = edges[0]?.line[0] ?? [0, 0];
  const east = PER_DEGREE * Math.cos((lat0 * Math.PI) / 180);
  const x = (p: LonLat): number => (p[0] - lon0) * east;
  const y = (p: LonLat): number => (p[1] - lat0) * PER_DEGREE;
  const cellOf = (metres: number): number => Math.floor(metres / CELL);
  const key = (cx: number, cy: number): number => (cx + 8192) * 16_384 + cy + 8192;

  // Segment i: ends (x, y, x, y), the edge, metres from the edge's beginning.
  const ends: number[] = [];
  const owner: number[] = [];
  const begin: number[] = [];
  const cells = new Map<number, number[]>();
  let [least, most] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ];
  edges.forEach((edge, e) => {
    let along = 0;
    for (let i = 1; i < edge.line.length; i++) {
      const [p, q] = [edge.line[i - 1], edge.line[i]];
      if (!p || !q) continue;
      const [px, py, qx, qy] = [x(p), y(p), x(q), y(q)];
      const id = owner.push(e) - 1;
      ends.push(px, py, qx, qy);
      begin.push(along);
      along += Math.hypot(qx - px, qy - py);
      const [cx0, cx1] = [cellOf(Math.min(px, qx)), cellOf(Math.max(px, qx))];
      const [cy0, cy1] = [cellOf(Math.min(py, qy)), cellOf(Math.max(py, qy))];
      least = [Math.min(least[0] ?? 0, cx0), Math.min(least[1] ?? 0, cy0)];
      most = [Math.max(most[0] ?? 0, cx1), Math.max(most[1] ?? 0, cy1)];
      for (let cx = cx0; cx <= cx1; cx++) {
        for (let cy = cy0; cy <= cy1; cy++) {
          const held = cells.get(key(cx, cy));
          if (held) held.push(id);
          else cells.set(key(cx, cy), [id]);
        }
      }
    }
  });

  const snap = (place: LonLat, motion?: Motion): Snap | null => {
    const moving = motion !== undefined && motion.speed >= STANDS;
    const [hx, hy] = moving
      ? [Math.sin((motion.heading * Math.PI) / 180), Math.cos((motion.heading * Math.PI) / 180)]
      : [0, 0];
    const [px, py] = [x(place), y(place)];
    const [cx, cy] = [cellOf(px), cellOf(py)];
    let best: { edge: number; along: number; aside: number; score: number } | null = null;
    const look = (id: number): void => {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [ends[4 * id], ends[4 * id + 1], ends[4 * id + 2], ends[4 * id + 3]];
      const [dx, dy] = [bx - ax, by - ay];
      const length2 = dx * dx + dy * dy;
      const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2));
      const aside = Math.hypot(px - ax - t * dx, py - ay - t * dy);
      if (best && aside >= best.score) return;
      const edge = owner[id] ?? 0;
      const along = moving && length2 > 0 ? (dx * hx + dy * hy) / Math.sqrt(length2) : 1;
      const against = along < 0 && edges[edge]?.oneway === true;
      const score = aside + (against ? AGAINST_M : Math.abs(along) < Math.SQRT1_2 ? ACROSS_M : 0);
      if (best && score >= best.score) return;
      if (edges[edge]?.class === 'motorway' && aside > ON_MOTORWAY) return;
      best = { edge, along: (begin[id] ?? 0) + t * Math.sqrt(length2), aside, score };
    };
    const outward = Math.max(cx - (least[0] ?? 0), (most[0] ?? 0) - cx, cy - (least[1] ?? 0), (most[1] ?? 0) - cy);
    for (let ring = 0; ring <= outward; ring++) {
      const found = best as { score: number } | null;
      // Everything in this ring is at least this far away.
      if (found && found.score <= (ring - 1) * CELL) break;
      for (let i = cx - ring; i <= cx + ring; i++) {
        const side = Math.abs(i - cx) === ring;
        for (let j = cy - ring; j <= cy + ring; j += side || ring === 0 ? 1 : 2 * ring) {
          cells.get(key(i, j))?.forEach(look);
        }
      }
    }
    const found = best as { edge: number; along: number; aside: number } | null;
    if (!found) return null;
    // Metres by this grid's latitude against the edge's own.
    return { edge: found.edge, along: Math.min(found.along, edges[found.edge]?.length ?? 0), aside: found.aside };
  };
  return { snap };
};
