// The page of the video tests: the real room and worker on frames that the test sends, and every picture that reaches the
// screen's track read back: its burned-in number and the lines of the boxes around it.
import { cameraId, detectionId } from '../../native-bridge/contract/brand.ts';
import type { DetectionLabel } from '../../native-bridge/contract/wire.ts';
import { readMark } from '../../native-bridge/drill/clips/frame-mark.ts';
import type { ClipTruth } from '../../native-bridge/drill/clip.ts';
import { alarm } from '../../renderer/design/tokens.ts';
import { createVideoHub } from '../../renderer/store/video-source.ts';
import { crc32 } from '../../renderer/video/crc32.ts';
import type { Status } from '../../renderer/video/messages.ts';
import { drawPlates } from '../../renderer/video/plates.ts';
import { paintNumber } from '../../renderer/video/picture-number.ts';
import { planesOf, yuvOf } from '../../renderer/video/planes.ts';
import { createVideoRoom } from '../../renderer/video/video-room.ts';

/** A picture as the screen's track had it. */
export interface Seen {
  at: number;
  /** The number in its pixels, null when it cannot be read cleanly. */
  mark: number | null;
  /** Share of the e-bike's true outline (of the frame that the number names) that is painted in the e-bike's colour. */
  outline: number | null;
  /** Mean distance of the chroma from grey. */
  colour: number;
  state: string;
  /** Mean difference of the picture's light from the clean picture of that number; set by `reference`. */
  wrong: number | null;
  /**
   * Of the pixels that tell the number in its pixels and its clock from the next number's, the share that is as it must be
   * where the picture's number is written; null when the camera that took it did not send that number.
   */
  named: number | null;
}
export interface Play {
  camera?: string;
  clip: string;
  from: number;
  to: number;
  /** Frames a second; 0: all at once. */
  rate?: number;
  drop?: number[];
  /** Frames whose bytes are spoilt: `flip` damages the rear, `inside` sixteen bytes of the middle, `cut` loses the second half. */
  spoil?: Record<number, 'flip' | 'inside' | 'cut'>;
  /** The headers carry the check value of the bytes as they were. */
  vouch?: boolean;
  /** When the boxes of a frame come, ms after it; negative: before it; null: not at all. */
  boxesAfter?: number | null;
  /** The camera's clock is off by so much, ms. */
  skew?: number;
  /** Frames were taken this long ago, ms. */
  old?: number;
  codec?: string;
  /** First `fseq`; goes on from the last by default. */
  fseq?: number;
}

declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

const hub = createVideoHub(() => Date.now());
const room = createVideoRoom(hub, () => new Worker('/decode-worker.js', { type: 'module' }));
const truths = new Map<string, { truth: ClipTruth; stream: Uint8Array }>();
const load = async (name: string): Promise<{ truth: ClipTruth; stream: Uint8Array }> => {
  const known = truths.get(name);
  if (known) return known;
  const truth = (await (await fetch(`/clips/${name}.truth.json`)).json()) as ClipTruth;
  const stream = new Uint8Array(await (await fetch(`/clips/${name}.h264`)).arrayBuffer());
  const both = { truth, stream };
  truths.set(name, both);
  return both;
};
const wait = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
const [, orangeU, orangeV] = yuvOf(alarm[2].colour, 'bt709');

const PLATES = [{ 'e-bike': 'E-bike', person: 'Person' }, 18, 2] as const;
/** The light of a picture that has nothing in it but its written number. */
const written = (fseq: number, pts: number, w: number, h: number): Uint8Array => {
  const data = new Uint8Array((w * h * 3) / 2).fill(60, 0, w * h);
  const layout = [w, w / 2, w / 2].map((stride, i) => ({ offset: [0, w * h, (w * h * 5) / 4][i] ?? 0, stride }));
  const planes = planesOf('I420', data, w, h, layout, 'bt709');
  if (planes) paintNumber(planes, { fseq, pts }, drawPlates(...PLATES, 0));
  return data;
};
/** When each number was taken, by its camera. */
const times = new Map<number, number>();

const clean = new Map<number, Uint8Array>();

const inspect = async (frame: VideoFrame, clip: string, state: string): Promise<Seen> => {
  const data = new Uint8Array(frame.allocationSize());
  const [y, u, v] = await frame.copyTo(data);
  const [w, h] = [frame.displayWidth, frame.displayHeight];
  if (!y || !u || !v) throw new Error(`planes of ${String(frame.format)}`);
  const light = (fx: number, fy: number): number =>
    data[y.offset + Math.floor(fy * h) * y.stride + Math.floor(fx * w)] ?? 0;
  const chroma = (px: number, py: number): boolean => {
    const [cx, cy] = [px >> 1, py >> 1];
    const du = (data[u.offset + cy * u.stride + cx] ?? 0) - orangeU;
    const dv = (data[v.offset + cy * v.stride + cx] ?? 0) - orangeV;
    return Math.abs(du) < 24 && Math.abs(dv) < 24;
  };
  const mark = readMark(light);
  const { truth } = await load(clip);
  let outline: number | null = null;
  const box = mark === null ? undefined : truth.boxes[mark]?.find(({ label }) => label === 'e-bike')?.box;
  if (box) {
    // Just outside the box runs its line; the plate may hide a part of the upper one, the picture's edge nothing here.
    const [x0, y0, bw, bh] = [box[0] * w, box[1] * h, box[2] * w, box[3] * h];
    let [hits, all] = [0, 0];
    for (let i = 0.1; i < 0.95; i += 0.02) {
      for (const [px, py] of [
        [x0 - 2, y0 + i * bh],
        [x0 + bw + 1, y0 + i * bh],
        [x0 + i * bw, y0 + bh + 1],
      ] as const) {
        all += 1;
        if (chroma(Math.round(px), Math.round(py))) hits += 1;
      }
    }
    outline = hits / all;
  }
  let colour = 0;
  for (let row = 0; row < h / 2; row += 4)
    for (let column = 0; column < w / 2; column += 4)
      colour += Math.abs((data[v.offset + row * v.stride + column] ?? 128) - 128);
  let wrong: number | null = null;
  const small = new Uint8Array((w / 8) * (h / 8));
  for (let row = 0, i = 0; row < h; row += 8)
    for (let column = 0; column < w; column += 8, i++) small[i] = data[y.offset + row * y.stride + column] ?? 0;
  const model = mark === null ? undefined : clean.get(mark);
  if (model) {
    let far = 0;
    for (let i = 0; i < small.length; i++) if (Math.abs((small[i] ?? 0) - (model[i] ?? 0)) > 24) far += 1;
    wrong = far / small.length;
  } else if (mark !== null && learning) clean.set(mark, small);
  let named: number | null = null;
  const pts = mark === null ? undefined : times.get(mark);
  if (mark !== null && pts !== undefined) {
    const [own, next] = [written(mark, pts, w, h), written(mark + 1, pts + 67, w, h)];
    let [right, all] = [0, 0];
    for (let row = 0; row < h; row++)
      for (let column = 0; column < w; column++) {
        const [a, b] = [own[row * w + column] ?? 0, next[row * w + column] ?? 0];
        if (Math.abs(a - b) < 100) continue;
        const is = data[y.offset + row * y.stride + column] ?? 0;
        all += 1;
        if (Math.abs(is - a) < Math.abs(is - b)) right += 1;
      }
    named = all === 0 ? null : right / all;
  }
  return { at: Date.now(), named, mark, outline, colour: colour / ((w / 8) * (h / 8)), state, wrong };
};
let learning = false;

interface Tile {
  seen: Seen[];
  status: Status[];
  release: () => void;
  number: () => void;
}
const tiles = new Map<string, Tile>();
/** The next number of each camera. */
const numbers = new Map<string, number>();

export const harness = {
  /** Opens a tile in the page. */
  open: (camera = 'cam-1', clip = 'elevator-ebike', width = 480): void => {
    const tile: Tile = { seen: [], status: [], release: () => {}, number: () => {} };
    const shown = room.show(cameraId(camera), (status) => tile.status.push(status));
    tile.release = shown.release;
    shown.element.style.cssText = `width:${String(width)}px;height:${String((width * 9) / 16)}px;display:block`;
    shown.element.dataset['camera'] = camera;
    document.body.append(shown.element);
    shown.plates(drawPlates(...PLATES));
    tile.number = () => shown.plates(drawPlates(...PLATES, 0));
    tiles.set(camera, tile);
    if (!(shown.element instanceof HTMLVideoElement)) throw new Error('no track in this browser');
    const track = (shown.element.srcObject as MediaStream).getVideoTracks()[0];
    if (!track) throw new Error('no track');
    const reader = new MediaStreamTrackProcessor({ track: track.clone() }).readable.getReader();
    void (async () => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        tile.seen.push(await inspect(value, clip, tile.status.at(-1)?.state ?? ''));
        value.close();
      }
    })();
  },
  close: (camera = 'cam-1'): void => tiles.get(camera)?.release(),
  /** From now on every picture bears its number and its clock, in UTC. */
  number: (camera = 'cam-1'): void => tiles.get(camera)?.number(),
  /** From now on clean pictures are remembered by their number, to compare later ones with. */
  learn: (on: boolean): void => {
    learning = on;
  },
  play: async ({
    camera = 'cam-1',
    clip,
    from,
    to,
    rate = 15,
    drop = [],
    spoil = {},
    vouch = false,
    boxesAfter = null,
    skew = 0,
    old = 0,
    codec,
    fseq: first,
  }: Play): Promise<number[]> => {
    const { truth, stream } = await load(clip);
    const id = cameraId(camera);
    if (first !== undefined) numbers.set(camera, first);
    const start = performance.now();
    const base = Date.now() - old;
    const sent: number[] = [];
    for (let i = from; i < to; i++) {
      const n = numbers.get(camera) ?? 0;
      numbers.set(camera, n + 1);
      if (rate > 0) await wait(Math.max(0, start + ((i - from) * 1000) / rate - performance.now()));
      const unit = truth.units[i % truth.units.length];
      if (!unit || drop.includes(i)) continue;
      const data = stream.slice(unit[0], unit[0] + unit[1]);
      const how = spoil[i];
      const vouched = vouch ? { crc32: crc32(data) } : {};
      if (how === 'inside')
        for (let k = data.length >> 1; k < (data.length >> 1) + 16; k++) data[k] = (data[k] ?? 0) ^ 0x5a;
      if (how === 'flip')
        for (let k = Math.floor(data.length * 0.3); k < data.length; k += 11) data[k] = (data[k] ?? 0) ^ 0x5a;
      const pts = Math.round(base + ((i - from) * 1000) / 15 + skew);
      times.set(i, pts);
      const boxes = (truth.boxes[i % truth.units.length] ?? []).map((box, k) => ({
        detectionId: detectionId(`${String(i)}-${String(k)}`),
        label: box.label as DetectionLabel,
        confidence: box.confidence,
        box: [...box.box] as [number, number, number, number],
        track: box.track,
      }));
      const tell = (): void => hub.boxes(id, pts, boxes);
      if (boxesAfter !== null && boxesAfter < 0 && boxes.length > 0) tell();
      hub.frame(
        {
          ...{ v: 1, cameraId: id, pts, key: unit[2] === 1, codec: codec ?? truth.codec, w: truth.w, h: truth.h },
          ...{ fseq: n, ...vouched },
        },
        how === 'cut' ? data.subarray(0, data.length >> 1) : data,
      );
      sent.push(i);
      if (boxesAfter !== null && boxesAfter >= 0 && boxes.length > 0) setTimeout(tell, boxesAfter);
    }
    return sent;
  },
  wait,
  /** States told so far no longer count. */
  forget: (camera = 'cam-1'): void => {
    tiles.get(camera)?.status.splice(0, Number.MAX_SAFE_INTEGER);
  },
  seen: (camera = 'cam-1'): Seen[] => tiles.get(camera)?.seen.splice(0) ?? [],
  status: (camera = 'cam-1'): Status | undefined => tiles.get(camera)?.status.at(-1),
  states: (camera = 'cam-1'): string[] =>
    (tiles.get(camera)?.status ?? [])
      .map(({ state, reason }) => `${state}${reason ? `:${reason}` : ''}`)
      .filter((each, i, all) => each !== all[i - 1]),
  wanted: (): string[] => hub.wanted(),
};
declare global {
  interface Window {
    harness: typeof harness;
  }
}
window.harness = harness;
