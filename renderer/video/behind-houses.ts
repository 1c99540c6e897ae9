/**
 * Whether houses stand between a camera and a place.
 *
 * Owns: that judgement, from the footprints and heights of the site. Guarantees: the house that carries the camera and the
 *   one the place lies in hide nothing; pure; a few milliseconds for all cameras of a district.
 * Refuses: trees and terrain; the site knows none.
 */
import type { Building, SiteCamera } from '../../native-bridge/contract/site-files.ts';
import type { Place } from '../../native-bridge/contract/sight-line.ts';

export type Hides = (camera: Pick<SiteCamera, 'lon' | 'lat' | 'h'>, place: Place & { readonly h?: number }) => boolean;

const RAD = Math.PI / 180;
/** A person or a fire on the ground stands about so high, metres. */
const OVER_GROUND = 2;
/** No house is wider, degrees of latitude: what lies farther off the line is not looked at. */
const MARGIN = 0.004;

/**
 * Shares of the way from a to b at which it enters and leaves the ring; null when it misses it. One end inside: null too.
 */
const within = (ring: readonly (readonly [number, number])[], a: Place, b: Place): [number, number] | null => {
  const east = Math.cos(a.lat * RAD);
  const dx = (b.lon - a.lon) * east;
  const dy = b.lat - a.lat;
  const met: number[] = [];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [alon, alat] = ring[j] ?? [0, 0];
    const [blon, blat] = ring[i] ?? [0, 0];
    const [px, py] = [(alon - a.lon) * east, alat - a.lat];
    const [ex, ey] = [(blon - alon) * east, blat - alat];
    const cross = dx * ey - dy * ex;
    if (cross === 0) continue;
    const t = (px * ey - py * ex) / cross;
    const s = (px * dy - py * dx) / cross;
    if (t > 0 && t < 1 && s >= 0 && s < 1) met.push(t);
  }
  return met.length < 2 || met.length % 2 === 1 ? null : [Math.min(...met), Math.max(...met)];
};

export const housesHide =
  (buildings: readonly Building[]): Hides =>
  (camera, place) => {
    const to = place.h ?? OVER_GROUND;
    const west = Math.min(camera.lon, place.lon) - MARGIN;
    const east = Math.max(camera.lon, place.lon) + MARGIN;
    const south = Math.min(camera.lat, place.lat) - MARGIN;
    const north = Math.max(camera.lat, place.lat) + MARGIN;
    return buildings.some(({ centre: [lon, lat], height, rings }) => {
      if (lon < west || lon > east || lat < south || lat > north) return false;
      if (height <= Math.min(camera.h, to)) return false;
      const met = within(rings[0] ?? [], camera, place);
      // Where the line of sight is lowest over the house.
      return met !== null && Math.min(...met.map((t) => camera.h + (to - camera.h) * t)) < height;
    });
  };
