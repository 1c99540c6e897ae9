/**
 * Cameras that are not in cabs, and the vehicles at their stations.
 * Guarantees: with the cab cameras 300 in all, numbered on; 60 vehicles, each at its station.
 */
import type { SiteCamera, SiteDevice, SiteVehicle, Tower } from '../../contract/site-files.ts';
import type { Built, City } from './city.ts';
import { add, bearing, middle, scale, sub, toLonLat, toPlane, type XY } from './plane.ts';
import { round } from './places.ts';
import type { Random } from './random.ts';
import { pad } from './towers.ts';
import { TOWNS } from './towns.ts';

const CAMERAS = 300;
const LOOKOUTS = 22;
const CONTROL_ROOMS = 32;

const spot = (p: XY): { lon: number; lat: number } => {
  const [lon, lat] = toLonLat(p);
  return { lon: round(lon), lat: round(lat) };
};
const centreOf = (b: Built): XY => middle(b.draft.form.parts[0] ?? []);
const called = (b: Built, n: number): { zh: string; en: string } =>
  b.name ?? { zh: `${b.town.zh}${n}号点`, en: `${b.town.en} point ${n}` };

export function placeCameras(
  city: City,
  cabs: readonly SiteCamera[],
  towers: readonly Tower[],
  keyUnits: ReadonlyMap<string, string>,
  r: Random,
): SiteCamera[] {
  const out = [...cabs];
  const put = (camera: Omit<SiteCamera, 'id'>): void => {
    out.push({ id: `cam-${pad(out.length + 1, 4)}`, ...camera });
  };
  const byId = new Map(city.buildings.map((b) => [b.id, b]));
  // Lookouts: the highest roof of each town, then the highest roofs left.
  const high = [...city.buildings].sort((a, b) => b.height - a.height);
  const first = TOWNS.flatMap((t) => high.find((b) => b.town === t) ?? []);
  const rest = high.filter((b) => !first.includes(b) && b.town.id !== 'kaifa');
  const masts = [...first, ...rest.filter((_, k) => k % 9 === 0)].slice(0, LOOKOUTS);
  masts.forEach((b, k) => {
    const toward = sub(toPlane(b.town.at), centreOf(b));
    put({
      kind: 'lookout',
      ...spot(centreOf(b)),
      h: Math.round(b.height + 3),
      heading: Math.round(bearing(toward)),
      fov: 58,
      range: 4500,
      pitch: -5,
      buildingId: b.id,
      floor: b.floors,
      name: { zh: `${called(b, k + 1).zh}高空瞭望`, en: `${called(b, k + 1).en} lookout` },
    });
  });
  towers.slice(0, CONTROL_ROOMS).forEach((t) => {
    const b = byId.get(t.buildingId);
    if (b === undefined) return;
    put({
      kind: 'control-room',
      ...spot(centreOf(b)),
      h: 2.6,
      heading: Math.round(r.range(0, 359)),
      fov: 84,
      range: 8,
      pitch: -30,
      buildingId: b.id,
      floor: 1,
      name: { zh: `${t.name.zh}消控室`, en: `${t.name.en} control room` },
    });
  });
  // Fire video: two to each historic block, then key units.
  city.historic.forEach((block) => {
    for (const k of [0, 2]) {
      const p = block.corners[k] ?? [0, 0];
      put({
        kind: 'fire',
        ...spot(p),
        h: 6,
        heading: Math.round(bearing(sub(middle(block.corners), p))),
        fov: 74,
        range: 130,
        pitch: -12,
        name: {
          zh: `${block.name.zh}${k === 0 ? '西南' : '东北'}口`,
          en: `${block.name.en} ${k === 0 ? 'SW' : 'NE'} gate`,
        },
      });
    }
  });
  const units = [...keyUnits.keys()].flatMap((id) => byId.get(id) ?? []);
  for (let k = 0; out.length < CAMERAS; k++) {
    const b = units[k % units.length];
    if (b === undefined) break;
    const ring = b.draft.form.rings[0] ?? [];
    const corner = ring[Math.floor(k / units.length) % Math.max(1, ring.length)] ?? centreOf(b);
    const out3 = scale(sub(corner, centreOf(b)), 1.05);
    put({
      kind: 'fire',
      ...spot(add(centreOf(b), out3)),
      h: 5,
      heading: Math.round(bearing(scale(out3, -1))),
      fov: 70,
      range: 90,
      pitch: -14,
      buildingId: b.id,
      name: { zh: `${called(b, k).zh}消防视频`, en: `${called(b, k).en} fire video` },
    });
  }
  return out.slice(0, CAMERAS);
}

export const cameraDevices = (cameras: readonly SiteCamera[], keyUnits: ReadonlyMap<string, string>): SiteDevice[] =>
  cameras.map((c) => {
    const unit = c.buildingId === undefined ? undefined : keyUnits.get(c.buildingId);
    return {
      id: c.id,
      kind: 'camera',
      name: c.name.zh,
      lon: c.lon,
      lat: c.lat,
      h: c.h,
      state: 'ok',
      ...(c.buildingId === undefined ? {} : { buildingId: c.buildingId }),
      ...(c.floor === undefined ? {} : { floor: c.floor }),
      ...(unit === undefined ? {} : { keyUnitId: unit }),
    };
  });

type Kind = SiteVehicle['type'];
/** What each station keeps, in the order of their numbers; 60 in all. */
const FLEET: Readonly<Record<string, readonly Kind[]>> = {
  'st-baiguan': [
    'command',
    'pumper',
    'pumper',
    'pumper',
    'pumper',
    'water-tender',
    'water-tender',
    'ladder',
    'ladder',
    'platform',
    'rescue',
    'rescue',
    'foam',
    'motorcycle',
    'motorcycle',
    'pumper',
  ],
  'st-kaifa': [
    'command',
    'pumper',
    'pumper',
    'pumper',
    'foam',
    'foam',
    'foam',
    'water-tender',
    'water-tender',
    'platform',
    'ladder',
    'rescue',
    'rescue',
    'motorcycle',
  ],
  'st-dongguan': ['command', 'pumper', 'pumper', 'water-tender', 'ladder', 'rescue', 'foam', 'motorcycle'],
  'st-xiaoyue': ['command', 'pumper', 'pumper', 'water-tender', 'platform', 'rescue', 'foam', 'motorcycle'],
  'st-zhangzhen': ['command', 'pumper', 'pumper', 'water-tender', 'ladder', 'rescue', 'motorcycle'],
  'st-fenghui': ['command', 'pumper', 'pumper', 'water-tender', 'platform', 'rescue', 'motorcycle'],
};
/** Seats taken and tonnes of water: usual figures of the types. */
const TYPE: Readonly<Record<Kind, { zh: string; en: string; crew: number; water?: number }>> = {
  pumper: { zh: '水罐车', en: 'pumper', crew: 6, water: 6 },
  'water-tender': { zh: '供水车', en: 'tender', crew: 3, water: 18 },
  ladder: { zh: '云梯车', en: 'ladder', crew: 4 },
  platform: { zh: '登高平台车', en: 'platform', crew: 4 },
  rescue: { zh: '抢险救援车', en: 'rescue', crew: 6 },
  command: { zh: '指挥车', en: 'command', crew: 3 },
  foam: { zh: '泡沫车', en: 'foam', crew: 5, water: 8 },
  motorcycle: { zh: '消防摩托', en: 'motorcycle', crew: 2 },
};

export function parkVehicles(city: City): SiteVehicle[] {
  let n = 0;
  return Object.entries(FLEET).flatMap(([stationId, kinds]) => {
    const seat = city.seats.get(stationId);
    if (seat === undefined) throw new Error(`station ${stationId} was not built`);
    return kinds.map((type, k): SiteVehicle => {
      n++;
      const { crew, water, zh, en } = TYPE[type];
      const bay = add(centreOf(seat), [(k % 6) * 5 - 12, -14 - Math.floor(k / 6) * 7]);
      return {
        id: `veh-${pad(n, 2)}`,
        stationId,
        type,
        crew,
        plate: `虞应${pad(n, 3)}`,
        ...spot(bay),
        ...(water === undefined ? {} : { water }),
        callsign: { zh: `${seat.town.zh}${k + 1}号${zh}`, en: `${seat.town.en} ${k + 1} ${en}` },
      };
    });
  });
}

export const vehicleDevices = (vehicles: readonly SiteVehicle[]): SiteDevice[] =>
  vehicles.map((v) => ({ id: v.id, kind: 'vehicle', name: v.callsign.zh, lon: v.lon, lat: v.lat, h: 0, state: 'ok' }));
