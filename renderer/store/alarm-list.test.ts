import { expect, test } from 'vitest';
import { alarmId, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import { alarmRows, pageOf, unacknowledgedIn, worstUnacknowledged } from './alarm-list.ts';

const make = (id: string, over: Partial<AlarmRecord> = {}): AlarmRecord => ({
  id: alarmId(id),
  deviceId: deviceId('d'),
  deviceName: 'd',
  deviceKind: 'smoke',
  source: 'fire-iot',
  type: 'fire',
  level: 2,
  state: 'unacknowledged',
  active: true,
  repeats: 0,
  contactLost: false,
  lon: 120,
  lat: 30,
  at: eventTime(1000),
  heard: receiveTime(1000),
  ...over,
});
const map = (...alarms: AlarmRecord[]): Map<string, AlarmRecord> => new Map(alarms.map((alarm) => [alarm.id, alarm]));
const ids = (alarms: Map<string, AlarmRecord>): string[] => alarmRows(alarms).map((row) => row.alarm.id);

test('A1: the worst level first, whatever its age or state', () => {
  expect(
    ids(
      map(
        make('new3', { level: 3, at: eventTime(9000) }),
        make('old1', { level: 1, state: 'acknowledged' }),
        make('two'),
      ),
    ),
  ).toEqual(['old1', 'two', 'new3']);
});
test('A2: within a level the unacknowledged first, then the newest', () => {
  const alarms = map(
    make('acked', { state: 'acknowledged', at: eventTime(9000) }),
    make('old'),
    make('new', { at: eventTime(2000) }),
    make('back', { state: 'returned-unacknowledged', at: eventTime(3000) }),
  );
  expect(ids(alarms)).toEqual(['back', 'new', 'old', 'acked']);
});
test('A2: what is normal, shelved, suppressed or out of service is not in the list', () => {
  expect(
    ids(
      map(
        make('a', { state: 'normal' }),
        make('b', { state: 'shelved' }),
        make('c', { state: 'suppressed' }),
        make('d', { state: 'out-of-service' }),
        make('e'),
      ),
    ),
  ).toEqual(['e']);
});
test('A3: what is rolled up is counted under its head and acknowledged with it', () => {
  const alarms = map(
    make('head'),
    make('x', { groupedUnder: alarmId('head') }),
    make('y', { groupedUnder: alarmId('head'), state: 'acknowledged' }),
  );
  const [row] = alarmRows(alarms);
  expect(ids(alarms)).toEqual(['head']);
  expect(row?.under.map((alarm) => alarm.id)).toEqual(['x', 'y']);
  expect(row && unacknowledgedIn(row)).toEqual(['head', 'x']);
});
test('A3: it stands alone when its head is gone, closed, or itself rolled up', () => {
  expect(ids(map(make('x', { groupedUnder: alarmId('nobody') })))).toEqual(['x']);
  expect(ids(map(make('head', { state: 'normal' }), make('x', { groupedUnder: alarmId('head') })))).toEqual(['x']);
  const chain = map(make('a'), make('b', { groupedUnder: alarmId('a') }), make('c', { groupedUnder: alarmId('b') }));
  expect(alarmRows(chain).reduce((n, row) => n + 1 + row.under.length, 0)).toBe(3);
});
test('the worst unacknowledged level, also of what is rolled up', () => {
  expect(worstUnacknowledged(map(make('a', { level: 1, state: 'acknowledged' }), make('b', { level: 3 })))).toBe(3);
  expect(worstUnacknowledged(map(make('a', { state: 'acknowledged' })))).toBe(null);
});
test('the page is the one that shows the chosen row', () => {
  expect(pageOf(40, 7, -1)).toEqual({ from: 0, to: 7 });
  expect(pageOf(40, 7, 13)).toEqual({ from: 7, to: 14 });
  expect(pageOf(40, 7, 39)).toEqual({ from: 35, to: 40 });
  expect(pageOf(3, 0, -1)).toEqual({ from: 0, to: 1 });
});
