/**
 * Painting into the planes of a decoded picture.
 *
 * Owns: rectangles, outlines, masks and greying on I420 and NV12 memory.
 * Guarantees: nothing outside the picture is written; colours are right for BT.709 and BT.601, limited range.
 * Refuses: other formats (`planesOf` answers null).
 */
import type { Mask } from './messages.ts';

export interface Plane {
  offset: number;
  stride: number;
}
export interface Planes {
  data: Uint8Array;
  w: number;
  h: number;
  y: Plane;
  u: Plane;
  v: Plane;
  /** Bytes from one chroma sample to the next. */
  step: 1 | 2;
  matrix: 'bt709' | 'bt601';
}
/** Y, U, V as they stand in memory. */
export type Yuv = readonly [number, number, number];

export const planesOf = (
  format: string,
  data: Uint8Array,
  w: number,
  h: number,
  layout: readonly Plane[],
  matrix: Planes['matrix'],
): Planes | null => {
  const [y, u, v] = layout;
  if (!y || !u) return null;
  if (format === 'I420' && v) return { data, w, h, y, u, v, step: 1, matrix };
  if (format === 'NV12') return { data, w, h, y, u, v: { offset: u.offset + 1, stride: u.stride }, step: 2, matrix };
  return null;
};

/** `#rrggbb` in limited range. */
export const yuvOf = (colour: string, matrix: Planes['matrix']): Yuv => {
  const n = Number.parseInt(colour.slice(1), 16);
  const [r, g, b] = [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
  const [kr, kb] = matrix === 'bt709' ? [0.2126, 0.0722] : [0.299, 0.114];
  const y = kr * r + (1 - kr - kb) * g + kb * b;
  return [
    Math.round(16 + 219 * y),
    Math.round(128 + (224 * (b - y)) / (2 * (1 - kb))),
    Math.round(128 + (224 * (r - y)) / (2 * (1 - kr))),
  ];
};

const blend = (data: Uint8Array, at: number, value: number, alpha: number): void => {
  const was = data[at] ?? 0;
  data[at] = was + (value - was) * alpha;
};

/** Fills the rectangle; `alpha` 0–1. */
export const fill = (p: Planes, x: number, y: number, w: number, h: number, [cy, cu, cv]: Yuv, alpha = 1): void => {
  const [x0, y0] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
  const [x1, y1] = [Math.min(p.w, Math.round(x + w)), Math.min(p.h, Math.round(y + h))];
  for (let row = y0; row < y1; row++) {
    const at = p.y.offset + row * p.y.stride;
    if (alpha === 1) p.data.fill(cy, at + x0, at + Math.max(x0, x1));
    else for (let column = x0; column < x1; column++) blend(p.data, at + column, cy, alpha);
  }
  for (let row = y0 >> 1; row < (y1 + 1) >> 1; row++) {
    for (let column = x0 >> 1; column < (x1 + 1) >> 1; column++) {
      blend(p.data, p.u.offset + row * p.u.stride + column * p.step, cu, alpha);
      blend(p.data, p.v.offset + row * p.v.stride + column * p.step, cv, alpha);
    }
  }
};

/** An outline `line` wide just around the rectangle; `dash` > 0: strokes and gaps of this length. */
export const outline = (
  p: Planes,
  x: number,
  y: number,
  w: number,
  h: number,
  line: number,
  colour: Yuv,
  dash: number,
  alpha: number,
): void => {
  const bar = (bx: number, by: number, length: number, across: boolean): void => {
    const step = dash > 0 ? dash * 2 : length;
    for (let done = 0; done < length; done += step) {
      const part = Math.min(dash > 0 ? dash : length, length - done);
      if (across) fill(p, bx + done, by, part, line, colour, alpha);
      else fill(p, bx, by + done, line, part, colour, alpha);
    }
  };
  bar(x - line, y - line, w + 2 * line, true);
  bar(x - line, y + h, w + 2 * line, true);
  bar(x - line, y, h, false);
  bar(x + w, y, h, false);
};

/** Stamps a mask in a colour. */
export const stamp = (p: Planes, mask: Mask, x: number, y: number, [cy, cu, cv]: Yuv, alpha = 1): void => {
  const [left, top] = [Math.round(x), Math.round(y)];
  for (let row = 0; row < mask.h; row++) {
    const py = top + row;
    if (py < 0 || py >= p.h) continue;
    for (let column = 0; column < mask.w; column++) {
      const px = left + column;
      const a = ((mask.alpha[row * mask.w + column] ?? 0) / 255) * alpha;
      if (a === 0 || px < 0 || px >= p.w) continue;
      blend(p.data, p.y.offset + py * p.y.stride + px, cy, a);
      if ((px | py) & 1) continue;
      blend(p.data, p.u.offset + (py >> 1) * p.u.stride + (px >> 1) * p.step, cu, a);
      blend(p.data, p.v.offset + (py >> 1) * p.v.stride + (px >> 1) * p.step, cv, a);
    }
  }
};

/** Takes the colour out and half of the light away: this is not now. */
export const grey = (p: Planes): void => {
  for (let row = 0; row < p.h; row++) {
    const at = p.y.offset + row * p.y.stride;
    for (let column = 0; column < p.w; column++) {
      const i = at + column;
      p.data[i] = 16 + ((p.data[i] ?? 16) - 16) * 0.55;
    }
  }
  for (let row = 0; row < (p.h + 1) >> 1; row++) {
    for (let column = 0; column < (p.w + 1) >> 1; column++) {
      p.data[p.u.offset + row * p.u.stride + column * p.step] = 128;
      p.data[p.v.offset + row * p.v.stride + column * p.step] = 128;
    }
  }
};
