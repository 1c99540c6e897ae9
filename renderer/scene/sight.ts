/**
 * The line of sight: which ground a camera sees between the houses.
 *
 * Owns: the shadows that houses throw in a camera's view. Guarantees: ground behind a house that is as high as the camera
 *   is hidden to the end of its range, behind a lower one as far as its roof hides it; the house that carries the camera
 *   does not blind it. Pure; a few milliseconds for a lookout camera over a town.
 * Refuses: terrain and trees; the site has none.
 */
import { crossings, type Ring } from '../../native-bridge/contract/ring.ts';

export interface Block {
  /** Not closed; metres in the plane's frame. */
  readonly ring: Ring;
  /** Of the roof above the ground, metres. */
  readonly height: number;
}
export interface View {
  readonly x: number;
  readonly y: number;
  /** Of the lens above the ground, metres. */
  readonly h: number;
  /** Degrees clockwise from north, and the opening of the view. */
  readonly heading: number;
  readonly fov: number;
  /** Metres. */
  readonly range: number;
}
export interface SightRay {
  /** Radians clockwise from north. */
  readonly angle: number;
  /** Stretches of ground that are seen, metres from the camera, nearest first. */
  readonly seen: readonly (readonly [from: number, to: number])[];
}

const RAD = Math.PI / 180;
/** Rays are this far apart, degrees: at 4.5 km that is 20 m, less than a house. */
const STEP = 0.25;
const FEWEST = 24;

/** Radians from the middle of the view, -π to π. */
const aside = (angle: number, middle: number): number => {
  const d = (angle - middle) % (2 * Math.PI);
  return d > Math.PI ? d - 2 * Math.PI : d < -Math.PI ? d + 2 * Math.PI : d;
};

/** First and last distance at which a ray meets the ring; null when it does not. */
const crossing = (ring: Block['ring'], ox: number, oy: number, dx: number, dy: number): [number, number] | null => {
  const met = crossings(ring, ox, oy, dx, dy).filter((t) => t >= 0);
  return met.length === 0 ? null : [Math.min(...met), Math.max(...met)];
};

const without = (shadows: [number, number][], range: number): [number, number][] => {
  const seen: [number, number][] = [];
  let at = 0;
  for (const [from, to] of shadows.sort((a, b) => a[0] - b[0])) {
    if (from > at) seen.push([at, Math.min(from, range)]);
    at = Math.max(at, to);
    if (at >= range) return seen;
  }
  seen.push([at, range]);
  return seen;
};

export const sightOf = (view: View, blocks: Iterable<Block>): SightRay[] => {
  const { x, y, h, range } = view;
  const middle = view.heading * RAD;
  const half = (view.fov / 2) * RAD;
  const count = Math.max(FEWEST, Math.ceil(view.fov / STEP));
  const shadows: [number, number][][] = Array.from({ length: count + 1 }, () => []);
  const angleOf = (i: number): number => middle - half + (2 * half * i) / count;

  for (const { ring, height } of blocks) {
    let low = Infinity;
    let high = -Infinity;
    let nearest = Infinity;
    for (const [px, py] of ring) {
      const off = aside(Math.atan2(px - x, py - y), middle);
      low = Math.min(low, off);
      high = Math.max(high, off);
      nearest = Math.min(nearest, Math.hypot(px - x, py - y));
    }
    // What lies all around the camera carries it; what lies across the back of the view is not in it.
    if (high - low > Math.PI || nearest > range || low > half || high < -half) continue;
    const from = Math.max(0, Math.ceil(((low + half) / (2 * half)) * count));
    const to = Math.min(count, Math.floor(((high + half) / (2 * half)) * count));
    for (let i = from; i <= to; i++) {
      const angle = angleOf(i);
      const met = crossing(ring, x, y, Math.sin(angle), Math.cos(angle));
      if (!met || met[0] >= range) continue;
      shadows[i]?.push([met[0], height >= h ? range : Math.min(range, met[1] / (1 - height / h))]);
    }
  }
  return shadows.map((cast, i) => ({ angle: angleOf(i), seen: without(cast, range) }));
};
