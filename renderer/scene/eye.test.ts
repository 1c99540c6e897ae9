import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEye, isPlan, LIMITS, PLAN, within, type Pose } from './eye.ts';
import { groundAt } from './plane.ts';

const pose: Pose = { x: 500, y: -300, h: 0, heading: 40, pitch: -35, range: 2500 };

test('S4: what is looked at lies in the middle of the screen, at its range', () => {
  const eye = createEye(pose, 1600, 900);
  const out = new Float64Array(3);
  expect(eye.project(pose.x, pose.y, groundAt(pose.x, pose.y), out)).toBe(true);
  expect(out[0]).toBeCloseTo(800, 6);
  expect(out[1]).toBeCloseTo(450, 6);
  expect(out[2]).toBeCloseTo(2500, 6);
});
test('S4: east is right and up is up when looking north', () => {
  const eye = createEye({ ...pose, heading: 0 }, 1600, 900);
  const out = new Float64Array(3);
  eye.project(pose.x + 100, pose.y, 0, out);
  expect(out[0]).toBeGreaterThan(800);
  eye.project(pose.x, pose.y, 100, out);
  expect(out[1]).toBeLessThan(450);
});
test('S4: the ground under a pixel projects back to that pixel', () => {
  const eye = createEye(pose, 1600, 900);
  const out = new Float64Array(3);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1600 }), fc.integer({ min: 100, max: 900 }), (px, py) => {
      const hit = eye.ground(px, py);
      if (!hit) return;
      eye.project(hit[0], hit[1], groundAt(...hit), out);
      expect(Math.hypot((out[0] ?? 0) - px, (out[1] ?? 0) - py)).toBeLessThan(0.5);
    }),
  );
});
test('S4: what lies behind the eye is not on the screen, the sky is not the ground', () => {
  const eye = createEye(pose, 1600, 900);
  const [x, y, z] = eye.position;
  expect(
    eye.project(x - eye.forward[0] * 10, y - eye.forward[1] * 10, z - eye.forward[2] * 10, new Float64Array(3)),
  ).toBe(false);
  expect(createEye({ ...pose, pitch: -12 }, 1600, 900).ground(800, 0)).toBeNull();
});
test('S4: a pose stays within its limits', () => {
  const held = within({ x: 90_000, y: 0, h: -5, heading: -10, pitch: 20, range: 1 }, 45_000);
  expect(held).toEqual({ x: 45_000, y: 0, h: 0, heading: 350, pitch: LIMITS.pitch[1], range: LIMITS.range[0] });
});

const inPlan = { x: 400, y: -200, h: 0, ...PLAN, range: 1000 };
test('S4: in plan nothing leans, and everywhere is one scale', () => {
  const eye = createEye(inPlan, 1600, 900, isPlan(inPlan));
  const spot = new Float64Array(3);
  const roof = new Float64Array(3);
  expect(eye.project(900, 150, 0, spot) && eye.project(900, 150, 400, roof)).toBe(true);
  expect([roof[0], roof[1]]).toEqual([spot[0], spot[1]]);
  eye.project(inPlan.x + 100, inPlan.y, 0, spot);
  expect(spot[0]).toBeCloseTo(800 + (100 * eye.focal) / 1000, 6);
  expect(spot[1]).toBeCloseTo(450, 6);
});
test('S4: in plan what a pixel shows and where it lies agree, and at the middle of the screen depth and plan do', () => {
  const eye = createEye(inPlan, 1600, 900, true);
  const [x = 0, y = 0] = eye.ground(1300, 120) ?? [];
  const spot = new Float64Array(3);
  eye.project(x, y, groundAt(x, y), spot);
  expect([spot[0], spot[1]].map((v) => Math.round((v ?? 0) * 1e6) / 1e6)).toEqual([1300, 120]);
  const deep = createEye(inPlan, 1600, 900).ground(800, 450);
  expect(deep?.map((v) => Math.round(v * 1000))).toEqual(eye.ground(800, 450)?.map((v) => Math.round(v * 1000)));
});
