import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LonLat } from '../../contract/site-files.ts';
import { metresBetween } from '../../contract/site-read.ts';
import { box, elementsOf, fakeDistrict, feature, HEART, osmXml } from './district-fake.ts';
import { osmPbf, writeShapefile } from './formats-fake.ts';
import type { CityPlan, Layer, LayerName } from './plan.ts';
import { openReader } from './read.ts';
import type { Shape } from './shapes.ts';
import { CityError } from './trouble.ts';

const folder = mkdtempSync(join(tmpdir(), 'city-read-'));
const district = fakeDistrict(2);
const elements = elementsOf(district);
writeFileSync(join(folder, 'a.osm'), osmXml(elements));
writeFileSync(join(folder, 'a.osm.pbf'), osmPbf(elements));
writeFileSync(join(folder, 'a.json'), JSON.stringify({ version: 0.6, generator: 'Overpass API', elements }));

const layer = (name: LayerName, file: string, more: Partial<Layer> = {}): Layer => ({
  ...{ layer: name, file: join(folder, file), shown: file, field: name },
  ...{ where: {}, take: {}, words: {}, fromOsm: false },
  ...more,
});
const reader = (crs?: string) =>
  openReader({
    ...{
      path: join(folder, 'city.yaml'),
      id: 'x',
      use: 'residential',
      storey: undefined,
      floors: {},
      tiles: [],
      tiles3d: [],
    },
    provenance: { date: '2026-01-31', origin: { zh: 'x', en: 'x' }, licence: 'x' },
    layers: { buildings: [], roads: [], boundary: [], water: [], blocks: [], zones: [], places: [] },
    ...(crs === undefined ? {} : { crs }),
  } satisfies CityPlan);

const ringsIn = ({ geometry }: Shape): number => (geometry.type === 'Polygon' ? geometry.coordinates.length : 0);
const firstOf = (shape: Shape | undefined): LonLat => {
  const ring = shape?.geometry.type === 'Polygon' ? shape.geometry.coordinates[0] : undefined;
  return [ring?.[0]?.[0] ?? NaN, ring?.[0]?.[1] ?? NaN];
};

test.each(['a.osm', 'a.osm.pbf', 'a.json'])(
  'C12: %s gives buildings with their courtyards, roads, water and places',
  async (file) => {
    const read = reader();
    const buildings = await read(layer('buildings', file));
    expect(buildings.crs).toBe('wgs84');
    expect(new Set(buildings.shapes.map((s) => s.id?.slice(1)))).toEqual(
      new Set(district.buildings.map((b) => String(b.id))),
    );
    expect(buildings.shapes.filter((s) => ringsIn(s) === 2).map((s) => s.id)).toEqual(['r1007', 'r1047']);
    const byId = new Map(buildings.shapes.map((s) => [s.id?.slice(1), s]));
    for (const { id, rings, tags } of district.buildings) {
      const found = byId.get(String(id));
      expect(found?.props).toMatchObject(tags);
      const corners = rings[0] ?? [];
      expect(Math.min(...corners.map((c) => metresBetween(c, firstOf(found))))).toBeLessThan(0.02);
    }
    const roads = await read(layer('roads', file));
    expect(roads.shapes.map((s) => s.geometry.type)).toEqual(district.roads.map(() => 'LineString'));
    expect((await read(layer('water', file))).shapes).toHaveLength(1);
    expect((await read(layer('places', file))).shapes.map((s) => s.id)).toEqual(['n1', 'n2']);
    expect((await read(layer('boundary', file, { where: { admin_level: ['6'] } }))).shapes).toHaveLength(1);
    expect((await read(layer('boundary', file, { where: { admin_level: ['8'] } }))).shapes).toHaveLength(0);
  },
);

const MIDDLE = 'PROJCS["CGCS2000_3_Degree_GK_CM_105E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'; // prettier-ignore
/** 银川 in GBK. */
const GBK = Uint8Array.from([0xd2, 0xf8, 0xb4, 0xa8]);
const square = (x: number, y: number): [number, number][] => [[x, y], [x, y + 20], [x + 30, y + 20], [x + 30, y]]; // prettier-ignore

test('C12: a Shapefile brings its fields, its code page and its projection', async () => {
  const row = { ring: square(500_000, 3_320_113.398), name: GBK, floors: 7 };
  writeShapefile(join(folder, 'gk'), [row], MIDDLE, '936');
  const { shapes, crs } = await reader()(layer('buildings', 'gk.shp'));
  expect(crs).toBe('CGCS2000_3_Degree_GK_CM_105E');
  expect(shapes[0]?.props).toEqual({ MC: '银川', CS: 7 });
  expect(metresBetween(firstOf(shapes[0]), [105, 30])).toBeLessThan(0.05);
  // Without a .cpg the plan says it.
  writeShapefile(join(folder, 'bare'), [row], undefined, undefined);
  const bare = await reader()(layer('buildings', 'bare.shp', { encoding: 'GB2312', crs: 'EPSG:4544' }));
  expect(bare.shapes[0]?.props['MC']).toBe('银川');
  expect(metresBetween(firstOf(bare.shapes[0]), [105, 30])).toBeLessThan(0.05);
});

test('C12: whose word on the datum counts', async () => {
  const degrees = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]';
  const ring: [number, number][] = [[106.2, 38.4], [106.2, 38.4002], [106.2003, 38.4002], [106.2003, 38.4]]; // prettier-ignore
  writeShapefile(join(folder, 'plain'), [{ ring, name: GBK, floors: 2 }], degrees, 'gbk');
  writeShapefile(join(folder, 'gk2'), [{ ring: square(500_000, 3e6), name: GBK, floors: 2 }], MIDDLE, 'gbk');
  const crsOf = async (file: string, plan?: string, own?: string) =>
    (await reader(plan)(layer('buildings', file, own === undefined ? {} : { crs: own }))).crs;
  expect(await crsOf('plain.shp')).toBe('GCS_WGS_1984');
  expect(await crsOf('plain.shp', 'gcj02')).toBe('gcj02');
  // Followed, and said: the .prj contradicts it.
  expect((await reader('gcj02')(layer('buildings', 'plain.shp'))).note).toMatch(
    /plain\.shp: its \.prj says GCS_WGS_1984, crs says gcj02, and crs was followed; .* give buildings crs: wgs84/,
  );
  expect((await reader('gcj02')(layer('buildings', 'gk2.shp'))).note).toBeUndefined();
  expect(await crsOf('plain.shp', 'gcj02', 'wgs84')).toBe('wgs84');
  expect(await crsOf('gk2.shp', 'gcj02')).toBe('CGCS2000_3_Degree_GK_CM_105E');
  expect(await crsOf('a.osm', 'gcj02')).toBe('gcj02');
});

const polygon = (ring: readonly LonLat[]) => feature('Polygon', [[...ring, ring[0]]], { n: 1 });
const [one] = [polygon(box(0, 0, 20, 20))];
const put = (name: string, value: unknown) =>
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

test('C12: GeoJSON as a collection, a feature, a bare geometry, lines, with a mark of byte order', async () => {
  put('fc.geojson', { type: 'FeatureCollection', features: [one, { ...one, geometry: null }] });
  put('f.geojson', `\uFEFF${JSON.stringify(one)}`);
  put('g.json', one?.geometry);
  put('l.geojsonl', `${JSON.stringify(one)}\n${JSON.stringify(one)}\n`);
  const counts = async (file: string) => {
    const { shapes, empty } = await reader('wgs84')(layer('buildings', file));
    return [shapes.length, empty];
  };
  expect(await counts('fc.geojson')).toEqual([1, 1]);
  expect(await counts('f.geojson')).toEqual([1, 0]);
  expect(await counts('g.json')).toEqual([1, 0]);
  expect(await counts('l.geojsonl')).toEqual([2, 0]);
});

test('C15: a few coordinates that cannot be are left out with their ids; most of them refuse the layer', async () => {
  const bad = { ...feature('Point', [200, 95], {}), id: 'off-the-earth' };
  put('few.geojson', { type: 'FeatureCollection', features: [one, bad, one, one] });
  const read = await reader('wgs84')(layer('buildings', 'few.geojson'));
  expect([read.shapes.length, read.strange]).toEqual([3, ['off-the-earth']]);
  put('most.geojson', { type: 'FeatureCollection', features: [one, bad, bad, bad] });
  await expect(reader('wgs84')(layer('buildings', 'most.geojson'))).rejects.toThrow(/no degrees/);
});

put('swapped.geojson', feature('Point', [HEART[1], HEART[0]], {}));
put('metres.geojson', feature('Point', [40_500_000, 3_320_113], {}));
put('torn.geojson', '{"type":"FeatureCollection","features":[');
put('rows.geojson', '{"type":"FeatureCollection","features":{}}');
put('odd.geojson', '{"type":"FeatureCollection","features":[7]}');
put('torn.osm', '<osm><node id="1"');
put('html.osm', '<html></html>');
put('torn.osm.pbf', 'not a pbf at all');
put('torn.shp', 'x');
put('table.csv', 'a,b');
mkdirSync(join(folder, 'sub'));

test.each([
  ['no datum', 'fc.geojson', undefined, /city\.yaml: buildings\.crs: is missing; add crs: /],
  ['an unknown datum', 'fc.geojson', 'EPSG:9999', /city\.yaml: buildings\.crs: "EPSG:9999" is not known; use wgs84/],
  ['latitude first', 'swapped.geojson', 'gcj02', /swapped\.geojson: coordinates: \[38.*: latitude stands before/],
  ['metres for degrees', 'metres.geojson', 'wgs84', /metres\.geojson: coordinates: .*no degrees; give the layer the crs/],
  ['degrees for metres', 'fc.geojson', 'EPSG:4549', /fc\.geojson: coordinates: .*look like degrees/],
  ['torn GeoJSON', 'torn.geojson', 'wgs84', /torn\.geojson: \(file\): is not JSON/],
  ['features that are no list', 'rows.geojson', 'wgs84', /rows\.geojson: features: is no list/],
  ['a number for a feature', 'odd.geojson', 'wgs84', /odd\.geojson: features\[0\]: is no Feature/],
  ['torn XML', 'torn.osm', undefined, /torn\.osm: \(file\): is no XML/],
  ['another XML', 'html.osm', undefined, /begins with <html>/],
  ['a torn .osm.pbf', 'torn.osm.pbf', undefined, /torn\.osm\.pbf: \(file\): is no \.osm\.pbf/],
  ['a torn Shapefile', 'torn.shp', 'wgs84', /torn\.shp: \(file\): is no Shapefile/],
  ['a table', 'table.csv', 'wgs84', /table\.csv: \(file\): is of no known format; known are/],
])('C13: %s is one line with file, field, fault and remedy', async (_what, file, crs, words) => {
  const fault = reader(crs)(layer('buildings', file));
  await expect(fault).rejects.toThrow(CityError);
  await expect(fault).rejects.toThrow(words);
  await fault.catch((error: Error) => expect(error.message).not.toContain('\n'));
}); // prettier-ignore
