/**
 * The high-rises: floors as written, shafts in the core, control room, roof tank, people on duty.
 * Guarantees: every building marked as tower has an entry; ids of its devices follow the tower's number.
 */
import type { SiteCamera, SiteDevice, Tower } from '../../contract/site-files.ts';
import type { Built, City } from './city.ts';
import { personName, phone } from './names.ts';
import { add, distance, middle, mix, scale, sub, toLonLat, unit, type XY } from './plane.ts';
import type { Random } from './random.ts';

export interface Risen {
  towers: Tower[];
  /** Elevators, control rooms, tanks and panels of the towers. */
  devices: SiteDevice[];
  /** One in most cabs; ids run on from the first. */
  cameras: SiteCamera[];
  towerOf: Map<string, Tower>;
}

/** Cabs with a camera; the other places of the 300 go to lookouts, fire video and control rooms. */
export const CAB_CAMERAS = 200;

/**
 * Elevators by height: from 12 floors a dwelling needs two (GB 50096); above, one more for each dozen
 * floors or so; the tallest have banks.
 */
function shaftCount(floors: number, r: Random): number {
  if (floors >= 55) return 8;
  if (floors >= 38) return 6;
  if (floors >= 30) return r.int(3, 4);
  return floors >= 25 ? r.int(2, 3) : 2;
}

export const pad = (n: number, width: number): string => String(n).padStart(width, '0');

export function raiseTowers(city: City, r: Random): Risen {
  const risen: Risen = { towers: [], devices: [], cameras: [], towerOf: new Map() };
  const tall = city.buildings.filter((b) => b.towerId !== undefined);
  let lift = 0;
  let cabCamera = 0;
  tall.forEach((built, k) => {
    const n = pad(k + 1, 3);
    const basements = built.floors > 30 ? r.int(2, 3) : r.int(1, 2);
    const floors = [...Array(basements).keys()]
      .map((b) => b - basements)
      .concat([...Array(built.floors).keys()].map((f) => f + 1));
    const name = built.name ?? { zh: built.address.replace('|', ''), en: `Tower ${n}` };
    const place = { buildingId: built.id, state: 'ok' } as const;
    const count = shaftCount(built.floors, r);
    const spots = shaftSpots(built, count);
    const shafts = spots.map((spot, s) => {
      lift++;
      const [lon, lat] = toLonLat(spot);
      const elevatorId = `lift-${pad(lift, 4)}`;
      risen.devices.push({
        ...place,
        id: elevatorId,
        kind: 'elevator',
        name: `${name.zh}${s + 1}号电梯`,
        floor: 1,
        lon,
        lat,
        h: 0,
      });
      const shaft = { id: `${n}-${'ABCDEFGH'[s] ?? s}`, elevatorId, lon, lat };
      // The first two cabs of every tower, then others while there are any left.
      if (cabCamera >= CAB_CAMERAS || (s > 1 && r.chance(0.75))) return shaft;
      cabCamera++;
      const cameraId = `cam-${pad(cabCamera, 4)}`;
      risen.cameras.push({
        id: cameraId,
        kind: 'elevator',
        lon,
        lat,
        h: 2.3,
        heading: Math.round(r.range(0, 359)),
        fov: 92,
        range: 3,
        pitch: -48,
        name: { zh: `${name.zh}${s + 1}号梯轿厢`, en: `${name.en} cab ${s + 1}` },
        buildingId: built.id,
        floor: 1,
        elevatorId,
      });
      return { ...shaft, cameraId };
    });
    const core = toLonLat(mix(spots[0] ?? [0, 0], middle(built.draft.form.parts[0] ?? []), 0.5));
    const at = { lon: core[0], lat: core[1] };
    const storeyHeight = Math.round(((built.height - 4) / built.floors) * 100) / 100;
    const controlRoomId = `room-${n}`;
    const tankId = `tank-${n}`;
    risen.devices.push(
      { ...place, id: controlRoomId, kind: 'control-room', name: `${name.zh}消控室`, floor: 1, ...at, h: 1.5 },
      {
        ...place,
        id: tankId,
        kind: 'water-tank',
        name: `${name.zh}屋顶水箱`,
        floor: built.floors,
        ...at,
        h: built.height - 2,
      },
      { ...place, id: `panel-${n}`, kind: 'fire-panel', name: `${name.zh}消控主机`, floor: 1, ...at, h: 1.5 },
    );
    const tower: Tower = {
      id: `t${n}`,
      buildingId: built.id,
      name,
      floors,
      floorHeight: storeyHeight,
      shafts,
      controlRoomId,
      tankId,
      // Two at a time, as the rule for control rooms asks (GB 25506).
      duty: [0, 1].map((p) => ({ name: personName(r), role: p === 0 ? '值班长' : '值班员', phone: phone(r) })),
      property: { name: `${(built.draft.compound?.zh ?? name.zh).slice(0, 2)}物业`, phone: phone(r) },
    };
    risen.towers.push(tower);
    risen.towerOf.set(built.id, tower);
    built.towerId = tower.id;
  });
  return risen;
}

/** Side by side along the core: the part that stands out to the north, else the middle. */
function shaftSpots(built: Built, count: number): XY[] {
  const parts = built.draft.form.parts;
  const core = parts[1] ?? parts[0] ?? [];
  const body = parts[0] ?? core;
  const [p, q] = core;
  if (p === undefined || q === undefined) return [];
  const along = unit(sub(q, p));
  const across = unit(sub(core[3] ?? q, p));
  const deep = parts.length > 1;
  const centre = deep ? middle(core) : middle(body);
  const perRow = count > 4 ? count / 2 : count;
  const pitch = Math.min(3.4, (distance(p, q) - 2.5) / perRow);
  return [...Array(count).keys()].map((s) => {
    const row = Math.floor(s / perRow);
    const x = ((s % perRow) - (perRow - 1) / 2) * pitch;
    const y = count > 4 ? (row - 0.5) * 6 : deep ? -1 : 0;
    return add(add(centre, scale(along, x)), scale(across, y));
  });
}
