/**
 * The district's own frame: metres east, north and up from the site's centre.
 *
 * Owns: the conversion between WGS-84 degrees and that frame, both ways.
 * Guarantees: exact on the ellipsoid (a true east-north-up frame: far away the ground lies below z = 0, as it does),
 *   so that what is placed here and what 3D Tiles place themselves meet. Pure, no Cesium.
 * Refuses: heights above the sea: all heights are above the ground, which lies level or, where the pack has terrain, as it does.
 */
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { lowestUnder, terrainHeight, type Terrain } from '../../native-bridge/contract/terrain.ts';

const A = 6_378_137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const RAD = Math.PI / 180;
/** Mean radius of the Earth, for how far the ground falls away. */
export const EARTH_RADIUS = 6_371_008.8;

export type Vec3 = [x: number, y: number, z: number];

/** The ground in the frame. */
export interface Land {
  /** Its height there. */
  readonly z: (x: number, y: number) => number;
  /** Metres of height for a metre of way at its steepest; 0: level. */
  readonly steepest: number;
  /** Of its highest place. */
  readonly top: number;
}

export interface Plane {
  readonly lon: number;
  readonly lat: number;
  readonly land: Land;
  /** Undefined: the ground is level. */
  readonly terrain: Terrain | undefined;
  /** Column-major 4×4 from this frame to Earth-fixed metres: a Cesium model matrix. */
  readonly toEarth: readonly number[];
  /** Degrees and metres above the ground to this frame. */
  readonly at: (lon: number, lat: number, h?: number) => Vec3;
  /** Degrees and metres above the level of all ground, whatever the ground there is, to this frame. */
  readonly over: (lon: number, lat: number, height: number) => Vec3;
  /** A ring `h` metres above the lowest ground under it, or under `house`: floors are level where the ground is not. */
  readonly floor: (ring: readonly LonLat[], h?: number, house?: readonly LonLat[]) => Vec3[];
  /** The place under or over a point of this frame; good to a centimetre over a district. */
  readonly lonLat: (x: number, y: number) => [lon: number, lat: number];
  /** Earth-fixed metres of a point of this frame. */
  readonly earth: (p: Vec3) => Vec3;
}

/** Height of level ground in the frame: it falls away with the square of the distance. */
export const groundAt = (x: number, y: number): number => -(x * x + y * y) / (2 * EARTH_RADIUS);

export const LEVEL: Land = { z: groundAt, steepest: 0, top: 0 };

const fixed = (lon: number, lat: number, h: number): Vec3 => {
  const sinLat = Math.sin(lat * RAD);
  const cosLat = Math.cos(lat * RAD);
  const n = A / Math.sqrt(1 - E2 * sinLat * sinLat);
  return [(n + h) * cosLat * Math.cos(lon * RAD), (n + h) * cosLat * Math.sin(lon * RAD), (n * (1 - E2) + h) * sinLat];
};

export const planeAt = (lon: number, lat: number, terrain?: Terrain): Plane => {
  const [ox, oy, oz] = fixed(lon, lat, 0);
  const sinLon = Math.sin(lon * RAD);
  const cosLon = Math.cos(lon * RAD);
  const sinLat = Math.sin(lat * RAD);
  const cosLat = Math.cos(lat * RAD);
  const east: Vec3 = [-sinLon, cosLon, 0];
  const north: Vec3 = [-sinLat * cosLon, -sinLat * sinLon, cosLat];
  const up: Vec3 = [cosLat * cosLon, cosLat * sinLon, sinLat];
  const over = (pLon: number, pLat: number, h: number): Vec3 => {
    const [px, py, pz] = fixed(pLon, pLat, h);
    const dx = px - ox;
    const dy = py - oy;
    const dz = pz - oz;
    return [
      east[0] * dx + east[1] * dy,
      north[0] * dx + north[1] * dy + north[2] * dz,
      up[0] * dx + up[1] * dy + up[2] * dz,
    ];
  };
  const at = (pLon: number, pLat: number, h = 0): Vec3 =>
    over(pLon, pLat, terrain ? terrainHeight(terrain, pLon, pLat) + h : h);
  const w = Math.sqrt(1 - E2 * sinLat * sinLat);
  const perLon = (A / w) * cosLat * RAD;
  const perLat = ((A * (1 - E2)) / (w * w * w)) * RAD;
  /** Meridians come together: what a metre of x and y is in degrees changes over a district; to the second order. */
  const bent = Math.tan(lat * RAD) / EARTH_RADIUS;
  const land: Land = !terrain
    ? LEVEL
    : {
        z: (x, y) =>
          groundAt(x, y) +
          terrainHeight(terrain, lon + (x / perLon) * (1 + y * bent), lat + (y - (x * x * bent) / 2) / perLat),
        steepest: terrain.steepest,
        top: terrain.heights.reduce((most, m) => Math.max(most, m), 0),
      };
  return {
    lon,
    lat,
    land,
    terrain,
    over,
    floor: (ring, h = 0, house = ring) => {
      const low = terrain ? lowestUnder(terrain, house) : 0;
      return ring.map(([pLon, pLat]) => over(pLon, pLat, low + h));
    },
    toEarth: [...east, 0, ...north, 0, ...up, 0, ox, oy, oz, 1],
    at,
    lonLat: (x, y) => {
      let guessLon = lon + x / perLon;
      let guessLat = lat + y / perLat;
      for (let i = 0; i < 3; i++) {
        const [gx, gy] = at(guessLon, guessLat);
        guessLon += (x - gx) / perLon;
        guessLat += (y - gy) / perLat;
      }
      return [guessLon, guessLat];
    },
    earth: ([x, y, z]) => [
      ox + east[0] * x + north[0] * y + up[0] * z,
      oy + east[1] * x + north[1] * y + up[1] * z,
      oz + north[2] * y + up[2] * z,
    ],
  };
};
