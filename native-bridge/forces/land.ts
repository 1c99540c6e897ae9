/**
 * What is known of the place before anybody moves: roads, fleet, stations, water, and what is to be covered.
 *
 * Owns: reading the site's files for this room. Guarantees: a site without buildings is covered by metres of road, one
 *   without a fleet or places still has ways; only missing roads are an error.
 * Refuses: to check shapes in depth; `city/site.ts` does, before a site is used.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoverRecord } from '../contract/forces-records.ts';
import type {
  BuildingsFile,
  LonLat,
  Place,
  PlacesFile,
  RoadGraph,
  RoadsFile,
  SiteVehicle,
  VehiclesFile,
} from '../contract/site-files.ts';
import { SITE_FILES } from '../contract/site-files.ts';
import { readBuildings, readRoads } from '../contract/site-read.ts';
import { openGraph, type Graph } from './graph.ts';
import { openFinder, type Finder } from './search.ts';
import { openSnapper, type Snapper } from './snap.ts';

/** What is to be reached: places on edges, each with its weight. */
export interface Points {
  readonly edge: Int32Array;
  /** Part of the edge from its `a`, 0 … 1. */
  readonly share: Float64Array;
  readonly weight: Float64Array;
  readonly per: CoverRecord['per'];
  readonly total: number;
}
export interface Land {
  readonly graph: Graph;
  readonly finder: Finder;
  readonly snapper: Snapper;
  readonly points: Points;
  readonly fleet: ReadonlyMap<string, SiteVehicle>;
  readonly stations: readonly Place[];
  readonly water: readonly Place[];
  /** Buildings of so many floors that a ladder is asked for. */
  readonly high: ReadonlySet<string>;
  /** The circle of the profile, seconds. */
  readonly circleS: number;
}

/** GB 50016: from 27 m a dwelling is a high-rise; nine floors of three metres. */
const HIGH_FLOORS = 9;

const metresOfRoad = ({ edges }: RoadGraph): Points => ({
  edge: Int32Array.from(edges, (_edge, i) => i),
  share: new Float64Array(edges.length).fill(0.5),
  weight: Float64Array.from(edges, (edge) => edge.length),
  per: 'metres',
  total: edges.reduce((sum, edge) => sum + edge.length, 0),
});
const addressesOf = (centres: readonly LonLat[], { edges }: RoadGraph, snapper: Snapper): Points => {
  const snaps = centres.map((centre) => snapper.snap(centre)).filter((snap) => snap !== null);
  return {
    edge: Int32Array.from(snaps, (snap) => snap.edge),
    share: Float64Array.from(snaps, (snap) => snap.along / (edges[snap.edge]?.length || 1)),
    weight: new Float64Array(snaps.length).fill(1),
    per: 'addresses',
    total: snaps.length,
  };
};

export interface LandParts {
  roads: RoadGraph;
  fleet?: readonly SiteVehicle[];
  places?: readonly Place[];
  buildings?: readonly { readonly id: string; readonly centre: LonLat; readonly floors: number }[];
  circleS: number;
}
export const makeLand = ({ roads, fleet = [], places = [], buildings = [], circleS }: LandParts): Land => {
  const graph = openGraph(roads);
  const snapper = openSnapper(roads.edges);
  return {
    graph,
    finder: openFinder(graph),
    snapper,
    points:
      buildings.length > 0
        ? addressesOf(
            buildings.map(({ centre }) => centre),
            roads,
            snapper,
          )
        : metresOfRoad(roads),
    fleet: new Map(fleet.map((vehicle) => [vehicle.id, vehicle])),
    stations: places.filter(({ kind }) => kind === 'station'),
    water: places.filter(({ kind }) => kind === 'hydrant' || kind === 'water-intake'),
    high: new Set(buildings.filter(({ floors }) => floors >= HIGH_FLOORS).map(({ id }) => id)),
    circleS,
  };
};

/** `folder`: the site's files. Throws when there are no roads or a file is damaged. */
export const readLand = (folder: string, circleS: number): Land => {
  const read = <T>(file: string): T | undefined => {
    const path = join(folder, file);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
  };
  const roads = read<RoadsFile>(SITE_FILES.roads);
  if (!roads) throw new Error(`${SITE_FILES.roads}: the site has none`);
  const buildings = read<BuildingsFile>(SITE_FILES.buildings);
  return makeLand({
    roads: readRoads(roads),
    fleet: read<VehiclesFile>(SITE_FILES.vehicles)?.vehicles ?? [],
    places: read<PlacesFile>(SITE_FILES.places)?.places ?? [],
    buildings: buildings ? readBuildings(buildings) : [],
    circleS,
  });
};
