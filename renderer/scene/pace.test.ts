import { expect, test } from 'vitest';
import { createPace, LONGEST_MS, QUIET_MS, REST_MS, SLOW_MS } from './pace.ts';

test('S21: where a frame is quick nothing waits, however much is typed', () => {
  const pace = createPace();
  for (let now = 0; now < 1000; now += 50) {
    pace.pressed(now);
    pace.drew(now, 16);
    expect([pace.wait(now + 1), pace.hurried(now + 1), pace.gap()]).toEqual([0, false, 0]);
  }
});

test('S21: where it is slow the city waits until the hand rests', () => {
  const pace = createPace();
  pace.drew(0, 400);
  expect(pace.wait(1000)).toBe(0);
  pace.pressed(1000);
  expect([pace.wait(1000), pace.wait(1100), pace.wait(1000 + QUIET_MS)]).toEqual([QUIET_MS, QUIET_MS - 100, 0]);
  // One of several: the next is waited for.
  pace.pressed(1400);
  expect([pace.wait(1400), pace.wait(1400 + REST_MS)]).toEqual([REST_MS, 0]);
});

test('S21: somebody who types without a pause sees the city drawn all the same', () => {
  const pace = createPace();
  pace.drew(0, 400);
  const drawn: number[] = [];
  pace.pressed(9750);
  for (let now = 10_000; now < 20_000; now += 10) {
    if (now % 250 === 0) pace.pressed(now);
    if (pace.wait(now) > 0) continue;
    expect(pace.hurried(now)).toBe(true);
    drawn.push(now);
    pace.drew(now, 100);
  }
  expect(drawn.length).toBeGreaterThan(2);
  drawn.reduce((before, now) => {
    expect(now - before).toBeGreaterThanOrEqual(LONGEST_MS);
    expect(now - before).toBeLessThanOrEqual(LONGEST_MS + 120);
    return now;
  });
});

test('S21: a slow frame is believed for a while, then the city is quick again', () => {
  const pace = createPace();
  pace.drew(0, 400);
  expect(pace.gap()).toBe(1200);
  for (let n = 1; n < 12; n += 1) pace.drew(n * 1000, SLOW_MS / 2);
  expect(pace.gap()).toBe(0);
});
