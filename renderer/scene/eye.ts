/**
 * The eye: where the scene is looked at from, and where a point falls on the screen.
 *
 * Owns: the pose (target, heading, pitch, range), its limits, projection and rays. All in the plane's frame.
 * Guarantees: pure; what it projects agrees with what Cesium draws, since Cesium is given the same pose and field of view.
 *   In plan (the flat map) it looks straight down without perspective: nothing leans, everywhere one scale.
 * Refuses: to look from below the ground or from outside the district.
 */
import { LEVEL, type Land, type Vec3 } from './plane.ts';

export interface Pose {
  /** What is looked at. */
  x: number;
  y: number;
  /** Metres above the ground. */
  h: number;
  /** Degrees clockwise from north. */
  heading: number;
  /** Degrees; -90 looks straight down. */
  pitch: number;
  /** Metres from the eye to what is looked at. */
  range: number;
}
/** Vertical field of view: narrow, so that towers at the rim do not lean. */
export const FOV_Y = (36 * Math.PI) / 180;
export const LIMITS = { pitch: [-89, -12], range: [60, 90_000] } as const;

/** Of an eye in plan: so far above the ground, metres, that the tallest house lies below it; its scale is the range's. */
const PLAN_ABOVE = 2000;
/** Looked at so, a pose can be drawn in plan. */
export const PLAN = { heading: 0, pitch: -90 } as const;
export const isPlan = ({ heading, pitch }: Pose): boolean => heading === PLAN.heading && pitch === PLAN.pitch;

const clamp = (v: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, v));
export const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;

/** `reach`: how far from the centre the target may lie, metres. */
export const within = (pose: Pose, reach: number): Pose => {
  const away = Math.hypot(pose.x, pose.y);
  const back = away > reach ? reach / away : 1;
  return {
    x: pose.x * back,
    y: pose.y * back,
    h: Math.max(0, pose.h),
    heading: turn(pose.heading),
    pitch: clamp(pose.pitch, LIMITS.pitch),
    range: clamp(pose.range, LIMITS.range),
  };
};

export interface Eye {
  readonly pose: Pose;
  readonly position: Vec3;
  /** Unit vectors: where it looks, what is up and what is right on the screen. */
  readonly forward: Vec3;
  readonly up: Vec3;
  readonly right: Vec3;
  readonly width: number;
  readonly height: number;
  /** Without perspective. */
  readonly plan: boolean;
  /** What it stands on. */
  readonly land: Land;
  /** CSS pixels that one metre across the line of sight takes at a distance of one metre; in plan at every depth 1/range of it. */
  readonly focal: number;
  /** Writes x, y (CSS pixels) and depth (metres along the line of sight; in plan the range) into `out`; false when behind the eye. */
  readonly project: (x: number, y: number, z: number, out: Float64Array) => boolean;
  /** Where the line of sight through a CSS pixel begins, and its direction (unit). */
  readonly ray: (px: number, py: number) => { from: Vec3; along: Vec3 };
  /** Where that ray meets the ground; null above the horizon. */
  readonly ground: (px: number, py: number) => [x: number, y: number] | null;
}

/** Over a hill the eye keeps so far above the ground, metres: it is lifted, and looks over it. */
const CLEAR = 30;
/** A ray comes so near to the ground, metres, in at most so many steps. */
const MET = 0.01;
const MOST_STEPS = 200;
/** Beyond this there is no ground to meet, metres. */
const FARTHEST = 400_000;

export const createEye = (pose: Pose, width: number, height: number, plan = false, land = LEVEL): Eye => {
  const heading = (pose.heading * Math.PI) / 180;
  const pitch = (pose.pitch * Math.PI) / 180;
  const sinH = Math.sin(heading);
  const cosH = Math.cos(heading);
  const sinP = Math.sin(pitch);
  const cosP = Math.cos(pitch);
  const forward: Vec3 = [sinH * cosP, cosH * cosP, sinP];
  const up: Vec3 = [-sinH * sinP, -cosH * sinP, cosP];
  const right: Vec3 = [cosH, -sinH, 0];
  const z = land.z(pose.x, pose.y) + pose.h;
  const away = plan ? Math.max(pose.range, PLAN_ABOVE) : pose.range;
  const position: Vec3 = [pose.x - forward[0] * away, pose.y - forward[1] * away, z - forward[2] * away];
  if (land.steepest > 0) position[2] = Math.max(position[2], land.z(position[0], position[1]) + CLEAR);
  const focal = height / 2 / Math.tan(FOV_Y / 2);
  const ray = (px: number, py: number): { from: Vec3; along: Vec3 } => {
    const a = (px - width / 2) / focal;
    const b = (height / 2 - py) / focal;
    if (plan) {
      const across = (i: 0 | 1 | 2): number => position[i] + (right[i] * a + up[i] * b) * pose.range;
      return { from: [across(0), across(1), across(2)], along: forward };
    }
    const d: Vec3 = [
      forward[0] + right[0] * a + up[0] * b,
      forward[1] + right[1] * a + up[1] * b,
      forward[2] + right[2] * a + up[2] * b,
    ];
    const l = Math.hypot(...d);
    return { from: position, along: [d[0] / l, d[1] / l, d[2] / l] };
  };
  return {
    pose,
    plan,
    land,
    position,
    forward,
    up,
    right,
    width,
    height,
    focal,
    ray,
    project: (x, y, pz, out) => {
      const dx = x - position[0];
      const dy = y - position[1];
      const dz = pz - position[2];
      const depth = dx * forward[0] + dy * forward[1] + dz * forward[2];
      if (depth < 1) return false;
      const scale = focal / (plan ? pose.range : depth);
      out[0] = width / 2 + (dx * right[0] + dy * right[1] + dz * right[2]) * scale;
      out[1] = height / 2 - (dx * up[0] + dy * up[1] + dz * up[2]) * scale;
      out[2] = plan ? pose.range : depth;
      return true;
    },
    ground: (px, py) => {
      const { from, along: d } = ray(px, py);
      if (d[2] > -1e-4) return null;
      // Never farther than the steepest ground could rise towards it; over level ground that is where they meet.
      const closing = -d[2] + land.steepest * Math.hypot(d[0], d[1]);
      let t = Math.max(0, (land.top - from[2]) / d[2]);
      let hit: [number, number] = [from[0] + d[0] * t, from[1] + d[1] * t];
      for (let i = 0; i < MOST_STEPS; i++) {
        const gap = from[2] + d[2] * t - land.z(...hit);
        if (Math.abs(gap) < MET) break;
        t += gap / closing;
        if (t <= 0 || t > FARTHEST) return null;
        hit = [from[0] + d[0] * t, from[1] + d[1] * t];
      }
      return hit;
    },
  };
};
