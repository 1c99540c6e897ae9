/**
 * The generated site in the shape of its files.
 * Guarantees: what `contract/site-read.ts` reads back is what was generated, to half a `QUANTUM`.
 */
import type { PeopleFile } from '../../contract/residents.ts';
import type { BuildingsFile, DevicesFile, RoadsFile, SiteDevice } from '../../contract/site-files.ts';
import { toUnits } from '../../contract/site-read.ts';
import { DEVICE_KINDS } from '../../contract/wire.ts';
import { buildingsFile, dictionary, roadsFile } from '../encode.ts';
import type { Built } from './city.ts';
import type { Network } from './network.ts';
import { toLonLat } from './plane.ts';

export const encodeBuildings = (
  buildings: readonly Built[],
  counted: ReadonlyMap<string, PeopleFile['rows'][number]>,
): BuildingsFile =>
  buildingsFile(
    buildings.map((b) => {
      const cut = b.address.indexOf('|');
      const [, , households, people] = counted.get(b.id) ?? [];
      const sums = { people, households: households === 0 ? undefined : households };
      return { ...b, ...sums, street: b.address.slice(0, cut), number: b.address.slice(cut + 1) };
    }),
  );

export const encodeRoads = (network: Network): RoadsFile =>
  roadsFile(
    network.nodes.map(toLonLat),
    network.edges.map((e) => ({ ...e, mid: e.mid.map(toLonLat) })),
  );

export function encodeDevices(devices: readonly SiteDevice[]): DevicesFile {
  const states = dictionary<string>((s) => s);
  const rows = devices.map((d): DevicesFile['rows'][number] => [
    d.id,
    DEVICE_KINDS.indexOf(d.kind),
    d.name,
    d.buildingId ?? 0,
    d.floor ?? 0,
    toUnits(d.lon),
    toUnits(d.lat),
    Math.round(d.h * 10),
    d.keyUnitId ?? 0,
    d.blockId ?? 0,
    states.of(d.state),
  ]);
  return { format: 'fengsui/devices@1', kinds: [...DEVICE_KINDS], states: states.list, rows };
}
