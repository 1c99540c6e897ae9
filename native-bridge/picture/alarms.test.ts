import { beforeEach, expect, test } from 'vitest';
import { alarmId, buildingId, receiveTime } from '../contract/brand.ts';
import { Refused } from './acts.ts';
import { alarm, device, feed, newTown, T0, type Town } from './given.ts';
import type { Picture } from './picture.ts';

let picture: Picture;
let tell: Town['tell'];
let theAlarm: Town['theAlarm'];
let strip: Town['strip'];
beforeEach(() => {
  ({ picture, tell, theAlarm, strip } = newTown());
});

test('P3: raised, acknowledged, cleared: normal; cleared first: returned-unacknowledged until seen', () => {
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fire', T0)], T0);
  expect(theAlarm('a')).toMatchObject({
    state: 'unacknowledged',
    floor: 12,
    buildingId: 'b-1',
    deviceName: 'name of s-1',
  });
  expect(picture.log.get('device', 's-1')?.worst).toBe(2);
  expect(picture.acts.acknowledge([alarmId('a')], 'li', receiveTime(T0 + 1))).toEqual(['a']);
  expect(picture.acts.acknowledge([alarmId('a')], 'wang', receiveTime(T0 + 2))).toEqual([]);
  expect(theAlarm('a').acknowledged?.by).toBe('li');
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fire', T0 + 5, { state: 'cleared' })], T0 + 5);
  expect(theAlarm('a')).toMatchObject({ state: 'normal', active: false, clearedAt: T0 + 5 });
  expect(picture.log.get('device', 's-1')?.worst).toBe(0);
  tell('fire-iot.alarm', [alarm('b', 's-3', 'fault', T0)], T0);
  tell('fire-iot.alarm', [alarm('b', 's-3', 'fault', T0 + 1, { state: 'cleared' })], T0 + 1);
  expect(theAlarm('b').state).toBe('returned-unacknowledged');
  picture.acts.acknowledge([alarmId('b')], 'li', receiveTime(T0 + 2));
  expect(theAlarm('b').state).toBe('normal');
});

test('P3: the clearing heard before the raising gives the same alarm; what is told twice counts once', () => {
  const raised = alarm('a', 's-1', 'fault', T0);
  const cleared = alarm('a', 's-1', 'fault', T0 + 10, { state: 'cleared' });
  tell('fire-iot.alarm', [cleared], T0 + 20);
  expect(theAlarm('a').state).toBe('normal');
  tell('fire-iot.alarm', [raised], T0 + 30, 'replay');
  expect(theAlarm('a')).toMatchObject({ state: 'returned-unacknowledged', at: T0, clearedAt: T0 + 10, repeats: 0 });
  tell('fire-iot.alarm', [raised, cleared], T0 + 40, 'replay');
  expect(theAlarm('a')).toMatchObject({ state: 'returned-unacknowledged', repeats: 0 });
  expect(strip()).toMatchObject({ received: 1, shown: 1 });
});

test('P3: another id for the same device and kind is a repeat; it is over when all of them are', () => {
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fault', T0), alarm('b', 's-1', 'fault', T0 + 1000)], T0 + 1000);
  expect(picture.log.get('alarm', 'b')).toBeUndefined();
  expect(theAlarm('a')).toMatchObject({ repeats: 1, at: T0, lastAt: T0 + 1000 });
  tell('fire-iot.alarm', [alarm('b', 's-1', 'fault', T0 + 2000, { state: 'cleared' })], T0 + 2000);
  expect(theAlarm('a').active).toBe(true);
  tell('fire-iot.alarm', [alarm('c', 's-1', 'fault', T0 + 3000, { state: 'cleared' })], T0 + 3000);
  expect(theAlarm('a').active).toBe(false);
});

test('P3: more than five changes in five minutes chatter, and stop chattering when calm', () => {
  for (let i = 0; i < 4; i += 1) {
    tell('fire-iot.alarm', [alarm('a', 's-1', 'fault', T0 + i * 2000)], T0 + i * 2000);
    tell(
      'fire-iot.alarm',
      [alarm('a', 's-1', 'fault', T0 + i * 2000 + 1000, { state: 'cleared' })],
      T0 + i * 2000 + 1000,
    );
    expect(theAlarm('a').chattering ?? false).toBe(i >= 2);
  }
  picture.tick(receiveTime(T0 + 6 * 60_000));
  expect(theAlarm('a').chattering).toBe(false);
});

test('P4: shown, grouped, shelved and duplicates always add up', () => {
  tell(
    'fire-iot.alarm',
    [alarm('a', 's-1', 'fault', T0, { level: 3 }), alarm('b', 's-2', 'low-battery', T0 + 1, { level: 4 })],
    T0,
  );
  expect(strip()).toMatchObject({ received: 2, shown: 1, grouped: 1 });
  expect(theAlarm('b').groupedUnder).toBe('a');
  tell('fire-iot.alarm', [alarm('c', 's-2', 'overload', T0 + 2, { level: 1 })], T0);
  expect(theAlarm('c').groupedUnder).toBeUndefined();
  expect([theAlarm('a').groupedUnder, theAlarm('b').groupedUnder]).toEqual(['c', 'c']);
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fault', T0 + 60, { level: 3 })], T0 + 60);
  expect(strip()).toMatchObject({ received: 4, shown: 1, grouped: 2, duplicates: 1 });
  picture.acts.shelve(alarmId('c'), 30, 'known', 'li', receiveTime(T0 + 100));
  picture.tick(receiveTime(T0 + 100));
  expect(strip()).toMatchObject({ received: 4, shown: 1, grouped: 1, shelved: 1, duplicates: 1 });
  expect(theAlarm('b').groupedUnder).toBe('a');
  picture.tick(receiveTime(T0 + 31 * 60_000));
  expect(theAlarm('c').state).toBe('unacknowledged');
  expect(strip()).toMatchObject({ received: 4, shelved: 0 });
});

test('P4: a flood begins above ten in ten minutes and is over below five; tallies count by hour and kind', () => {
  tell(
    'fire-iot.device',
    Array.from({ length: 12 }, (_, i) => device(`f-${i}`)),
    T0,
  );
  for (let i = 0; i < 11; i += 1)
    tell('fire-iot.alarm', [alarm(`x${i}`, `f-${i}`, 'offline', T0 + i, { level: 4 })], T0 + i);
  expect(strip()).toMatchObject({ flood: true, lastTenMinutes: 11 });
  const hour = Math.floor(T0 / 3_600_000) * 3_600_000;
  expect(picture.log.get('tally', `${hour}/offline`)?.count).toBe(11);
  picture.tick(receiveTime(T0 + 11 * 60_000));
  expect(strip()).toMatchObject({ flood: false, lastTenMinutes: 0 });
});

test('P5: a fire is never shelved nor rolled up, and its group mates are', () => {
  tell(
    'fire-iot.alarm',
    [alarm('a', 's-1', 'overload', T0, { level: 1 }), alarm('f', 's-2', 'fire', T0 + 1, { level: 3 })],
    T0,
  );
  expect(theAlarm('f').groupedUnder).toBeUndefined();
  expect(() => picture.acts.shelve(alarmId('f'), 10, 'x', 'li', receiveTime(T0))).toThrow(Refused);
  expect(theAlarm('f').state).toBe('unacknowledged');
  expect(() => picture.acts.shelve(alarmId('a'), Number.NaN, 'x', 'li', receiveTime(T0))).toThrow(/minutes/);
});

test('P5: contact lost marks what is raised; the same log regained unmarks it, another log only when told anew', () => {
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fire', T0), alarm('b', 's-3', 'fault', T0)], T0);
  picture.feed(feed('live'));
  picture.feed(feed('lost'));
  expect([theAlarm('a').contactLost, theAlarm('a').state]).toEqual([true, 'unacknowledged']);
  picture.feed(feed('live'));
  expect(theAlarm('a').contactLost).toBe(false);
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fire', T0)], T0 + 9, 'snapshot', 'e2');
  picture.feed(feed('live', 'e2'));
  expect([theAlarm('a').contactLost, theAlarm('b').contactLost]).toEqual([false, true]);
  picture.acts.confirm(alarmId('b'), 'false', 'li', receiveTime(T0 + 10));
  expect(theAlarm('b').state).toBe('normal');
});

test('the camera: the elevator’s own for its cab, the control room’s when unattended, else the nearest in reach', () => {
  tell(
    'fire-iot.device',
    [device('cr', { kind: 'control-room', buildingId: buildingId('b-1') }), device('far', { lon: 121.5 })],
    T0,
  );
  tell(
    'fire-iot.alarm',
    [
      alarm('1', 'el-1', 'e-bike', T0),
      alarm('2', 'cr', 'unattended', T0),
      alarm('3', 's-1', 'fire', T0),
      alarm('4', 'far', 'fire', T0),
    ],
    T0,
  );
  expect(['1', '2', '3', '4'].map((id) => theAlarm(id).cameraId)).toEqual([
    'cam-lift',
    'cam-room',
    'cam-street',
    undefined,
  ]);
});
