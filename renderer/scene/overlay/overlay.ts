/**
 * The overlay: symbols, labels and everything that moves by itself, on two canvases over the city.
 *
 * Owns: both canvases, the order of layers, hits for picking, declutter. What stands (`marks`) is redrawn when the eye or
 *   something in it changed; what moves (`movers`) on its own, without drawing the city again: without a graphics card
 *   a city frame costs a hundred times as much.
 * Guarantees: symbols of open alarms are on top of everything; text waits for the bundled font.
 * Refuses: to know the world; layers do.
 */
import { FONT_FAMILY } from '../../design/theme.ts';
import type { Scale } from '../../design/scale.ts';
import { surface } from '../../design/tokens.ts';
import { css } from '../paint.ts';
import type { Eye } from '../eye.ts';
import { Occupied, placeLabels, type LabelAsk } from './labels.ts';
import { Sprites, type Context2D } from './sprites.ts';
import type { Selection } from '../../store/view.ts';

export interface Frame {
  readonly context: Context2D;
  readonly sprites: Sprites;
  readonly eye: Eye;
  readonly scale: Scale;
  readonly locale: 'zh' | 'en';
  /** The bridge's time, ms. */
  readonly now: number;
  /** A building stands open: the rest of the city steps back. */
  readonly dimmed: boolean;
  /** Scratch for `eye.project`. */
  readonly spot: Float64Array;
  readonly label: (ask: LabelAsk) => void;
  /** Nothing may be written here; and a click here means `target`. */
  readonly reserve: (x: number, y: number, radius: number, target?: Selection) => void;
}
export interface OverlayLayer {
  /** Returns in how many ms it would look different by at least half a pixel; nothing when it stands. */
  draw: (frame: Frame) => number | void;
}
interface Hit {
  x: number;
  y: number;
  radius: number;
  target: Selection;
}
export interface Overlay {
  marks: OverlayLayer[];
  movers: OverlayLayer[];
  /** In how many ms something would look different by itself; Infinity when all stands. */
  draw: (eye: Eye, now: number, whole: boolean) => number;
  /** What is under a point of the screen, the topmost first. */
  hit: (x: number, y: number) => Selection;
  ready: () => boolean;
  destroy: () => void;
}
export interface OverlayOptions {
  host: HTMLElement;
  scale: () => Scale;
  locale: () => 'zh' | 'en';
  dimmed: () => boolean;
  fontCame: () => void;
}

const canvasIn = (host: HTMLElement): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.className = 'scene-overlay';
  host.append(canvas);
  return canvas;
};

export const createOverlay = ({ host, scale, locale, dimmed, fontCame }: OverlayOptions): Overlay => {
  const below = canvasIn(host);
  const above = canvasIn(host);
  const belowContext = below.getContext('2d');
  const aboveContext = above.getContext('2d');
  if (!belowContext || !aboveContext) throw new Error('no 2D canvas');
  const spot = new Float64Array(3);
  const widths = new Map<string, number>();
  let sprites = new Sprites(devicePixelRatio);
  let ratio = devicePixelRatio;
  let hasFont = false;
  let standing: Hit[] = [];
  let moving: Hit[] = [];
  let taken = new Occupied();

  const font = (size: number, weight: number): string => `${weight} ${size}px ${FONT_FAMILY}`;
  const measure = (text: string, size: number, weight: number): number => {
    const key = `${weight}/${size}/${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      belowContext.font = font(size, weight);
      width = belowContext.measureText(text).width;
      if (widths.size > 5000) widths.clear();
      widths.set(key, width);
    }
    return width;
  };
  /** Subsets of the font come as they are asked for; a label with new characters waits for its own. */
  const asked = new Set<string>();
  const written = new Set<string>();
  const fontFor = (text: string): boolean => {
    if (written.has(text)) return true;
    if (document.fonts.check(font(16, 500), text)) {
      if (written.size > 5000) written.clear();
      written.add(text);
      return true;
    }
    if (!asked.has(text)) {
      asked.add(text);
      void document.fonts.load(font(16, 500), text).then(() => {
        widths.clear();
        fontCame();
      });
    }
    return false;
  };
  void document.fonts.load(font(16, 500), '区站街一').then(() => {
    hasFont = true;
    fontCame();
  });

  const resize = (canvas: HTMLCanvasElement, context: Context2D, eye: Eye): void => {
    const w = Math.round(eye.width * ratio);
    const h = Math.round(eye.height * ratio);
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, eye.width, eye.height);
  };
  const write = (context: Context2D, asks: readonly LabelAsk[], eye: Eye): void => {
    context.lineJoin = 'round';
    context.textBaseline = 'middle';
    for (const { box, text, size, colour, weight } of placeLabels(
      asks.filter(({ text }) => fontFor(text)),
      taken,
      eye,
      measure,
    )) {
      context.font = font(size, weight ?? 400);
      context.lineWidth = Math.max(3, size * 0.22);
      context.strokeStyle = css(surface.night, 0.85);
      context.strokeText(text, box.x + 3, box.y + box.h / 2);
      context.fillStyle = colour;
      context.fillText(text, box.x + 3, box.y + box.h / 2);
    }
  };
  const run = (context: Context2D, layers: readonly OverlayLayer[], eye: Eye, now: number, hits: Hit[]): number => {
    const asks: LabelAsk[] = [];
    const frame: Frame = {
      context,
      sprites,
      eye,
      scale: scale(),
      locale: locale(),
      now,
      dimmed: dimmed(),
      spot,
      label: (ask) => void asks.push(ask),
      reserve: (x, y, radius, target = null) => {
        taken.add({ x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius });
        if (target) hits.push({ x, y, radius, target });
      },
    };
    let next = Infinity;
    for (const layer of layers) next = Math.min(next, layer.draw(frame) ?? Infinity);
    if (hasFont) write(context, asks, eye);
    return next;
  };

  const overlay: Overlay = {
    marks: [],
    movers: [],
    draw: (eye, now, whole) => {
      if (ratio !== devicePixelRatio) {
        ratio = devicePixelRatio;
        sprites = new Sprites(ratio);
      }
      if (whole) {
        taken = new Occupied();
        standing = [];
        resize(below, belowContext, eye);
        run(belowContext, overlay.marks, eye, now, standing);
      }
      moving = [];
      const standingTaken = taken;
      taken = new Occupied(standingTaken);
      resize(above, aboveContext, eye);
      const next = run(aboveContext, overlay.movers, eye, now, moving);
      taken = standingTaken;
      return next;
    },
    hit: (x, y) => {
      for (const hits of [moving, standing]) {
        let best: Hit | null = null;
        let nearest = Infinity;
        for (const hit of hits) {
          const away = Math.hypot(hit.x - x, hit.y - y) - hit.radius;
          if (away < 4 && away < nearest) {
            nearest = away;
            best = hit;
          }
        }
        if (best) return best.target;
      }
      return null;
    },
    ready: () => hasFont,
    destroy: () => {
      below.remove();
      above.remove();
    },
  };
  return overlay;
};
