/**
 * Whether a camera can see a place: its cone of view and its reach.
 *
 * Owns: the geometry, for whoever chooses a camera and whoever tells why. Guarantees: distances as the rest of the house
 *   measures them; a lookout turns, a fixed camera does not.
 * Refuses: to know what stands in between; who knows the houses says which cameras they hide the place from.
 */
import { metresBetween } from './site-read.ts';
import type { SiteCamera } from './site-files.ts';

export interface SightLine {
  metres: number;
  /** `view`: in the cone as it stands; `turn`: it must turn to see it; `away`: out of reach, or it looks elsewhere for good. */
  is: 'view' | 'turn' | 'away';
}
export type Place = { readonly lon: number; readonly lat: number };
type Looking = Pick<SiteCamera, 'kind' | 'lon' | 'lat' | 'heading' | 'fov' | 'range'>;

const RAD = Math.PI / 180;
/** Degrees clockwise from north. */
const bearing = (from: Place, to: Place): number =>
  Math.atan2((to.lon - from.lon) * Math.cos(from.lat * RAD), to.lat - from.lat) / RAD;

export const sightLine = (camera: Looking, place: Place): SightLine => {
  const metres = metresBetween([camera.lon, camera.lat], [place.lon, place.lat]);
  if (metres > camera.range) return { metres, is: 'away' };
  const off = Math.abs(((((bearing(camera, place) - camera.heading) % 360) + 540) % 360) - 180);
  if (off <= camera.fov / 2) return { metres, is: 'view' };
  return { metres, is: camera.kind === 'lookout' ? 'turn' : 'away' };
};

/** A lookout takes some seconds to turn: so much farther may one be that already looks there. m */
const TURNING_M = 500;
/** Farther than any camera sees. m */
const HIDDEN_M = 1e6;

/**
 * Outdoor cameras that can see the place, the best first: near before far, one that looks there before one that must turn,
 * those it is hidden from after all others.
 */
export const bySight = <C extends Looking>(
  cameras: Iterable<C>,
  place: Place,
  hides: (camera: C) => boolean = () => false,
): C[] => {
  const found: { camera: C; cost: number }[] = [];
  for (const camera of cameras) {
    if (camera.kind !== 'lookout' && camera.kind !== 'fire') continue;
    const { metres, is } = sightLine(camera, place);
    if (is !== 'away')
      found.push({ camera, cost: metres + (is === 'turn' ? TURNING_M : 0) + (hides(camera) ? HIDDEN_M : 0) });
  }
  return found.sort((a, b) => a.cost - b.cost).map(({ camera }) => camera);
};

/** Why a camera is the one for a place: it raised the alarm itself, rides in the cab, is on the floor, in the house, sees it. */
export type Because = { is: 'own' | 'cab' | 'floor' | 'house' } | { is: 'view' | 'turn'; metres: number };
export const because = (
  camera: SiteCamera,
  at: Place & { deviceId?: string; buildingId?: string; floor?: number },
): Because | null => {
  if (camera.id === at.deviceId) return { is: 'own' };
  if (camera.elevatorId !== undefined && camera.elevatorId === at.deviceId) return { is: 'cab' };
  if (camera.buildingId !== undefined && camera.buildingId === at.buildingId)
    return { is: camera.floor !== undefined && camera.floor === at.floor ? 'floor' : 'house' };
  const { is, metres } = sightLine(camera, at);
  return is === 'away' ? null : { is, metres };
};
