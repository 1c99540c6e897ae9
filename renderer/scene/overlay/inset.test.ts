import { expect, test } from 'vitest';
import { boundsOf, fromMap, onMap } from './inset.ts';

const place = { left: 800, top: 600, side: 200 };

test('S19: a place of the district and its point on the small map are the same both ways; north is up', () => {
  const bounds = boundsOf([
    [
      [-10_000, -5000],
      [30_000, -5000],
      [30_000, 15_000],
    ],
  ]);
  if (!bounds) throw new Error('no bounds');
  expect(bounds).toMatchObject({ x: 10_000, y: 5000 });
  expect(bounds.size).toBeGreaterThan(40_000);
  const [x, y] = onMap(place, bounds, [12_000, 9000]);
  expect(y).toBeLessThan(700);
  expect(x).toBeGreaterThan(900);
  const back = fromMap(place, bounds, [x, y]);
  expect(back?.[0]).toBeCloseTo(12_000);
  expect(back?.[1]).toBeCloseTo(9000);
});

test('S19: beside the small map a click is not for it; a site without an outline has none', () => {
  const bounds = { x: 0, y: 0, size: 1000 };
  expect(fromMap(place, bounds, [799, 700])).toBeNull();
  expect(fromMap(place, bounds, [900, 801])).toBeNull();
  expect(boundsOf([])).toBeNull();
});
