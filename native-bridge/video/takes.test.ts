import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { cameraId, type CameraId } from '../contract/brand.ts';
import { STILL_EVERY_MS, type Take, type Variant } from '../contract/video-takes.ts';
import type { VideoHeader } from '../contract/wire.ts';
import { createVideoRelay } from './relay.ts';

const cam = cameraId('cam-1');
const sub = cameraId('cam-1~sub');
const still = cameraId('cam-1~still');
const unit = Uint8Array.of(0, 0, 0, 1, 0x65);

const house = (variants: readonly Variant[] = []) => {
  const clock = manualClock();
  const watched: (readonly CameraId[])[] = [];
  const asked: CameraId[] = [];
  const got: VideoHeader[] = [];
  const boxes: CameraId[] = [];
  const relay = createVideoRelay({
    ...{ clock, variants },
    watch: (ids) => watched.push(ids),
    keyframe: (id) => asked.push(id),
  });
  const viewer = relay.join({ frame: (header) => got.push(header) > 0, boxes: (id) => boxes.push(id) });
  const frame = (id: CameraId, fseq: number, key = false): void =>
    relay.frame({ v: 1, cameraId: id, pts: fseq * 100, key, codec: 'avc1.42E01E', w: 640, h: 360, fseq }, unit);
  return {
    ...{ clock, relay, frame, got, boxes, asked },
    watching: () => watched.at(-1) ?? [],
    take: (how: Take) => viewer.cameras([cam], new Map([[cam, how]])),
  };
};
/** Streams are let go of after the frame that ends the wait was handed round. */
const afterwards = (): Promise<void> => Promise.resolve();

test('V11: a smaller step takes the platform its smaller stream, under the name of the camera', () => {
  const { take, frame, watching, got } = house(['sub', 'still']);
  take('sub');
  expect(watching()).toEqual([sub]);
  frame(sub, 1, true);
  frame(sub, 2);
  expect(got.map(({ cameraId: id, fseq }) => [id, fseq])).toEqual([
    [cam, 1],
    [cam, 2],
  ]);
  take('second');
  expect(watching()).toContain(still);
});

test('V11: a change of step shows the stream before until the new one has its first key frame', async () => {
  const { take, frame, watching, got } = house(['sub']);
  take('full');
  frame(cam, 1, true);
  take('sub');
  frame(cam, 2);
  frame(sub, 70, true);
  frame(cam, 3);
  frame(sub, 71);
  expect(got.map(({ fseq }) => fseq)).toEqual([1, 2, 70, 71]);
  // From then on it costs nothing more.
  await afterwards();
  expect(watching()).toEqual([sub]);
});

test('V11: what the budget holds costs nothing from that moment on, and comes back with the next step', async () => {
  const { take, frame, watching, got } = house(['sub']);
  take('full');
  frame(cam, 1, true);
  take('hold');
  expect(watching()).toEqual([]);
  take('sub');
  expect(watching()).toEqual([sub]);
  frame(sub, 5, true);
  await afterwards();
  expect(got.map(({ fseq }) => fseq)).toEqual([1, 5]);
});

test('V11: a platform without the smaller stream gives its own: a step asks for nothing that is not there', () => {
  const { take, watching } = house();
  take('sub');
  expect(watching()).toEqual([cam]);
});

test('V11: a glance takes one key frame and lets go of the camera at once, until the next', async () => {
  const { take, frame, watching, got, clock } = house();
  take('still');
  expect(watching()).toEqual([cam]);
  frame(cam, 1, true);
  frame(cam, 2);
  await afterwards();
  expect(got.map(({ fseq }) => fseq)).toEqual([1]);
  expect(watching()).toEqual([]);
  clock.advance(STILL_EVERY_MS - 1);
  expect(watching()).toEqual([]);
  clock.advance(1);
  expect(watching()).toEqual([cam]);
  frame(cam, 900);
  expect(got).toHaveLength(1);
  frame(cam, 901, true);
  await afterwards();
  expect(got.map(({ fseq }) => fseq)).toEqual([1, 901]);
  expect(watching()).toEqual([]);
});

test('V11: a glance that nobody answers goes on asking: it never gives up in silence', () => {
  const { take, watching, clock } = house();
  take('still');
  clock.advance(60_000);
  expect(watching()).toEqual([cam]);
});

test('V11: what is held asks for nothing, and another window of the same camera loses nothing by it', () => {
  const { take, frame, watching, relay, clock } = house();
  const other: number[] = [];
  relay.join({ frame: ({ fseq }) => other.push(fseq) > 0, boxes: () => undefined }).cameras([cam]);
  take('still');
  frame(cam, 1, true);
  take('hold');
  clock.advance(20_000);
  frame(cam, 2);
  expect(other).toEqual([1, 2]);
  expect(watching()).toEqual([cam]);
});

test('V11: boxes of a camera reach whoever takes its smaller stream', () => {
  const { take, frame, relay, boxes } = house(['sub']);
  take('sub');
  frame(sub, 1, true);
  relay.boxes(cam, 100, []);
  expect(boxes).toEqual([cam]);
});
