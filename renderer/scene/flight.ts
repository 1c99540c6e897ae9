/**
 * From one pose to another without losing one's way.
 *
 * Owns: the path. Guarantees: the shortest turn; long ways rise and come down on one smooth arc whose perceived speed is
 *   even (van Wijk & Nuij 2003), short ones stay low; bounded duration; ends exactly at its goal.
 * Refuses: spins and rolls.
 */
import { turn, type Pose } from './eye.ts';

export interface Flight {
  /** ms */
  readonly duration: number;
  /** `t` in ms since the start. */
  readonly at: (t: number) => Pose;
}
/** How much it rises: the authors' own experiments found 1.42 agreeable. */
const RHO = 1.42;
/** ms per unit of path, and the bounds that keep a wall answering and a viewer oriented. */
const PACE = 420;
const SHORTEST = 500;
const LONGEST = 2600;

export const shortestTurn = (from: number, to: number): number => {
  const d = turn(to - from);
  return d > 180 ? d - 360 : d;
};
/** Starts and stops gently. */
const ease = (t: number): number => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t));

/** `pace`: so many times as slow as a flight that somebody waits for. */
export const flightBetween = (from: Pose, to: Pose, pace = 1): Flight => {
  const w0 = from.range;
  const w1 = to.range;
  const u1 = Math.hypot(to.x - from.x, to.y - from.y);
  const turning = shortestTurn(from.heading, to.heading);
  const rho2 = RHO * RHO;
  let length: number;
  let path: (s: number) => { u: number; w: number };
  if (u1 < 1) {
    length = Math.abs(Math.log(w1 / w0)) / RHO;
    const sign = w1 < w0 ? -1 : 1;
    path = (s) => ({ u: length > 0 ? (u1 * s) / length : u1, w: w0 * Math.exp(sign * RHO * s) });
  } else {
    const b0 = (w1 * w1 - w0 * w0 + rho2 * rho2 * u1 * u1) / (2 * w0 * rho2 * u1);
    const b1 = (w1 * w1 - w0 * w0 - rho2 * rho2 * u1 * u1) / (2 * w1 * rho2 * u1);
    const r0 = Math.log(Math.sqrt(b0 * b0 + 1) - b0);
    const r1 = Math.log(Math.sqrt(b1 * b1 + 1) - b1);
    length = (r1 - r0) / RHO;
    const cosh0 = Math.cosh(r0);
    path = (s) => ({
      u: (w0 / rho2) * (cosh0 * Math.tanh(RHO * s + r0) - Math.sinh(r0)),
      w: (w0 * cosh0) / Math.cosh(RHO * s + r0),
    });
  }
  const effort = length + Math.abs(turning) / 90 + Math.abs(to.pitch - from.pitch) / 60;
  const duration = pace * Math.min(LONGEST, Math.max(SHORTEST, effort * PACE));
  return {
    duration,
    at: (t) => {
      if (t >= duration) return to;
      if (t <= 0) return from;
      const part = ease(t / duration);
      const { u, w } = path(part * length);
      const way = u1 < 1 ? part : u / u1;
      return {
        x: from.x + (to.x - from.x) * way,
        y: from.y + (to.y - from.y) * way,
        h: from.h + (to.h - from.h) * part,
        heading: turn(from.heading + turning * part),
        pitch: from.pitch + (to.pitch - from.pitch) * part,
        range: w,
      };
    },
  };
};
