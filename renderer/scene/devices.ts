/**
 * Devices as points: tens of thousands, each one light in the night.
 *
 * Owns: the slot of each device among the points (`points.ts`), and what it looks like.
 * Guarantees: a change of a device touches its own point only; nothing is cleared and added again, not even after a wipe by
 *   the bridge; a point is seen through walls, since devices live inside them.
 * Refuses: alarms (the overlay shows them, on top).
 */
import type { PrimitiveCollection } from '@cesium/engine';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import type { Building } from '../../native-bridge/contract/site-files.ts';
import { lowestUnder } from '../../native-bridge/contract/terrain.ts';
import { mix } from '../design/colour.ts';
import { ink, surface } from '../design/tokens.ts';
import type { World } from '../store/world.ts';
import { paint } from './paint.ts';
import type { Plane, Vec3 } from './plane.ts';
import { HIDDEN, Points, type PointLook } from './points.ts';

/** What a point looks like; devices with an open alarm are drawn by the overlay and leave their point dark. */
const CALM = 0;
const SILENT = 1;
const ALARM = 2;
const looks = (): PointLook[] => [
  { colour: paint(mix('#7f9db0', '#c9b489', 0.35), 0.62), more: 0 },
  { colour: paint(surface.night, 0.6), more: 0.5, rim: paint(ink.quiet, 0.75) },
  { colour: paint(ink.value, 0.9), more: 1 },
];
/** Pixels of a point up to each range, metres. */
const SIZES = [
  { until: 1200, size: 5 },
  { until: 4000, size: 3.5 },
  { until: 12_000, size: 2.5 },
  { until: Infinity, size: 2 },
] as const;
const GROW = 1.5;

const LEAST = 1024;

const lookOf = ({ worst, state, blind }: DeviceRecord): number =>
  worst > 0 ? ALARM : state === 'ok' && !blind ? CALM : SILENT;
interface Slot {
  slot: number;
  look: number;
  lon: number;
  lat: number;
  h: number;
}

export interface Devices {
  /** True when something has to be drawn since the last call. */
  flush: () => boolean;
  suit: (range: number) => boolean;
  /** They step back while a building stands open, and when their layer is put out. */
  show: (shown: boolean) => void;
  /** The houses that devices lie in: on a slope their floors lie above the lowest ground under the house. */
  stand: (houses: readonly Building[]) => void;
  count: () => number;
  dispose: () => void;
}

export const addDevices = (
  primitives: PrimitiveCollection,
  plane: Plane,
  world: World,
  changed: () => void,
): Devices => {
  const slots = new Map<string, Slot>();
  const free: number[] = [];
  let dirty = false;
  let shown = true;
  const make = (capacity: number, before: Points | null): Points => {
    const made = new Points(plane, Math.max(LEAST, Math.ceil(capacity * GROW)), looks(), before, before?.size ?? 2);
    if (before) primitives.remove(before);
    made.show = shown;
    return primitives.add(made) as Points;
  };
  let points = make(world.all('device').size, null);
  /** Of each house the ground it stands on; empty where all ground is level. */
  const grounds = new Map<string, number>();
  const spotOf = ({ lon, lat, h = 0, buildingId }: DeviceRecord): Vec3 => {
    const ground = buildingId === undefined ? undefined : grounds.get(buildingId);
    return ground === undefined ? plane.at(lon, lat, h) : plane.over(lon, lat, ground + h);
  };

  const put = (record: DeviceRecord): void => {
    const look = lookOf(record);
    const { lon, lat, h = 0 } = record;
    let known = slots.get(record.id);
    if (!known) {
      const slot = free.pop() ?? points.count;
      if (slot >= points.capacity) points = make(points.capacity, points);
      known = { slot, look: HIDDEN, lon: NaN, lat: NaN, h: NaN };
      slots.set(record.id, known);
    }
    // Most changes are readings: they change no point, and cost no frame.
    if (known.look !== look) {
      known.look = look;
      points.paint(known.slot, look);
      dirty = true;
    }
    if (known.lon !== lon || known.lat !== lat || known.h !== h) {
      known.lon = lon;
      known.lat = lat;
      known.h = h;
      points.place(known.slot, spotOf(record));
      dirty = true;
    }
  };
  const drop = (id: string): void => {
    const known = slots.get(id);
    if (!known) return;
    points.paint(known.slot, HIDDEN);
    free.push(known.slot);
    slots.delete(id);
    dirty = true;
  };
  const stop = world.listen('device', ({ wiped, puts, removes }) => {
    if (wiped) {
      const kept = new Set<string>(puts.map(({ id }) => id));
      for (const id of [...slots.keys()]) if (!kept.has(id)) drop(id);
    }
    for (const record of puts) put(record);
    for (const id of removes) drop(id);
    if (dirty) changed();
  });
  for (const record of world.all('device').values()) put(record);

  return {
    flush: () => {
      const was = dirty;
      dirty = false;
      return was;
    },
    suit: (range) => {
      const fit = SIZES.find(({ until }) => range < until)?.size ?? 2;
      if (fit === points.size) return false;
      points.size = fit;
      return true;
    },
    show: (wanted) => {
      shown = wanted;
      points.show = shown;
    },
    stand: (houses) => {
      const { terrain } = plane;
      if (!terrain) return;
      for (const { id, rings } of houses) grounds.set(id, lowestUnder(terrain, rings[0] ?? []));
      for (const record of world.all('device').values()) {
        const known = slots.get(record.id);
        if (known) points.place(known.slot, spotOf(record));
      }
      dirty = true;
      changed();
    },
    count: () => slots.size,
    dispose: stop,
  };
};
