/**
 * Reads a site's folder for bridge, drill and builder.
 * Guarantees: what it gives back has the shape `contract/site-files.ts` promises, checked.
 * Refuses: a missing, damaged or foreign file, with its name and the first thing wrong in it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import {
  AreasFileSchema,
  BuildingsFileSchema,
  CamerasFileSchema,
  DevicesFileSchema,
  PlacesFileSchema,
  RoadsFileSchema,
  SITE_FILES,
  TowersFileSchema,
  VehiclesFileSchema,
  type AreaFeature,
  type Building,
  type Place,
  type RoadGraph,
  type SiteCamera,
  type SiteDevice,
  type SiteFile,
  type SiteVehicle,
  type Tower,
} from '../contract/site-files.ts';
import { PeopleFileSchema } from '../contract/residents.ts';
import { readBuildings, readDevices, readRoads } from '../contract/site-read.ts';

export interface Site {
  readonly boundary: readonly AreaFeature[];
  readonly water: readonly AreaFeature[];
  readonly blocks: readonly AreaFeature[];
  readonly zones: readonly AreaFeature[];
  readonly roads: RoadGraph;
  readonly buildings: readonly Building[];
  readonly towers: readonly Tower[];
  readonly places: readonly Place[];
  readonly cameras: readonly SiteCamera[];
  readonly devices: readonly SiteDevice[];
  readonly vehicles: readonly SiteVehicle[];
}

export class SiteError extends Error {
  constructor(file: string, wrong: string) {
    super(`${file}: ${wrong}`);
    this.name = 'SiteError';
  }
}

function parse<T extends TSchema>(folder: string, file: SiteFile, schema: T): Static<T> {
  const path = join(folder, SITE_FILES[file]);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SiteError(path, error instanceof SyntaxError ? 'is not JSON' : 'cannot be read');
  }
  const checker = Compile(schema);
  if (checker.Check(value)) return value;
  const [first] = checker.Errors(value);
  throw new SiteError(path, `${first?.instancePath ?? ''} ${first?.message ?? 'has another shape'}`);
}

/** Buildings alone: all the pack builder needs. @throws {SiteError} */
export const readSiteBuildings = (folder: string): Building[] =>
  readBuildings(parse(folder, 'buildings', BuildingsFileSchema));

/** What no map knows: a district writes these itself, or has none yet. */
export const OWN_FILES = ['towers', 'cameras', 'vehicles', 'devices', 'people'] as const satisfies readonly SiteFile[];
export type OwnFile = (typeof OWN_FILES)[number];

/** @throws {SiteError} */
export function checkSiteFile(folder: string, file: OwnFile): void {
  if (file === 'towers') parse(folder, file, TowersFileSchema);
  else if (file === 'cameras') parse(folder, file, CamerasFileSchema);
  else if (file === 'vehicles') parse(folder, file, VehiclesFileSchema);
  else if (file === 'people') parse(folder, file, PeopleFileSchema);
  else parse(folder, file, DevicesFileSchema);
}

/** The whole site; some 25 MB in memory for the demonstration. @throws {SiteError} */
export function readSite(folder: string): Site {
  return {
    boundary: parse(folder, 'boundary', AreasFileSchema).features,
    water: parse(folder, 'water', AreasFileSchema).features,
    blocks: parse(folder, 'blocks', AreasFileSchema).features,
    zones: parse(folder, 'zones', AreasFileSchema).features,
    roads: readRoads(parse(folder, 'roads', RoadsFileSchema)),
    buildings: readSiteBuildings(folder),
    towers: parse(folder, 'towers', TowersFileSchema).towers,
    places: parse(folder, 'places', PlacesFileSchema).places,
    cameras: parse(folder, 'cameras', CamerasFileSchema).cameras,
    devices: readDevices(parse(folder, 'devices', DevicesFileSchema)),
    vehicles: parse(folder, 'vehicles', VehiclesFileSchema).vehicles,
  };
}
