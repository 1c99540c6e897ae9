import { expect, test } from 'vitest';
import { sightOf, type Block, type View } from './sight.ts';

/** Looks north from the origin. */
const view = (more: Partial<View> = {}): View => ({ x: 0, y: 0, h: 80, heading: 0, fov: 60, range: 1000, ...more });
const box = (x0: number, y0: number, x1: number, y1: number, height: number): Block => ({
  ring: [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ],
  height,
});
const ahead = (from: View, ...blocks: Block[]) => {
  const rays = sightOf(from, blocks);
  return rays[Math.floor(rays.length / 2)]?.seen;
};

test('S18: over open ground all of the range is seen', () => {
  const rays = sightOf(view(), []);
  expect(rays.length).toBe(241);
  expect(rays[0]?.angle).toBeCloseTo(-Math.PI / 6);
  expect(rays.every(({ seen }) => seen.length === 1 && seen[0]?.[0] === 0 && seen[0][1] === 1000)).toBe(true);
});

test('S18: behind a slab half as high as the camera the ground is hidden twice as far as its far edge', () => {
  const seen = ahead(view(), box(-60, 200, 60, 220, 40));
  expect(seen?.[0]?.[1]).toBeCloseTo(200);
  expect(seen?.[1]?.[0]).toBeCloseTo(440);
  expect(seen?.[1]?.[1]).toBe(1000);
});

test('S18: a house as high as the camera hides all behind it, and nothing beside it', () => {
  const slab = box(-30, 200, 30, 220, 90);
  expect(ahead(view(), slab)).toEqual([[0, 200]]);
  const rays = sightOf(view(), [slab]);
  const hidden = rays.filter(({ seen }) => seen.at(-1)?.[1] !== 1000);
  const widest = Math.max(...hidden.map(({ angle }) => Math.abs(angle)));
  expect(widest).toBeLessThanOrEqual(Math.atan2(30, 200));
  expect(widest).toBeGreaterThan(Math.atan2(30, 200) - 0.01);
});

test('S18: shadows that meet are one; what lies behind the camera or beyond its range casts none', () => {
  const row = [box(-60, 200, 60, 220, 40), box(-60, 300, 60, 320, 40)];
  expect(ahead(view(), ...row)?.map(([from]) => Math.round(from))).toEqual([0, 640]);
  expect(ahead(view(), box(-60, -220, 60, -200, 100), box(-60, 1100, 60, 1200, 100))).toEqual([[0, 1000]]);
});

test('S18: the house that carries the camera does not blind it; a view across south is one view', () => {
  expect(ahead(view(), box(-20, -20, 20, 20, 78))).toEqual([[0, 1000]]);
  const south = view({ heading: 180 });
  const seen = ahead(south, box(-60, -220, 60, -200, 100));
  expect(seen?.map(([, to]) => Math.round(to))).toEqual([200]);
});

test('S18: a hill hides what lies lower behind it, not the slope that rises behind; level ground is as without hills', () => {
  /** A ridge 100 m high at 300 m, level behind, then a slope that rises over the ridge's line of sight. */
  const rise = (_x: number, y: number): number =>
    y < 200 || y > 400 ? Math.max(0, (y - 700) * 0.8) : 100 - Math.abs(y - 300);
  const rays = sightOf(view(), [], rise);
  const seen = rays[Math.floor(rays.length / 2)]?.seen;
  expect(seen?.map(([from, to]) => [Math.round(from), Math.round(to)])).toEqual([
    [0, 300],
    [expect.closeTo(873, -1), 1000],
  ]);
  expect(sightOf(view(), [], () => 0)[0]?.seen).toEqual([[0, 1000]]);
  const slab = box(-60, 200, 60, 220, 40);
  const level = sightOf(view(), [slab], () => 0)[120]?.seen;
  expect(level?.[0]?.[1]).toBeCloseTo(200);
  expect(Math.abs((level?.[1]?.[0] ?? 0) - 440)).toBeLessThan(1000 / 240);
});
