/**
 * Trails: where vehicles came from, fading with age.
 *
 * Owns: the strokes of one drawing. Guarantees: however many vehicles there are, one stroke for each shade: a colour told to
 *   the canvas for every piece cost more than all of the arrows; nothing is drawn that is shorter than half a pixel.
 * Refuses: to keep where anything was.
 */
import { ground, ink } from '../../design/tokens.ts';
import { css } from '../paint.ts';
import type { Frame } from './overlay.ts';
import type { Context2D } from './sprites.ts';

/** How far back a trail reaches, ms. */
const TRAIL_MS = 120_000;
/** Shades from just now to the end. */
const SHADES = 10;
const FULL = 0.55;
const LEAST_PX = 0.5;

/** What is used of a canvas. */
export type TrailPen = Pick<
  Context2D,
  'lineWidth' | 'lineCap' | 'strokeStyle' | 'beginPath' | 'moveTo' | 'lineTo' | 'stroke'
>;
export type TrailFrame = Pick<Frame, 'eye' | 'spot' | 'now'>;

export interface Trails {
  clear: () => void;
  /** `trail`: flat x, y, ms, oldest first; (px, py): where its vehicle is shown, CSS pixels. */
  add: (frame: TrailFrame, trail: readonly number[], px: number, py: number, stale: boolean) => void;
  /** CSS pixels. */
  stroke: (context: TrailPen, width: number) => void;
}

export const createTrails = (): Trails => {
  /** Flat x, y, x, y of pieces; the shades of trails that go on, then those of vehicles unheard for long. */
  const pieces = Array.from({ length: 2 * SHADES }, (): number[] => []);
  return {
    clear: () => {
      for (const shade of pieces) shade.length = 0;
    },
    add: ({ eye, spot, now }, trail, px, py, stale) => {
      let lastX = px;
      let lastY = py;
      for (let i = trail.length - 3; i >= 0; i -= 3) {
        const x = trail[i] ?? 0;
        const y = trail[i + 1] ?? 0;
        const left = 1 - (now - (trail[i + 2] ?? 0)) / TRAIL_MS;
        if (left <= 0 || !eye.project(x, y, eye.land.z(x, y) + 1, spot)) break;
        const [toX = 0, toY = 0] = spot;
        if (Math.abs(toX - lastX) + Math.abs(toY - lastY) < LEAST_PX) continue;
        const shade = Math.min(SHADES - 1, Math.floor(left * SHADES)) + (stale ? SHADES : 0);
        pieces[shade]?.push(lastX, lastY, toX, toY);
        lastX = toX;
        lastY = toY;
      }
    },
    stroke: (context, width) => {
      context.lineWidth = width;
      context.lineCap = 'round';
      for (const [i, flat] of pieces.entries()) {
        if (flat.length === 0) continue;
        const left = ((i % SHADES) + 0.5) / SHADES;
        context.strokeStyle = css(i < SHADES ? ground.trail : ink.quiet, FULL * left);
        context.beginPath();
        for (let at = 0; at < flat.length; at += 4) {
          context.moveTo(flat[at] ?? 0, flat[at + 1] ?? 0);
          context.lineTo(flat[at + 2] ?? 0, flat[at + 3] ?? 0);
        }
        context.stroke();
      }
    },
  };
};
