// The page of the video benchmark: the same clip on N tiles (640 × 360 at 15/s or 1280 × 720 at 25/s), once through our room and worker, once through Media
// Source Extensions and `<video>`. Latency is from handing a frame over to its presentation, as the browser reports it.
import { cameraId } from '../../native-bridge/contract/brand.ts';
import type { ClipTruth } from '../../native-bridge/drill/clip.ts';
import { createVideoHub } from '../../renderer/store/video-source.ts';
import { createVideoRoom } from '../../renderer/video/video-room.ts';

export interface Outcome {
  sent: number;
  shown: number;
  /** ms from frame-in to presented, of every frame that was. */
  latency: number[];
}
const STREAMS = {
  small: { clip: 'elevator-ebike', mp4: '/peer.mp4', mime: 'avc1.42E01E', rate: 15 },
  large: { clip: 'large', mp4: '/large.mp4', mime: 'avc1.42C01F', rate: 25 },
} as const;
export type Size = keyof typeof STREAMS;
const loaded = async (clip: string): Promise<{ truth: ClipTruth; stream: Uint8Array }> => ({
  truth: (await (await fetch(`/clips/${clip}.truth.json`)).json()) as ClipTruth,
  stream: new Uint8Array(await (await fetch(`/clips/${clip}.h264`)).arrayBuffer()),
});
const wait = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
const style = (element: HTMLElement): void => {
  element.style.cssText = 'width:300px;height:169px;display:inline-block';
};
/** Calls at the rate until the time is over; the first call is number 0. */
const paced = async (seconds: number, rate: number, act: (i: number) => void): Promise<void> => {
  const start = performance.now();
  for (let i = 0; i < seconds * rate; i++) {
    await wait(Math.max(0, start + (i * 1000) / rate - performance.now()));
    act(i);
  }
};
const percentless = (all: number[]): number[] => all.filter((ms) => Number.isFinite(ms) && ms >= 0);

const ours = async (tiles: number, seconds: number, warm: number, size: Size = 'small'): Promise<Outcome> => {
  const { clip, rate } = STREAMS[size];
  const { truth, stream } = await loaded(clip);
  const hub = createVideoHub(() => Date.now());
  const room = createVideoRoom(hub, () => new Worker('/decode-worker.js', { type: 'module' }));
  const outcome: Outcome = { sent: 0, shown: 0, latency: [] };
  let counting = false;
  const ids = Array.from({ length: tiles }, (_, i) => cameraId(`c${String(i)}`));
  const inAt = ids.map(() => [] as number[]);
  const tilesShown = ids.map((id, k) => {
    const shown = room.show(id, () => undefined);
    style(shown.element);
    document.body.append(shown.element);
    if (!(shown.element instanceof HTMLVideoElement)) throw new Error('no track');
    const { element } = shown;
    const seen: VideoFrameRequestCallback = (_, { mediaTime, presentationTime }) => {
      if (counting) {
        // A picture without boxes goes through as it was decoded, numbered by the decoder in microseconds.
        outcome.shown += 1;
        outcome.latency.push(presentationTime - (inAt[k]?.[Math.round(mediaTime * 1e6)] ?? Number.NaN));
      }
      element.requestVideoFrameCallback(seen);
    };
    element.requestVideoFrameCallback(seen);
    return shown;
  });
  await paced(seconds + warm, rate, (i) => {
    if (i === warm * rate) counting = true;
    ids.forEach((id, k) => {
      const unit = truth.units[i % truth.units.length];
      if (!unit) return;
      if (counting) outcome.sent += 1;
      inAt[k]?.push(performance.now());
      const header = {
        v: 1 as const,
        cameraId: id,
        pts: Date.now(),
        key: unit[2] === 1,
        codec: truth.codec,
        w: truth.w,
        h: truth.h,
        fseq: i,
      };
      hub.frame(header, stream.subarray(unit[0], unit[0] + unit[1]));
    });
  });
  await wait(100);
  counting = false;
  tilesShown.forEach(({ element, release }) => {
    release();
    element.remove();
  });
  room.close();
  return { ...outcome, latency: percentless(outcome.latency) };
};

/** Top-level boxes of a fragmented MP4: the beginning up to the first fragment, then one fragment a frame. */
const fragments = (file: Uint8Array): { head: Uint8Array; frames: Uint8Array[] } => {
  const view = new DataView(file.buffer);
  const cuts: number[] = [];
  for (let at = 0; at + 8 <= file.length; at += view.getUint32(at)) {
    const kind = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (kind === 'moof' || kind === 'mfra') cuts.push(at);
    if (view.getUint32(at) < 8) break;
  }
  const frames = cuts.slice(0, -1).map((from, i) => file.slice(from, cuts[i + 1]));
  return { head: file.slice(0, cuts[0]), frames };
};

const mse = async (tiles: number, seconds: number, warm: number, size: Size = 'small'): Promise<Outcome> => {
  const { mp4, mime, rate } = STREAMS[size];
  const { head, frames } = fragments(new Uint8Array(await (await fetch(mp4)).arrayBuffer()));
  const outcome: Outcome = { sent: 0, shown: 0, latency: [] };
  let counting = false;
  const all = await Promise.all(
    Array.from({ length: tiles }, async () => {
      const element = document.createElement('video');
      style(element);
      element.muted = true;
      document.body.append(element);
      const source = new MediaSource();
      element.src = URL.createObjectURL(source);
      await new Promise((go) => source.addEventListener('sourceopen', go, { once: true }));
      const buffer = source.addSourceBuffer(`video/mp4; codecs="${mime}"`);
      const queue: Uint8Array<ArrayBuffer>[] = [head as Uint8Array<ArrayBuffer>];
      const inAt: number[] = [];
      const feed = (): void => {
        const next = buffer.updating ? undefined : queue.shift();
        if (next) buffer.appendBuffer(next);
      };
      buffer.addEventListener('updateend', feed);
      const seen: VideoFrameRequestCallback = (_, { mediaTime, presentationTime }) => {
        if (counting) {
          outcome.shown += 1;
          outcome.latency.push(presentationTime - (inAt[Math.round(mediaTime * rate)] ?? Number.NaN));
        }
        element.requestVideoFrameCallback(seen);
      };
      element.requestVideoFrameCallback(seen);
      feed();
      const push = (frame: Uint8Array): void => {
        inAt.push(performance.now());
        queue.push(frame as Uint8Array<ArrayBuffer>);
        feed();
        // A player at the live edge: play as soon as anything is there, and catch up when it fell behind.
        if (element.paused && element.readyState >= 2) void element.play().catch(() => undefined);
        const end = element.buffered.length > 0 ? element.buffered.end(0) : 0;
        if (end - element.currentTime > 0.4) element.currentTime = end - 0.1;
      };
      return { element, push };
    }),
  );
  await paced(seconds + warm, rate, (i) => {
    if (i === warm * rate) counting = true;
    const frame = frames[i % frames.length];
    if (!frame) return;
    for (const { push } of all) {
      if (counting) outcome.sent += 1;
      push(frame);
    }
  });
  await wait(300);
  counting = false;
  all.forEach(({ element }) => element.remove());
  return { ...outcome, latency: percentless(outcome.latency) };
};

/**
 * Joins one after another: a tile that opens on a whole group of pictures (30 frames, as the bridge hands it over); ms from
 * opening to the first picture presented.
 */
const join = async (times: number): Promise<number[]> => {
  const { truth, stream } = await loaded(STREAMS.small.clip);
  const hub = createVideoHub(() => Date.now());
  const room = createVideoRoom(hub, () => new Worker('/decode-worker.js', { type: 'module' }));
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const id = cameraId(`j${String(n)}`);
    const began = performance.now();
    const { element, release } = room.show(id, () => undefined);
    style(element);
    document.body.append(element);
    if (!(element instanceof HTMLVideoElement)) throw new Error('no track');
    const first = new Promise<number>((go) => element.requestVideoFrameCallback((at) => go(at - began)));
    truth.units.slice(0, 30).forEach(([at, length, key], i) => {
      const { codec, w, h } = truth;
      const pts = Date.now() - (29 - i) * 67;
      const header = { v: 1 as const, cameraId: id, pts, key: key === 1, codec, w, h, fseq: i + 1 };
      hub.frame(header, stream.subarray(at, at + length));
    });
    const ms = await first;
    // The first one starts the worker as well: no join of a wall that runs.
    if (n > 0) took.push(ms);
    release();
    element.remove();
    await wait(50);
  }
  room.close();
  return took;
};

export const peer = { ours, mse, join };
declare global {
  interface Window {
    peer: typeof peer;
  }
}
window.peer = peer;
