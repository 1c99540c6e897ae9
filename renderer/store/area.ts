/**
 * The area of this window: what a field headquarters lists of the district's alarms and incidents.
 *
 * Owns: whether a place lies in it. Guarantees: without an area everything does; what lies elsewhere is counted by whoever lists,
 *   never forgotten. Refuses: to hide anything from the map, from the sound or from the strip.
 */
import type { IncidentId } from '../../native-bridge/contract/brand.ts';
import { insideRing } from '../../native-bridge/contract/ring.ts';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';
import type { World } from './world.ts';

/** House rule: what belongs to the scene of an incident. */
export const AROUND_METRES = 2000;

export type Area =
  /** By the profile. */
  | { kind: 'own'; name: { zh: string; en: string } | null; rings: readonly (readonly LonLat[])[] }
  | { kind: 'around'; incidentId: IncidentId };

/** Asks once, answers for many places. An incident that is gone leaves the whole district. */
export const isIn = (
  area: Area | null,
  world: Pick<World, 'get'>,
): ((place: { lon: number; lat: number }) => boolean) => {
  if (area === null) return () => true;
  if (area.kind === 'own') return ({ lon, lat }) => area.rings.some((ring) => insideRing(ring, lon, lat));
  const incident = world.get('incident', area.incidentId);
  if (!incident) return () => true;
  const centre: LonLat = [incident.lon, incident.lat];
  return ({ lon, lat }) => metresBetween(centre, [lon, lat]) <= AROUND_METRES;
};
