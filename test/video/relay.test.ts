import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../native-bridge/base/clock.ts';
import { cameraId, detectionId } from '../../native-bridge/contract/brand.ts';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { Box } from '../../native-bridge/contract/port.ts';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { openClip } from '../../native-bridge/drill/clip.ts';
import { MAX_FRAMES } from '../../native-bridge/video/pictures.ts';
import { ASK_MS, LINGER_MS, createVideoRelay } from '../../native-bridge/video/relay.ts';
import type { VideoSink } from '../../native-bridge/video/relay.ts';

const folder = join(import.meta.dirname, '../../resources/video');
const clip = openClip(folder, 'elevator-ebike');
const cam = cameraId('cam-1');
const other = cameraId('cam-2');

const header = (i: number, id: CameraId = cam, fseq = i): VideoHeader => ({
  v: 1,
  cameraId: id,
  pts: 1_000_000 + (i * 1000) / clip.fps,
  key: clip.isKey(i % clip.frames),
  codec: clip.codec,
  w: clip.w,
  h: clip.h,
  fseq,
});
const box = (track: string): Box => ({
  detectionId: detectionId(`d-${track}`),
  label: 'e-bike',
  confidence: 0.9,
  box: [0.1, 0.1, 0.2, 0.2],
  track,
});

function house() {
  const clock = manualClock();
  const watched: (readonly CameraId[])[] = [];
  const asked: CameraId[] = [];
  const relay = createVideoRelay({ clock, watch: (ids) => watched.push(ids), keyframe: (id) => asked.push(id) });
  const feed = (from: number, to: number, id = cam): void => {
    for (let i = from; i < to; i++) relay.frame(header(i, id), clip.unit(i % clip.frames));
  };
  return { clock, watched, asked, relay, feed };
}
function viewer(full: (header: VideoHeader) => boolean = () => false) {
  const got: VideoHeader[] = [];
  const bytes: Uint8Array[] = [];
  const boxes: { cameraId: CameraId; pts: number; boxes: readonly Box[] }[] = [];
  const sink: VideoSink = {
    frame: (head, data) => {
      if (full(head)) return false;
      got.push(head);
      bytes.push(data);
      return true;
    },
    boxes: (id, pts, found) => boxes.push({ cameraId: id, pts, boxes: found }),
  };
  return { got, bytes, boxes, sink };
}
/** Every frame is a key frame or follows the one before it. */
const unbroken = (got: readonly VideoHeader[]): boolean =>
  got.every((head, i) => head.key || head.fseq === (got[i - 1]?.fseq ?? Number.NaN) + 1);

describe('V1: only unbroken runs', () => {
  it('a frame lost by the camera ends the run until the next key frame, which is asked for', () => {
    const { relay, feed, asked } = house();
    const a = viewer();
    relay.join(a.sink).cameras([cam]);
    feed(0, 10);
    feed(11, 35);
    expect(a.got.map(({ fseq }) => fseq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31, 32, 33, 34]);
    expect(asked).toContain(cam);
    expect(relay.counts()).toMatchObject({ gaps: 1, keyless: 18 });
  });

  it('a viewer that is slow misses up to the next key frame; another beside it misses nothing', () => {
    const { relay, feed } = house();
    const slow = viewer(({ fseq }) => fseq === 7);
    const quick = viewer();
    relay.join(slow.sink).cameras([cam]);
    relay.join(quick.sink).cameras([cam]);
    feed(0, 40);
    expect(slow.got.map(({ fseq }) => fseq)).toEqual([
      0,
      1,
      2,
      3,
      4,
      5,
      6,
      ...Array.from({ length: 10 }, (_, i) => 30 + i),
    ]);
    expect(quick.got).toHaveLength(40);
    expect(relay.counts()).toMatchObject({ skipped: 23, stalls: 1, framesOut: 57 });
  });

  it('whatever is lost, late or refused, no viewer ever sees a broken run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ step: fc.integer({ min: -3, max: 3 }), full: fc.boolean(), join: fc.boolean() }), {
          maxLength: 200,
        }),
        (turns) => {
          const { relay } = house();
          let full = false;
          const first = viewer(() => full);
          const joined = [first];
          relay.join(first.sink).cameras([cam]);
          let at = 0;
          for (const turn of turns) {
            at = Math.max(0, at + 1 + (turn.step > 1 ? 1 : turn.step < -1 ? -2 : 0));
            full = turn.full;
            if (turn.join && joined.length < 5) {
              const next = viewer();
              joined.push(next);
              relay.join(next.sink).cameras([cam]);
            }
            relay.frame(header(at), clip.unit(at % clip.frames));
          }
          return joined.every(({ got }) => unbroken(got));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('V2: a new viewer', () => {
  it('gets the newest group of pictures at once, then the rest, with the boxes of those frames', () => {
    const { relay, feed } = house();
    relay.join(viewer().sink).cameras([cam]);
    feed(0, 30);
    relay.boxes(cam, header(29).pts, [box('gone')]);
    feed(30, 48);
    relay.boxes(cam, header(45).pts, [box('here')]);
    const late = viewer();
    relay.join(late.sink).cameras([cam]);
    expect(late.got.map(({ fseq }) => fseq)).toEqual(Array.from({ length: 18 }, (_, i) => 30 + i));
    expect(late.bytes.every((data, i) => Buffer.compare(data, clip.unit(30 + i)) === 0)).toBe(true);
    expect(late.boxes).toEqual([{ cameraId: cam, pts: header(45).pts, boxes: [box('here')] }]);
    feed(48, 50);
    expect(late.got.at(-1)?.fseq).toBe(49);
    expect(unbroken(late.got)).toBe(true);
  });

  it('asks for a key frame when there is none, at most once a second', () => {
    const { relay, feed, asked, clock } = house();
    relay.join(viewer().sink).cameras([cam]);
    expect(asked).toEqual([cam]);
    feed(3, 8);
    expect(asked).toHaveLength(1);
    clock.advance(ASK_MS);
    feed(8, 12);
    expect(asked).toHaveLength(2);
  });
});

describe('V3: bounds', () => {
  it('a camera that never sends another key frame is not kept without end, and goes on for those who run', () => {
    const { relay } = house();
    const early = viewer();
    relay.join(early.sink).cameras([cam]);
    for (let i = 0; i < MAX_FRAMES + 50; i++) relay.frame({ ...header(0), key: i === 0, fseq: i }, clip.unit(0));
    expect(early.got).toHaveLength(MAX_FRAMES + 50);
    expect(relay.counts().keptBytes).toBe(0);
    const late = viewer();
    relay.join(late.sink).cameras([cam]);
    expect(late.got).toEqual([]);
  });
});

describe('V4: watching', () => {
  it('a camera is watched while anybody wants it and a while longer; one leaving does not disturb another', () => {
    const { relay, watched, feed, clock } = house();
    const a = viewer();
    const b = viewer();
    const first = relay.join(a.sink);
    const second = relay.join(b.sink);
    first.cameras([cam, other]);
    second.cameras([cam]);
    expect(watched.at(-1)).toEqual([cam, other]);
    first.cameras([cam]);
    clock.advance(LINGER_MS - 1);
    expect(watched.at(-1)).toEqual([cam, other]);
    clock.advance(1);
    expect(watched.at(-1)).toEqual([cam]);
    feed(0, 5);
    first.leave();
    first.leave();
    feed(5, 10);
    expect(a.got).toHaveLength(5);
    expect(b.got).toHaveLength(10);
    second.leave();
    second.cameras([cam]);
    clock.advance(LINGER_MS);
    expect(watched.at(-1)).toEqual([]);
    feed(10, 12);
    expect(b.got).toHaveLength(10);
    expect(relay.counts()).toMatchObject({ cameras: 0, viewers: 0, unwanted: 2 });
  });

  it('a window that comes back in time finds the group of pictures still there', () => {
    const { relay, feed, clock, asked } = house();
    const a = relay.join(viewer().sink);
    a.cameras([cam]);
    feed(0, 5);
    a.leave();
    clock.advance(LINGER_MS - 1);
    feed(5, 8);
    const back = viewer();
    relay.join(back.sink).cameras([cam]);
    clock.advance(LINGER_MS * 2);
    feed(8, 9);
    expect(back.got.map(({ fseq }) => fseq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(asked).toHaveLength(1);
  });

  it('a sink that throws harms nobody else', () => {
    const { relay, feed } = house();
    const bad: VideoSink = {
      frame: () => {
        throw new Error('gone');
      },
      boxes: () => {
        throw new Error('gone');
      },
    };
    const good = viewer();
    relay.join(bad).cameras([cam]);
    relay.join(good.sink).cameras([cam]);
    feed(0, 3);
    relay.boxes(cam, 1, [box('x')]);
    expect(good.got).toHaveLength(3);
    expect(good.boxes).toHaveLength(1);
  });
});
