import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manualClock, type ManualClock } from '../base/clock.ts';
import { alarmId, cameraId, detectionId, type CameraId } from '../contract/brand.ts';
import { clipCamera, type ClipRecord } from '../contract/clip-record.ts';
import type { Box } from '../contract/port.ts';
import type { VideoHeader } from '../contract/wire.ts';
import { silentLog } from '../base/log.ts';
import { packPart, readParts, type ClipPart } from './clip-file.ts';
import { AFTER_MS, createClipKeeper, type ClipKeeper, MOST_MS } from './clip-keeper.ts';
import { createClipPlayer } from './clip-player.ts';
import { openShelf, type Shelf, type ShelfOptions } from './clip-shelf.ts';
import { createVideoRelay, type VideoRelay } from './relay.ts';

const cam = cameraId('cam-1');
const box = (confidence: number, label: Box['label'] = 'e-bike'): Box => ({
  ...{ detectionId: detectionId(`d${confidence}`), label, confidence, track: 't', box: [0, 0, 0.1, 0.1] },
});
const header = (fseq: number, key: boolean, camera: CameraId = cam): VideoHeader => ({
  ...{ v: 1, cameraId: camera, pts: 5_000_000 + fseq * 66, key, codec: 'avc1.42E01E', w: 640, h: 360, fseq },
});
const bytes = (fseq: number): Uint8Array => new Uint8Array(200).fill(fseq & 255);
/** What has ended is on disk; and what was read has been given out. */
const settle = async (): Promise<void> => {
  await new Promise((go) => setTimeout(go, 30));
  await keeper.settled();
};

let dir: string;
let clock: ManualClock;
let watched: readonly CameraId[];
let told: Map<string, ClipRecord | null>;
let relay: VideoRelay;
let shelf: Shelf;
let keeper: ClipKeeper;
const shelfOf = (over: Partial<ShelfOptions> = {}): Promise<Shelf> =>
  openShelf({ dir, maxBytes: 1e9, maxAgeMs: 1e12, reserveBytes: 0, ...over });
const begin = async (over: Partial<ShelfOptions> = {}): Promise<void> => {
  told = new Map();
  relay = createVideoRelay({ clock, watch: (ids) => (watched = ids), keyframe: () => undefined });
  shelf = await shelfOf(over);
  keeper = createClipKeeper({ shelf, relay, clock, log: silentLog, tell: (id, record) => told.set(id, record) });
};
/** Ten frames a group; time goes on with them. */
const send = (from: number, to: number, camera = cam): void => {
  for (let i = from; i < to; i++) {
    relay.frame(header(i, i % 10 === 0, camera), bytes(i));
    clock.advance(66);
  }
};
const kept = (): ClipRecord[] => [...told.values()].filter((one) => one !== null);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'clips-'));
  clock = manualClock();
  watched = [];
  await begin();
});
afterEach(async () => {
  await keeper.close();
  rmSync(dir, { recursive: true, force: true });
});

test('V6: a clip has what the relay held before, and the seconds after; it begins with a key frame and names its still', async () => {
  const wall = relay.join({ frame: () => true, boxes: () => undefined });
  wall.cameras([cam]);
  send(0, 17);
  keeper.boxes(cam, header(16, false).pts, [box(0.8)]);
  relay.boxes(cam, header(16, false).pts, [box(0.8)]);
  send(17, 40);
  keeper.boxes(cam, header(39, false).pts, [box(0.9)]);
  relay.boxes(cam, header(39, false).pts, [box(0.9)]);
  send(40, 40 + Math.ceil(AFTER_MS / 66) + 30);
  await settle();
  const [clip] = kept();
  expect(clip).toMatchObject({ state: 'kept', why: ['e-bike'], trouble: null, cameraId: cam });
  expect(clip?.still).toMatchObject({ pts: header(39, false).pts, confidence: 0.9 });
  const parts = (await shelf.read(clip?.id ?? '')) ?? [];
  const frames = parts.filter((part) => part.t === 'frame');
  expect(frames[0]?.header).toMatchObject({ fseq: 10, key: true });
  expect(frames.map((part) => part.header.fseq)).toEqual(frames.map((_, i) => 10 + i));
  expect(frames.length * 66).toBeGreaterThan(AFTER_MS);
  expect(frames[3]?.data).toEqual(bytes(13));
  expect(clip?.frames).toBe(frames.length);
});

test('V6: a camera nobody watches is watched for its clip, then let go', async () => {
  keeper.alarm(alarmId('a1'), cam);
  expect(watched).toEqual([cam]);
  send(0, 20);
  keeper.alarm(alarmId('a2'), cam);
  send(20, 20 + Math.ceil((AFTER_MS + 8000) / 66));
  await settle();
  expect(kept()[0]).toMatchObject({ why: ['alarm'], alarmIds: ['a1', 'a2'], state: 'kept' });
  expect(watched).toEqual([]);
});

test('V6: an event without end makes clips of bounded length; a camera that sends nothing leaves no clip', async () => {
  for (let i = 0; i < (MOST_MS * 1.4) / 66; i++) {
    keeper.boxes(cam, i, [box(0.9)]);
    send(i, i + 1);
    if (i % 300 === 0) await settle();
  }
  const longest = Math.max(...kept().map(({ from, to }) => to - from));
  expect(longest).toBeLessThanOrEqual(MOST_MS + 2000);
  expect(kept().length).toBeGreaterThanOrEqual(2);
  keeper.alarm(alarmId('a'), cameraId('dark'));
  clock.advance(AFTER_MS + 2000);
  await settle();
  expect([...told].find(([id]) => id.startsWith('dark'))?.[1]).toBeNull();
});

test('V7: the oldest go first when the ring is full', async () => {
  await keeper.close();
  await begin({ maxBytes: 90_000 });
  for (let n = 0; n < 4; n++) {
    keeper.alarm(alarmId(`a${n}`), cam);
    send(n * 400, n * 400 + 200);
    await settle();
  }
  expect(kept().length).toBeGreaterThan(0);
  expect(kept().length).toBeLessThan(4);
  expect(kept().at(-1)?.alarmIds).toEqual(['a3']);
  expect(shelf.all().map(({ id }) => id)).toEqual(kept().map(({ id }) => id));
  expect(readdirSync(dir).filter((name) => name.endsWith('.clip'))).toHaveLength(kept().length);
});

test('V7: a process that died leaves what was whole; torn ends, foreign and spoilt files harm nothing', async () => {
  const parts: ClipPart[] = Array.from({ length: 20 }, (_, i) => ({
    ...{ t: 'frame', header: header(i, i === 0), data: bytes(i), at: 1000 + i },
  }));
  parts.splice(5, 0, { t: 'boxes', pts: header(4, false).pts, boxes: [box(0.7)] });
  parts.splice(8, 0, { t: 'note', why: ['e-bike', 'alarm'], alarmIds: [alarmId('a9')] });
  const whole = Buffer.concat(parts.map(packPart));
  for (const cut of [1, 7, 11, 150]) {
    expect(readParts(whole.subarray(0, whole.length - cut)).parts).toHaveLength(parts.length - 1);
  }
  const spoilt = Buffer.from(whole);
  spoilt[Math.floor(whole.length / 2)] = (spoilt[Math.floor(whole.length / 2)] ?? 0) ^ 0xff;
  expect(readParts(spoilt).parts.length).toBeLessThan(parts.length / 2 + 2);

  writeFileSync(join(dir, 'torn-1.part'), whole.subarray(0, whole.length - 5));
  writeFileSync(join(dir, 'empty-1.part'), '');
  writeFileSync(join(dir, 'lost-1.json'), '{"id":"lost-1"}');
  writeFileSync(join(dir, 'notes.txt'), 'mine');
  const again = await shelfOf();
  expect(again.all()).toMatchObject([
    { id: 'torn-1', state: 'torn', frames: 19, why: ['e-bike', 'alarm'], alarmIds: ['a9'] },
  ]);
  expect(await again.read('torn-1')).toHaveLength(21);
  expect(await again.read('../../etc/passwd')).toBeNull();
  expect(readdirSync(dir).sort()).toEqual(['notes.txt', 'torn-1.clip', 'torn-1.json']);
  // Opened once more it is simply there; bytes added behind its back are cut off.
  appendFileSync(join(dir, 'torn-1.clip'), 'rubbish');
  expect((await shelfOf()).all()).toMatchObject([{ id: 'torn-1', frames: 19 }]);
  expect(readFileSync(join(dir, 'torn-1.clip')).length).toBe(again.all()[0]?.bytes);
});

test('V7: a disk without room ends the clip and says so; the pictures go on', async () => {
  await keeper.close();
  await begin({ reserveBytes: Number.MAX_SAFE_INTEGER });
  let seen = 0;
  relay.join({ frame: () => ++seen > 0, boxes: () => undefined }).cameras([cam]);
  keeper.alarm(alarmId('a'), cam);
  send(0, 5);
  await settle();
  send(5, 10);
  expect(kept()[0]).toMatchObject({ trouble: 'disk-full' });
  expect(seen).toBe(10);
});

test('V8: a clip is played like a camera, at its pace, from a key frame, again and again', async () => {
  const parts: ClipPart[] = [10, 11, 12, 13].map((i) => ({
    ...{ t: 'frame', header: header(i, i === 10), data: bytes(i), at: 0 },
  }));
  parts.splice(2, 0, { t: 'boxes', pts: header(11, false).pts, boxes: [box(0.7)] });
  const got: [string, number, number][] = [];
  const marks: number[] = [];
  const player = createClipPlayer({
    clock,
    read: async (id) => (id === 'c' ? parts : null),
    relay: () => ({
      frame: (h) => got.push([h.cameraId, h.fseq, h.pts]),
      boxes: (_id, pts) => marks.push(pts),
    }),
  });
  player.want(['c', 'gone']);
  await settle();
  expect(got).toHaveLength(1);
  clock.advance(66);
  expect(got).toHaveLength(2);
  clock.advance(200);
  expect(got.map(([, fseq]) => fseq)).toEqual([1, 2, 3, 4]);
  expect(marks).toEqual([header(11, false).pts]);
  expect(new Set(got.map(([id]) => id))).toEqual(new Set([clipCamera('c')]));
  clock.advance(2000);
  await settle();
  expect(got[4]).toEqual([clipCamera('c'), 5, header(10, true).pts]);
  player.want([]);
  clock.advance(10_000);
  await settle();
  expect(got).toHaveLength(5);
});
