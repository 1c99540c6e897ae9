/**
 * Owns: round and square solids (capsules, hoops, boxes) and their shading, far to near.
 * Guarantees: the same solids through the same lens give the same pixels; light falls from above.
 * Refuses: hidden parts inside one solid, textures, anything that needs a depth buffer.
 */
import type { Lens, Pen, Vec3 } from './lens.ts';
import { add, cross, dot, paint, sub, times, unit } from './lens.ts';

export interface Capsule {
  readonly form: 'capsule';
  readonly a: Vec3;
  readonly b: Vec3;
  readonly ra: number;
  readonly rb: number;
  readonly colour: string;
}
export interface Box {
  readonly form: 'box';
  readonly centre: Vec3;
  /** Half extents as vectors: along, up, across. */
  readonly half: readonly [Vec3, Vec3, Vec3];
  readonly colour: string;
}
export type Solid = Capsule | Box;

export const capsule = (a: Vec3, b: Vec3, r: number, colour: string, rb = r): Capsule => ({
  form: 'capsule',
  a,
  b,
  ra: r,
  rb,
  colour,
});
export const ball = (at: Vec3, r: number, colour: string): Capsule => capsule(at, at, r, colour);

/** A ring of thickness `r` around `centre` in the plane of the unit vectors u and v. */
export function hoop(centre: Vec3, u: Vec3, v: Vec3, radius: number, r: number, colour: string): Capsule[] {
  const parts = 26;
  const at = (i: number): Vec3 => {
    const angle = (i / parts) * 2 * Math.PI;
    return add(centre, add(times(u, radius * Math.cos(angle)), times(v, radius * Math.sin(angle))));
  };
  return Array.from({ length: parts }, (_, i) => capsule(at(i), at(i + 1), r, colour));
}

/** A standing box: `along` is a unit vector in the floor plane; sizes are full extents in metres. */
export function crate(centre: Vec3, along: Vec3, size: readonly [number, number, number], colour: string): Box {
  const across = cross(along, [0, 1, 0]);
  return {
    form: 'box',
    centre,
    half: [times(along, size[0] / 2), [0, size[1] / 2, 0], times(across, size[2] / 2)],
    colour,
  };
}

export const middle = (solid: Solid): Vec3 => (solid.form === 'box' ? solid.centre : times(add(solid.a, solid.b), 0.5));

/** Draws solids far to near. */
export function draw(pen: Pen, eye: Lens, solids: readonly Solid[]): void {
  const sorted = solids
    .map((solid) => ({ solid, depth: eye.depth(middle(solid)) }))
    .filter(({ depth }) => depth > 0.15)
    .sort((a, b) => b.depth - a.depth);
  for (const { solid } of sorted) {
    if (solid.form === 'box') drawBox(pen, eye, solid);
    else drawCapsule(pen, eye, solid);
  }
}

function drawCapsule(pen: Pen, eye: Lens, solid: Capsule): void {
  let a = eye.see(solid.a);
  let b = eye.see(solid.b);
  let ra = Math.max(solid.ra * a.scale, 0.35);
  let rb = Math.max(solid.rb * b.scale, 0.35);
  if (rb > ra) [a, b, ra, rb] = [b, a, rb, ra];
  const away = Math.hypot(b.x - a.x, b.y - a.y);
  pen.beginPath();
  if (away <= ra - rb + 0.01) {
    pen.arc(a.x, a.y, ra, 0, 2 * Math.PI);
  } else {
    const axis = Math.atan2(b.y - a.y, b.x - a.x);
    const lean = Math.acos((ra - rb) / away);
    pen.arc(a.x, a.y, ra, axis + lean, axis - lean);
    pen.arc(b.x, b.y, rb, axis - lean, axis + lean);
    pen.closePath();
  }
  pen.fillStyle = ra < 1.4 ? solid.colour : sheen(pen, a, b, away, ra, solid.colour);
  pen.fill();
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Light from above left: a ramp across the round body. */
function sheen(pen: Pen, a: Spot, b: Spot, away: number, r: number, colour: string) {
  let nx = away < 1 ? -0.45 : (b.y - a.y) / away;
  let ny = away < 1 ? -0.89 : (a.x - b.x) / away;
  if (ny > 0.02 || (Math.abs(ny) <= 0.02 && nx > 0)) [nx, ny] = [-nx, -ny];
  const ramp = pen.createLinearGradient(a.x + nx * r, a.y + ny * r, a.x - nx * r, a.y - ny * r);
  ramp.addColorStop(0, shade(colour, 1.28));
  ramp.addColorStop(0.45, colour);
  ramp.addColorStop(1, shade(colour, 0.52));
  return ramp;
}

const light = unit([-0.35, 1, 0.45]);

function drawBox(pen: Pen, eye: Lens, box: Box): void {
  const faces: { face: Vec3[]; normal: Vec3; depth: number }[] = [];
  for (let axis = 0; axis < 3; axis++) {
    for (const sign of [1, -1]) {
      const out = times(box.half[axis] ?? [0, 0, 0], sign);
      const u = box.half[(axis + 1) % 3] ?? [0, 0, 0];
      const v = box.half[(axis + 2) % 3] ?? [0, 0, 0];
      const at = add(box.centre, out);
      if (dot(sub(eye.eye, at), out) <= 0) continue;
      const face = [add(add(at, u), v), add(sub(at, u), v), sub(sub(at, u), v), sub(add(at, u), v)];
      faces.push({ face, normal: unit(out), depth: eye.depth(at) });
    }
  }
  faces.sort((a, b) => b.depth - a.depth);
  for (const { face, normal } of faces) {
    paint(pen, eye, face, shade(box.colour, 0.74 + 0.36 * dot(normal, light)));
  }
}

/** The colour `#rrggbb` made lighter (k > 1) or darker. */
export function shade(colour: string, k: number): string {
  const n = Number.parseInt(colour.slice(1), 16);
  const part = (shift: number): number => Math.max(0, Math.min(255, Math.round(((n >> shift) & 255) * k)));
  return `rgb(${part(16)},${part(8)},${part(0)})`;
}
