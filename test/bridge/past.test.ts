import { afterEach, beforeEach, expect, test } from 'vitest';
import { alarmId, cameraId } from '../../native-bridge/contract/brand.ts';
import type { Span } from '../../native-bridge/contract/past.ts';
import { COLLECTIONS } from '../../native-bridge/contract/records.ts';
import { alarm, incident, reading, Stage } from './stage.ts';
import type { Viewer } from './viewer.ts';

let stage: Stage;
beforeEach(async () => {
  stage = new Stage();
  await stage.openPlatform('e1');
});
afterEach(() => stage.end());
const wait = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
/** Nobody is shown a moment past what was kept, and the thread that keeps gives way: asked again at `at` until it is there. */
const kept = async (past: Viewer, at: number, good: (spans: readonly Span[]) => boolean): Promise<void> => {
  while (!good(past.time?.spans ?? [])) {
    past.say({ t: 'time', at });
    await wait(200);
  }
};
const VALUE = 'obscuration';
const sorted = <R extends { id: string }>(records: readonly R[]): R[] =>
  [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

test('Z1 Z2 Z6 Z8: the wall of a moment comes back with acts and links as they were, through kill -9, and carries no act', async () => {
  const bridge = await stage.start();
  const live = await stage.view(bridge);
  await stage.live(live);
  stage.platform.publish('fire-iot.reading', [reading(3, 1)]);
  stage.platform.publish('fire-iot.alarm', [alarm(1, 'fire')]);
  stage.platform.publish('linkage-110.incident', [incident('reported', { caller: '王先生 13800000000' })]);
  await live.until(
    () => live.get('alarm', 'a-1-fire') !== undefined && live.get('device', 'd-3')?.values !== undefined,
  );
  await wait(2100);
  const early = Date.now();
  await live.command('acknowledge', { alarmIds: [alarmId('a-1-fire')] }, 'li');
  stage.platform.publish('fire-iot.reading', [reading(3, 2)]);
  await live.until(() => live.get('device', 'd-3')?.values?.[VALUE] === 2);
  await wait(2100);
  const late = Date.now();
  const acknowledged = live.get('alarm', 'a-1-fire');
  // Rates and ages move by themselves; everything else stands still by now.
  const still = COLLECTIONS.filter((name) => name !== 'feed' && name !== 'recording' && name !== 'performance');
  const everything = structuredClone(Object.fromEntries(still.map((name) => [name, sorted(live.all(name))])));

  const past = await stage.view(bridge, { at: early });
  expect(past.welcome?.run).not.toBe(live.welcome?.run);
  expect(past.all('device').length).toBe(3000);
  expect(past.get('alarm', 'a-1-fire')?.state).toBe('unacknowledged');
  expect(past.get('device', 'd-3')?.values?.[VALUE]).toBe(1);
  expect(past.get('feed', 'fire-iot')?.link).toBe('live');
  expect(past.get('incident', 'i-1')?.caller).toBe('王＊＊');
  await past.until(() => past.time !== null);
  expect(past.time).toMatchObject({ at: early, speed: 0, last: null, damaged: false });
  // Nothing can be done there, nor from the window's connection of now while it looks back.
  const ids = { alarmIds: [alarmId('a-1-fire')] };
  expect(await past.command('acknowledge', ids)).toMatchObject({ ok: false, code: 'in-the-past' });
  live.say({ t: 'past', shown: true });
  expect(await live.command('openIncident', { alarmId: alarmId('a-1-fire') })).toMatchObject({ code: 'in-the-past' });
  live.say({ t: 'past', shown: false });
  expect(await live.command('acknowledge', ids)).toMatchObject({ ok: true });

  // On to the later moment: only what differs comes.
  const wipes = past.wipes;
  await kept(past, early, (spans) => (spans.at(-1)?.[1] ?? 0) >= late);
  past.say({ t: 'time', at: late });
  // Z6: the word of the moment comes after its picture.
  await past.until(() => past.time?.at === late);
  expect(past.get('device', 'd-3')?.values?.[VALUE]).toBe(2);
  expect(past.get('alarm', 'a-1-fire')?.state).toBe('acknowledged');
  expect(past.get('alarm', 'a-1-fire')).toEqual(acknowledged);
  for (const name of still) expect(sorted(past.all(name)), name).toEqual(everything[name]);
  expect(past.all('cover').length).toBe(live.all('cover').length);
  past.say({ t: 'time', at: early });
  await past.until(() => past.get('device', 'd-3')?.values?.[VALUE] === 1);
  expect([past.wipes - wipes, past.holes]).toEqual([0, []]);
  // It plays, at its speed, and never past what was kept.
  past.say({ t: 'time', speed: 20 });
  await past.until(() => past.get('device', 'd-3')?.values?.[VALUE] === 2);
  await past.until(() => (past.time?.at ?? 0) >= late);
  expect(past.time?.at ?? 0).toBeLessThanOrEqual(Date.now());

  await bridge.stop('SIGKILL');
  await wait(6000);
  const again = await stage.start();
  const after = await stage.view(again, { at: early });
  expect(after.get('alarm', 'a-1-fire')?.state).toBe('unacknowledged');
  await kept(after, early, (spans) => spans.length === 2);
  after.say({ t: 'time', at: late + 4000 });
  await after.until(() => after.time?.at === late + 4000);
  expect(after.time?.last ?? 0).toBeLessThanOrEqual(late + 2000);
  expect(after.time?.spans.length).toBe(2);
}, 60_000);

test('Z7: a camera shows the kept clip of the moment, up to the moment', async () => {
  const bridge = await stage.start();
  const live = await stage.view(bridge);
  await stage.live(live);
  const cam = cameraId('cam-1');
  live.say({ t: 'cameras', ids: [cam] });
  await live.until(() => stage.platform.isWatched('cam-1'));
  // When each was said, and when a window of now had it: in between the bridge heard it.
  const sent: number[] = [];
  const seen: number[] = [];
  const watch = setInterval(() => {
    while (seen.length < live.frames.length) seen.push(Date.now());
  }, 5);
  for (let fseq = 0; fseq < 30; fseq += 1) {
    const pts = 1_790_000_000_000 + fseq * 66;
    const header = {
      v: 1 as const,
      cameraId: cam,
      pts,
      key: fseq % 10 === 0,
      codec: 'avc1.42E01E',
      w: 640,
      h: 360,
      fseq,
    };
    stage.platform.video(header, new Uint8Array([0, 0, 0, 1, fseq]));
    sent.push(Date.now());
    if (fseq === 4) {
      const seen = {
        id: 'det',
        cameraId: cam,
        ts: pts,
        pts,
        label: 'e-bike',
        confidence: 0.9,
        box: [0, 0, 1, 1],
        track: 't',
      };
      stage.platform.publish('fire-iot.detection', [seen]);
    }
    await wait(60);
  }
  await live.until(() => live.all('clip').some(({ state }) => state === 'kept'), 20_000);
  clearInterval(watch);
  const numbers = ({ frames }: Viewer): number[] => frames.map(({ data }) => data[4] ?? -1);
  expect(numbers(live)).toEqual(sent.map((_at, fseq) => fseq));
  const past = await stage.view(bridge, { at: seen[15] ?? 0 });
  past.say({ t: 'cameras', ids: [cam] });
  const upTo = async (fseq: number): Promise<void> => {
    const moment = seen[fseq] ?? 0;
    await past.until(() => numbers(past).some((number) => number >= fseq));
    await wait(300);
    expect(sent[Math.max(...numbers(past))]).toBeLessThanOrEqual(moment);
  };
  await upTo(15);
  // The group of pictures that the moment stands in begins with its key frame.
  expect((numbers(past)[0] ?? -1) % 10).toBe(0);
  expect(numbers(past)[0]).toBeGreaterThanOrEqual(10);
  past.say({ t: 'time', at: seen[25] ?? 0, speed: 0 });
  await upTo(25);
}, 60_000);
