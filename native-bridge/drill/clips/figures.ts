/**
 * Owns: the bodies that move through the clips: people, e-bike, bicycle, stroller, wheelchair.
 * Guarantees: a figure is a list of solids standing on the floor at `at` ([x, z]) and turned by `turn`
 * (radians; 0 looks towards the camera side, +z); sizes are those of the real things, in metres.
 * Refuses: faces and likeness of anybody.
 */
import type { Vec3 } from './lens.ts';
import { add, cross, times } from './lens.ts';
import { ball, capsule, crate, hoop } from './solid.ts';
import type { Solid } from './solid.ts';

export interface Pose {
  readonly at: readonly [number, number];
  readonly turn: number;
  /** Steps taken, in radians of the walking cycle; absent: standing. */
  readonly stride?: number;
}
export interface Clothes {
  readonly coat: string;
  readonly legs: string;
  readonly hair: string;
  readonly skin: string;
  readonly height?: number;
  readonly helmet?: boolean;
}

/** The axes of a turned figure: forward, up, left hand. */
interface Axes {
  readonly ahead: Vec3;
  readonly left: Vec3;
  put(u: number, v: number, w?: number): Vec3;
}
function axes(pose: Pose): Axes {
  const ahead: Vec3 = [Math.sin(pose.turn), 0, Math.cos(pose.turn)];
  const left = cross([0, 1, 0], ahead);
  const foot: Vec3 = [pose.at[0], 0, pose.at[1]];
  return {
    ahead,
    left,
    put: (u, v, w = 0) => add(foot, add(times(ahead, u), add([0, v, 0], times(left, w)))),
  };
}

/** A person; `grip` are the points the hands hold, if any. */
export function person(pose: Pose, wear: Clothes, grip?: readonly [Vec3, Vec3]): Solid[] {
  const { put } = axes(pose);
  const k = (wear.height ?? 1.7) / 1.7;
  const swing = pose.stride === undefined ? 0 : Math.sin(pose.stride);
  const bob = pose.stride === undefined ? 0 : 0.015 * Math.cos(2 * pose.stride);
  const p = (u: number, v: number, w = 0): Vec3 => put(u * k, v * k + bob, w * k);
  const limbs: Solid[] = [];
  for (const side of [1, -1]) {
    const step = 0.22 * swing * side;
    const lift = 0.05 * Math.max(0, swing * side);
    const foot = p(step, 0.05 + lift, 0.1 * side);
    limbs.push(
      capsule(p(0, 0.88, 0.09 * side), p(step * 0.55 + 0.02, 0.48, 0.1 * side), 0.085, wear.legs, 0.065),
      capsule(p(step * 0.55 + 0.02, 0.48, 0.1 * side), foot, 0.062, wear.legs, 0.045),
      capsule(foot, p(step + 0.14, 0.04 + lift, 0.11 * side), 0.048, '#23252b'),
    );
    const shoulder = p(0, 1.38, 0.2 * side);
    const hand = grip ? grip[side === 1 ? 0 : 1] : p(0.04 - step * 0.8, 0.82, 0.27 * side);
    const elbow = add(
      times(add(shoulder, hand), 0.5),
      p(-0.04, -0.06, 0.05 * side).map((c, i) => c - (p(0, 0)[i] ?? 0)) as [number, number, number],
    );
    limbs.push(
      capsule(shoulder, elbow, 0.06, wear.coat, 0.05),
      capsule(elbow, hand, 0.05, wear.coat, 0.038),
      ball(hand, 0.043, wear.skin),
    );
  }
  return [
    ...limbs,
    capsule(p(0, 0.94), p(0, 1.12), 0.155, wear.coat, 0.16),
    capsule(p(0, 1.12, 0.08), p(0, 1.34, 0.12), 0.125, wear.coat, 0.105),
    capsule(p(0, 1.12, -0.08), p(0, 1.34, -0.12), 0.125, wear.coat, 0.105),
    capsule(p(0.0, 1.4), p(0.01, 1.5), 0.055, wear.skin),
    ...head(p, wear),
  ];
}

function head(p: (u: number, v: number, w?: number) => Vec3, wear: Clothes): Solid[] {
  if (wear.helmet) {
    return [
      ball(p(0.03, 1.56), 0.1, wear.skin),
      ball(p(-0.005, 1.62), 0.13, wear.hair),
      capsule(p(0.1, 1.63, 0.07), p(0.1, 1.63, -0.07), 0.03, '#1d2630'),
    ];
  }
  return [ball(p(0.025, 1.57), 0.102, wear.skin), ball(p(-0.012, 1.605), 0.112, wear.hair)];
}

/** A seated person; `seat` is the height of the seat. */
export function seated(pose: Pose, wear: Clothes, seat: number, grip?: readonly [Vec3, Vec3]): Solid[] {
  const { put } = axes(pose);
  const lower = seat - 0.78;
  const p = (u: number, v: number, w = 0): Vec3 => put(u, v + lower, w);
  const limbs: Solid[] = [];
  for (const side of [1, -1]) {
    const knee = put(0.42, seat + 0.04, 0.1 * side);
    const shoulder = p(0, 1.38, 0.2 * side);
    const hand = grip ? grip[side === 1 ? 0 : 1] : put(0.3, seat + 0.16, 0.13 * side);
    const elbow = add(times(add(shoulder, hand), 0.5), times([0, -1, 0], 0.1));
    limbs.push(
      capsule(put(0, seat + 0.08, 0.09 * side), knee, 0.085, wear.legs, 0.07),
      capsule(knee, put(0.44, 0.12, 0.1 * side), 0.065, wear.legs, 0.05),
      capsule(put(0.44, 0.09, 0.1 * side), put(0.58, 0.08, 0.1 * side), 0.048, '#23252b'),
      capsule(shoulder, elbow, 0.06, wear.coat, 0.05),
      capsule(elbow, hand, 0.05, wear.coat, 0.04),
      ball(hand, 0.043, wear.skin),
    );
  }
  return [
    ...limbs,
    capsule(p(0, 0.9), p(0, 1.12), 0.15, wear.coat, 0.15),
    capsule(p(0, 1.1, 0.08), p(0, 1.34, 0.12), 0.125, wear.coat, 0.105),
    capsule(p(0, 1.1, -0.08), p(0, 1.34, -0.12), 0.125, wear.coat, 0.105),
    capsule(p(0, 1.4), p(0.01, 1.5), 0.055, wear.skin),
    ...head(p, wear),
  ];
}

function wheel(
  to: Axes,
  at: readonly [number, number, number],
  radius: number,
  tyre: number,
  spokes: boolean,
): Solid[] {
  const centre = to.put(...at);
  const up: Vec3 = [0, 1, 0];
  const parts: Solid[] = [
    ...hoop(centre, to.ahead, up, radius - tyre, tyre, '#1b1c20'),
    ...hoop(centre, to.ahead, up, radius - 2.1 * tyre, tyre * 0.34, '#c9ced6'),
  ];
  if (spokes) {
    for (let i = 0; i < 8; i++) {
      const angle = (i / 8) * 2 * Math.PI + 0.2;
      const r = radius - 2 * tyre;
      const rim = to.put(at[0] + r * Math.cos(angle), at[1] + r * Math.sin(angle), at[2]);
      parts.push(capsule(centre, rim, 0.004, '#b4bac4'));
    }
  }
  return parts;
}

/** Where the hands hold the bars of an e-bike, bicycle, stroller or wheelchair of this pose. */
export function grips(pose: Pose, bar: readonly [number, number, number]): [Vec3, Vec3] {
  const { put } = axes(pose);
  return [put(bar[0], bar[1], bar[2]), put(bar[0], bar[1], -bar[2])];
}
export const eBikeBar = [0.36, 1.03, 0.3] as const;
export const bicycleBar = [0.38, 1.0, 0.27] as const;
export const strollerBar = [-0.52, 1.02, 0.19] as const;
export const wheelchairBar = [-0.42, 0.94, 0.22] as const;

/** A step-through e-bike 1.65 m long: fat wheels, seat, bars with mirrors, lamp, battery under the seat. */
export function eBike(pose: Pose, colour: string): Solid[] {
  const to = axes(pose);
  const { put } = to;
  const parts: Solid[] = [
    ...wheel(to, [-0.56, 0.25, 0], 0.25, 0.055, false),
    ...wheel(to, [0.62, 0.25, 0], 0.25, 0.055, false),
    capsule(put(-0.56, 0.25, 0.05), put(-0.56, 0.25, -0.05), 0.09, '#8d949e'),
    capsule(put(0.62, 0.25, 0.04), put(0.62, 0.25, -0.04), 0.05, '#8d949e'),
    // frame: floor board, front shield, tail
    capsule(put(-0.3, 0.3, 0.07), put(0.3, 0.28, 0.07), 0.05, colour),
    capsule(put(-0.3, 0.3, -0.07), put(0.3, 0.28, -0.07), 0.05, colour),
    capsule(put(-0.28, 0.355), put(0.26, 0.335), 0.03, '#2a2c31'),
    capsule(put(0.3, 0.3, 0.08), put(0.43, 0.82, 0.07), 0.06, colour),
    capsule(put(0.3, 0.3, -0.08), put(0.43, 0.82, -0.07), 0.06, colour),
    capsule(put(0.33, 0.3), put(0.45, 0.84), 0.075, colour),
    capsule(put(0.45, 0.78), put(0.6, 0.3), 0.03, '#9aa1ab'),
    capsule(put(0.44, 0.56), put(0.8, 0.48), 0.04, colour, 0.025),
    capsule(put(-0.24, 0.6), put(-0.74, 0.68), 0.09, colour, 0.06),
    capsule(put(-0.3, 0.36), put(-0.56, 0.28), 0.045, '#6c727c'),
    // battery: a pale box with a green charge bar, under the seat
    crate(put(-0.2, 0.52), to.ahead, [0.16, 0.3, 0.22], '#e6e9ee'),
    crate(put(-0.2, 0.55), to.ahead, [0.165, 0.08, 0.225], '#1fa65a'),
    // seat and carrier
    capsule(put(-0.52, 0.79), put(-0.06, 0.77), 0.072, '#191a1e', 0.06),
    capsule(put(-0.52, 0.8, 0.05), put(-0.14, 0.78, 0.05), 0.055, '#191a1e'),
    capsule(put(-0.52, 0.8, -0.05), put(-0.14, 0.78, -0.05), 0.055, '#191a1e'),
    capsule(put(-0.62, 0.8, 0.1), put(-0.86, 0.82, 0.1), 0.014, '#9aa1ab'),
    capsule(put(-0.62, 0.8, -0.1), put(-0.86, 0.82, -0.1), 0.014, '#9aa1ab'),
    capsule(put(-0.86, 0.82, 0.1), put(-0.86, 0.82, -0.1), 0.014, '#9aa1ab'),
    ball(put(-0.78, 0.64), 0.04, '#d8352c'),
    // steering: column, bars, grips, lamp, mirrors
    capsule(put(0.44, 0.84), put(0.39, 1.0), 0.035, '#3a3d44'),
    capsule(put(0.39, 1.01, 0.3), put(0.41, 1.0, 0), 0.02, '#4a4e57'),
    capsule(put(0.39, 1.01, -0.3), put(0.41, 1.0, 0), 0.02, '#4a4e57'),
    capsule(put(0.37, 1.03, 0.33), put(0.385, 1.02, 0.21), 0.027, '#141518'),
    capsule(put(0.37, 1.03, -0.33), put(0.385, 1.02, -0.21), 0.027, '#141518'),
    ball(put(0.5, 0.9), 0.075, '#fff3c4'),
  ];
  for (const side of [1, -1]) {
    parts.push(
      capsule(put(0.4, 1.02, 0.17 * side), put(0.42, 1.2, 0.27 * side), 0.009, '#33363d'),
      capsule(put(0.42, 1.22, 0.25 * side), put(0.42, 1.23, 0.31 * side), 0.045, '#2b2e35'),
    );
  }
  return parts;
}

/** A city bicycle 1.7 m long: thin spoked wheels, diamond frame, saddle, basket, no battery. */
export function bicycle(pose: Pose, colour: string): Solid[] {
  const to = axes(pose);
  const { put } = to;
  const tube = (a: readonly [number, number], b: readonly [number, number], r = 0.017): Solid =>
    capsule(put(...a), put(...b), r, colour);
  return [
    ...wheel(to, [-0.52, 0.34, 0], 0.34, 0.02, true),
    ...wheel(to, [0.54, 0.34, 0], 0.34, 0.02, true),
    tube([-0.52, 0.34], [-0.08, 0.3]),
    tube([-0.52, 0.34], [-0.2, 0.78], 0.012),
    tube([-0.08, 0.3], [-0.24, 0.86]),
    tube([-0.08, 0.3], [0.36, 0.78], 0.021),
    tube([-0.2, 0.76], [0.37, 0.84], 0.019),
    tube([0.36, 0.92], [0.54, 0.34]),
    capsule(put(-0.36, 0.92), put(-0.14, 0.91), 0.05, '#26221f', 0.025),
    capsule(put(0.36, 0.9), put(0.37, 1.0), 0.014, '#b4bac4'),
    capsule(put(0.36, 1.0, 0.28), put(0.4, 1.0, 0), 0.014, '#b4bac4'),
    capsule(put(0.36, 1.0, -0.28), put(0.4, 1.0, 0), 0.014, '#b4bac4'),
    capsule(put(0.34, 1.0, 0.3), put(0.36, 1.0, 0.2), 0.02, '#2a2320'),
    capsule(put(0.34, 1.0, -0.3), put(0.36, 1.0, -0.2), 0.02, '#2a2320'),
    ...hoop(put(-0.08, 0.3), to.ahead, [0, 1, 0], 0.09, 0.01, '#8d949e'),
    capsule(put(-0.08, 0.3, 0.06), put(0.04, 0.18, 0.1), 0.013, '#6c727c'),
    capsule(put(-0.08, 0.3, -0.06), put(-0.2, 0.42, -0.1), 0.013, '#6c727c'),
    ...basket(put),
  ];
}

function basket(put: Axes['put']): Solid[] {
  const wire = '#d7dbe1';
  const parts: Solid[] = [];
  for (const v of [0.72, 0.82, 0.92]) {
    const w = 0.1 + (v - 0.72) * 0.25;
    const [b, f] = [0.48, 0.74 + (v - 0.72) * 0.2];
    parts.push(
      capsule(put(b, v, w), put(f, v, w), 0.006, wire),
      capsule(put(b, v, -w), put(f, v, -w), 0.006, wire),
      capsule(put(f, v, w), put(f, v, -w), 0.006, wire),
      capsule(put(b, v, w), put(b, v, -w), 0.006, wire),
    );
  }
  return parts;
}
