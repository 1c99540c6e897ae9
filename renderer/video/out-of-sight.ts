/**
 * Whether houses or hills stand between a camera and a place.
 *
 * Owns: that judgement, from the footprints and heights of the site and the lie of its land. Guarantees: the house that carries the camera and the
 *   one the place lies in hide nothing; pure; a few milliseconds for all cameras of a district.
 * Refuses: trees; the site knows none.
 */
import { crossings, type Ring } from '../../native-bridge/contract/ring.ts';
import type { Building, SiteCamera } from '../../native-bridge/contract/site-files.ts';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';
import { terrainHeight, type Terrain } from '../../native-bridge/contract/terrain.ts';
import type { Place } from '../../native-bridge/contract/sight-line.ts';

export type Hides = (camera: Pick<SiteCamera, 'lon' | 'lat' | 'h'>, place: Place & { readonly h?: number }) => boolean;

/** A person or a fire on the ground stands about so high, metres. */
const OVER_GROUND = 2;
/** No house is wider, degrees of latitude: what lies farther off the line is not looked at. */
const MARGIN = 0.004;

/**
 * Shares of the way from a to b at which it enters and leaves the ring; null when it misses it. One end inside: null too.
 */
const within = (ring: Ring, a: Place, b: Place): [number, number] | null => {
  const met = crossings(ring, a.lon, a.lat, b.lon - a.lon, b.lat - a.lat).filter((t) => t > 0 && t < 1);
  return met.length < 2 || met.length % 2 === 1 ? null : [Math.min(...met), Math.max(...met)];
};

/** The map in squares of `MARGIN`, so that a line of sight looks at the houses beside it and not at the whole district. */
const squaresOf = (buildings: readonly Building[]): ReadonlyMap<number, readonly Building[]> => {
  const squares = new Map<number, Building[]>();
  for (const building of buildings) {
    const [lon, lat] = building.centre;
    const at = squareAt(Math.floor(lon / MARGIN), Math.floor(lat / MARGIN));
    const those = squares.get(at);
    if (those) those.push(building);
    else squares.set(at, [building]);
  }
  return squares;
};
/** 90,000 columns go round the earth. */
const squareAt = (column: number, row: number): number => row * 131_072 + column;

/** A hill rises over the line of sight somewhere between its ends; looked at every so many metres. */
const HILL_STEP_M = 40;
const hillHides = (ground: (at: Place) => number, a: Place, b: Place, from: number, to: number): boolean => {
  const steps = Math.ceil(metresBetween([a.lon, a.lat], [b.lon, b.lat]) / HILL_STEP_M);
  for (let i = 1; i < steps; i++) {
    const t = i / steps;
    const at = { lon: a.lon + (b.lon - a.lon) * t, lat: a.lat + (b.lat - a.lat) * t };
    if (ground(at) > from + (to - from) * t) return true;
  }
  return false;
};

/** `terrain` null: the land lies level. */
export const outOfSight = (buildings: readonly Building[], terrain: Terrain | null = null): Hides => {
  const squares = squaresOf(buildings);
  const ground = ({ lon, lat }: Place): number => (terrain ? terrainHeight(terrain, lon, lat) : 0);
  return (camera, place) => {
    const from = ground(camera) + camera.h;
    const to = ground(place) + (place.h ?? OVER_GROUND);
    if (terrain && hillHides(ground, camera, place, from, to)) return true;
    const low = Math.min(from, to);
    const hides = ({ height, rings, centre }: Building): boolean => {
      const roof = height + ground({ lon: centre[0], lat: centre[1] });
      if (roof <= low) return false;
      const met = within(rings[0] ?? [], camera, place);
      // Where the line of sight is lowest over the house.
      return met !== null && Math.min(...met.map((t) => from + (to - from) * t)) < roof;
    };
    const column = (lon: number): number => Math.floor(lon / MARGIN);
    const [south, north] = [Math.min(camera.lat, place.lat), Math.max(camera.lat, place.lat)];
    for (let row = Math.floor(south / MARGIN) - 1; row <= Math.floor(north / MARGIN) + 1; row++) {
      // The part of the line that passes this row and its neighbours.
      const [from, until] = [lonAt(camera, place, (row - 1) * MARGIN), lonAt(camera, place, (row + 2) * MARGIN)];
      const [west, east] = [column(Math.min(from, until)) - 1, column(Math.max(from, until)) + 1];
      for (let at = west; at <= east; at++) if (squares.get(squareAt(at, row))?.some(hides)) return true;
    }
    return false;
  };
};
/** Where the line from a to b is at a latitude; at its nearer end beyond it. */
const lonAt = (a: Place, b: Place, lat: number): number => {
  if (a.lat === b.lat) return lat <= a.lat ? a.lon : b.lon;
  return a.lon + (b.lon - a.lon) * Math.min(1, Math.max(0, (lat - a.lat) / (b.lat - a.lat)));
};
