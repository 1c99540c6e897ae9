/**
 * Owns: what a scene is, moving values between key poses, and measuring what was drawn.
 * Guarantees: a box is the outline of the pixels a figure really covers, to the pixel.
 * Refuses: randomness; `noise` is a fixed function of its number.
 */
import { createCanvas } from '@napi-rs/canvas';
import type { Pen } from './lens.ts';
import type { ClipBox, ClipFact, ClipLabel, ClipTruth } from '../clip.ts';

export const W = 640;
export const H = 360;
export const FPS = 15;
/** Frames from key frame to key frame: two seconds. */
export const GOP = 30;

/** A scene draws any frame on its own; frames need not come in order. */
export interface Scene {
  readonly name: string;
  readonly kind: ClipTruth['kind'];
  /** A multiple of GOP. */
  readonly frames: number;
  readonly sections: ClipTruth['sections'];
  /** Draws the whole picture and says what is in it. */
  draw(pen: Pen, frame: number): ClipBox[];
  fact?(frame: number): Omit<ClipFact, 'from'>;
}

const layer = createCanvas(W, H);
const layerPen = layer.getContext('2d');

/**
 * The detector's word on what `paintIt` draws, null when it covers hardly anything. `seed` moves the
 * confidence a little from frame to frame as detectors do.
 */
export function observe(
  label: ClipLabel,
  track: string,
  seed: number,
  sure: number,
  paintIt: (pen: Pen) => void,
): ClipBox | null {
  layerPen.clearRect(0, 0, W, H);
  paintIt(layerPen);
  const found = outline(layerPen);
  if (!found) return null;
  const [x, y, w, h] = found;
  if (w * h < 420) return null;
  const full = Math.min(1, (w * h) / 6000);
  const confidence = sure * (0.72 + 0.28 * full) + 0.03 * (noise(seed) - 0.5);
  return {
    label,
    track,
    box: [round(x / W), round(y / H), round(w / W), round(h / H)],
    confidence: Math.round(Math.min(0.99, confidence) * 100) / 100,
  };
}

const round = (share: number): number => Math.round(share * 10000) / 10000;

/** Bounds of everything that is at least half opaque. */
function outline(pen: Pen): [number, number, number, number] | null {
  const { data } = pen.getImageData(0, 0, W, H);
  let [left, top, right, bottom] = [W, H, -1, -1];
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      if ((data[(y * W + x) * 4 + 3] ?? 0) < 110) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : [left, top, right - left + 1, bottom - top + 1];
}

/** A fixed pseudo-random number from 0 to 1 for every integer. */
export function noise(n: number): number {
  let h = Math.imul((n | 0) ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

const ease = (t: number): number => t * t * (3 - 2 * t);

/** The value at time t between key values [time, value], eased; constant before the first and after the last. */
export function between(t: number, keys: readonly (readonly [number, number])[]): number {
  const next = keys.findIndex(([at]) => at > t);
  if (next === 0) return keys[0]?.[1] ?? 0;
  if (next < 0) return keys.at(-1)?.[1] ?? 0;
  const [t0, v0] = keys[next - 1] ?? [0, 0];
  const [t1, v1] = keys[next] ?? [1, 0];
  return v0 + (v1 - v0) * ease((t - t0) / (t1 - t0));
}
