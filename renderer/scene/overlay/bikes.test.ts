import { expect, test } from 'vitest';
import { buildingId, eventTime } from '../../../native-bridge/contract/brand.ts';
import { BIKE_HOURS, countBikes } from './bikes.ts';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const mark = (house: string, kind: 'e-bike-in' | 'e-bike-out' | 'door-held', hoursAgo: number) => ({
  buildingId: buildingId(house),
  kind,
  at: eventTime(NOW - hoursAgo * HOUR),
});

test('S16: each e-bike that got in counts once for its house, and only while marks are kept', () => {
  const marks = [
    mark('a', 'e-bike-in', 1),
    mark('a', 'e-bike-out', 0.9),
    mark('a', 'e-bike-in', 11),
    mark('a', 'e-bike-in', BIKE_HOURS + 0.1),
    mark('b', 'door-held', 1),
  ];
  expect([...countBikes(marks, ['c'], NOW)]).toEqual([
    ['a', { count: 2, now: false }],
    ['c', { count: 0, now: true }],
  ]);
});
