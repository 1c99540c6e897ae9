/**
 * Lines and areas laid on the ground as it lies.
 *
 * Owns: where they are cut. Guarantees: S29: each piece lies within one triangle of the terrain, so that what is laid on the
 *   ground neither sinks into it nor floats above it; on level ground nothing is cut.
 * Refuses: to know what is laid.
 */
import earcut from 'earcut';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { onLattice, type Terrain } from '../../native-bridge/contract/terrain.ts';
import type { MeshBuilder } from './mesh.ts';
import type { Plane, Vec3 } from './plane.ts';

/** A corner of what is laid, `u` and `v` from 0 to 1 or in degrees, and where that is on the lattice. */
export interface Corner {
  readonly u: number;
  readonly v: number;
  readonly column: number;
  readonly row: number;
}
type Side = (corner: Corner) => number;

const onTheWay = (a: Corner, b: Corner, t: number): Corner => ({
  u: a.u + (b.u - a.u) * t,
  v: a.v + (b.v - a.v) * t,
  column: a.column + (b.column - a.column) * t,
  row: a.row + (b.row - a.row) * t,
});
/** The two parts of a convex polygon before (below 0) and behind a straight line; either may be empty. */
const parted = (polygon: readonly Corner[], side: Side): [Corner[], Corner[]] => {
  const before: Corner[] = [];
  const behind: Corner[] = [];
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length] ?? a;
    const [p, q] = [side(a), side(b)];
    if (p <= 0) before.push(a);
    if (p >= 0) behind.push(a);
    if ((p < 0 && q > 0) || (p > 0 && q < 0)) {
      const met = onTheWay(a, b, p / (p - q));
      before.push(met);
      behind.push(met);
    }
  });
  return [before.length > 2 ? before : [], behind.length > 2 ? behind : []];
};
/** Along all whole numbers of one coordinate from 0 to `last`. */
const strips = (polygon: readonly Corner[], of: Side, last: number): (readonly Corner[])[] => {
  if (polygon.length === 0) return [];
  const values = polygon.map(of);
  const first = Math.max(0, Math.floor(Math.min(...values)) + 1);
  const end = Math.min(last, Math.ceil(Math.max(...values)) - 1);
  const done: (readonly Corner[])[] = [];
  let rest = polygon;
  for (let line = first; line <= end && rest.length > 0; line++) {
    const [before, behind] = parted(rest, (corner) => of(corner) - line);
    if (before.length > 0) done.push(before);
    rest = behind;
  }
  return rest.length > 0 ? [...done, rest] : done;
};
/** A convex polygon in pieces, each within one triangle of the terrain or beyond it. */
export const pieces = (
  polygon: readonly Corner[],
  { columns, rows }: Pick<Terrain, 'columns' | 'rows'>,
): (readonly Corner[])[] => {
  // What lies beyond stays whole: south and north of the terrain, then west and east of it.
  const [south, others] = parted(polygon, ({ row }) => row);
  const [between, north] = parted(others, ({ row }) => row - (rows - 1));
  const [west, rest] = parted(between, ({ column }) => column);
  const [on, east] = parted(rest, ({ column }) => column - (columns - 1));
  const cells = strips(on, ({ column }) => column, columns - 1).flatMap((strip) =>
    strips(strip, ({ row }) => row, rows - 1),
  );
  const halves = cells.flatMap((cell) => {
    const middle = (of: Side): number => Math.floor(cell.reduce((sum, one) => sum + of(one), 0) / cell.length);
    const [i, j] = [middle(({ column }) => column), middle(({ row }) => row)];
    return parted(cell, ({ column, row }) => column - i - (row - j));
  });
  return [south, north, west, east, ...halves].filter((piece) => piece.length > 0);
};

/** Shortest piece of a line, in cells. */
const LEAST_PIECE = 0.005;

/** Shares of the way from a to b at which a line passes from one triangle into another. */
const passes = (a: readonly [number, number], b: readonly [number, number], { columns, rows }: Terrain): number[] => {
  const found: number[] = [];
  const through = (from: number, to: number, low: number, high: number): void => {
    if (from === to) return;
    const first = Math.max(low, Math.ceil(Math.min(from, to)));
    const last = Math.min(high, Math.floor(Math.max(from, to)));
    for (let line = first; line <= last; line++) found.push((line - from) / (to - from));
  };
  through(a[0], b[0], 0, columns - 1);
  through(a[1], b[1], 0, rows - 1);
  through(a[0] - a[1], b[0] - b[1], 1 - rows, columns - 1);
  // Where three lines of the lattice meet, they are passed at once: of pieces without a length no width can be drawn.
  const least = LEAST_PIECE / Math.max(LEAST_PIECE, Math.hypot(b[0] - a[0], b[1] - a[1]));
  let last = 0;
  return found
    .sort((p, q) => p - q)
    .filter((t) => {
      if (t - last < least || t > 1 - least) return false;
      last = t;
      return true;
    });
};

/** A line `h` metres above the ground. */
export const alongGround = (plane: Plane, line: readonly LonLat[], h: number): Vec3[] => {
  const { terrain } = plane;
  return line.flatMap(([lon, lat], i) => {
    const next = line[i + 1];
    const here = plane.at(lon, lat, h);
    if (!terrain || !next) return [here];
    const cuts = passes(onLattice(terrain, lon, lat), onLattice(terrain, ...next), terrain);
    return [here, ...cuts.map((t) => plane.at(lon + (next[0] - lon) * t, lat + (next[1] - lat) * t, h))];
  });
};

/** An area `h` metres above the ground into a mesh; the first ring is the outer one, none is closed. */
export const overGround = (
  mesh: MeshBuilder,
  plane: Plane,
  rings: readonly (readonly LonLat[])[],
  colour: readonly number[],
  h = 0,
): void => {
  const { terrain } = plane;
  if (!terrain) {
    mesh.polygon(
      rings.map((ring) => ring.map(([lon, lat]) => plane.at(lon, lat, h))),
      colour,
    );
    return;
  }
  const holes = rings.slice(1).map((_, i) => rings.slice(0, i + 1).reduce((sum, ring) => sum + ring.length, 0));
  const flat = rings.flat();
  const corners = flat.map(([lon, lat]): Corner => {
    const [column, row] = onLattice(terrain, lon, lat);
    return { u: lon, v: lat, column, row };
  });
  const triangles = earcut(
    corners.flatMap(({ column, row }) => [column, row]),
    holes,
  );
  for (let i = 0; i < triangles.length; i += 3) {
    const triangle = [0, 1, 2].flatMap((k) => corners[triangles[i + k] ?? -1] ?? []);
    for (const piece of pieces(triangle, terrain)) {
      const [first = 0, ...rest] = piece.map(({ u, v }) => mesh.vertex(plane.at(u, v, h), colour));
      for (let k = 0; k + 1 < rest.length; k++) mesh.triangle(first, rest[k] ?? 0, rest[k + 1] ?? 0);
    }
  }
};
