import fc from 'fast-check';
import { expect, test } from 'vitest';
import { box } from './district-fake.ts';
import { areaOf, crossesItself, fitRing, LEAST_AREA } from './rings.ts';

const shape = (points: readonly (readonly number[])[]) => fitRing(points.map((p) => [...p]));

test('C11: what comes out is open, of three corners or more, of an area, and does not cross itself', () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
  let kept = 0;
  fc.assert(
    fc.property(fc.array(corner, { maxLength: 9 }), (corners) => {
      const out = shape(corners.map(([x, y]) => [106.2 + x * 1e-5, 38.4 + y * 1e-5]));
      if ('why' in out) return;
      kept++;
      expect(out.ring.length).toBeGreaterThanOrEqual(3);
      expect(out.ring[0]).not.toEqual(out.ring.at(-1));
      expect(areaOf(out.ring)).toBeGreaterThanOrEqual(LEAST_AREA);
      expect(crossesItself(out.ring)).toBe(false);
    }),
    { seed: 7 },
  );
  expect(kept).toBeGreaterThan(20);
});

test('C11: a closed ring and doubled points are the same footprint', () => {
  const ring = box(0, 0, 20, 10);
  const out = shape([...ring, ...ring.slice(3), ...ring.slice(0, 1)]);
  expect('ring' in out && out.ring.length).toBe(4);
  expect('ring' in out && areaOf(out.ring)).toBeCloseTo(200, -1);
});

test('C11: of a bow-tie the larger wing stays, and it is said', () => {
  const [a = [0, 0], , c = [0, 0]] = box(0, 0, 30, 10);
  const out = shape([a, [c[0], a[1]], [a[0] + (c[0] - a[0]) / 3, c[1]], [c[0], c[1]]]);
  expect(out).toMatchObject({ mended: true });
});

test.each([
  ['no number', [[NaN, 1], [2, 2], [3, 1]], /no number/],
  ['beyond the Earth', [[400, 1], [2, 2], [3, 1]], /beyond/],
  ['two corners', [[1, 1], [2, 2], [1, 1]], /three corners/],
  ['a line there and back', [[1, 1], [2, 2], [3, 3]], /no area/],
])('C11: %s is dropped with its reason', (_what, points, why) => {
  const out = shape(points);
  expect('why' in out && out.why).toMatch(why);
}); // prettier-ignore
