/**
 * The whole demonstration site as file name → text.
 * Guarantees: deterministic; the counts the site promises are there, or it throws.
 */
import { SITE_FILES, type SiteFile } from '../../contract/site-files.ts';
import { blockAreas, boundaryArea, waterAreas, zoneAreas } from './areas.ts';
import { buildCity } from './city.ts';
import { fitDevices } from './devices.ts';
import { text } from '../encode.ts';
import { encodeBuildings, encodeDevices, encodeRoads } from './encode.ts';
import { cameraDevices, parkVehicles, placeCameras, vehicleDevices } from './eyes.ts';
import { placePlaces, round } from './places.ts';
import { countPeople } from './people.ts';
import { makeRandom } from './random.ts';
import { raiseTowers } from './towers.ts';

/** Another seed moves every place on the map, and breaks every scenario that names one. */
const SEED = 'shangyu-demo-1';

export function generateSite(): Map<string, string> {
  const random = makeRandom(SEED);
  const city = buildCity(random.fork('city'));
  const risen = raiseTowers(city, random.fork('towers'));
  const { places, hydrants, keyUnitOf } = placePlaces(city, random.fork('places'));
  const cameras = placeCameras(city, risen.cameras, risen.towers, keyUnitOf, random.fork('cameras'));
  const vehicles = parkVehicles(city);
  const others = [...risen.devices, ...cameraDevices(cameras, keyUnitOf), ...hydrants, ...vehicleDevices(vehicles)];
  const devices = [...fitDevices(city, risen.towerOf, keyUnitOf, others.length, random.fork('devices')), ...others];
  const people = countPeople(city.buildings, random.fork('people'));
  const flat = <T extends { lon: number; lat: number }>(list: readonly T[]): T[] =>
    list.map((item) => ({ ...item, lon: round(item.lon), lat: round(item.lat) }));
  const files: Record<SiteFile, Readonly<Record<string, unknown>>> = {
    boundary: boundaryArea(city),
    water: waterAreas(city),
    blocks: blockAreas(city, random.fork('blocks')),
    zones: zoneAreas(city),
    roads: encodeRoads(city.network),
    buildings: encodeBuildings(city.buildings, people.rows),
    towers: { format: 'fengsui/towers@1', towers: risen.towers.map((t) => ({ ...t, shafts: flat(t.shafts) })) },
    places: { format: 'fengsui/places@1', places },
    cameras: { format: 'fengsui/cameras@1', cameras: flat(cameras) },
    devices: encodeDevices(flat(devices)),
    vehicles: { format: 'fengsui/vehicles@1', vehicles },
    people: people.file,
  };
  const out = new Map<string, string>();
  for (const [key, name] of Object.entries(SITE_FILES)) out.set(name, text(files[key as SiteFile]));
  return out;
}
