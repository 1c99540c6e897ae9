/**
 * Rings made fit: closed or not, doubled points, crossing themselves.
 * Guarantees: what comes out is on the grid of the site files, not closed, of at least three points and one square
 *   metre, and does not cross itself.
 */
import { unkinkPolygon } from '@turf/turf';
import type { Position } from 'geojson';
import type { LonLat } from '../../contract/site-files.ts';
import { toDegrees, toUnits } from '../../contract/site-read.ts';

/** Square metres: below this a footprint is a slip of the drawing hand. */
export const LEAST_AREA = 1;
const METRES = 111_320;

export type Fitted = { readonly ring: readonly LonLat[]; readonly mended: boolean } | { readonly why: string };

/** Square metres, whichever way round. */
export function areaOf(ring: readonly LonLat[]): number {
  const [lon0, lat0] = ring[0] ?? [0, 0];
  let sum = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    sum += (p[0] - lon0) * (q[1] - lat0) - (q[0] - lon0) * (p[1] - lat0);
  });
  return (Math.abs(sum) / 2) * METRES * METRES * Math.cos((lat0 * Math.PI) / 180);
}

export function fitRing(points: readonly Position[]): Fitted {
  const grid: LonLat[] = [];
  for (const p of points) {
    const [lon = NaN, lat = NaN] = p;
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return { why: 'invalid ring: a coordinate is no number' };
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return { why: 'invalid ring: beyond the Earth' };
    const at: LonLat = [toDegrees(toUnits(lon)), toDegrees(toUnits(lat))];
    const before = grid.at(-1);
    if (before === undefined || before[0] !== at[0] || before[1] !== at[1]) grid.push(at);
  }
  const [first, last] = [grid[0], grid.at(-1)];
  if (grid.length > 1 && first !== undefined && first[0] === last?.[0] && first[1] === last[1]) grid.pop();
  if (grid.length < 3) return { why: 'invalid ring: fewer than three corners' };
  if (!crossesItself(grid))
    return areaOf(grid) < LEAST_AREA ? { why: 'no area (less than 1 m²)' } : { ring: grid, mended: false };
  const mended = largestPart(grid);
  return mended === undefined ? { why: 'invalid ring: crosses itself' } : { ring: mended, mended: true };
}

const side = (a: LonLat, b: LonLat, c: LonLat): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** Two edges that are no neighbours cross in their insides. */
export function crossesItself(ring: readonly LonLat[]): boolean {
  const n = ring.length;
  for (let i = 0; i < n - 2; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    if (a === undefined || b === undefined) continue;
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      const [c, d] = [ring[j], ring[(j + 1) % n]];
      if (c === undefined || d === undefined) continue;
      if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) continue;
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
  }
  return false;
}

function largestPart(ring: readonly LonLat[]): readonly LonLat[] | undefined {
  const closed = [...ring, ring[0] ?? [0, 0]].map((p) => [...p]);
  try {
    const { features } = unkinkPolygon({ type: 'Polygon', coordinates: [closed] });
    const parts = features.flatMap((f) => {
      const fitted = fitRing(f.geometry.coordinates[0] ?? []);
      return 'ring' in fitted && !fitted.mended ? [fitted.ring] : [];
    });
    return parts.sort((a, b) => areaOf(b) - areaOf(a))[0];
  } catch {
    return undefined;
  }
}
