/**
 * Owns: the two things a detector must not take for an e-bike: stroller and wheelchair.
 * Guarantees: as `figures`: solids standing at the pose, real sizes, metres.
 * Refuses: people; whoever pushes or sits is drawn by `figures`.
 */
import type { Vec3 } from './lens.ts';
import { add, cross, times } from './lens.ts';
import type { Pose } from './figures.ts';
import { ball, capsule, crate, hoop } from './solid.ts';
import type { Solid } from './solid.ts';

function placed(pose: Pose): { ahead: Vec3; put(u: number, v: number, w?: number): Vec3 } {
  const ahead: Vec3 = [Math.sin(pose.turn), 0, Math.cos(pose.turn)];
  const left = cross([0, 1, 0], ahead);
  const foot: Vec3 = [pose.at[0], 0, pose.at[1]];
  return {
    ahead,
    put: (u, v, w = 0) => add(foot, add(times(ahead, u), add([0, v, 0], times(left, w)))),
  };
}

/** A pram 0.95 m long: four small wheels, a tub with a round hood, a handle behind. */
export function stroller(pose: Pose, colour: string): Solid[] {
  const { ahead, put } = placed(pose);
  const up: Vec3 = [0, 1, 0];
  const parts: Solid[] = [];
  for (const [u, r] of [
    [0.36, 0.1],
    [-0.32, 0.13],
  ] as const) {
    for (const w of [0.22, -0.22]) {
      parts.push(...hoop(put(u, r, w), ahead, up, r - 0.02, 0.02, '#1d1e22'));
      parts.push(ball(put(u, r, w), 0.03, '#c9ced6'));
    }
  }
  for (const w of [0.2, -0.2]) {
    parts.push(
      capsule(put(0.36, 0.1, w), put(-0.4, 0.9, w), 0.014, '#aeb4bd'),
      capsule(put(-0.32, 0.13, w), put(0.2, 0.52, w), 0.014, '#aeb4bd'),
      capsule(put(-0.4, 0.9, w), put(-0.52, 1.02, w), 0.014, '#aeb4bd'),
    );
  }
  parts.push(
    capsule(put(-0.52, 1.02, 0.2), put(-0.52, 1.02, -0.2), 0.022, '#2a2320'),
    crate(put(-0.02, 0.26), ahead, [0.44, 0.14, 0.34], '#4d525b'),
    capsule(put(-0.18, 0.6, 0.09), put(0.3, 0.52, 0.09), 0.14, colour, 0.11),
    capsule(put(-0.18, 0.6, -0.09), put(0.3, 0.52, -0.09), 0.14, colour, 0.11),
    capsule(put(0.34, 0.5, 0.1), put(0.46, 0.46, 0.1), 0.07, colour, 0.05),
    capsule(put(0.34, 0.5, -0.1), put(0.46, 0.46, -0.1), 0.07, colour, 0.05),
    capsule(put(-0.02, 0.68), put(0.24, 0.64), 0.11, '#f3e7c9', 0.09),
    ball(put(-0.08, 0.76), 0.085, '#e9bf9b'),
  );
  // the hood: ribs of one dome, closed behind and open in front
  for (let i = 0; i < 6; i++) {
    const angle = 0.5 + i * 0.36;
    const reach = 0.3;
    const u = -0.2 + reach * Math.cos(angle) * 0.8;
    const v = 0.66 + reach * Math.sin(angle);
    const tone = i % 2 === 0 ? colour : '#f2f4f7';
    parts.push(capsule(put(u, v, 0.17), put(u, v, -0.17), 0.06, tone));
  }
  return parts;
}

/** A wheelchair: two large hoops side by side, seat, back, footrests, push handles. */
export function wheelchair(pose: Pose): Solid[] {
  const { ahead, put } = placed(pose);
  const up: Vec3 = [0, 1, 0];
  const steel = '#c3c9d1';
  const parts: Solid[] = [];
  for (const w of [0.3, -0.3]) {
    parts.push(
      ...hoop(put(-0.1, 0.31, w), ahead, up, 0.29, 0.018, '#1b1c20'),
      ...hoop(put(-0.1, 0.31, w * 1.08), ahead, up, 0.25, 0.009, steel),
      ...hoop(put(0.36, 0.1, w * 0.85), ahead, up, 0.08, 0.018, '#1b1c20'),
      ball(put(-0.1, 0.31, w), 0.035, steel),
      capsule(put(-0.24, 0.45, w * 0.85), put(-0.3, 0.94, w * 0.85), 0.016, steel),
      capsule(put(-0.3, 0.94, w * 0.85), put(-0.42, 0.94, w * 0.75), 0.02, '#22242a'),
      capsule(put(-0.22, 0.5, w * 0.85), put(0.3, 0.5, w * 0.85), 0.016, steel),
      capsule(put(-0.22, 0.72, w * 0.9), put(0.22, 0.72, w * 0.9), 0.026, '#22242a'),
      capsule(put(0.22, 0.72, w * 0.9), put(0.3, 0.5, w * 0.85), 0.014, steel),
      capsule(put(0.3, 0.5, w * 0.85), put(0.48, 0.14, w * 0.6), 0.014, steel),
      crate(put(0.54, 0.1, w * 0.45), ahead, [0.16, 0.02, 0.14], '#30333a'),
    );
    for (let i = 0; i < 8; i++) {
      const angle = (i / 8) * 2 * Math.PI;
      const rim = put(-0.1 + 0.27 * Math.cos(angle), 0.31 + 0.27 * Math.sin(angle), w);
      parts.push(capsule(put(-0.1, 0.31, w), rim, 0.004, steel));
    }
  }
  parts.push(
    crate(put(0.03, 0.5), ahead, [0.48, 0.05, 0.46], '#2456a6'),
    crate(put(-0.26, 0.73), ahead, [0.04, 0.42, 0.46], '#2456a6'),
  );
  return parts;
}
