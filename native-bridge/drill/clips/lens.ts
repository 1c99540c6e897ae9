/**
 * Owns: the pinhole camera of the drawn clips and the flat faces seen through it.
 * Guarantees: metres in (x right, y up, z towards the viewer of the room), pixels out; faces are cut at
 * the near plane, so a wall may pass behind the camera.
 * Refuses: depth sorting, which is the business of the solids.
 */
import type { CanvasGradient, SKRSContext2D } from '@napi-rs/canvas';

export type Vec3 = readonly [number, number, number];
export type Pen = SKRSContext2D;

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const unit = (a: Vec3): Vec3 => times(a, 1 / Math.hypot(...a));
export const mix = (a: Vec3, b: Vec3, t: number): Vec3 => add(a, times(sub(b, a), t));

export interface Seen {
  readonly x: number;
  readonly y: number;
  /** Distance along the view axis, metres. */
  readonly depth: number;
  /** Pixels a metre at this depth. */
  readonly scale: number;
}

const near = 0.08;

export interface Lens {
  readonly eye: Vec3;
  see(point: Vec3): Seen;
  depth(point: Vec3): number;
  /** Adds the face's outline to the current path; false when all of it lies behind the camera. */
  trace(pen: Pen, face: readonly Vec3[]): boolean;
}

/** A lens of `fov` degrees from top to bottom at `eye`, looking at `at`, on a picture of w × h pixels. */
export function lens(eye: Vec3, at: Vec3, fov: number, w: number, h: number): Lens {
  const ahead = unit(sub(at, eye));
  const right = unit(cross(ahead, [0, 1, 0]));
  const up = cross(right, ahead);
  const focal = h / 2 / Math.tan((fov * Math.PI) / 360);
  const toCamera = (p: Vec3): Vec3 => {
    const d = sub(p, eye);
    return [dot(d, right), dot(d, up), dot(d, ahead)];
  };
  const toScreen = (c: Vec3): [number, number] => [w / 2 + (focal * c[0]) / c[2], h / 2 - (focal * c[1]) / c[2]];
  return {
    eye,
    depth: (point) => dot(sub(point, eye), ahead),
    see(point) {
      const c = toCamera(point);
      const depth = Math.max(c[2], near);
      const [x, y] = toScreen([c[0], c[1], depth]);
      return { x, y, depth, scale: focal / depth };
    },
    trace(pen, face) {
      const shown = cutNear(face.map(toCamera));
      shown.forEach((c, i) => {
        const [x, y] = toScreen(c);
        if (i === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      });
      if (shown.length > 0) pen.closePath();
      return shown.length > 0;
    },
  };
}

function cutNear(face: readonly Vec3[]): Vec3[] {
  const out: Vec3[] = [];
  face.forEach((here, i) => {
    const next = face[(i + 1) % face.length] ?? here;
    if (here[2] >= near) out.push(here);
    if (here[2] >= near !== next[2] >= near) {
      out.push(mix(here, next, (near - here[2]) / (next[2] - here[2])));
    }
  });
  return out;
}

/** A colour ramp between two points of the room: stops of [share of the way, colour]. */
export interface Ramp {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly stops: readonly (readonly [number, string])[];
}

/** Fills a flat face with a colour or a ramp. */
export function paint(pen: Pen, eye: Lens, face: readonly Vec3[], fill: string | Ramp): void {
  pen.beginPath();
  if (!eye.trace(pen, face)) return;
  pen.fillStyle = typeof fill === 'string' ? fill : gradient(pen, eye, fill);
  pen.fill();
}

function gradient(pen: Pen, eye: Lens, ramp: Ramp): CanvasGradient {
  const a = eye.see(ramp.from);
  const b = eye.see(ramp.to);
  const made = pen.createLinearGradient(a.x, a.y, b.x, b.y);
  for (const [at, colour] of ramp.stops) made.addColorStop(at, colour);
  return made;
}
