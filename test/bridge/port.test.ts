import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setPerson } from '../../native-bridge/access/people.ts';
import { alarmId, cameraId, incidentId } from '../../native-bridge/contract/brand.ts';
import { alarm, incident, reading, Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = new Stage();
  await stage.openPlatform('e1');
});
afterEach(() => stage.end());

test('T1 T2: a picture in pieces, then deltas without a hole; what was overtaken is counted', async () => {
  const viewer = await stage.view(await stage.start());
  await stage.live(viewer);
  await viewer.until(() => viewer.all('device').length === 3000);
  for (let round = 0; round < 100; round += 1) {
    stage.platform.publish(
      'fire-iot.reading',
      Array.from({ length: 50 }, (_, i) => reading(i, round)),
    );
    if (round % 10 === 0) await new Promise((go) => setTimeout(go, 20));
  }
  await viewer.until(() =>
    Array.from({ length: 50 }).every((_, i) => viewer.get('device', `d-${i}`)?.values?.['obscuration'] === 99),
  );
  expect(viewer.holes).toEqual([]);
  expect(viewer.coalesced).toBeGreaterThan(1000);
});

test('T1 T2: a window that slept is told the newest in one message; one that reconnects gets the difference', async () => {
  const bridge = await stage.start();
  const viewer = await stage.view(bridge);
  await stage.live(viewer);
  viewer.asleep = true;
  const before = viewer.deltas;
  for (let round = 0; round < 30; round += 1) {
    stage.platform.publish('fire-iot.reading', [reading(7, round)]);
    await new Promise((go) => setTimeout(go, 10));
  }
  await new Promise((go) => setTimeout(go, 300));
  expect(viewer.deltas - before).toBeLessThanOrEqual(1);
  viewer.asleep = false;
  viewer.say({ t: 'ack', clock: viewer.clock });
  await viewer.until(() => viewer.get('device', 'd-7')?.values?.['obscuration'] === 29);
  const run = viewer.welcome?.run ?? '';
  const clock = viewer.clock ?? 0;
  await viewer.close();
  stage.platform.publish('fire-iot.reading', [reading(8, 1)]);
  const again = await stage.view(bridge, { run, clock });
  await again.until(() => again.get('device', 'd-8')?.values?.['obscuration'] === 1);
  expect([again.wipes, again.all('device').length < 100]).toEqual([0, true]);
  const stranger = await stage.view(bridge, { run: 'another', clock });
  await stranger.until(() => stranger.all('device').length === 3000);
  expect(stranger.wipes).toBe(1);
});

test('T4: frames and boxes reach the viewer that wants the camera, from its newest key frame on', async () => {
  const bridge = await stage.start();
  const [one, other] = [await stage.view(bridge), await stage.view(bridge)];
  await stage.live(one);
  const cam = cameraId('cam-1');
  one.say({ t: 'cameras', ids: [cam] });
  await one.until(() => stage.platform.isWatched('cam-1'));
  const frame = (fseq: number) => {
    const pts = 1_790_000_000_000 + fseq * 66;
    stage.platform.video(
      { v: 1, cameraId: cam, pts, key: fseq % 10 === 0, codec: 'avc1.42E01E', w: 640, h: 360, fseq },
      new Uint8Array([0, 0, 0, 1, fseq]),
    );
    stage.platform.publish('fire-iot.detection', [
      {
        id: `det-${fseq}`,
        cameraId: cam,
        ts: pts,
        pts,
        label: 'e-bike',
        confidence: 0.9,
        box: [0.1, 0.1, 0.2, 0.2],
        track: 't1',
      },
    ]);
  };
  for (let fseq = 0; fseq < 25; fseq += 1) frame(fseq);
  await one.until(() => one.frames.length === 25 && one.boxes.length >= 25);
  expect([...(one.frames[24]?.data ?? [])]).toEqual([0, 0, 0, 1, 24]);
  expect(one.boxes.at(-1)?.boxes).toMatchObject([{ detectionId: 'det-24', label: 'e-bike', track: 't1' }]);
  expect([other.frames.length, other.boxes.length]).toEqual([0, 0]);
  // Its link says how many come: 25 within five seconds.
  await one.until(() => one.get('feed', 'video')?.pictures === 5);
  expect(one.get('feed', 'fire-iot')?.pictures).toBe(undefined);
  other.say({ t: 'cameras', ids: [cam] });
  await other.until(() => other.frames.length === 5);
  expect(other.frames.map(({ header }) => header.fseq)).toEqual([20, 21, 22, 23, 24]);
});

test('T4 F12: a picture whose bytes are not those that were vouched for is quarantined, and what it breaks is left out', async () => {
  const bridge = await stage.start();
  const one = await stage.view(bridge);
  await stage.live(one);
  const cam = cameraId('cam-1');
  one.say({ t: 'cameras', ids: [cam] });
  await one.until(() => stage.platform.isWatched('cam-1'));
  for (let fseq = 0; fseq < 30; fseq += 1) {
    const sent = new Uint8Array([0, 0, 0, 1, 0x41, fseq, 1, 2, 3]);
    const pts = 1_790_000_000_000 + fseq * 66;
    const header = { v: 1 as const, cameraId: cam, pts, key: fseq % 10 === 0, codec: 'avc1.4D401E', w: 640, h: 360 };
    const arrives = fseq === 14 ? sent.map((byte, i) => (i === 7 ? byte ^ 0x10 : byte)) : sent;
    stage.platform.video({ ...header, fseq, crc32: crc32(sent) }, arrives);
  }
  await one.until(() => one.frames.at(-1)?.header.fseq === 29);
  expect(one.frames.map(({ header }) => header.fseq)).toEqual([
    ...Array(14).keys(),
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
  ]);
  await expect
    .poll(async () => (await bridge.health()).feeds.find(({ source }) => source === 'video')?.quarantined)
    .toBe(1);
});

test('T6: who called, and one or two who need help on a floor, are masked for every window; whole for one look, and only to a role that may', async () => {
  const floors = [1, 0, 0, 0, 2, 4, 9, 2, 3, 4, 11, 3];
  const people = { format: 'fengsui/people@1', days: ['2026-03-01'], rows: [['b-9', 0, 8, 20, 5, floors]] };
  mkdirSync(join(stage.data, 'site'), { recursive: true });
  writeFileSync(join(stage.data, 'site', 'people.json'), JSON.stringify(people));
  const bridge = await stage.start();
  const [duty, field] = [await stage.view(bridge), await stage.view(bridge, { role: 'field' })];
  await stage.live(duty);
  stage.platform.publish('linkage-110.incident', [
    incident('reported', { caller: '王先生 13800000000', buildingId: 'b-9' }),
  ]);
  await Promise.all([duty, field].map((viewer) => viewer.until(() => viewer.all('incident').length === 1)));
  expect([duty, field].map((viewer) => viewer.get('incident', 'i-1')?.caller)).toEqual(['王＊＊', '王＊＊']);
  const look = { incidentId: incidentId('i-1') };
  expect(await duty.command('reveal', look, 'li')).toMatchObject({
    ok: true,
    result: { caller: '王先生 13800000000', residents: { help: 5, floors: [{}, { floor: 2, help: 2 }, {}] } },
  });
  expect(field.get('incident', 'i-1')?.residents).toMatchObject({
    ...{ surveyed: '2026-03-01', people: 20, help: 5 },
    floors: [
      { floor: 1, households: 0, people: 0, help: 0 },
      { floor: 2, households: 4, people: 9, help: null },
      { floor: 3, households: 4, people: 11, help: 3 },
    ],
  });
  expect(await field.command('reveal', look, 'zhao')).toMatchObject({ ok: false, code: 'forbidden' });
  expect(duty.get('incident', 'i-1')?.caller).toBe('王＊＊');
  const late = await stage.view(bridge, { role: 'viewer' });
  expect(late.get('incident', 'i-1')?.caller).toBe('王＊＊');
});

test('T3: an alarm, a detection and an order reach a window that is still drawing, and move no clock', async () => {
  const bridge = await stage.start();
  const viewer = await stage.view(bridge);
  await stage.live(viewer);
  viewer.asleep = true;
  stage.platform.publish('fire-iot.reading', [reading(1, 1)]);
  await viewer.until(() => viewer.get('device', 'd-1')?.values?.['obscuration'] === 1);
  await new Promise((go) => setTimeout(go, 120));
  const { clock, deltas } = viewer;
  const cam = cameraId('cam-1');
  stage.platform.publish('fire-iot.alarm', [alarm(1, 'fire')]);
  await viewer.until(() => viewer.get('alarm', 'a-1-fire') !== undefined, 1000);
  const detection = {
    id: 'x',
    cameraId: cam,
    ts: Date.now(),
    pts: 1,
    label: 'person',
    confidence: 1,
    box: [0, 0, 1, 1],
  };
  stage.platform.publish('fire-iot.detection', [detection]);
  await viewer.until(() => viewer.get('detection', 'cam-1/person') !== undefined, 1000);
  await viewer.command('acknowledge', { alarmIds: [alarmId('a-1-fire')] });
  await viewer.until(() => viewer.all('order').some(({ status }) => status === 'accepted'), 1000);
  expect(viewer.get('alarm', 'a-1-fire')?.state).toBe('acknowledged');
  expect([viewer.clock, viewer.deltas]).toEqual([clock, deltas]);
  expect(viewer.swift).toBeGreaterThan(2);
  viewer.asleep = false;
  viewer.say({ t: 'ack', clock });
  await viewer.until(() => viewer.deltas > deltas);
  expect(viewer.holes).toEqual([]);
});

test('X3 X4: once people are set up, acts wait for a PIN and bear the name of who signed in; the picture goes on', async () => {
  const bridge = await stage.start();
  const viewer = await stage.view(bridge);
  await stage.live(viewer);
  expect(viewer.get('seat', 'duty')).toMatchObject({ locked: false, by: 'nobody' });
  const person = await setPerson(stage.data, { name: '李值班', role: 'duty', pin: '246810' });
  await viewer.until(() => viewer.get('seat', 'duty')?.locked === true);
  stage.platform.publish('fire-iot.alarm', [alarm(1, 'fire')]);
  await viewer.until(() => viewer.get('alarm', 'a-1-fire') !== undefined);
  const acknowledge = () => viewer.command('acknowledge', { alarmIds: [alarmId('a-1-fire')] }, 'somebody');
  expect(await acknowledge()).toMatchObject({ ok: false, code: 'locked' });
  expect(await viewer.command('signIn', { personId: person.id, pin: '000000' })).toMatchObject({ code: 'wrong-pin' });
  expect(await viewer.command('signIn', { personId: person.id, pin: '246810' })).toMatchObject({ ok: true });
  expect(await acknowledge()).toMatchObject({ ok: true });
  await viewer.until(() => viewer.get('alarm', 'a-1-fire')?.acknowledged !== undefined);
  expect(viewer.get('alarm', 'a-1-fire')?.acknowledged?.by).toBe('李值班');
  expect(JSON.stringify([...viewer.world.values()].map((shelf) => [...shelf.values()]))).not.toContain('246810');
});
