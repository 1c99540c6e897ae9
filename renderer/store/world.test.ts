import { expect, test, vi } from 'vitest';
import { clock, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import { createOffset, KEEP_MS } from './offset.ts';
import { createWorld, type Change } from './world.ts';

const device = (id: string, state = 'ok'): DeviceRecord => ({
  id: deviceId(id),
  kind: 'smoke',
  name: id,
  state,
  worst: 0,
  lon: 120,
  lat: 30,
  source: 'fire-iot',
  at: eventTime(1),
  heard: receiveTime(1),
});
const ids = (change: Change<'device'>) => ({
  wiped: change.wiped,
  puts: change.puts.map((d) => d.id),
  removes: change.removes,
});

test('W1: a wipe replaces everything, a delta puts and removes, each told once to the listeners of the collection', () => {
  const world = createWorld(() => 0);
  const told: unknown[] = [];
  const stop = world.listen('device', (change) => told.push(ids(change)));
  world.listen('alarm', () => told.push('alarm'));
  world.wipe(clock(1), 0, { device: [device('a'), device('b')] }, true);
  world.apply(
    {
      from: clock(1),
      clock: clock(2),
      puts: { device: [device('b', 'offline')] },
      removes: { device: ['a'] },
      coalesced: 0,
    },
    0,
  );
  world.apply({ from: clock(2), clock: clock(3), puts: {}, removes: {}, coalesced: 0 }, 0);
  expect(told).toEqual([
    { wiped: true, puts: ['a', 'b'], removes: [] },
    'alarm',
    { wiped: false, puts: ['b'], removes: ['a'] },
  ]);
  expect(world.get('device', 'b')?.state).toBe('offline');
  expect(world.version('device')).toBe(2);
  expect(world.clock()).toBe(3);
  stop();
  world.wipe(clock(1), 0, {}, true);
  expect(told.length).toBe(4);
  expect(world.all('device').size).toBe(0);
});

test('W2: a listener that fails harms neither the world nor the others', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const world = createWorld(() => 0);
  let told = 0;
  world.listen('device', () => {
    throw new Error('broken layer');
  });
  world.listen('device', () => void (told += 1));
  world.wipe(clock(4), 0, { device: [device('a')] }, true);
  expect(told).toBe(1);
  expect(world.clock()).toBe(4);
  expect(error).toHaveBeenCalledOnce();
  error.mockRestore();
});

test('W3: a message that waited does not set the clock back, a clock that was set back is believed in time', () => {
  const offset = createOffset();
  offset.note(10_000, 0);
  offset.note(10_100, 400);
  expect(offset.ms()).toBe(10_000);
  for (let t = 1000; t <= 2 * KEEP_MS + 2000; t += 1000) offset.note(9_000 + t, t);
  expect(offset.ms()).toBe(9_000);
});

test('W4: forgetting the clock keeps the records', () => {
  const world = createWorld(() => 0);
  world.wipe(clock(4), 0, { device: [device('a')] }, true);
  world.forget();
  expect(world.clock()).toBeNull();
  expect(world.all('device').size).toBe(1);
});
