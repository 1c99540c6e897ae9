import { expect, test } from 'vitest';
import { chooseLevel } from './quality.ts';
import { createWatch, FORGET_MS, FRAMES, PATIENCE_MS, shareOf } from './watch.ts';

const run = (watch: ReturnType<typeof createWatch>, ms: number, from: number, frames = FRAMES, scale = 1): number => {
  for (let i = 0; i < frames; i += 1) watch.saw({ ms, scale, smooth: false, now: from + i * 500 });
  return from + frames * 500;
};

test('S6: a machine that becomes slow is noticed while it runs, and goes a level down', () => {
  const watch = createWatch();
  let now = run(watch, 200, 0);
  expect(chooseLevel(watch.cost(200, now) ?? 200, 'balanced')).toBe('balanced');
  now = run(watch, 1400, now);
  expect(watch.cost(200, now)).toBe(1400);
  expect(chooseLevel(watch.cost(200, now) ?? 200, 'balanced')).toBe('low');
});
test('S6: it comes up again when frames are quick again, not before a minute and not at the border', () => {
  const watch = createWatch();
  watch.changed(true, 0);
  let now = run(watch, 300 * shareOf(0.75), 0, FRAMES, 0.75);
  expect(watch.cost(1400, now)).toBeNull();
  now = run(watch, 300 * shareOf(0.75), PATIENCE_MS, FRAMES, 0.75);
  expect(watch.cost(1400, now)).toBeCloseTo(300, 6);
  expect(chooseLevel(watch.cost(1400, now) ?? 1400, 'low')).toBe('balanced');
  run(watch, 800 * shareOf(0.75), now, FRAMES, 0.75);
  expect(chooseLevel(watch.cost(1400, now + FRAMES * 500) ?? 1400, 'low')).toBe('low');
});
test('S6: one slow frame, few frames, old frames and a page that slept say nothing', () => {
  const watch = createWatch();
  let now = run(watch, 200, 0, FRAMES - 1);
  expect(watch.cost(200, now)).toBeNull();
  watch.saw({ ms: 4000, scale: 1, smooth: false, now });
  expect(watch.cost(200, now)).toBe(200);
  watch.saw({ ms: 3_600_000, scale: 1, smooth: false, now });
  expect(watch.cost(200, now)).toBe(200);
  now += FORGET_MS;
  expect(watch.cost(200, now)).toBeNull();
  expect(watch.doubts(200, now)).toBe(false);
});
test('S6: what is quicker than the display can tell is measured, not guessed; and never lowers a quick level', () => {
  const watch = createWatch();
  const now = run(watch, 17, PATIENCE_MS);
  expect(watch.cost(3, now)).toBeNull();
  expect(watch.doubts(3, now)).toBe(false);
  expect(watch.doubts(200, now)).toBe(true);
  watch.changed(false, now);
  expect(watch.doubts(200, now)).toBe(false);
});
test('S6: a flight at fewer pixels and smooth edges count as what they are', () => {
  const watch = createWatch();
  for (let i = 0; i < FRAMES; i += 1)
    watch.saw({ ms: 400 * 1.3 * shareOf(0.6), scale: 0.6, smooth: true, now: i * 100 });
  expect(watch.cost(100, 1000)).toBeCloseTo(400, 6);
});
