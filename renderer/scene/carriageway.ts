/**
 * A road as wide as it is: a ribbon on the ground.
 *
 * Owns: its edges. Guarantees: S30: bends are whole, sharp ones without spikes; it lies on hills as they lie; no part of it depends on
 *   the eye, however near that comes. (The engine's own lines of so many metres grow beyond all bounds where one passes the eye.)
 * Refuses: colours and classes.
 */
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { overGround } from './drape.ts';
import type { MeshBuilder } from './mesh.ts';
import type { Plane } from './plane.ts';

type Spot = readonly [x: number, y: number];

/** Above the ground, metres. */
const ABOVE = 0.5;
/** Points nearer than this are one, metres. */
const SAME = 0.05;
/** At a sharp bend its corner lies so many half-widths out at most. */
const SHARPEST = 2;

const unit = ([ax, ay]: Spot, [bx, by]: Spot): Spot => {
  const long = Math.hypot(bx - ax, by - ay);
  return [(bx - ax) / long, (by - ay) / long];
};
/** Both edges of a way, `half` metres from its middle, point by point. */
export const edgesOf = (way: readonly Spot[], half: number): { left: Spot[]; right: Spot[] } => {
  const left: Spot[] = [];
  const right: Spot[] = [];
  way.forEach((at, i) => {
    const before = way[i - 1];
    const after = way[i + 1];
    const into = before ? unit(before, at) : after ? unit(at, after) : [1, 0];
    const out = after ? unit(at, after) : into;
    // The sum of both normals points along the bend's middle; it is the shorter the sharper the bend.
    const [nx, ny] = [-(into[1] ?? 0) - (out[1] ?? 0), (into[0] ?? 0) + (out[0] ?? 0)];
    const long = Math.hypot(nx, ny);
    const [ux, uy] = long < 1e-6 ? [-(out[1] ?? 0), out[0] ?? 0] : [nx / long, ny / long];
    const reach = half * Math.min(SHARPEST, 2 / Math.max(1e-6, long));
    left.push([at[0] + ux * reach, at[1] + uy * reach]);
    right.push([at[0] - ux * reach, at[1] - uy * reach]);
  });
  return { left, right };
};

export const addCarriageway = (
  mesh: MeshBuilder,
  plane: Plane,
  line: readonly LonLat[],
  width: number,
  colour: readonly number[],
): void => {
  const way: Spot[] = [];
  for (const [lon, lat] of line) {
    const [x, y] = plane.at(lon, lat);
    const last = way.at(-1);
    if (!last || Math.hypot(x - last[0], y - last[1]) > SAME) way.push([x, y]);
  }
  if (way.length < 2) return;
  const { left, right } = edgesOf(way, width / 2);
  if (plane.terrain) {
    for (let i = 0; i + 1 < way.length; i++) {
      const quad = [left[i], left[i + 1], right[i + 1], right[i]].flatMap((p) => (p ? [plane.lonLat(...p)] : []));
      overGround(mesh, plane, [quad], colour, ABOVE);
    }
    return;
  }
  let before: [number, number] | null = null;
  for (const [i, p] of left.entries()) {
    const q = right[i] ?? p;
    const [a, b] = [p, q].map(([x, y]) => mesh.vertex([x, y, plane.land.z(x, y) + ABOVE], colour)) as [number, number];
    if (before) {
      mesh.triangle(before[0], before[1], b);
      mesh.triangle(before[0], b, a);
    }
    before = [a, b];
  }
};
