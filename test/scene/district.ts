// What both pages of the scene benchmark are given: the demonstration site, with as many devices and vehicles as asked for.
// Guarantees: the same numbers for both; the registry is repeated with a little displacement until it is long enough, and
// the first tower gets as many shafts as asked for. Nothing is random.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildingsFile, DevicesFile, TowersFile } from '../../native-bridge/contract/site-files.ts';
import { readBuildings, readDevices } from '../../native-bridge/contract/site-read.ts';

export interface BenchDevice {
  id: string;
  kind: string;
  lon: number;
  lat: number;
  h: number;
}
export interface BenchUnit {
  id: string;
  lon: number;
  lat: number;
  heading: number;
}
export interface District {
  centre: { lon: number; lat: number };
  devices: BenchDevice[];
  units: BenchUnit[];
  tower: { buildingId: string; floors: number[]; elevatorIds: string[] };
}

const SITE = join(import.meta.dirname, '../../resources/sites/demo');
const read = <T>(file: string): T => JSON.parse(readFileSync(join(SITE, file), 'utf8')) as T;

/** Sixty floors above the ground, two below: as high as a residential tower gets. */
const FLOORS = [-2, -1, ...Array.from({ length: 60 }, (_, i) => i + 1)];

/** The site's towers, the first of them with `shafts` shafts and sixty floors. */
export const towersWith = (shafts: number): TowersFile => {
  const file = read<TowersFile>('towers.json');
  const [first, ...others] = file.towers;
  const model = first?.shafts[0];
  if (!first || !model) throw new Error('the site has no tower');
  const made = Array.from({ length: shafts }, (_, i) => ({
    id: `bench-${String(i)}`,
    elevatorId: `bench-lift-${String(i)}`,
    lon: model.lon + i * 0.00002,
    lat: model.lat,
  }));
  return { ...file, towers: [{ ...first, floors: FLOORS, shafts: made }, ...others] };
};

export const districtOf = (devices: number, units: number, shafts: number): District => {
  const registry = readDevices(read<DevicesFile>('devices.json'));
  const [tower] = towersWith(shafts).towers;
  if (!tower || registry.length === 0) throw new Error('the site is empty');
  const at = (i: number): (typeof registry)[number] => registry[i % registry.length] as (typeof registry)[number];
  return {
    centre: { lon: 120.8785, lat: 30.0185 },
    devices: Array.from({ length: devices }, (_, i) => {
      const { id, kind, lon, lat, h } = at(i);
      const round = Math.floor(i / registry.length);
      return { id: `${id}/${String(round)}`, kind, lon: lon + round * 0.00012, lat: lat + round * 0.00009, h };
    }),
    units: Array.from({ length: units }, (_, i) => {
      const { lon, lat } = at(i * 37);
      return { id: `veh-${String(i)}`, lon, lat, heading: (i * 47) % 360 };
    }),
    tower: {
      buildingId: tower.buildingId,
      floors: tower.floors,
      elevatorIds: tower.shafts.map(({ elevatorId }) => elevatorId),
    },
  };
};

/** The site's buildings as the peer reads them. */
export const buildingsGeoJson = (): object => ({
  type: 'FeatureCollection',
  features: readBuildings(read<BuildingsFile>('buildings.json')).map(({ id, rings, height }) => ({
    type: 'Feature',
    properties: { id, height },
    geometry: { type: 'Polygon', coordinates: rings.map((ring) => [...ring, ring[0]]) },
  })),
});
