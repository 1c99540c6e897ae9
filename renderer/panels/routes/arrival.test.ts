import { expect, test } from 'vitest';
import { eventTime, incidentId, receiveTime, unitId } from '../../../native-bridge/contract/brand.ts';
import type { WayRecord } from '../../../native-bridge/contract/forces-records.ts';
import type { UnitRecord } from '../../../native-bridge/contract/records.ts';
import { boundRows, clockOf, waterRows } from './arrival.ts';

const NOW = 1_764_000_000_000;
const unit = (id: string, status: string, incident = 'i-1'): UnitRecord => ({
  id: unitId(id),
  lon: 120,
  lat: 30,
  heading: 0,
  speed: 0,
  status,
  incidentId: incidentId(incident),
  source: 'fire-iot',
  at: eventTime(NOW),
  heard: receiveTime(NOW),
});
const way = (id: string, etaS: number, dueS: number): WayRecord => ({
  id: unitId(id),
  incidentId: incidentId('i-1'),
  at: receiveTime(NOW),
  eta: receiveTime(NOW + etaS * 1000),
  metres: 1000,
  due: eventTime(NOW + dueS * 1000),
  path: [],
});

test('minutes and seconds, never a negative time', () => {
  expect([0, 7.4, 59.6, 320, 3720, -4].map(clockOf)).toEqual(['0:00', '0:07', '1:00', '5:20', '62:00', '0:00']);
});
test('A1, A2: there, then coming by time against the promise; the unheard last and without a time', () => {
  const units = [
    unit('late', 'en-route'),
    unit('silent', 'en-route'),
    unit('soon', 'en-route'),
    unit('here', 'on-scene'),
    unit('other', 'en-route', 'i-2'),
  ];
  const ways = new Map(
    [way('late', 400, 300), way('soon', 100, 300), way('silent', 50, 300)].map((one) => [one.id as string, one]),
  );
  const rows = boundRows(units, ways, 'i-1', [], ({ id }) => id === unitId('silent'), NOW);
  expect(rows.map(({ unit: { id }, state, seconds, spare }) => [id, state, seconds, spare])).toEqual([
    ['here', 'there', null, null],
    ['soon', 'coming', 100, 200],
    ['late', 'coming', 400, -100],
    ['silent', 'unheard', null, null],
  ]);
});
test('A2: when the time has passed and it is not there, the wall says zero and counts what is left', () => {
  const [row] = boundRows([unit('u', 'en-route')], new Map([['u', way('u', -20, 100)]]), 'i-1', [], () => false, NOW);
  expect(row).toMatchObject({ seconds: 0, spare: 100 });
});
test('A3: a hydrant known to be broken comes last; one nobody heard of keeps its place', () => {
  const near = (placeId: string, metres: number) => ({ placeId, kind: 'hydrant' as const, metres, lon: 0, lat: 0 });
  const states: Record<string, string | null> = { a: 'offline', b: null, c: 'ok' };
  const rows = waterRows([near('a', 10), near('b', 20), near('c', 30)], (id) => states[id] ?? null);
  expect(rows.map((row) => [row.near.placeId, row.state])).toEqual([
    ['b', null],
    ['c', 'ok'],
    ['a', 'offline'],
  ]);
});
