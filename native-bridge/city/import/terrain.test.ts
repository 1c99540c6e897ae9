// Heights of terrain tiles as the ground that a city stands on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, expect, test } from 'vitest';
import { cornerOf, tileAt } from '../../contract/imagery.ts';
import { readTerrain, terrainHeight } from '../../contract/terrain.ts';
import { datumOf } from './crs.ts';
import { writeMbtiles } from './imagery-fake.ts';
import type { CityPlan } from './plan.ts';
import type { CityReport } from './tally.ts';
import { makeTerrain } from './terrain.ts';

const folder = mkdtempSync(join(tmpdir(), 'fengsui-terrain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEART = [106.55, 29.56] as const;
const NEAR = [106.53, 29.54, 106.57, 29.58] as const;
const SIDE = 128;
/** A ridge that rises to the east, and rolls from south to north. */
const ridge = (lon: number, lat: number): number =>
  300 + 2000 * (lon - HEART[0]) + 60 * Math.sin((lat - HEART[1]) * 200);

const tile = (z: number, x: number, y: number, of: (lon: number, lat: number) => number): Buffer => {
  const canvas = createCanvas(SIDE, SIDE);
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const value = Math.round(
      (of(...cornerOf(z, x + ((i % SIDE) + 0.5) / SIDE, y + (Math.floor(i / SIDE) + 0.5) / SIDE)) + 10_000) * 10,
    );
    picture.data.set([(value >> 16) & 255, (value >> 8) & 255, value & 255, 255], 4 * i);
  }
  pen.putImageData(picture, 0, 0);
  return canvas.toBuffer('image/png');
};
const around = (z: number, reach: number, of: (lon: number, lat: number) => number) => {
  const [x, y] = tileAt(z, [...HEART]).map(Math.floor) as [number, number];
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return steps.flatMap((dx) => steps.map((dy) => ({ z, x: x + dx, y: y + dy, bytes: tile(z, x + dx, y + dy, of) })));
};
const report = (): CityReport => ({ format: 'fengsui/city-report@1', id: 'x', files: [], layers: {}, notes: [] });
const planOf = (...tiles: [file: string, crs?: string][]): CityPlan => ({
  ...{ path: 'city.yaml', id: 'x', use: 'residential', storey: undefined, floors: {}, tiles3d: [] },
  provenance: { date: '2026-01-31', origin: { zh: '测绘院', en: 'Survey' }, licence: 'internal' },
  layers: { buildings: [], roads: [], boundary: [], water: [], blocks: [], zones: [], places: [] },
  tiles: tiles.map(([file, crs = 'wgs84']) => ({
    ...{ file: join(folder, file), shown: file, kind: 'terrain', crs, encoding: 'mapbox' },
  })),
});
const made = async (plan: CityPlan, said = report()) => {
  const file = await makeTerrain(plan, NEAR, said);
  if (!file) throw new Error('no terrain');
  return { file, terrain: readTerrain(file) };
};
const worst = ({ terrain }: Awaited<ReturnType<typeof made>>, of = ridge): number => {
  const [west, south, east, north] = NEAR;
  let most = 0;
  for (let i = 0; i <= 20; i++)
    for (let j = 0; j <= 20; j++) {
      const [lon, lat] = [west + ((east - west) * i) / 20, south + ((north - south) * j) / 20];
      most = Math.max(most, Math.abs(terrainHeight(terrain, lon, lat) + terrain.base - of(lon, lat)));
    }
  return most;
};
writeMbtiles(join(folder, 'fine.mbtiles'), around(13, 3, ridge));
writeMbtiles(join(folder, 'coarse.mbtiles'), around(9, 1, ridge));

test('C19: the ground of the district is as high as its tiles say, to a metre or two, and the same bytes again', async () => {
  const once = await made(planOf(['fine.mbtiles']));
  expect(worst(once)).toBeLessThan(2);
  expect((await made(planOf(['fine.mbtiles']))).file).toEqual(once.file);
});

test('C19: tiles cut in GCJ-02 give the ground where it belongs', async () => {
  const { toWgs84 } = datumOf('gcj02');
  writeMbtiles(
    join(folder, 'gcj.mbtiles'),
    around(13, 3, (lon, lat) => ridge(...toWgs84(lon, lat))),
  );
  expect(worst(await made(planOf(['gcj.mbtiles', 'gcj02'])))).toBeLessThan(2);
  // Some 500 m to the side it would not be.
  expect(worst(await made(planOf(['gcj.mbtiles', 'wgs84'])))).toBeGreaterThan(5);
});

test('C19: towards its rim the land runs out level, and what has no heights lies level and is said', async () => {
  const said = report();
  const { terrain } = await made(planOf(['fine.mbtiles']), said);
  const { columns, rows, heights } = terrain;
  for (let i = 0; i < columns; i++) expect([heights[i], heights[(rows - 1) * columns + i]]).toEqual([0, 0]);
  expect(said.notes).toEqual([]);
  writeMbtiles(join(folder, 'one.mbtiles'), around(13, 0, ridge));
  await made(planOf(['one.mbtiles']), said);
  expect(said.notes[0]).toMatch(
    /^terrain: \d+ % of the ground in and around the district has no heights and lies level$/,
  );
});

test('C19: what is named later counts where it has heights; coarser tiles fill in where finer ones are missing', async () => {
  writeMbtiles(
    join(folder, 'over.mbtiles'),
    around(14, 0, () => 900),
  );
  const { terrain } = await made(planOf(['fine.mbtiles'], ['over.mbtiles']));
  expect(terrainHeight(terrain, ...HEART) + terrain.base).toBeCloseTo(900, 0);
  expect(terrainHeight(terrain, NEAR[0], NEAR[1]) + terrain.base).toBeCloseTo(ridge(NEAR[0], NEAR[1]), -1);
  writeMbtiles(join(folder, 'both.mbtiles'), [...around(9, 1, ridge), ...around(13, 0, ridge)]);
  const said = report();
  expect(worst(await made(planOf(['both.mbtiles']), said))).toBeLessThan(12);
  expect(said.notes).toEqual([]);
});

test('C19: beside ready-made 3D Tiles, which stand at true heights, heights count from the sea', async () => {
  const { file, terrain } = await made({ ...planOf(['fine.mbtiles']), tiles3d: ['landmark'] });
  expect(file.base).toBe(0);
  expect(terrainHeight(terrain, ...HEART)).toBeCloseTo(300, -1);
  expect((await made(planOf(['fine.mbtiles']))).file.base).toBeGreaterThan(100);
});

test('C19: a plan without terrain, terrain of elsewhere and level land make no ground', async () => {
  expect(await makeTerrain({ ...planOf(), tiles: [] }, NEAR, report())).toBeUndefined();
  expect(await makeTerrain(planOf(['fine.mbtiles']), [110, 30, 110.02, 30.02], report())).toBeUndefined();
  writeMbtiles(
    join(folder, 'level.mbtiles'),
    around(13, 1, () => 41),
  );
  expect(await makeTerrain(planOf(['level.mbtiles']), NEAR, report())).toBeUndefined();
});
