/**
 * Footprints to one mesh: walls and flat roofs, each vertex with its shade and its building's number.
 * Guarantees: glTF axes (x east, y up, z south) around the tile's middle; walls face outwards; no floors.
 * Only what height does is baked: roofs full, walls darker towards the ground. The shade by direction is
 * the scene's, which turns it with the hour; measured without a GPU it costs nothing beside this.
 */
import earcut from 'earcut';
import type { LonLat } from '../../contract/site-files.ts';
import { toEarth, toLocal, type Level } from './ellipsoid.ts';
import type { Footprint } from './footprint.ts';

export interface Mesh {
  readonly positions: Float32Array;
  /** RGBA, 255 = full. */
  readonly colours: Uint8Array;
  /** Index of the footprint in the tile. */
  readonly features: Uint16Array;
  readonly indices: Uint32Array;
}

/** Shade at the top and the foot of a wall; a roof is 1. */
const TOP = 0.92;
const FOOT = 0.6;

export function meshOf(footprints: readonly Footprint[], level: Level): Mesh {
  const positions: number[] = [];
  const colours: number[] = [];
  const features: number[] = [];
  const indices: number[] = [];
  const put = (p: readonly [number, number, number], shade: number, feature: number): number => {
    positions.push(p[0], p[1], p[2]);
    const c = Math.round(255 * Math.min(1, shade));
    colours.push(c, c, c, 255);
    features.push(feature);
    return features.length - 1;
  };
  const spot = (p: LonLat, h: number): [number, number, number] => {
    const [east, north, up] = toLocal(level, toEarth(p[0], p[1], h));
    return [east, up, -north];
  };
  footprints.forEach((footprint, feature) => {
    const { ground } = footprint;
    const roof = ground + footprint.height;
    const rings = footprint.rings.map((ring, k) => turned(ring, k === 0));
    for (const ring of rings) {
      ring.forEach((p, i) => {
        const q = ring[(i + 1) % ring.length] ?? p;
        const [a, b, c, d] = [spot(p, ground), spot(q, ground), spot(q, roof), spot(p, roof)];
        const n = put(a, FOOT, feature);
        put(b, FOOT, feature);
        put(c, TOP, feature);
        put(d, TOP, feature);
        indices.push(n, n + 1, n + 2, n, n + 2, n + 3);
      });
    }
    const flat: number[] = [];
    const holes: number[] = [];
    const start = features.length;
    rings.forEach((ring, k) => {
      if (k > 0) holes.push(flat.length / 2);
      for (const p of ring) {
        const s = spot(p, roof);
        flat.push(s[0], -s[2]);
        put(s, 1, feature);
      }
    });
    for (const i of earcut(flat, holes)) indices.push(start + i);
  });
  return {
    positions: Float32Array.from(positions),
    colours: Uint8Array.from(colours),
    features: Uint16Array.from(features),
    indices: Uint32Array.from(indices),
  };
}

/** Counter-clockwise when `ccw`, else clockwise. */
function turned(ring: readonly LonLat[], ccw: boolean): readonly LonLat[] {
  let area = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    area += p[0] * q[1] - q[0] * p[1];
  });
  return area > 0 === ccw ? ring : [...ring].reverse();
}
