import { expect, test } from 'vitest';
import { fakeTerrain, inside } from '../../contract/terrain-fake.ts';
import { terrainHeight } from '../../contract/terrain.ts';
import { levelAt } from './ellipsoid.ts';
import { footprintOf } from './footprint.ts';
import { meshOf } from './mesh.ts';
import { buildTiles } from './tileset.ts';

/** A slope that rises 100 m from west to east, within a rim that lies level. */
const SIDE = 12;
const terrain = fakeTerrain([106.0055, 29.0055], 0.001, SIDE, (i, j) => (inside(SIDE, i, j) === 0 ? 0 : 10 * (i - 1)));
const house: Parameters<typeof footprintOf>[0] = {
  ...{ id: 'h', height: 30, floors: 10, use: 'residential' },
  rings: [
    [
      [106.004, 29.005],
      [106.0045, 29.005],
      [106.0045, 29.0054],
      [106.004, 29.0054],
    ],
  ],
};

test('C19: a house on a slope stands level on its lowest corner, walls and roof', () => {
  const footprint = footprintOf(house, terrain);
  expect(footprint.ground).toBeCloseTo(terrainHeight(terrain, 106.004, 29.005), 4);
  expect(footprint.ground).toBeCloseTo(30, 1);
  const { positions } = meshOf([footprint], levelAt(106.00425, 29.0052));
  const heights = new Set(positions.filter((_, i) => i % 3 === 1).map((up) => Math.round(up * 10) / 10));
  expect([...heights].sort((a, b) => a - b)).toEqual([30, 60]);
});

test('C19: tiles say how high their houses stand; without terrain all stand at 0', async () => {
  const region = async (...given: Parameters<typeof footprintOf>) =>
    (await buildTiles([footprintOf(...given)], () => undefined)).tileset.root.boundingVolume.region.slice(4);
  expect((await region(house, terrain)).map((m) => Math.round(m))).toEqual([30, 60]);
  expect(await region(house)).toEqual([0, 30]);
});
