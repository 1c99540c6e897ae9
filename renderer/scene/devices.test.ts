import { PrimitiveCollection } from '@cesium/engine';
import { expect, test } from 'vitest';
import { buildingId, clock, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import { fakeTerrain } from '../../native-bridge/contract/terrain-fake.ts';
import { createWorld } from '../store/world.ts';
import { addDevices } from './devices.ts';
import { groundAt, planeAt } from './plane.ts';
import { HIDDEN, type Points } from './points.ts';

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
const house = (count: number, plane = planeAt(120.8, 30)) => {
  const world = createWorld();
  const primitives = new PrimitiveCollection();
  let asked = 0;
  let turn = 1;
  const all = Array.from({ length: count }, (_, i) => device(i));
  world.wipe(clock(turn), 0, { device: all }, true);
  const devices = addDevices(primitives, plane, world, () => (asked += 1));
  devices.flush();
  const points = (): Points => primitives.get(0) as Points;
  /** Every point as it is drawn: how, where. */
  const looks = (): string[] =>
    Array.from({ length: points().count }, (_, i) =>
      [points().looks[i], ...points().positions.subarray(i * 3, i * 3 + 3)].map((n) => Number(n).toFixed(1)).join(' '),
    );
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
  const { devices, points, put } = house(500);
  put([], ['d7']);
  devices.flush();
  expect(points().looks[7]).toBe(HIDDEN);
  expect(devices.count()).toBe(499);
  put([device(1000)]);
  devices.flush();
  expect(points().count).toBe(500);
  expect(points().looks[7]).not.toBe(HIDDEN);
});

test('S11: after a wipe what is no longer told is no longer shown', () => {
  const { devices, world } = house(20);
  world.wipe(clock(50), 0, { device: [device(1), device(30)] }, true);
  devices.flush();
  expect(devices.count()).toBe(2);
});

test('S11: more devices than there was room for keep the places and looks of those that were there', () => {
  const { devices, points, put, looks } = house(1500);
  const before = looks();
  const small = points();
  put(Array.from({ length: 3000 }, (_, i) => device(2000 + i)));
  expect(points()).not.toBe(small);
  expect(points().count).toBe(4500);
  expect(looks().slice(0, 1500)).toEqual(before);
  expect(devices.count()).toBe(4500);
});

test('another size of all points touches none of them', () => {
  const { devices, points, looks } = house(20);
  const before = looks();
  expect(devices.suit(1000)).toBe(true);
  expect(devices.suit(1000)).toBe(false);
  expect(points().size).toBe(5);
  expect(looks()).toEqual(before);
});

test('S29: on a slope a device lies on its floor above the lowest ground under its house, one outside above its own', () => {
  /** Rises 10 m with each column. */
  const terrain = fakeTerrain([120.8, 30], 0.001, 21, (column) => 10 * column);
  const plane = planeAt(120.8, 30, terrain);
  const { devices, put, points, asked } = house(2, plane);
  const rings = [
    [
      [120.799, 29.999],
      [120.801, 29.999],
      [120.801, 30.001],
    ],
  ] as const;
  const block = { id: 'b', rings, height: 30, floors: 9, use: 'office', address: '', centre: [120.8, 30] } as const;
  put([device(0, { buildingId: buildingId('b') })]);
  const height = (slot: number): number => {
    const [x = 0, y = 0, z = 0] = points().positions.subarray(slot * 3, slot * 3 + 3);
    return z - groundAt(x, y);
  };
  expect(height(0)).toBeCloseTo(103, 1);
  devices.stand([block]);
  expect(height(0)).toBeCloseTo(93, 1);
  expect(height(1)).toBeCloseTo(113, 1);
  expect(asked()).toBeGreaterThan(0);
  put([device(5, { buildingId: buildingId('b'), lon: 120.8008 })]);
  expect(height(2)).toBeCloseTo(93, 1);
});
