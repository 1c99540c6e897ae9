/**
 * Devices as points: tens of thousands, each one light in the night.
 *
 * Owns: one `BufferPointCollection` and the slot of each device in it.
 * Guarantees: a change of a device touches its own point only; nothing is cleared and added again (except when the
 *   collection has to grow, or after a wipe by the bridge); a point is seen through walls, since devices live inside them.
 * Refuses: alarms (the overlay shows them, on top).
 */
import {
  BlendingState,
  BlendOption,
  BoundingSphere,
  BufferPoint,
  BufferPointCollection,
  BufferPointMaterial,
  Cartesian3,
  ComponentDatatype,
  Matrix4,
  RenderState,
  type PrimitiveCollection,
} from '@cesium/engine';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import { mix } from '../design/colour.ts';
import { ink, surface } from '../design/tokens.ts';
import type { World } from '../store/world.ts';
import type { PointsWithCommand } from './engine-internals.d.ts';
import { paint } from './paint.ts';
import type { Plane } from './plane.ts';

/** What a point looks like; devices with an open alarm are drawn by the overlay and leave their point dark. */
type Look = 'calm' | 'silent' | 'alarm';
/** Pixels of a point up to each range, metres. */
const SIZES = [
  { until: 1200, size: 5 },
  { until: 4000, size: 3.5 },
  { until: 12_000, size: 2.5 },
  { until: Infinity, size: 2 },
] as const;
const GROW = 1.5;

const lookOf = ({ worst, state, blind }: DeviceRecord): Look =>
  worst > 0 ? 'alarm' : state === 'ok' && !blind ? 'calm' : 'silent';
interface Slot {
  slot: number;
  look: Look;
  lon: number;
  lat: number;
  h: number;
}
const samePlace = (slot: Slot, { lon, lat, h = 0 }: DeviceRecord): boolean =>
  slot.lon === lon && slot.lat === lat && slot.h === h;

export interface Devices {
  /** Takes the changes since the last call; true when something has to be drawn. */
  flush: () => boolean;
  suit: (range: number) => boolean;
  /** Steps back while a building stands open. */
  dim: (dimmed: boolean) => void;
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
  const dirty = new Map<string, DeviceRecord | null>();
  let size = 2;
  let points: PointsWithCommand | null = null;
  let capacity = 0;
  let throughWalls = false;
  const point = new BufferPoint();
  const spot = new Cartesian3();

  const materials = (): Record<Look, BufferPointMaterial> => ({
    calm: new BufferPointMaterial({ color: paint(mix('#7f9db0', '#c9b489', 0.35), 0.62), size }),
    silent: new BufferPointMaterial({
      color: paint(surface.night, 0.6),
      outlineColor: paint(ink.quiet, 0.75),
      outlineWidth: 1,
      size: size + 0.5,
    }),
    alarm: new BufferPointMaterial({ color: paint(ink.value, 0.9), size: size + 1 }),
  });
  let looks = materials();

  const make = (wanted: number): void => {
    capacity = Math.max(1024, Math.ceil(wanted * GROW));
    if (points) primitives.remove(points);
    points = primitives.add(
      new BufferPointCollection({
        primitiveCountMax: capacity,
        positionDatatype: ComponentDatatype.FLOAT,
        modelMatrix: Matrix4.fromArray([...plane.toEarth]),
        // Fixed and generous: computing it anew for each new device would cost more than it saves.
        boundingVolume: new BoundingSphere(Cartesian3.fromArray([...plane.earth([0, 0, 0])]), 60_000),
        blendOption: BlendOption.TRANSLUCENT,
      }),
    ) as PointsWithCommand;
    throughWalls = false;
    slots.clear();
    free.length = 0;
  };
  const write = (record: DeviceRecord): void => {
    if (!points) return;
    const known = slots.get(record.id);
    const look = lookOf(record);
    const { lon, lat, h = 0 } = record;
    if (known) {
      points.get(known.slot, point);
      if (known.look !== look) point.setMaterial(looks[look]);
      if (!samePlace(known, record)) point.setPosition(Cartesian3.fromArray(plane.at(lon, lat, h), 0, spot));
      Object.assign(known, { look, lon, lat, h });
      return;
    }
    const position = Cartesian3.fromArray(plane.at(lon, lat, h), 0, spot);
    const reused = free.pop();
    if (reused === undefined) {
      points.add({ position, material: looks[look] }, point);
      slots.set(record.id, { slot: points.primitiveCount - 1, look, lon, lat, h });
      return;
    }
    points.get(reused, point);
    point.setPosition(position);
    point.setMaterial(looks[look]);
    point.show = true;
    slots.set(record.id, { slot: reused, look, lon, lat, h });
  };
  const drop = (id: string): void => {
    const known = slots.get(id);
    if (!known || !points) return;
    points.get(known.slot, point);
    point.show = false;
    free.push(known.slot);
    slots.delete(id);
  };
  const stop = world.listen('device', ({ wiped, puts, removes }) => {
    if (wiped) {
      const kept = new Set<string>(puts.map(({ id }) => id));
      for (const id of slots.keys()) if (!kept.has(id)) dirty.set(id, null);
    }
    for (const record of puts) {
      const known = slots.get(record.id);
      // Most changes are readings: they change no point, and cost no frame.
      if (known && known.look === lookOf(record) && samePlace(known, record)) dirty.delete(record.id);
      else dirty.set(record.id, record);
    }
    for (const id of removes) dirty.set(id, null);
    if (dirty.size > 0) changed();
  });
  for (const record of world.all('device').values()) dirty.set(record.id, record);

  return {
    flush: () => {
      if (points && !throughWalls && points._renderContext?.command) {
        points._renderContext.command.renderState = RenderState.fromCache({
          depthTest: { enabled: false },
          depthMask: false,
          blending: BlendingState.ALPHA_BLEND,
        });
        throughWalls = true;
      }
      if (dirty.size === 0) return false;
      const needed = slots.size + dirty.size;
      if (!points || needed - free.length > capacity) {
        const all = world.all('device');
        make(Math.max(needed, all.size));
        for (const record of all.values()) write(record);
        dirty.clear();
        return true;
      }
      for (const [id, record] of dirty) {
        if (record) write(record);
        else drop(id);
      }
      dirty.clear();
      return true;
    },
    suit: (range) => {
      const fit = SIZES.find(({ until }) => range < until)?.size ?? 2;
      if (fit === size) return false;
      size = fit;
      looks = materials();
      if (points) {
        for (const { slot, look } of slots.values()) {
          points.get(slot, point);
          point.setMaterial(looks[look]);
        }
      }
      return true;
    },
    dim: (dimmed) => {
      if (points) points.show = !dimmed;
    },
    count: () => slots.size,
    dispose: stop,
  };
};
