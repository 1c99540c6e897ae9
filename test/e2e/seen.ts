// What a tile really shows: its picture's pixels, read back from the <video> element on the wall.
// Guarantees: the number burned into the picture comes from those pixels; so does the share of a box's outline that is
// painted in the alarm's colour. Nothing is taken from the page's own word.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { ClipTruth } from '../../native-bridge/drill/clip.ts';
import { readMark } from '../../native-bridge/drill/clips/frame-mark.ts';
import { alarm } from '../../renderer/design/tokens.ts';

const clips = resolve(import.meta.dirname, '../../resources/video');

export interface Grabbed {
  w: number;
  h: number;
  rgba: Buffer;
}

/** The picture that `camera`'s tile shows at this moment, at its own size; null when there is no such tile or picture. */
export const grab = async (page: Page, camera: string): Promise<Grabbed | null> => {
  const taken = await page.evaluate((id) => {
    const video = document.querySelector<HTMLVideoElement>(`[data-camera="${id}"] video`);
    if (!video || video.videoWidth === 0) return null;
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return null;
    pen.drawImage(video, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let text = '';
    for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
    return { w: canvas.width, h: canvas.height, text: btoa(text) };
  }, camera);
  return taken && { w: taken.w, h: taken.h, rgba: Buffer.from(taken.text, 'base64') };
};

const pixel = ({ w, h, rgba }: Grabbed, x: number, y: number): [number, number, number] => {
  const at = 4 * (Math.min(h - 1, Math.max(0, Math.round(y))) * w + Math.min(w - 1, Math.max(0, Math.round(x))));
  return [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
};

/** Red, green and blue at a place given in fractions of the picture. */
export const colourAt = (picture: Grabbed, x: number, y: number): [number, number, number] =>
  pixel(picture, x * picture.w, y * picture.h);

/** The frame number burned into the picture, null when it cannot be read cleanly. */
export const burnedNumber = (picture: Grabbed): number | null =>
  readMark((x, y) => {
    const [r, g, b] = pixel(picture, Math.floor(x * picture.w), Math.floor(y * picture.h));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });

const truths = new Map<string, ClipTruth>();
const truthOf = (clip: string): ClipTruth => {
  const known = truths.get(clip);
  if (known) return known;
  const read = JSON.parse(readFileSync(join(clips, `${clip}.truth.json`), 'utf8')) as ClipTruth;
  truths.set(clip, read);
  return read;
};
/** Where the e-bike was drawn on that frame, as fractions; null when it was not on it. */
export const trueBox = (clip: string, frame: number): readonly [number, number, number, number] | null =>
  truthOf(clip).boxes[frame]?.find(({ label }) => label === 'e-bike')?.box ?? null;

const orange = [1, 3, 5].map((i) => Number.parseInt(alarm[2].colour.slice(i, i + 2), 16));

/**
 * The share, 0 to 1, of the box's outline that is painted in the e-bike's alarm colour: both sides and the lower edge
 * within three pixels; the upper edge is left out, the plate stands there.
 */
export const outlined = (picture: Grabbed, box: readonly [number, number, number, number]): number => {
  const [x0, y0, w, h] = [box[0] * picture.w, box[1] * picture.h, box[2] * picture.w, box[3] * picture.h];
  const painted = (x: number, y: number, across: boolean): boolean => {
    for (let off = -3; off <= 3; off += 1) {
      const seen = across ? pixel(picture, x + off, y) : pixel(picture, x, y + off);
      // Chroma is half as fine as light and the picture has been through limited range: near is enough.
      if (seen.every((value, i) => Math.abs(value - (orange[i] ?? 0)) < 60)) return true;
    }
    return false;
  };
  let [hits, all] = [0, 0];
  for (let part = 0.25; part < 0.95; part += 0.02) {
    for (const hit of [
      painted(x0, y0 + part * h, true),
      painted(x0 + w, y0 + part * h, true),
      painted(x0 + part * w, y0 + h, false),
    ]) {
      all += 1;
      if (hit) hits += 1;
    }
  }
  return hits / all;
};
