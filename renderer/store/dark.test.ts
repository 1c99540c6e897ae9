import { expect, test } from 'vitest';
import { buildingId, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { DeviceRecord, FeedRecord } from '../../native-bridge/contract/records.ts';
import { darkBuildings } from './dark.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const device = (id: string, building: string | null, more: Partial<DeviceRecord> = {}): DeviceRecord => ({
  ...{ id: deviceId(id), kind: 'smoke', name: '', lon: 120, lat: 30, state: 'ok', worst: 0, source: 'fire-iot' },
  ...{ at: eventTime(NOW - 1000), heard: receiveTime(NOW - 1000) },
  ...(building !== null && { buildingId: buildingId(building) }),
  ...more,
});
const live: Pick<FeedRecord, 'link' | 'lastHeard'> = { link: 'live', lastHeard: receiveTime(NOW) };
const dark = (devices: DeviceRecord[], feed: Pick<FeedRecord, 'link' | 'lastHeard'> = live, connected = true) =>
  darkBuildings(devices, { at: NOW, connected, site: null, feed: () => feed as FeedRecord });

test('H1: a building with one silent device is dark in part, with all silent as a whole, with none not at all', () => {
  const { buildings, whole, part, watched } = dark([
    device('1', 'a'),
    device('2', 'a', { state: 'offline' }),
    device('3', 'b', { at: eventTime(NOW - 27 * HOUR) }),
    device('4', 'c'),
    device('5', null, { state: 'offline' }),
  ]);
  expect([...buildings]).toEqual([
    ['a', 'part'],
    ['b', 'whole'],
  ]);
  expect({ whole, part, watched }).toEqual({ whole: 1, part: 1, watched: 3 });
});

test('H1: a camera that is off makes its building dark in part', () => {
  const off = device('2', 'a', { kind: 'camera', state: 'offline' });
  expect(dark([device('1', 'a'), off]).buildings.get('a')).toBe('part');
});

test('H2: a lost source, and a lost bridge, darken every building that rests on them', () => {
  const lost = { link: 'lost' as const, lastHeard: receiveTime(NOW - 60_000) };
  expect(dark([device('1', 'a'), device('2', 'b')], lost).whole).toBe(2);
  const before = { link: 'live' as const, lastHeard: receiveTime(NOW - 60_000) };
  expect(dark([device('1', 'a')], before, false).whole).toBe(1);
  expect(dark([device('1', 'a')]).whole).toBe(0);
});
