/**
 * The line of sight: which ground a camera sees between the houses and over the hills.
 *
 * Owns: the shadows that houses and hills throw in a camera's view. Guarantees: ground behind a house that is as high as the
 *   camera is hidden to the end of its range, behind a lower one as far as its roof hides it; a hill hides what lies lower
 *   behind it; the house that carries the camera does not blind it. Pure; some milliseconds for a lookout camera over a town.
 * Refuses: trees; the site has none.
 */
import { crossings, type Ring } from '../../native-bridge/contract/ring.ts';

export interface Block {
  /** Not closed; metres in the plane's frame. */
  readonly ring: Ring;
  /** Of the roof above the ground under the camera, metres. */
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

/** A house on a ray: where the ray enters and leaves it, and how high it is. */
interface Crossed {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}
/** The level ground that it hides. */
const shadowOf = ({ from, to, height }: Crossed, h: number, range: number): [number, number] => [
  from,
  height >= h ? range : Math.min(range, to / (1 - height / h)),
];
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

/** What is seen along a ray whose ground rises and falls, looked at in so many steps. */
const STEPS = 240;
const overHills = (
  houses: readonly Crossed[],
  h: number,
  range: number,
  rise: (away: number) => number,
): [number, number][] => {
  const places = [
    ...Array.from({ length: STEPS }, (_, i) => ((i + 1) * range) / STEPS),
    ...houses.flatMap(({ from, to }) => [from, to].filter((away) => away > 0 && away < range)),
  ].sort((a, b) => a - b);
  const ahead = [...houses].sort((a, b) => a.from - b.from);
  const seen: [number, number][] = [];
  /** The steepest line of sight that something stands in, metres of height for a metre of way. */
  let hidden = -Infinity;
  let last = 0;
  for (const away of places) {
    for (let house = ahead[0]; house && house.from < away; house = ahead[0]) {
      ahead.shift();
      hidden = Math.max(hidden, (house.height - h) / Math.max(1, house.height > h ? house.from : house.to));
    }
    const ground = (rise(away) - h) / away;
    if (ground >= hidden) {
      const open = seen.at(-1);
      if (open && open[1] === last) open[1] = away;
      else seen.push([last, away]);
      hidden = ground;
    }
    last = away;
  }
  return seen;
};

/** `rise`: the ground at a place above that under the camera, metres; without it the ground is level. */
export const sightOf = (view: View, blocks: Iterable<Block>, rise?: (x: number, y: number) => number): SightRay[] => {
  const { x, y, h, range } = view;
  const middle = view.heading * RAD;
  const half = (view.fov / 2) * RAD;
  const count = Math.max(FEWEST, Math.ceil(view.fov / STEP));
  const crossed: Crossed[][] = Array.from({ length: count + 1 }, () => []);
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
      crossed[i]?.push({ from: met[0], to: met[1], height });
    }
  }
  return crossed.map((houses, i) => {
    const angle = angleOf(i);
    const seen = rise
      ? overHills(houses, h, range, (away) => rise(x + Math.sin(angle) * away, y + Math.cos(angle) * away))
      : without(
          houses.map((house) => shadowOf(house, h, range)),
          range,
        );
    return { angle, seen };
  });
};
