import { expect, test } from 'vitest';
import {
  alarmId,
  buildingId,
  cameraId,
  clock,
  detectionId,
  deviceId,
  elevatorId,
  eventTime,
  receiveTime,
} from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord, DetectionRecord } from '../../native-bridge/contract/records.ts';
import { createDesk } from './desk.ts';
import { createIntents, IntentRefused, type Send } from './intents.ts';
import { createView } from './view.ts';
import { createWorld } from './world.ts';

const alarm = (id: string, over: Partial<AlarmRecord> = {}): AlarmRecord => ({
  id: alarmId(id),
  deviceId: deviceId('lift-1'),
  deviceName: 'lift',
  deviceKind: 'elevator',
  source: 'fire-iot',
  type: 'e-bike',
  level: 2,
  state: 'unacknowledged',
  active: true,
  repeats: 0,
  contactLost: false,
  lon: 120.8,
  lat: 30,
  buildingId: buildingId('b1'),
  floor: 12,
  cameraId: cameraId('cam-1'),
  at: eventTime(1000),
  heard: receiveTime(1000),
  ...over,
});
const detection: DetectionRecord = {
  id: 'cam-1/7',
  detectionId: detectionId('det-9'),
  cameraId: cameraId('cam-1'),
  pts: 1,
  label: 'e-bike',
  confidence: 0.9,
  box: [0, 0, 1, 1],
  track: '7',
  elevatorId: elevatorId('lift-1'),
  firstAt: eventTime(900),
  source: 'fire-iot',
  at: eventTime(1000),
  heard: receiveTime(1000),
};
const setUp = (alarms: AlarmRecord[], connected = true) => {
  const [world, view, intents] = [createWorld(() => 5000), createView(), createIntents()];
  world.wipe(clock(1), 5000, { alarm: alarms, detection: [detection] }, true);
  const sent: unknown[] = [];
  const send: Send = (name, args, by) => {
    sent.push([name, args, by]);
    return Promise.reject(new IntentRefused('busy', 'not now'));
  };
  if (connected) intents.connect(send);
  return { desk: createDesk({ world, view, intents }, 'duty-1'), view, sent };
};
const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

test('K3: with nothing chosen, the first press chooses and opens the worst, the second acts', () => {
  const { desk, view, sent } = setUp([alarm('minor', { level: 4 }), alarm('worst', { level: 1 })]);
  desk.acknowledge();
  expect(sent).toEqual([]);
  expect(view.getState()).toMatchObject({
    selection: { kind: 'alarm', id: 'worst' },
    openBuilding: 'b1',
    openFloor: 12,
  });
  desk.acknowledge();
  expect(sent).toEqual([['acknowledge', { alarmIds: ['worst'] }, 'duty-1']]);
});
test('K1: an act that the bridge refuses, or that cannot reach it, leaves a notice', async () => {
  for (const connected of [true, false]) {
    const { desk } = setUp([alarm('a')], connected);
    desk.choose(1);
    desk.acknowledge();
    await turn();
    expect(desk.notices.getState().list).toMatchObject([
      { command: 'acknowledge', code: connected ? 'busy' : 'not-connected' },
    ]);
  }
});
test('K1: where there is nothing to act on, the wall says so', () => {
  const { desk, sent } = setUp([alarm('a', { type: 'fire' })]);
  desk.choose(1);
  desk.remind();
  desk.verdict('bicycle');
  expect(sent).toEqual([]);
  expect(desk.notices.getState().list.map((one) => one.code)).toEqual(['nothing', 'nothing']);
});
test('a verdict names the detection on the alarm’s camera', () => {
  const { desk, sent } = setUp([alarm('a')]);
  desk.choose(1);
  desk.verdict('stroller');
  desk.remind();
  expect(sent).toEqual([
    ['verdict', { cameraId: 'cam-1', detectionId: 'det-9', is: 'stroller' }, 'duty-1'],
    ['remind', { buildingId: 'b1', about: 'e-bike' }, 'duty-1'],
  ]);
});
test('moving stops at both ends; numbers count from the first row shown', () => {
  const { desk, view } = setUp([alarm('a', { level: 1 }), alarm('b', { level: 2 }), alarm('c', { level: 3 })]);
  const chosen = (): unknown => view.getState().selection;
  desk.move(1);
  desk.move(-1);
  expect(chosen()).toMatchObject({ id: 'a' });
  for (let i = 0; i < 5; i++) desk.move(1);
  expect(chosen()).toMatchObject({ id: 'c' });
  desk.rowsDrawn([alarmId('b'), alarmId('c')]);
  desk.choose(1);
  expect(chosen()).toMatchObject({ id: 'b' });
});
test('Esc lets go of one thing at a time: help, the enlarged video, then the selection', () => {
  const { desk, view } = setUp([alarm('a')]);
  desk.choose(1);
  desk.video();
  desk.help();
  expect(view.getState()).toMatchObject({ help: true, pinnedCamera: 'cam-1' });
  desk.back();
  expect(view.getState()).toMatchObject({ help: false, pinnedCamera: 'cam-1' });
  desk.back();
  expect(view.getState()).toMatchObject({ pinnedCamera: null, selection: { id: 'a' } });
  desk.back();
  expect(view.getState()).toMatchObject({ selection: null, openBuilding: null });
});
test('mute lasts five minutes of the bridge’s time and a second press ends it', () => {
  const { desk, view } = setUp([]);
  desk.mute();
  expect(view.getState().mutedUntil).toBe(5000 + 300_000);
  desk.mute();
  expect(view.getState().mutedUntil).toBe(0);
});
