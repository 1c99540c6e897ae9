import { expect, test } from 'vitest';
import { buildingId, elevatorId, eventTime, receiveTime } from '../../../native-bridge/contract/brand.ts';
import type { MarkRecord } from '../../../native-bridge/contract/records.ts';
import { CHAIN_MS, chainsOf, hourStep, RIDE_MS, ridesOf, scoresOf } from './ribbon-data.ts';

let n = 0;
const mark = (kind: MarkRecord['kind'], at: number, floor: number, lift = 'e1'): MarkRecord => ({
  id: `m${n++}`,
  buildingId: buildingId('b'),
  elevatorId: elevatorId(lift),
  floor,
  kind,
  at: eventTime(at),
  heard: receiveTime(at),
  source: 'fire-iot',
});

test('a ride joins boarding and leaving of one elevator, and nothing that lies too far apart', () => {
  const a = mark('e-bike-in', 0, 1);
  const b = mark('e-bike-in', 10, 1, 'e2');
  const c = mark('e-bike-out', 40_000, 9);
  const late = mark('e-bike-out', 10 + RIDE_MS + 1, 5, 'e2');
  expect(ridesOf([c, a, late, b])).toEqual([{ from: a, to: c }]);
});

test('a chain holds what was heard on the floor where an e-bike got out, afterwards and not elsewhere', () => {
  const out = mark('e-bike-out', 1000, 9);
  const charging = mark('charging', 60_000, 9);
  const smoke = mark('smoke', 120_000, 9);
  const before = mark('current', 500, 9);
  const elsewhere = mark('smoke', 70_000, 8);
  const tooLate = mark('fire', 1000 + CHAIN_MS + 1, 9);
  expect(chainsOf([smoke, out, before, elsewhere, tooLate, charging])).toEqual([
    { floor: 9, links: [out, charging, smoke], scores: [1, 2, 5] },
  ]);
});

test('the time axis has no more lines than there is room for', () => {
  expect(hourStep(12 * 3_600_000, 6)).toBe(2);
  expect(hourStep(3_600_000, 4)).toBe(0.25);
});

test('the score of a chain rises with each new sign, never falls, and a reading as it always is adds nothing', () => {
  const read = (kind: MarkRecord['kind'], at: number, value: number): MarkRecord => ({ ...mark(kind, at, 9), value });
  const calm = [mark('e-bike-out', 0, 9), read('current', 1, 4), read('smoke', 2, 0.1), read('current', 3, 4.2)];
  expect(scoresOf(calm)).toEqual([1, 1, 1, 1]);
  const grave = [
    ...[mark('e-bike-out', 0, 9), read('charging', 1, 120), read('current', 2, 4), read('current', 3, 6)],
    ...[read('current', 4, 5), read('smoke', 5, 0.6), read('smoke', 6, 2.4), mark('fire', 7, 9)],
  ];
  expect(scoresOf(grave)).toEqual([1, 2, 2, 4, 4, 4, 7, 12]);
});
