import { expect, test } from 'vitest';
import { crossings, insideRing } from './ring.ts';

const square = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
] as const;
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

test('a line meets a ring where it enters and leaves it, in either direction, open or closed', () => {
  expect(sorted(crossings(square, -5, 4, 1, 0))).toEqual([5, 15]);
  expect(sorted(crossings([...square, [0, 0]], -5, 4, 1, 0))).toEqual([5, 15]);
  expect(sorted(crossings(square, 5, 4, 0, 2))).toEqual([-2, 3]);
  expect(crossings(square, -5, 14, 1, 0)).toEqual([]);
});

test('a corner is met once, an edge along the line not at all', () => {
  expect(sorted(crossings(square, -5, -5, 1, 1))).toEqual([5, 15]);
  // Along the lower edge: only the edges that leave it.
  expect(crossings(square, -5, 0, 1, 0).length).toBeLessThanOrEqual(2);
  expect(crossings(square, -5, 0, 1, 0).every(Number.isFinite)).toBe(true);
});

test('degrees and metres give the same shares of the way', () => {
  const stretched = square.map(([x, y]) => [120 + x * 1e-5, 30 + y * 0.8e-5] as const);
  const met = crossings(stretched, 120 - 5e-5, 30 + 4 * 0.8e-5, 20e-5, 0);
  expect(sorted(met)[0]).toBeCloseTo(0.25, 6);
  expect(sorted(met)[1]).toBeCloseTo(0.75, 6);
});

test('what lies between the first and the second meeting lies inside', () => {
  const star = Array.from({ length: 10 }, (_, i) => {
    const [r, a] = [i % 2 ? 4 : 10, (i * Math.PI) / 5];
    return [r * Math.cos(a), r * Math.sin(a)] as const;
  });
  for (let i = 0; i < 200; i++) {
    const [oy, dy] = [-9 + i * 0.09, Math.sin(i) * 0.3];
    const met = sorted(crossings(star, -20, oy, 1, dy));
    expect(met.length % 2).toBe(0);
    met.slice(1).forEach((t, n) => {
      const mid = (t + (met[n] ?? 0)) / 2;
      expect(insideRing(star, -20 + mid, oy + dy * mid)).toBe(n % 2 === 0);
    });
  }
});
