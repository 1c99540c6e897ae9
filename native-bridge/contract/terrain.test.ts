import { expect, test } from 'vitest';
import { lowestUnder, readTerrain, terrainHeight, writeTerrain } from './terrain.ts';

/** 3 × 3 points, a degree apart for easy reading; the middle is 90 m high, its north-east corner 10 m. */
const file = writeTerrain({
  ...{ west: 100, south: 30, step: [1, 1], columns: 3, rows: 3, base: 250 },
  heights: Float32Array.from([0, 0, 0, 0, 90, 0, 0, 0, 10]),
});
const terrain = readTerrain(file);

test('C19: the ground is as high as its file says at every point, level beyond, and straight between', () => {
  expect(terrainHeight(terrain, 101, 31)).toBeCloseTo(90);
  expect(terrainHeight(terrain, 102, 32)).toBeCloseTo(10);
  expect(terrainHeight(terrain, 100.5, 31)).toBeCloseTo(45);
  for (const [lon, lat] of [
    [99.9, 31],
    [102.1, 31],
    [101, 29],
    [101, 33],
  ] as const)
    expect(terrainHeight(terrain, lon, lat)).toBe(0);
});

test('C19: a cell is two flat triangles, parted from south-west to north-east', () => {
  // On the line between 90 m and 10 m, and beside it.
  expect(terrainHeight(terrain, 101.5, 31.5)).toBeCloseTo(50);
  expect(terrainHeight(terrain, 101.75, 31.25)).toBeCloseTo(90 * 0.25 + 10 * 0.25);
  expect(terrainHeight(terrain, 101.25, 31.75)).toBeCloseTo(90 * 0.25 + 10 * 0.25);
});

test('C19: a house stands on the lowest ground under its corners', () => {
  expect(
    lowestUnder(terrain, [
      [101, 31],
      [100.5, 31],
      [100.75, 31.1],
    ]),
  ).toBeCloseTo(45);
});

test('C19: the steepest slope is told; heights that are fewer than said are none', () => {
  // 90 m over a degree in both directions, of which that of longitude is the shorter.
  const rise = Math.hypot(90 / 111_320, 90 / (111_320 * Math.cos((30 * Math.PI) / 180)));
  expect(terrain.steepest).toBeGreaterThan(0.8 * rise);
  expect(terrain.steepest).toBeLessThanOrEqual(1.001 * rise);
  expect(() => readTerrain({ ...file, heights: file.heights.slice(1) })).toThrow('has 8 heights, not 9');
});
