/**
 * Owns: a district of nine crossings for tests: two high-rises, a timber block, six vehicles, forty sensors.
 * Guarantees: every kind of thing the drill knows is there once at least; one street is one-way.
 * Refuses: resemblance to any place.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePath, toUnits } from '../contract/site-read.ts';
import { DEVICE_KINDS, type DeviceKind } from '../contract/wire.ts';
import {
  ROAD_CLASSES,
  SITE_FILES,
  type BuildingsFile,
  type CamerasFile,
  type DevicesFile,
  type LonLat,
  type RoadsFile,
  type SiteFile,
  type TowersFile,
  type VehiclesFile,
} from '../contract/site-files.ts';

const ORIGIN: LonLat = [120.87, 30.01];
/** Degrees between crossings: about 480 m. */
const GAP = 0.005;
const name = (text: string): { zh: string; en: string } => ({ zh: text, en: text });
const at = (x: number, y: number): LonLat => [ORIGIN[0] + x * GAP, ORIGIN[1] + y * GAP];

export function writeTinySite(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const save = (file: SiteFile, content: object): void =>
    writeFileSync(join(dir, SITE_FILES[file]), JSON.stringify(content));
  save('roads', roads());
  save('buildings', buildings());
  save('towers', towers());
  save('devices', devices());
  save('cameras', cameras());
  save('vehicles', vehicles());
  save('places', { format: 'fengsui/places@1', places: [] });
  const square = [at(0, 0), at(2, 0), at(2, 2), at(0, 2), at(0, 0)];
  const area = (id: string, kind: string): object => ({
    type: 'Feature',
    id,
    properties: { name: name(id), kind },
    geometry: { type: 'Polygon', coordinates: [square] },
  });
  save('blocks', { type: 'FeatureCollection', features: [area('block-1', 'historic-block')] });
  save('zones', { type: 'FeatureCollection', features: [area('zone-1', 'town')] });
  return dir;
}

function roads(): RoadsFile {
  const nodes: LonLat[] = [];
  for (let y = 0; y < 3; y++) for (let x = 0; x < 3; x++) nodes.push(at(x, y));
  const edges: RoadsFile['edges'] = [];
  for (let i = 0; i < 9; i++) {
    // The lowest street runs eastward only.
    if (i % 3 < 2) edges.push([i, i + 1, 2, 50, i < 3 ? 1 : 0, -1, []]);
    if (i < 6) edges.push([i, i + 3, 4, 30, 0, -1, []]);
  }
  return { format: 'fengsui/roads@1', classes: [...ROAD_CLASSES], names: [], nodes: encodePath(nodes), edges };
}

const house = (x: number, y: number): number[] =>
  encodePath([at(x, y), at(x + 0.04, y), at(x + 0.04, y + 0.04), at(x, y + 0.04)]);

function buildings(): BuildingsFile {
  return {
    format: 'fengsui/buildings@1',
    uses: ['high-rise', 'historic'],
    names: [name('甲楼'), name('乙楼')],
    streets: ['一街'],
    rows: [
      ['b1', [house(0.5, 0.5)], 660, 22, 0, 0, 0, '1号', 0, 't1'],
      ['b2', [house(1.5, 1.5)], 660, 22, 0, 1, 0, '2号', 0, 't2'],
      ['b3', [house(1.2, 0.2)], 60, 2, 1, -1, 0, '3号', 'block-1', 0],
    ],
  };
}

function towers(): TowersFile {
  const floors = [-1, ...Array.from({ length: 22 }, (_, i) => i + 1)];
  return {
    format: 'fengsui/towers@1',
    towers: [1, 2].map((n) => ({
      id: `t${n}`,
      buildingId: `b${n}`,
      name: name(n === 1 ? '甲楼' : '乙楼'),
      floors,
      floorHeight: 3,
      shafts: ['a', 'b'].map((shaft) => {
        const [lon, lat] = at(n - 0.5, n - 0.5);
        return { id: `${n}${shaft}`, elevatorId: `lift-${n}${shaft}`, lon, lat, cameraId: `cam-${n}${shaft}` };
      }),
      controlRoomId: `room-${n}`,
      tankId: `tank-${n}`,
      duty: [],
      property: { name: '物业', phone: '0' },
    })),
  };
}

function devices(): DevicesFile {
  const rows: DevicesFile['rows'] = [];
  const add = (id: string, kind: DeviceKind, building: string | 0, floor: number, block: string | 0): void => {
    const [lon, lat] = at(building === 'b2' ? 1.5 : 0.5, building === 'b2' ? 1.5 : 0.5);
    rows.push([id, DEVICE_KINDS.indexOf(kind), id, building, floor, toUnits(lon), toUnits(lat), 10, 0, block, 0]);
  };
  for (const n of [1, 2]) {
    for (let floor = 1; floor <= 22; floor += 3) {
      add(`smoke-${n}-${floor}`, 'smoke', `b${n}`, floor, 0);
      add(`meter-${n}-${floor}`, 'electricity', `b${n}`, floor, 0);
    }
    for (const shaft of ['a', 'b']) add(`lift-${n}${shaft}`, 'elevator', `b${n}`, 0, 0);
    add(`room-${n}`, 'control-room', `b${n}`, 1, 0);
    add(`tank-${n}`, 'water-tank', `b${n}`, 22, 0);
    add(`panel-${n}`, 'fire-panel', `b${n}`, 1, 0);
    add(`cam-${n}a`, 'camera', `b${n}`, 1, 0);
  }
  add('meter-old', 'electricity', 'b3', 1, 'block-1');
  add('pile-1', 'charging-pile', 0, 0, 0);
  add('cam-look', 'camera', 0, 0, 0);
  return { format: 'fengsui/devices@1', kinds: [...DEVICE_KINDS], states: ['ok'], rows };
}

function cameras(): CamerasFile {
  const base = { h: 3, heading: 0, fov: 90, range: 3000, pitch: -10 };
  const [lon, lat] = at(1, 1);
  const inTower = (n: number): object[] => [
    {
      ...base,
      id: `cam-${n}a`,
      kind: 'elevator',
      name: name(`轿厢${n}`),
      lon,
      lat,
      buildingId: `b${n}`,
      floor: 1,
      elevatorId: `lift-${n}a`,
    },
    {
      ...base,
      id: `cam-room-${n}`,
      kind: 'control-room',
      name: name(`消控室${n}`),
      lon,
      lat,
      buildingId: `b${n}`,
      floor: 1,
    },
  ];
  const list = [
    ...inTower(1),
    ...inTower(2),
    { ...base, id: 'cam-look', kind: 'lookout', name: name('瞭望'), lon, lat },
  ];
  return { format: 'fengsui/cameras@1', cameras: list as CamerasFile['cameras'] };
}

function vehicles(): VehiclesFile {
  return {
    format: 'fengsui/vehicles@1',
    vehicles: Array.from({ length: 6 }, (_, i) => {
      const [lon, lat] = at(0, i % 3);
      const type = (['pumper', 'pumper', 'ladder', 'rescue', 'command', 'pumper'] as const)[i] ?? 'pumper';
      return {
        id: `veh-${i + 1}`,
        stationId: 'st-1',
        type,
        callsign: name(`${i + 1}号车`),
        plate: `虞${i}`,
        crew: 5,
        lon,
        lat,
      };
    }),
  };
}
