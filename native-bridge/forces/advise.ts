/**
 * Advice: whom to send to an incident.
 *
 * Owns: arrival of every unit there, the choice for each need, the reasons, the water near by.
 * Guarantees: W4; what an incident has is counted before more is advised; a unit is advised once; with the same picture
 *   the same advice.
 * Refuses: to send anybody.
 */
import type { UnitId } from '../contract/brand.ts';
import type { AdvisedUnit, AdviceReason, AdviceRecord, Need, WaterNear } from '../contract/forces-records.ts';
import { encodePath, metresBetween } from '../contract/site-read.ts';
import { coverBy, startsOf, type Cover } from './cover.ts';
import type { Land } from './land.ts';
import { wantedFor } from './needs.ts';
import { reach, type Start } from './search.ts';
import {
  isAtHome,
  isCovering,
  isFree,
  isUnderWay,
  ROLLING_S,
  TURNOUT_S,
  type Seen,
  type SeenIncident,
  type SeenUnit,
} from './scene.ts';
import { arriving, straight, wayBetween } from './ways.ts';

/** House rule: who comes at most this much later than the soonest comes about as soon, seconds. */
export const ABOUT_AS_SOON_S = 90;
/** House rule: calling a unit off another incident must save at least this much, seconds. */
const WORTH_DIVERTING_S = 180;
const RESERVES = 3;
/** House rule: how far a pumper lays its own hose, and how far tenders are run from; metres. */
const HYDRANT_M = 500;
const INTAKE_M = 2500;
const HYDRANTS = 4;
const INTAKES = 1;

export interface Fleet {
  /** Numbers of `starts` are places in this list. */
  readonly covering: readonly UnitId[];
  readonly starts: readonly (readonly Start[])[];
  readonly cover: Cover;
}
interface Candidate {
  readonly unit: SeenUnit;
  readonly type: string;
  readonly crew: number;
  readonly seconds: number;
}

export const waterNear = (land: Land, lon: number, lat: number): WaterNear[] => {
  const near = (kind: WaterNear['kind'], within: number, most: number): WaterNear[] =>
    land.water
      .filter((place) => place.kind === kind)
      .map((place) => ({
        placeId: place.id,
        kind,
        metres: metresBetween([place.lon, place.lat], [lon, lat]),
        lon: place.lon,
        lat: place.lat,
      }))
      .filter(({ metres }) => metres <= within)
      .sort((a, b) => a.metres - b.metres)
      .slice(0, most)
      .map((water) => ({ ...water, metres: Math.round(water.metres) }));
  return [...near('hydrant', HYDRANT_M, HYDRANTS), ...near('water-intake', INTAKE_M, INTAKES)];
};

export const adviseFor = (
  land: Land,
  seen: Seen,
  incident: SeenIncident,
  fleet: Fleet,
  scratch: Float64Array,
): AdviceRecord | null => {
  const { graph, snapper } = land;
  const goal = snapper.snap([incident.lon, incident.lat]);
  if (!goal) return null;
  reach(graph, graph.in, arriving(graph, goal), scratch);
  const secondsFor = (unit: SeenUnit): number => {
    const from = snapper.snap([unit.lon, unit.lat], unit);
    if (!from) return Infinity;
    const delay = isAtHome(unit) ? TURNOUT_S : ROLLING_S;
    const over = startsOf(land, unit).reduce(
      (least, { node, seconds }) => Math.min(least, seconds + (scratch[node] ?? Infinity)),
      Infinity,
    );
    return Math.min(over, delay + straight(graph, from, goal, unit));
  };
  const candidates = seen.units
    .flatMap((unit): Candidate[] => {
      const vehicle = land.fleet.get(unit.id);
      if (!vehicle || !(isFree(unit) || isUnderWay(unit)) || unit.incidentId === incident.id) return [];
      const seconds = secondsFor(unit);
      return seconds < Infinity ? [{ unit, type: vehicle.type, crew: vehicle.crew, seconds }] : [];
    })
    .sort((a, b) => a.seconds - b.seconds || (a.unit.id < b.unit.id ? -1 : 1));

  const here = seen.units.filter((unit) => unit.incidentId === incident.id || incident.unitIds.includes(unit.id));
  const spare = here.map((unit) => land.fleet.get(unit.id)?.type ?? '');
  const gone = new Set<string>();
  let cover = fleet.cover;
  const uncovers = ({ unit }: Candidate): number => {
    const number = fleet.covering.indexOf(unit.id);
    return number < 0 ? 0 : (cover.alone[number] ?? 0);
  };
  const reasonsFor = (one: Candidate, soonest: number, costs: number): AdviceReason[] => {
    const reasons: AdviceReason[] = [];
    if (one.seconds <= soonest) reasons.push('soonest');
    else if (one.seconds <= soonest + ABOUT_AS_SOON_S && costs === 0) reasons.push('spares');
    if (!isAtHome(one.unit)) reasons.push('rolling');
    if (costs > 0) reasons.push('uncovers');
    if (seen.now + one.seconds * 1000 > incident.reported + land.circleS * 1000) reasons.push('late');
    if (one.unit.incidentId !== undefined) reasons.push('divert');
    return reasons;
  };
  const advised = (one: Candidate, soonest: number, chosen: boolean): AdvisedUnit => {
    const costs = uncovers(one);
    const from = snapper.snap([one.unit.lon, one.unit.lat], one.unit);
    const way = from ? wayBetween(graph, land.finder, from, goal, one.unit) : null;
    return {
      unitId: one.unit.id,
      type: one.type,
      crew: one.crew,
      status: one.unit.status,
      seconds: Math.round(one.seconds),
      metres: Math.round(way?.metres ?? 0),
      reasons: reasonsFor(one, soonest, costs),
      uncovers: costs,
      chosen,
      ...(one.unit.incidentId === undefined ? {} : { bound: one.unit.incidentId }),
      path: chosen && way ? encodePath(way.line) : [],
    };
  };

  const units: AdvisedUnit[] = [];
  const needs: Need[] = [];
  for (const { types, count } of incident.status === 'controlled'
    ? []
    : wantedFor(incident, land.high.has(incident.buildingId ?? ''))) {
    const need: Need = { types: [...types], count, have: 0, short: 0 };
    needs.push(need);
    for (let i = 0; i < count; i++) {
      const bound = spare.findIndex((type) => types.includes(type));
      if (bound >= 0) {
        spare.splice(bound, 1);
        need.have += 1;
        continue;
      }
      const able = candidates.filter(
        ({ unit, type }) => unit.incidentId === undefined && types.includes(type) && !gone.has(unit.id),
      );
      const soonest = able[0];
      if (!soonest) {
        need.short += 1;
        continue;
      }
      const pick = able
        .filter(({ seconds }) => seconds <= soonest.seconds + ABOUT_AS_SOON_S)
        .reduce((best, one) => (uncovers(one) < uncovers(best) ? one : best), soonest);
      units.push(advised(pick, soonest.seconds, true));
      gone.add(pick.unit.id);
      // What the next one uncovers depends on this one being gone.
      if (isCovering(pick.type))
        cover = coverBy(
          land,
          fleet.starts.map((starts, n) => (gone.has(fleet.covering[n] ?? '') ? [] : starts)),
        );
    }
  }
  const asked = new Set(needs.flatMap(({ types }) => types));
  const first = units[0]?.seconds ?? Infinity;
  const lesser = new Set(seen.incidents.filter(({ level }) => level > incident.level).map(({ id }) => id));
  const rest = candidates.filter(
    ({ unit, type, seconds }) =>
      !gone.has(unit.id) &&
      (asked.size === 0 || asked.has(type)) &&
      (unit.incidentId === undefined || (lesser.has(unit.incidentId) && seconds + WORTH_DIVERTING_S < first)),
  );
  units.sort((a, b) => a.seconds - b.seconds);
  for (const one of rest.slice(0, RESERVES)) units.push(advised(one, -Infinity, false));
  return {
    id: incident.id,
    at: seen.now,
    needs,
    units,
    per: land.points.per,
    total: land.points.total,
    circle: fleet.cover.circle,
    circleAfter: cover.circle,
    water: waterNear(land, incident.lon, incident.lat),
  };
};
