import { expect, test } from 'vitest';
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';
import { MELT_MS, newMover, shownAt, takeReport, type Report } from './reckon.ts';

const limits = AGE_LIMITS.vehicle;
const east: Report = { x: 0, y: 0, heading: 90, speed: 10, heard: 0 };

test('S7: between reports a vehicle goes on as it was reported to go', () => {
  const at = shownAt(newMover(east), 2000, limits);
  expect(at.x).toBeCloseTo(20, 6);
  expect(at.y).toBeCloseTo(0, 6);
  expect(at.moving).toBe(true);
});
test('S7: a report that differs makes no jump; the error melts away', () => {
  const mover = newMover(east);
  const before = shownAt(mover, 2000, limits);
  takeReport(mover, { x: 15, y: 6, heading: 80, speed: 8, heard: 2000 }, 2000, limits);
  const after = shownAt(mover, 2000, limits);
  expect(after.x).toBeCloseTo(before.x, 6);
  expect(after.y).toBeCloseTo(before.y, 6);
  let last = after;
  for (let t = 2000; t <= 2000 + MELT_MS; t += 16) {
    const now = shownAt(mover, t, limits);
    expect(Math.hypot(now.x - last.x, now.y - last.y)).toBeLessThan(0.5);
    last = now;
  }
  const rad = (80 * Math.PI) / 180;
  const seconds = MELT_MS / 1000;
  const done = shownAt(mover, 2000 + MELT_MS, limits);
  expect(done.x).toBeCloseTo(15 + Math.sin(rad) * 8 * seconds, 3);
  expect(done.y).toBeCloseTo(6 + Math.cos(rad) * 8 * seconds, 3);
});
test('S7: beyond freshness it stands still and says how old it is', () => {
  const mover = newMover(east);
  const late = shownAt(mover, limits.fresh + 5000, limits);
  expect(late.x).toBeCloseTo(10 * (limits.fresh / 1000), 6);
  expect(late.age).toBe('late');
  expect(late.moving).toBe(false);
  expect(shownAt(mover, limits.stale + 1, limits).age).toBe('stale');
});
test('S7: a report from far away is a new place, not a glide', () => {
  const mover = newMover(east);
  takeReport(mover, { x: 5000, y: 0, heading: 90, speed: 0, heard: 1000 }, 1000, limits);
  expect(shownAt(mover, 1000, limits).x).toBe(5000);
});
