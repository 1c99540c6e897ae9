/**
 * The generated site as the text of its files: compact, one entry a line, so that a change shows as one.
 * Guarantees: what `contract/site-read.ts` reads back is what was generated, to half a `QUANTUM`.
 */
import {
  BUILDING_USES,
  ROAD_CLASSES,
  type BuildingsFile,
  type DevicesFile,
  type RoadsFile,
  type SiteDevice,
} from '../../contract/site-files.ts';
import type { Name } from '../../contract/site.ts';
import { encodePath, toUnits } from '../../contract/site-read.ts';
import { DEVICE_KINDS } from '../../contract/wire.ts';
import type { Built } from './city.ts';
import type { Network } from './network.ts';
import { toLonLat } from './plane.ts';

/** Each distinct value once; asked for a value, answers its index. */
function dictionary<T>(key: (value: T) => string): { list: T[]; of(value: T | undefined): number } {
  const index = new Map<string, number>();
  const list: T[] = [];
  return {
    list,
    of: (value) => {
      if (value === undefined) return -1;
      const known = index.get(key(value));
      if (known !== undefined) return known;
      index.set(key(value), list.length);
      return list.push(value) - 1;
    },
  };
}
const names = () => dictionary<Name>((name) => `${name.zh}/${name.en}`);

export function encodeBuildings(buildings: readonly Built[]): BuildingsFile {
  const called = names();
  const streets = dictionary<string>((s) => s);
  const rows = buildings.map((b): BuildingsFile['rows'][number] => {
    const cut = b.address.indexOf('|');
    return [
      b.id,
      b.rings.map((ring) => encodePath(ring)),
      Math.round(b.height * 10),
      b.floors,
      BUILDING_USES.indexOf(b.use),
      called.of(b.name),
      streets.of(b.address.slice(0, cut)),
      b.address.slice(cut + 1),
      b.blockId ?? 0,
      b.towerId ?? 0,
    ];
  });
  return { format: 'fengsui/buildings@1', uses: [...BUILDING_USES], names: called.list, streets: streets.list, rows };
}

export function encodeRoads(network: Network): RoadsFile {
  const called = names();
  const nodes = network.nodes.map(toLonLat);
  const edges = network.edges.map((e): RoadsFile['edges'][number] => [
    e.a,
    e.b,
    ROAD_CLASSES.indexOf(e.class),
    e.speed,
    e.oneway ? 1 : 0,
    called.of(e.name),
    encodePath(e.mid.map(toLonLat), nodes[e.a]),
  ]);
  return { format: 'fengsui/roads@1', classes: [...ROAD_CLASSES], names: called.list, nodes: encodePath(nodes), edges };
}

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

/** JSON whose long lists take one line an entry. */
export function text(file: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(file).map(([key, value]) => {
    const long = Array.isArray(value) && value.length > 12 && typeof value[0] === 'object';
    const body = long ? `[\n${value.map((v) => JSON.stringify(v)).join(',\n')}\n]` : JSON.stringify(value);
    return `${JSON.stringify(key)}:${body}`;
  });
  return `{${members.join(',\n')}}\n`;
}
