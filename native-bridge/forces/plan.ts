/**
 * The planner: from what is seen to cover, advice, ways and move-ups, at one stroke.
 *
 * Owns: the order of the work, what may be kept from one plan to the next (closures in force, the full cover, reach
 *   of the stations, since when a unit is called).
 * Guarantees: W1 … W5; no I/O, no clock: the same land and the same things seen make the same plan.
 * Refuses: to publish; `room.ts` does.
 */
import type { ReceiveTime, UnitId } from '../contract/brand.ts';
import { encodePath } from '../contract/site-read.ts';
import type { CoverRecord, MoveupRecord, WayRecord } from '../contract/forces-records.ts';
import { adviseFor, type Fleet } from './advise.ts';
import { coverBy, gained, packed, startsOf, type Cover } from './cover.ts';
import type { Land } from './land.ts';
import { reach, type Start } from './search.ts';
import { isAtHome, isCovering, isFree, isUnderWay, TURNOUT_S, type Plan, type Seen, type SeenUnit } from './scene.ts';
import { wayBetween } from './ways.ts';

/** House rule (W5): a move-up must bring back this share of all, and this many times what it takes away. */
export const MOVEUP_SHARE = 0.02;
export const MOVEUP_TIMES = 2;

export interface Planner {
  readonly plan: (seen: Seen) => Plan;
}

export const openPlanner = (land: Land): Planner => {
  const { graph, points } = land;
  const scratch = new Float64Array(graph.nodes.length);
  let closed = '';
  let slowed: number[] = [];
  const home = [...land.fleet.values()].filter(({ type }) => isCovering(type));
  const homeStarts = home.map(({ lon, lat }) => startsOf(land, { lon, lat, heading: 0, speed: 0, status: 'standby' }));
  const full = coverBy(land, homeStarts);
  let stations: Float64Array[] = [];
  const called = new Map<UnitId, number>();

  const close = (closures: Seen['closures']): void => {
    const key = JSON.stringify(closures);
    if (key === closed && stations.length === land.stations.length) return;
    for (const edge of slowed) graph.slow(edge, 1);
    for (const { edge, factor } of closures) graph.slow(edge, factor);
    slowed = closures.map(({ edge }) => edge);
    closed = key;
    stations = land.stations.map(({ lon, lat }) =>
      reach(
        graph,
        graph.out,
        startsOf(land, { lon, lat, heading: 0, speed: 0, status: 'standby' }),
        new Float64Array(graph.nodes.length),
      ),
    );
  };
  const coverRecord = (
    id: CoverRecord['id'],
    at: ReceiveTime,
    cover: Cover,
    counts: Pick<CoverRecord, 'free' | 'bound' | 'unheard'>,
  ): CoverRecord => ({
    id,
    at,
    arrival: packed(cover.two.best),
    ...counts,
    per: points.per,
    total: points.total,
    urban: cover.urban,
    circle: cover.circle,
    circleS: land.circleS,
  });

  const waysOf = (seen: Seen): WayRecord[] => {
    const incidents = new Map(seen.incidents.map((incident) => [incident.id, incident]));
    const under = seen.units.filter(isUnderWay);
    const still = new Set(under.map(({ id }) => id));
    for (const id of called.keys()) if (!still.has(id)) called.delete(id);
    return under.flatMap((unit): WayRecord[] => {
      const incident = unit.incidentId === undefined ? undefined : incidents.get(unit.incidentId);
      const from = land.snapper.snap([unit.lon, unit.lat], unit);
      const to = incident && land.snapper.snap([incident.lon, incident.lat]);
      const way = from && to ? wayBetween(graph, land.finder, from, to, unit) : null;
      if (!incident || !way) return [];
      // Called but not yet moving: what is left of turning out.
      const since = called.get(unit.id) ?? unit.heardAt;
      called.set(unit.id, since);
      const left =
        unit.status === 'dispatched' && unit.speed < 2 ? Math.max(0, TURNOUT_S - (seen.now - since) / 1000) : 0;
      const from0 = left > 0 ? seen.now : unit.heardAt;
      return [
        {
          id: unit.id,
          incidentId: incident.id,
          at: seen.now,
          eta: Math.round(from0 + (left + way.seconds) * 1000) as ReceiveTime,
          metres: Math.round(way.metres),
          due: (incident.reported + land.circleS * 1000) as WayRecord['due'],
          path: encodePath(way.line),
        },
      ];
    });
  };

  const moveupOf = (seen: Seen, fleet: Fleet): MoveupRecord[] => {
    // What is in the circle at the best of times and is not now cannot be more than this.
    if (full.circle - fleet.cover.circle < MOVEUP_SHARE * points.total) return [];
    const free = fleet.covering.flatMap((id, number) => {
      const unit = seen.units.find((one) => one.id === id);
      return unit && unit.movesTo === undefined ? [{ unit, loses: fleet.cover.alone[number] ?? 0 }] : [];
    });
    const least = free.reduce((low, { loses }) => Math.min(low, loses), Infinity);
    const promised = new Set(seen.units.map(({ movesTo }) => movesTo));
    const ranked = land.stations
      .map((station, i) => ({ station, gains: gained(land, fleet.cover, stations[i] ?? new Float64Array(0)) }))
      // Who is on the way there will cover it; another would be sent for nothing.
      .filter(({ station }) => !promised.has(station.id))
      .filter(({ gains }) => gains >= MOVEUP_SHARE * points.total && gains >= MOVEUP_TIMES * least)
      .sort((a, b) => b.gains - a.gains);
    const bare = ranked[0];
    const to = bare && land.snapper.snap([bare.station.lon, bare.station.lat]);
    if (!bare || !to) return [];
    const ways = free
      .filter(({ loses }) => loses === least)
      .flatMap(({ unit }) => {
        const from = land.snapper.snap([unit.lon, unit.lat], unit);
        const way = from ? wayBetween(graph, land.finder, from, to, unit) : null;
        return way ? [{ unit, way }] : [];
      })
      .sort((a, b) => a.way.seconds - b.way.seconds);
    const best = ways[0];
    if (!best) return [];
    return [
      {
        id: bare.station.id,
        unitId: best.unit.id,
        at: seen.now,
        seconds: Math.round(best.way.seconds + (isAtHome(best.unit) ? TURNOUT_S : 0)),
        metres: Math.round(best.way.metres),
        gains: bare.gains,
        loses: least,
        per: points.per,
        path: encodePath(best.way.line),
      },
    ];
  };

  const isCover = ({ id }: SeenUnit): boolean => isCovering(land.fleet.get(id)?.type);
  const fleetOf = (units: readonly SeenUnit[]): Fleet => {
    const covering = units.filter((unit) => isFree(unit) && isCover(unit));
    const starts: Start[][] = covering.map((unit) => startsOf(land, unit));
    return { covering: covering.map(({ id }) => id), starts, cover: coverBy(land, starts) };
  };

  return {
    plan: (seen) => {
      const began = performance.now();
      close(seen.closures);
      const fleet = fleetOf(seen.units);
      const known = seen.units.filter(isCover);
      const silent = known.filter(({ heard }) => !heard).map(({ id }) => id);
      const never = home.filter(({ id }) => !seen.units.some((unit) => unit.id === id)).map(({ id }) => id as UnitId);
      const bound = known.length - silent.length - fleet.covering.length;
      const covers = [
        coverRecord('now', seen.now, fleet.cover, {
          free: fleet.covering.length,
          bound,
          unheard: [...silent, ...never],
        }),
        coverRecord('full', seen.now, full, { free: home.length, bound: 0, unheard: [] }),
      ];
      if (silent.length > 0) {
        const last = fleetOf(seen.units.map((unit) => ({ ...unit, heard: true }))).cover;
        covers.push(coverRecord('last', seen.now, last, { free: fleet.covering.length, bound, unheard: silent }));
      }
      const advice = seen.incidents.flatMap((incident) => adviseFor(land, seen, incident, fleet, scratch) ?? []);
      return { covers, advice, ways: waysOf(seen), moveups: moveupOf(seen, fleet), ms: performance.now() - began };
    },
  };
};
