/**
 * WGS-84: degrees and metres to Earth-centred metres, and the level frame of a place.
 * Guarantees: `toLocal` and `frame.matrix` are inverses; the matrix is column-major, as 3D Tiles writes it.
 */
export type Vec3 = readonly [number, number, number];

const A = 6378137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const RAD = Math.PI / 180;

export const radians = (degrees: number): number => degrees * RAD;

export function toEarth(lon: number, lat: number, h: number): Vec3 {
  const [l, p] = [lon * RAD, lat * RAD];
  const n = A / Math.sqrt(1 - E2 * Math.sin(p) ** 2);
  return [(n + h) * Math.cos(p) * Math.cos(l), (n + h) * Math.cos(p) * Math.sin(l), (n * (1 - E2) + h) * Math.sin(p)];
}

/** East, north and up at a place. */
export interface Level {
  readonly origin: Vec3;
  readonly east: Vec3;
  readonly north: Vec3;
  readonly up: Vec3;
  /** Local east-north-up to Earth, 16 numbers by columns. */
  readonly matrix: readonly number[];
}

export function levelAt(lon: number, lat: number): Level {
  const [l, p] = [lon * RAD, lat * RAD];
  const origin = toEarth(lon, lat, 0);
  const east: Vec3 = [-Math.sin(l), Math.cos(l), 0];
  const north: Vec3 = [-Math.sin(p) * Math.cos(l), -Math.sin(p) * Math.sin(l), Math.cos(p)];
  const up: Vec3 = [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  return { origin, east, north, up, matrix: [...east, 0, ...north, 0, ...up, 0, ...origin, 1] };
}

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Metres east, north and up of the frame's place. */
export function toLocal(level: Level, earth: Vec3): Vec3 {
  const d: Vec3 = [earth[0] - level.origin[0], earth[1] - level.origin[1], earth[2] - level.origin[2]];
  return [dot(d, level.east), dot(d, level.north), dot(d, level.up)];
}

/** Radians and metres of an Earth-centred place; Bowring's formula, better than a millimetre near the ground. */
export function toLonLat([x, y, z]: Vec3): Vec3 {
  const b = A * (1 - F);
  const p = Math.hypot(x, y);
  const t = Math.atan2(z * A, p * b);
  const lat = Math.atan2(z + ((A * A - b * b) / b) * Math.sin(t) ** 3, p - E2 * A * Math.cos(t) ** 3);
  const n = A / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
  return [Math.atan2(y, x), lat, p / Math.cos(lat) - n];
}
