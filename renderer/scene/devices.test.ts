import {
  BufferPoint,
  BufferPointMaterial,
  Cartesian3,
  PrimitiveCollection,
  type BufferPointCollection,
} from '@cesium/engine';
import { expect, test } from 'vitest';
import { clock, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import { createWorld } from '../store/world.ts';
import { addDevices } from './devices.ts';
import { planeAt } from './plane.ts';

const device = (n: number, more: Partial<DeviceRecord> = {}): DeviceRecord => ({
  ...{
    id: deviceId(`d${String(n)}`),
    kind: 'smoke',
    name: '',
    lon: 120.8 + n / 1000,
    lat: 30,
    h: 3,
    state: 'ok',
    worst: 0,
  },
  ...{ source: 'fire-iot', at: eventTime(1), heard: receiveTime(1) },
  ...more,
});
const house = (count: number) => {
  const world = createWorld();
  const primitives = new PrimitiveCollection();
  let asked = 0;
  let turn = 1;
  const all = Array.from({ length: count }, (_, i) => device(i));
  world.wipe(clock(turn), 0, { device: all }, true);
  const devices = addDevices(primitives, planeAt(120.8, 30), world, () => (asked += 1));
  devices.flush();
  const points = (): BufferPointCollection => primitives.get(0) as BufferPointCollection;
  /** Every point as it lies in the collection: shown, where, how. */
  const looks = (): string[] =>
    Array.from({ length: points().primitiveCount }, (_, i) => {
      const point = points().get(i, new BufferPoint()) as BufferPoint;
      const { x, y } = point.getPosition(new Cartesian3());
      return `${String(point.show)} ${x.toFixed(1)} ${y.toFixed(1)} ${JSON.stringify(point.getMaterial(new BufferPointMaterial()))}`;
    });
  const put = (puts: DeviceRecord[], removes: string[] = []): void => {
    const from = clock(turn);
    turn += 1;
    world.apply({ from, clock: clock(turn), puts: { device: puts }, removes: { device: removes }, coalesced: 0 }, 0);
  };
  return { world, devices, points, looks, put, asked: () => asked };
};

test('S11: a reading that changes no look asks for no frame', () => {
  const { devices, put, looks, asked } = house(500);
  const before = looks();
  put([device(7, { values: { temperature: 24 }, heard: receiveTime(2) })]);
  expect(asked()).toBe(0);
  expect(devices.flush()).toBe(false);
  expect(looks()).toEqual(before);
});

test('S11: a change touches its own point and no other, in the collection that was there', () => {
  const { devices, points, put, looks, asked } = house(500);
  const before = looks();
  const kept = points();
  put([device(7, { state: 'offline' }), device(9, { lon: 120.9 })]);
  expect(asked()).toBeGreaterThan(0);
  expect(devices.flush()).toBe(true);
  expect(points()).toBe(kept);
  const after = looks();
  expect(after.flatMap((look, i) => (look === before[i] ? [] : [i]))).toEqual([7, 9]);
});

test('S11: a device that goes leaves its slot to the next that comes', () => {
  const { devices, points, put, looks } = house(500);
  put([], ['d7']);
  devices.flush();
  expect(looks()[7]).toMatch(/^false/);
  expect(devices.count()).toBe(499);
  put([device(1000)]);
  devices.flush();
  expect(points().primitiveCount).toBe(500);
  expect(looks()[7]).toMatch(/^true/);
});

test('S11: after a wipe what is no longer told is no longer shown', () => {
  const { devices, world } = house(20);
  world.wipe(clock(50), 0, { device: [device(1), device(30)] }, true);
  devices.flush();
  expect(devices.count()).toBe(2);
});
