import { expect, test } from 'vitest';
import { createOverCity } from './over-city.ts';

const drawn = (again: number, gap = 100) => {
  const frames: [number, boolean][] = [];
  const over = createOverCity(
    (now, whole) => {
      frames.push([now, whole]);
      return again;
    },
    () => gap,
  );
  return { frames, over };
};

test('S24: what lies over the city is drawn at its own pace, what stands only when it changed', () => {
  const { frames, over } = drawn(Infinity);
  over.drawIfDue(1000);
  // Nothing changed: nothing is drawn, however often one looks.
  for (let now = 1000; now < 3000; now += 10) over.drawIfDue(now);
  expect([frames, over.next()]).toEqual([[[1000, true]], Infinity]);
  over.moved();
  expect(over.next()).toBe(1100);
  over.drawIfDue(3000);
  over.marked();
  over.drawIfDue(3050);
  expect([over.earliest(), over.next()]).toEqual([3100, 3100]);
  over.drawIfDue(3099);
  expect(frames.slice(1)).toEqual([
    [3000, false],
    [3099, true],
  ]);
});

test('S24: what moves by itself is drawn when it asked to be, never faster than the machine bears; with the eye at once', () => {
  const { frames, over } = drawn(16);
  over.drawIfDue(0);
  for (let now = 10; now <= 300; now += 10) over.drawIfDue(now);
  over.draw(305, true);
  expect(frames.map(([now]) => now)).toEqual([0, 100, 200, 300, 305]);
  expect(over.next()).toBe(405);
});
