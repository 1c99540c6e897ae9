import { expect, test } from 'vitest';
import { buildingId, eventTime } from '../../../native-bridge/contract/brand.ts';
import { countBikes, dayStart } from './bikes.ts';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const mark = (house: string, kind: 'e-bike-in' | 'e-bike-out' | 'door-held', hoursAgo: number) => ({
  buildingId: buildingId(house),
  kind,
  at: eventTime(NOW - hoursAgo * HOUR),
});

test('S16: each e-bike that got in counts once for its house, and only since the day began', () => {
  const marks = [
    mark('a', 'e-bike-in', 1),
    mark('a', 'e-bike-out', 0.9),
    mark('a', 'e-bike-in', 11),
    mark('a', 'e-bike-in', 12.1),
    mark('b', 'door-held', 1),
  ];
  expect([...countBikes(marks, ['c'], NOW - 12 * HOUR)]).toEqual([
    ['a', { count: 2, now: false }],
    ['c', { count: 0, now: true }],
  ]);
});

test('S16: the day begins at midnight of the site, whatever the zone of the window', () => {
  const noon = Date.UTC(2026, 10, 26, 4, 30, 5);
  expect(new Date(dayStart('Asia/Shanghai', noon)).toISOString()).toBe('2026-11-25T16:00:00.000Z');
  expect(new Date(dayStart('UTC', noon + 123)).toISOString()).toBe('2026-11-26T00:00:00.000Z');
});
