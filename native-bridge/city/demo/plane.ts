/**
 * The plane on which the demonstration site is drawn: metres east and north of its middle.
 * Guarantees: `toLonLat` and `toPlane` are inverses; over the district lengths are true to 0.4 %.
 * Small geometry for convex shapes, rings and lines; no allocation tricks, a few seconds in all.
 */
import type { LonLat } from '../../contract/site-files.ts';

export type XY = readonly [x: number, y: number];

/** Middle of Baiguan. */
export const ORIGIN: LonLat = [120.876, 30.017];

/** Metres per degree on the WGS-84 ellipsoid at ORIGIN. */
const A = 6378137;
const E2 = 0.00669437999014;
const PHI = (ORIGIN[1] * Math.PI) / 180;
const W2 = 1 - E2 * Math.sin(PHI) ** 2;
const PER_LAT = ((Math.PI / 180) * (A * (1 - E2))) / W2 ** 1.5;
const PER_LON = ((Math.PI / 180) * A * Math.cos(PHI)) / Math.sqrt(W2);

export const toPlane = (p: LonLat): XY => [(p[0] - ORIGIN[0]) * PER_LON, (p[1] - ORIGIN[1]) * PER_LAT];
export const toLonLat = (p: XY): LonLat => [ORIGIN[0] + p[0] / PER_LON, ORIGIN[1] + p[1] / PER_LAT];

export const add = (p: XY, q: XY): XY => [p[0] + q[0], p[1] + q[1]];
export const sub = (p: XY, q: XY): XY => [p[0] - q[0], p[1] - q[1]];
export const scale = (p: XY, k: number): XY => [p[0] * k, p[1] * k];
export const mix = (p: XY, q: XY, t: number): XY => [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];
export const distance = (p: XY, q: XY): number => Math.hypot(q[0] - p[0], q[1] - p[1]);
export const unit = (p: XY): XY => {
  const n = Math.hypot(p[0], p[1]) || 1;
  return [p[0] / n, p[1] / n];
};
/** A quarter turn to the left. */
export const left = (p: XY): XY => [-p[1], p[0]];
export const rotate = (p: XY, angle: number): XY => [
  p[0] * Math.cos(angle) - p[1] * Math.sin(angle),
  p[0] * Math.sin(angle) + p[1] * Math.cos(angle),
];
/** Degrees clockwise from north. */
export const bearing = (d: XY): number => ((Math.atan2(d[0], d[1]) * 180) / Math.PI + 360) % 360;

/** Counter-clockwise rectangle of `w` along `angle` and `d` across, around `centre`. */
export function rect(centre: XY, angle: number, w: number, d: number): XY[] {
  const u = rotate([w / 2, 0], angle);
  const v = rotate([0, d / 2], angle);
  return [sub(sub(centre, u), v), sub(add(centre, u), v), add(add(centre, u), v), add(sub(centre, u), v)];
}

/** The rectangle that covers a road or canal from p to q. */
export function strip(p: XY, q: XY, width: number): XY[] {
  const angle = Math.atan2(q[1] - p[1], q[0] - p[0]);
  return rect(mix(p, q, 0.5), angle, distance(p, q), width);
}

export function signedArea(ring: readonly XY[]): number {
  let sum = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    sum += p[0] * q[1] - q[0] * p[1];
  });
  return sum / 2;
}

export function middle(ring: readonly XY[]): XY {
  const n = Math.max(1, ring.length);
  return [ring.reduce((s, p) => s + p[0], 0) / n, ring.reduce((s, p) => s + p[1], 0) / n];
}

export function inside(p: XY, ring: readonly XY[]): boolean {
  let is = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i];
    const b = ring[j];
    if (a === undefined || b === undefined) continue;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) {
      is = !is;
    }
  }
  return is;
}

/** Do two convex shapes come nearer than `gap` metres (along one of their edges' normals)? */
export function convexMeet(a: readonly XY[], b: readonly XY[], gap: number): boolean {
  for (const shape of [a, b]) {
    for (let i = 0; i < shape.length; i++) {
      const p = shape[i];
      const q = shape[(i + 1) % shape.length];
      if (p === undefined || q === undefined) continue;
      const n = unit(left(sub(q, p)));
      let minA = Infinity;
      let maxA = -Infinity;
      let minB = Infinity;
      let maxB = -Infinity;
      for (const r of a) {
        const k = r[0] * n[0] + r[1] * n[1];
        minA = Math.min(minA, k);
        maxA = Math.max(maxA, k);
      }
      for (const r of b) {
        const k = r[0] * n[0] + r[1] * n[1];
        minB = Math.min(minB, k);
        maxB = Math.max(maxB, k);
      }
      if (maxA + gap <= minB || maxB + gap <= minA) return false;
    }
  }
  return true;
}

/** Where segments ab and cd cross, as fractions of each; undefined when they do not. */
export function crossing(a: XY, b: XY, c: XY, d: XY): readonly [number, number] | undefined {
  const r = sub(b, a);
  const s = sub(d, c);
  const den = r[0] * s[1] - r[1] * s[0];
  if (Math.abs(den) < 1e-9) return undefined;
  const w = sub(c, a);
  const t = (w[0] * s[1] - w[1] * s[0]) / den;
  const u = (w[0] * r[1] - w[1] * r[0]) / den;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [t, u] : undefined;
}

/** A smooth curve through the points (centripetal enough for roads: Catmull-Rom), every `step` metres. */
export function smooth(points: readonly XY[], step: number): XY[] {
  const out: XY[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const p1 = points[i] ?? [0, 0];
    const p2 = points[i + 1] ?? p1;
    const p0 = points[i - 1] ?? add(p1, sub(p1, p2));
    const p3 = points[i + 2] ?? add(p2, sub(p2, p1));
    const n = Math.max(1, Math.round(distance(p1, p2) / step));
    for (let k = 0; k < n; k++) {
      const t = k / n;
      const f = (a: number, b: number, c: number, d: number) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3);
      out.push([f(p0[0], p1[0], p2[0], p3[0]), f(p0[1], p1[1], p2[1], p3[1])]);
    }
  }
  const last = points.at(-1);
  if (last !== undefined) out.push(last);
  return out;
}
