/**
 * A small town for tests: a grid of streets with a one-way pair, a ring and an island, and some engines.
 *
 * Guarantees: the same each time; distances in round metres near 30° north. Only tests import it.
 */
import { eventTime, incidentId, receiveTime, unitId } from '../contract/brand.ts';
import type { LonLat, Place, RoadEdge, RoadGraph, SiteVehicle } from '../contract/site-files.ts';
import { metresBetween } from '../contract/site-read.ts';
import { makeLand, type Land } from './land.ts';
import type { Seen, SeenIncident, SeenUnit } from './scene.ts';

export const NOW = receiveTime(1_764_000_000_000);
const PER_LAT = 1 / 111_195;
const PER_LON = PER_LAT / Math.cos((30 * Math.PI) / 180);
/** Metres east and north of the town's corner. */
export const at = (x: number, y: number): LonLat => [120.8 + x * PER_LON, 30 + y * PER_LAT];

export const road = (nodes: readonly LonLat[], a: number, b: number, more: Partial<RoadEdge> = {}): RoadEdge => {
  const line = [nodes[a] ?? [0, 0], nodes[b] ?? [0, 0]] as const;
  return { a, b, class: 'local', speed: 36, oneway: false, line, length: metresBetween(...line), ...more };
};
/** `size` by `size` crossings, `step` metres apart; 10 m/s everywhere. Node number is y * size + x. */
export const gridTown = (
  size: number,
  step: number,
  more: (a: number, b: number) => Partial<RoadEdge> = () => ({}),
): RoadGraph => {
  const nodes = Array.from({ length: size * size }, (_, i) => at((i % size) * step, Math.floor(i / size) * step));
  const edges: RoadEdge[] = [];
  nodes.forEach((_, i) => {
    if (i % size < size - 1) edges.push(road(nodes, i, i + 1, more(i, i + 1)));
    if (i + size < nodes.length) edges.push(road(nodes, i, i + size, more(i, i + size)));
  });
  return { nodes, edges };
};

export const vehicle = (
  id: string,
  type: SiteVehicle['type'],
  stationId: string,
  place: LonLat,
  crew = 6,
): SiteVehicle => ({
  id,
  stationId,
  type,
  crew,
  plate: id,
  callsign: { zh: id, en: id },
  lon: place[0],
  lat: place[1],
});
export const station = (id: string, place: LonLat): Place => ({
  id,
  kind: 'station',
  name: { zh: id, en: id },
  lon: place[0],
  lat: place[1],
});
export const unit = (id: string, place: LonLat, more: Partial<SeenUnit> = {}): SeenUnit => ({
  id: unitId(id),
  lon: place[0],
  lat: place[1],
  heading: 0,
  speed: 0,
  status: 'standby',
  heardAt: NOW,
  heard: true,
  ...more,
});
export const incident = (id: string, place: LonLat, more: Partial<SeenIncident> = {}): SeenIncident => ({
  id: incidentId(id),
  kind: 'fire',
  level: 4,
  lon: place[0],
  lat: place[1],
  status: 'reported',
  reported: eventTime(NOW),
  unitIds: [],
  ...more,
});
export const seen = (more: Partial<Seen> = {}): Seen => ({ now: NOW, units: [], incidents: [], closures: [], ...more });

/** 41 by 41 crossings 500 m apart: 20 km square, 10 m/s; stations in the west and in the east, far beyond each other's circle. */
export const SIZE = 41;
export const WEST = at(500, 10_000);
export const EAST = at(19_500, 10_000);
export const FLEET: readonly SiteVehicle[] = [
  vehicle('w-pump', 'pumper', 'west', WEST),
  vehicle('w-pump-2', 'pumper', 'west', WEST),
  vehicle('w-tender', 'water-tender', 'west', WEST, 3),
  vehicle('w-rescue', 'rescue', 'west', WEST),
  vehicle('e-pump', 'pumper', 'east', EAST),
];
export const town = (): Land =>
  makeLand({
    roads: gridTown(SIZE, 500),
    fleet: FLEET,
    places: [
      station('west', WEST),
      station('east', EAST),
      { ...station('h-1', at(10_050, 10_000)), kind: 'hydrant' },
      { ...station('h-2', at(10_300, 10_000)), kind: 'hydrant' },
      { ...station('h-far', at(15_000, 10_000)), kind: 'hydrant' },
    ],
    circleS: 900,
  });
export const everyone = (): SeenUnit[] => FLEET.map(({ id, lon, lat }) => unit(id, [lon, lat]));
