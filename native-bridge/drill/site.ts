/**
 * Owns: what the drill knows of a site: its files, read into memory and indexed.
 * Guarantees: coordinates WGS-84; every index by id.
 * Refuses: a folder without site files, in one sentence. Their inner truth is the site's own to check.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readBuildings, readDevices, readRoads } from '../contract/site-read.ts';
import {
  SITE_FILES,
  type AreaFeature,
  type AreasFile,
  type Building,
  type BuildingsFile,
  type CamerasFile,
  type DevicesFile,
  type Place,
  type PlacesFile,
  type RoadGraph,
  type RoadsFile,
  type SiteCamera,
  type SiteDevice,
  type SiteFile,
  type SiteVehicle,
  type Tower,
  type TowersFile,
  type VehiclesFile,
} from '../contract/site-files.ts';

export interface DrillSite {
  readonly dir: string;
  readonly roads: RoadGraph;
  readonly buildings: ReadonlyMap<string, Building>;
  readonly towers: readonly Tower[];
  readonly places: readonly Place[];
  readonly cameras: readonly SiteCamera[];
  readonly devices: readonly SiteDevice[];
  readonly deviceById: ReadonlyMap<string, SiteDevice>;
  readonly vehicles: readonly SiteVehicle[];
  readonly blocks: readonly AreaFeature[];
  readonly zones: readonly AreaFeature[];
}

/** Says which file is missing; for people. */
export class SiteError extends Error {
  override readonly name = 'SiteError';
}

export function readSite(path: string): DrillSite {
  const dir = resolve(path);
  const read = (file: SiteFile): unknown => {
    const name = join(dir, SITE_FILES[file]);
    if (!existsSync(name))
      throw new SiteError(`${name}: missing; a site's folder holds ${Object.values(SITE_FILES).join(', ')}`);
    return JSON.parse(readFileSync(name, 'utf8'));
  };
  const devices = readDevices(read('devices') as DevicesFile);
  return {
    dir,
    roads: readRoads(read('roads') as RoadsFile),
    buildings: byId(readBuildings(read('buildings') as BuildingsFile)),
    towers: (read('towers') as TowersFile).towers,
    places: (read('places') as PlacesFile).places,
    cameras: (read('cameras') as CamerasFile).cameras,
    devices,
    deviceById: byId(devices),
    vehicles: (read('vehicles') as VehiclesFile).vehicles,
    blocks: (read('blocks') as AreasFile).features,
    zones: (read('zones') as AreasFile).features,
  };
}

function byId<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
