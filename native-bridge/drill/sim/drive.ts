/**
 * Owns: how a vehicle moves along a way: speed by road, slower in bends, pulling away and braking.
 * Guarantees: position and heading are continuous in time; it never drives faster than the road times `haste`.
 * Refuses: overtaking, traffic lights, reverse gear.
 */
import { metresBetween } from '../../contract/site-read.ts';
import type { LonLat } from '../../contract/site-files.ts';
import type { Way } from './roads.ts';

export interface Moment {
  readonly lon: number;
  readonly lat: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  /** m/s */
  readonly speed: number;
}
export interface Drive {
  readonly seconds: number;
  at(seconds: number): Moment;
}

/** m/s²: a loaded fire engine of 15 t. */
const PULL = 1.1;
const BRAKE = 1.9;
/** m/s in a right-angled bend. */
const BEND = 4.5;
const CREEP = 0.8;

export function drive(way: Way, haste: number): Drive {
  const points = spread(way);
  const n = points.length;
  const headings = points.map((_, i) => bearing(points[Math.max(0, i - 1)], points[Math.min(n - 1, i + 1)]));
  const limit = points.map((point, i) => {
    const turn = Math.abs(angle((headings[Math.max(0, i - 1)] ?? 0) - (headings[Math.min(n - 1, i + 1)] ?? 0)));
    return Math.min(point.speed * haste, turn < 12 ? Infinity : Math.max(BEND, (BEND * 90) / turn));
  });
  const speed = [...limit];
  speed[0] = CREEP;
  for (let i = 1; i < n; i++)
    speed[i] = Math.min(limit[i] ?? 0, Math.sqrt((speed[i - 1] ?? 0) ** 2 + 2 * PULL * gap(points, i)));
  speed[n - 1] = CREEP;
  for (let i = n - 2; i >= 0; i--)
    speed[i] = Math.min(speed[i] ?? 0, Math.sqrt((speed[i + 1] ?? 0) ** 2 + 2 * BRAKE * gap(points, i + 1)));
  const times = [0];
  for (let i = 1; i < n; i++) {
    const mean = Math.max(CREEP / 2, ((speed[i - 1] ?? 0) + (speed[i] ?? 0)) / 2);
    times.push((times[i - 1] ?? 0) + gap(points, i) / mean);
  }

  return {
    seconds: times[n - 1] ?? 0,
    at(seconds) {
      let low = 0;
      let high = Math.max(0, n - 2);
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((times[middle] ?? 0) <= seconds) low = middle;
        else high = middle - 1;
      }
      const a = points[low] ?? { lon: 0, lat: 0, speed: 0 };
      const b = points[Math.min(n - 1, low + 1)] ?? a;
      const from = times[low] ?? 0;
      const span = (times[Math.min(n - 1, low + 1)] ?? from) - from;
      const share = span > 0 ? Math.min(1, Math.max(0, (seconds - from) / span)) : 1;
      const h = headings[low] ?? 0;
      const turned = angle((headings[Math.min(n - 1, low + 1)] ?? h) - h);
      const v = speed[low] ?? 0;
      return {
        lon: a.lon + (b.lon - a.lon) * share,
        lat: a.lat + (b.lat - a.lat) * share,
        heading: (h + turned * share + 360) % 360,
        speed: seconds >= (times[n - 1] ?? 0) ? 0 : v + ((speed[Math.min(n - 1, low + 1)] ?? v) - v) * share,
      };
    },
  };
}

interface Point {
  readonly lon: number;
  readonly lat: number;
  readonly speed: number;
}

/** Points at most 12 m apart, so that bends and braking have room. */
function spread({ line, speeds }: Way): Point[] {
  const points: Point[] = [];
  line.forEach((to, i) => {
    const speed = speeds[i] ?? 1;
    const from = line[i - 1];
    const steps = from === undefined ? 1 : Math.max(1, Math.ceil(metresBetween(from, to) / 12));
    for (let s = 1; s <= steps; s++) {
      const share = s / steps;
      points.push({ lon: mix(from?.[0] ?? to[0], to[0], share), lat: mix(from?.[1] ?? to[1], to[1], share), speed });
    }
  });
  return points;
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
const here = (point: Point): LonLat => [point.lon, point.lat];
const gap = (points: readonly Point[], i: number): number => {
  const [a, b] = [points[i - 1], points[i]];
  return a && b ? metresBetween(here(a), here(b)) : 0;
};
/** To −180 … 180. */
export const angle = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;

function bearing(a: Point | undefined, b: Point | undefined): number {
  if (!a || !b) return 0;
  const x = (b.lon - a.lon) * Math.cos((a.lat * Math.PI) / 180);
  return ((Math.atan2(x, b.lat - a.lat) * 180) / Math.PI + 360) % 360;
}
