import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { manualClock } from './base/clock.ts';
import { silentLog } from './base/log.ts';
import { cameraId, deviceId, type EventTime } from './contract/brand.ts';
import type { FeedRecord } from './contract/records.ts';
import type { AlarmEvent } from './contract/wire.ts';
import { openEyes, type Eyes } from './eyes.ts';
import { NOTHING_KNOWN } from './picture/desk.ts';
import { createPicture, type Picture } from './picture/picture.ts';
import { AGE_LIMITS } from './contract/staleness.ts';
import { SILENT_MS } from './video/sight.ts';

const cam = cameraId('cam-1');
const data = mkdtempSync(join(tmpdir(), 'fengsui-eyes-'));
let open: Eyes[] = [];
afterEach(async () => {
  for (const each of open) await each.close();
  open = [];
  rmSync(data, { recursive: true, force: true });
});

const house = async () => {
  const clock = manualClock();
  const picture: Picture = createPicture({
    site: NOTHING_KNOWN,
    limits: { floodBegins: 10, floodEnds: 5, chattering: 5, box: AGE_LIMITS.box, utcOffsetHours: 8 },
  });
  picture.feed({ id: 'video', link: 'live' } as FeedRecord);
  const device = { id: deviceId('cam-1'), kind: 'camera', name: 'Gate', lon: 120.8, lat: 30, state: 'ok' } as const;
  const alarm = (events: readonly (AlarmEvent | (typeof device & { ts: EventTime }))[], stream: string): void =>
    picture.observe([
      { source: 'console', stream, epoch: '', seq: 0, manner: 'live', heard: clock.now(), events } as never,
    ]);
  alarm([{ ...device, ts: clock.now() as number as EventTime }], 'fire-iot.device');
  const start = async (): Promise<Eyes> => {
    const eyes = await openEyes({
      ...{ data, picture: picture.log, clock, log: silentLog, variants: [], blindAlarmMs: 30_000 },
      intake: { watchCameras: () => undefined, keyframe: () => undefined, onVideo: (act) => void (frame = act) },
      note: () => undefined,
      changed: () => undefined,
      alarm: (event) => alarm([event], 'fire-iot.alarm'),
    });
    open.push(eyes);
    eyes.relay.join({ frame: () => true, boxes: () => undefined }).cameras([cam]);
    return eyes;
  };
  let frame: Parameters<Parameters<typeof openEyes>[0]['intake']['onVideo']>[0] = () => undefined;
  const arrive = (): void =>
    frame(
      { v: 1, cameraId: cam, pts: clock.now(), key: true, codec: 'avc1.42E01E', w: 640, h: 360, fseq: 1 },
      Uint8Array.of(0),
    );
  const alarms = () => [...picture.log.all('alarm')].map(({ type, state, active }) => ({ type, state, active }));
  return { clock, picture, start, arrive, alarms };
};

test('V9: a silent camera is dark at once and an alarm after the set time; its next frame ends both, after a restart too', async () => {
  const { clock, picture, start, arrive, alarms } = await house();
  const eyes = await start();
  clock.advance(SILENT_MS + 1000);
  expect(picture.log.get('device', cam)?.blind?.why).toBe('silent');
  expect(alarms()).toEqual([]);
  clock.advance(30_000);
  expect(alarms()).toEqual([{ type: 'offline', state: 'unacknowledged', active: true }]);
  expect(picture.log.get('device', cam)?.worst).toBe(4);
  await eyes.close();
  open = [];
  await start();
  clock.advance(5000);
  expect(alarms()).toHaveLength(1);
  arrive();
  expect(picture.log.get('device', cam)?.blind).toBeUndefined();
  expect(alarms()).toEqual([{ type: 'offline', state: 'returned-unacknowledged', active: false }]);
});
