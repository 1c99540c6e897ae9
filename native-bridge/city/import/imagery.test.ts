import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { cornerOf, shifted, tileAt, type ImageryIndex } from '../../contract/imagery.ts';
import { metresBetween } from '../../contract/site-read.ts';
import { datumOf } from './crs.ts';
import { writeMbtiles, writePmtiles, type FakeTile } from './imagery-fake.ts';
import { checkImagery, makeImagery } from './imagery.ts';
import type { CityPlan } from './plan.ts';
import { rasterTiles } from './raster.ts';
import type { CityReport } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'fengsui-imagery-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CENTRE = [102.26, 27.9] as const;
const BOX = [102.25, 27.89, 102.27, 27.91] as const;
const png = (colour: string): Buffer => {
  const canvas = createCanvas(8, 8);
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, 8, 8);
  return canvas.toBuffer('image/png');
};
/** Two zooms round the centre, each tile of another colour. */
const tiles: FakeTile[] = [14, 15].flatMap((z) => {
  const [x, y] = tileAt(z, [...CENTRE]).map(Math.floor) as [number, number];
  return [0, 1, 2].map((i) => ({ z, x: x + i - 1, y, bytes: png(`rgb(${z}, ${40 * i}, 90)`) }));
});
const report = (): CityReport => ({ format: 'fengsui/city-report@1', id: 'x', files: [], layers: {}, notes: [] });
const planOf = (file: string, crs?: string, more: Partial<CityPlan['tiles'][number]> = {}): CityPlan => ({
  ...{ path: 'city.yaml', id: 'x', use: 'residential', storey: undefined, floors: {}, tiles3d: [] },
  provenance: { date: '2026-01-31', origin: { zh: '测绘院', en: 'Survey' }, licence: 'internal' },
  layers: { buildings: [], roads: [], boundary: [], water: [], blocks: [], zones: [], places: [] },
  tiles: [{ file: join(folder, file), shown: file, kind: 'imagery', ...(crs === undefined ? {} : { crs }), ...more }],
});
const keys = (file: string): string[] =>
  [...rasterTiles(join(folder, file), () => true)].map(({ z, x, y, bytes }) => `${z}/${x}/${y} ${bytes.length}`).sort();

test('C17: MBTiles and PMTiles give the same tiles, whichever way they count', () => {
  writeMbtiles(join(folder, 'a.mbtiles'), tiles);
  writePmtiles(join(folder, 'a.pmtiles'), tiles);
  const expected = tiles.map(({ z, x, y, bytes }) => `${z}/${x}/${y} ${bytes.length}`).sort();
  expect(keys('a.mbtiles')).toEqual(expected);
  expect(keys('a.pmtiles')).toEqual(expected);
});

test('C17: what goes into the pack is the tiles themselves, with coverage, datum, origin and licence', async () => {
  writePmtiles(join(folder, 'a.pmtiles'), tiles);
  const [card] = await makeImagery(planOf('a.pmtiles', 'wgs84'), folder, BOX, report());
  expect(card).toMatchObject({ crs: 'wgs84', tiles: 6, damaged: 0, zooms: [14, 15], file: 'imagery-0.json' });
  expect(card?.provenance.licence).toBe('internal');
  expect(card?.coverage[0]).toBeLessThan(CENTRE[0]);
  expect(card?.coverage[2]).toBeGreaterThan(CENTRE[0]);
  const index: ImageryIndex = JSON.parse(readFileSync(join(folder, 'imagery-0.json'), 'utf8'));
  const body = readFileSync(join(folder, index.tiles));
  let at = 0;
  for (const [z, x, y, length] of index.rows) {
    expect(body.subarray(at, at + length)).toEqual(tiles.find((t) => t.z === z && t.x === x && t.y === y)?.bytes);
    at += length;
  }
  expect(at).toBe(body.length);
});

test('C17: damaged tiles are left out and said; the rest stands', async () => {
  const bad = tiles.map((tile, i) =>
    i === 1 ? { ...tile, bytes: tile.bytes.subarray(0, 30) } : i === 4 ? { ...tile, bytes: Buffer.alloc(0) } : tile,
  );
  writeMbtiles(join(folder, 'bad.mbtiles'), bad);
  const said = report();
  expect((await makeImagery(planOf('bad.mbtiles', 'wgs84'), folder, BOX, said))[0]).toMatchObject({
    tiles: 4,
    damaged: 2,
  });
  expect(said.notes).toEqual(['bad.mbtiles: 2 of 6 tiles are damaged and left out']);
});

test('C17: tiles cut in GCJ-02 are laid where they belong, to a decimetre', async () => {
  writeMbtiles(join(folder, 'gcj.mbtiles'), tiles);
  await makeImagery(planOf('gcj.mbtiles', 'gcj02'), folder, BOX, report());
  const { shift }: ImageryIndex = JSON.parse(readFileSync(join(folder, 'imagery-0.json'), 'utf8'));
  const [z, x, y] = [15, ...tileAt(15, [...CENTRE])] as const;
  const corner = cornerOf(z, x + 0.3, y + 0.2);
  const right = datumOf('gcj02').toWgs84(...corner);
  expect(metresBetween(shifted(shift, corner), right)).toBeLessThan(0.1);
  expect(metresBetween(corner, right)).toBeGreaterThan(100);
});

test('C17: what cannot be laid is refused with the remedy: no datum, BD-09, heights without a code or in jpg, vector tiles, no container, nothing near', async () => {
  expect(() => checkImagery(planOf('a.mbtiles'))).toThrow(/tiles\[0\]\.crs: is missing; say in which datum/);
  expect(() => checkImagery(planOf('a.mbtiles', 'bd09'))).toThrow(/tiles cut in bd09 cannot be laid/);
  const coded = { encoding: 'mapbox' } as const;
  expect(() => checkImagery(planOf('a.mbtiles', 'wgs84', { kind: 'terrain' }))).toThrow(
    /tiles\[0\]\.encoding: is missing; say how a colour tells a height: mapbox or terrarium/,
  );
  expect(() => checkImagery(planOf('a.mbtiles', 'wgs84', coded))).toThrow(/encoding: is a word of terrain/);
  writeMbtiles(join(folder, 'v.mbtiles'), tiles, 'pbf');
  writePmtiles(join(folder, 'v.pmtiles'), tiles, 1);
  writeFileSync(join(folder, 'x.mbtiles'), 'not a database at all');
  new Database(join(folder, 'empty.mbtiles')).exec('CREATE TABLE other (a)').close();
  const made = (file: string, near: readonly [number, number, number, number] = BOX, more = {}) =>
    expect(makeImagery(planOf(file, 'wgs84', more), folder, near, report())).rejects;
  await made('v.mbtiles').toThrow(/v\.mbtiles holds vector tiles/);
  await made('v.pmtiles').toThrow(/v\.pmtiles holds vector tiles/);
  await made('x.mbtiles').toThrow(/x\.mbtiles is neither MBTiles nor PMTiles/);
  await made('empty.mbtiles').toThrow(/cannot be read as MBTiles \(no such table/);
  writeMbtiles(
    join(folder, 'j.mbtiles'),
    tiles.map((tile) => ({ ...tile, bytes: createCanvas(8, 8).toBuffer('image/jpeg') })),
  );
  await made('j.mbtiles', BOX, { kind: 'terrain', ...coded }).toThrow(/j\.mbtiles holds heights as jpg/);
  writeMbtiles(join(folder, 'a.mbtiles'), tiles);
  await made('a.mbtiles', [110, 30, 110.1, 30.1]).toThrow(/has no tile near the district/);
  const cut = readFileSync(join(folder, 'a.pmtiles')).subarray(0, 100);
  writeFileSync(join(folder, 'cut.pmtiles'), cut);
  await made('cut.pmtiles').toThrow(/is cut off|damaged directory/);
});
