import { expect, test } from 'vitest';
import { alarmId, deviceId, eventTime, incidentId, receiveTime } from '../contract/brand.ts';
import type { AlarmRules } from '../contract/site-duty.ts';
import type { IncidentEvent } from '../contract/wire.ts';
import { alarm, newPicture, newTown, T0, type Town } from './given.ts';

const S = 1000;
const MIN = 60 * S;
const reason = { zh: '理由', en: 'reason' };
const town = (rules: AlarmRules): Town => newTown(newPicture(1000, { rules }));
const raise = ({ tell }: Town, id: string, on: string, type: Parameters<typeof alarm>[2], at: number, more = {}) =>
  tell('fire-iot.alarm', [alarm(id, on, type, at, more)], at);
const clear = (given: Town, id: string, on: string, type: Parameters<typeof alarm>[2], at: number) =>
  raise(given, id, on, type, at, { state: 'cleared' });

test('P11: what leaves the shelf or a rule finds no place on the list while another reason to set it aside holds', () => {
  const start = Math.ceil(T0 / 86_400_000) * 86_400_000;
  const given = town({ suppress: [{ id: 'works', types: ['offline'], from: '08:00', to: '09:00', reason }] });
  const { acts } = given.picture;
  raise(given, 'a', 's-1', 'fault', start);
  raise(given, 'b', 's-1', 'low-battery', start);
  raise(given, 'o', 's-1', 'offline', start);
  acts.shelve(alarmId('a'), 10, 'known', 'li', receiveTime(start + S));
  acts.shelve(alarmId('b'), 600, 'known', 'li', receiveTime(start + S));
  acts.outOfService(deviceId('s-1'), '维修', 'li', receiveTime(start + 2 * S));
  expect(['a', 'b', 'o'].map((id) => given.theAlarm(id).state)).toEqual(['shelved', 'shelved', 'suppressed']);
  given.picture.tick(receiveTime(start + 11 * MIN));
  acts.unshelve(alarmId('b'));
  given.picture.tick(receiveTime(start + 61 * MIN));
  for (const id of ['a', 'b', 'o'])
    expect(given.theAlarm(id)).toMatchObject({ state: 'out-of-service', suppressedBy: 'out-of-service' });
  expect(given.strip()).toMatchObject({ received: 3, shelved: 3, outOfService: 3, suppressed: 0 });
  acts.inService(deviceId('s-1'));
  expect(['a', 'b', 'o'].map((id) => given.theAlarm(id).state)).toEqual(Array(3).fill('unacknowledged'));
  // Back in service within the hours of the rule: the rule's again.
  acts.outOfService(deviceId('s-1'), '维修', 'li', receiveTime(start + 62 * MIN));
  given.picture.tick(receiveTime(start + 24 * 60 * MIN + MIN));
  acts.inService(deviceId('s-1'));
  expect(given.theAlarm('o')).toMatchObject({ state: 'suppressed', suppressedBy: 'works' });
});

test('P12: told worse while a delay runs it is worse at once; the delay stays, and who had seen the lesser sees it anew', () => {
  const given = town({
    priority: [{ id: 'tower', types: ['fault'], places: ['high-rise'], level: 2, reason }],
    delays: [{ types: ['fault'], onS: 10, offS: 10 }],
  });
  raise(given, 'a', 's-1', 'fault', T0, { level: 3 });
  raise(given, 'a', 's-1', 'fault', T0 + 2 * S, { level: 1 });
  expect(given.theAlarm('a')).toMatchObject({ state: 'normal', level: 1, rises: 0 });
  given.picture.tick(receiveTime(T0 + 10 * S));
  expect(given.theAlarm('a')).toMatchObject({ state: 'unacknowledged', level: 1, rises: 1 });

  raise(given, 'b', 's-2', 'fault', T0, { level: 4 });
  given.picture.tick(receiveTime(T0 + 20 * S));
  given.picture.acts.acknowledge([alarmId('b')], 'li', receiveTime(T0 + 21 * S));
  clear(given, 'b', 's-2', 'fault', T0 + 22 * S);
  raise(given, 'b', 's-2', 'fault', T0 + 23 * S, { level: 1 });
  expect(given.theAlarm('b')).toMatchObject({ state: 'unacknowledged', level: 1, active: true, repeats: 0 });
  given.strip();
});

test('P24: a latching alarm stays after it has returned, seen before or after, until it is confirmed; others go', () => {
  const given = town({ latch: ['fire'] });
  const { acts } = given.picture;
  raise(given, 'seen', 's-1', 'fire', T0);
  raise(given, 'late', 's-2', 'fire', T0);
  raise(given, 'dull', 's-3', 'fault', T0);
  acts.acknowledge([alarmId('seen'), alarmId('dull')], 'li', receiveTime(T0 + S));
  for (const [id, on, type] of [
    ['seen', 's-1', 'fire'],
    ['late', 's-2', 'fire'],
    ['dull', 's-3', 'fault'],
  ] as const)
    clear(given, id, on, type, T0 + 2 * S);
  expect(['seen', 'late', 'dull'].map((id) => given.theAlarm(id).state)).toEqual([
    'acknowledged',
    'returned-unacknowledged',
    'normal',
  ]);
  acts.acknowledge([alarmId('late')], 'li', receiveTime(T0 + 3 * S));
  given.picture.tick(receiveTime(T0 + 60 * MIN));
  expect(given.theAlarm('late')).toMatchObject({ state: 'acknowledged', active: false, clearedAt: T0 + 2 * S });
  expect(given.picture.summary().openAlarms).toBe(2);
  acts.confirm(alarmId('seen'), 'true', 'li', receiveTime(T0 + 61 * MIN));
  expect(given.theAlarm('seen').state).toBe('normal');
  // It burns anew before anybody has said what it was: news, not a repeat of what was seen.
  raise(given, 'late', 's-2', 'fire', T0 + 62 * MIN);
  expect(given.theAlarm('late')).toMatchObject({ state: 'unacknowledged', active: true });
  // Confirmed while it stood: gone when it returns.
  acts.confirm(alarmId('late'), 'false', 'li', receiveTime(T0 + 63 * MIN));
  clear(given, 'late', 's-2', 'fire', T0 + 64 * MIN);
  expect(given.theAlarm('late').state).toBe('normal');
  given.strip();
});

test('P12: acknowledged, standing and left alone it calls again; dealt with it does not', () => {
  const given = town({ reAlarmMin: { '1': 10 } });
  const { acts, log } = given.picture;
  const report: IncidentEvent = {
    ...{ id: incidentId('i'), ts: eventTime(T0), kind: 'fire', level: 3, status: 'reported' },
    ...{ title: 'a fire', address: 'somewhere', lon: 120.87, lat: 30.03 },
  };
  given.tell('linkage-110.incident', [report], T0);
  raise(given, 'a', 's-1', 'fire', T0, { level: 1 });
  raise(given, 'b', 's-2', 'fire', T0, { level: 1 });
  acts.acknowledge([alarmId('a'), alarmId('b')], 'li', receiveTime(T0 + S));
  acts.confirm(alarmId('b'), 'true', 'li', receiveTime(T0 + 2 * S));
  given.picture.tick(receiveTime(T0 + 10 * MIN));
  expect(given.theAlarm('a').state).toBe('acknowledged');
  given.picture.tick(receiveTime(T0 + 10 * MIN + S));
  expect(given.theAlarm('a')).toMatchObject({ state: 'unacknowledged', reAlarmedAt: T0 + 10 * MIN + S });
  expect(given.theAlarm('b').state).toBe('acknowledged');
  const again = [...log.all('entry')].filter(({ what }) => what === 'called-again');
  expect(again).toMatchObject([
    { kind: 'act', incidentId: 'i', at: T0 + 10 * MIN + S, who: given.theAlarm('a').deviceName },
  ]);
});
