import gcoordLoaded from 'gcoord';
import { expect, test } from 'vitest';
import { metresBetween } from '../../contract/site-read.ts';
import { datumOf, datumOfPrj, implausible } from './crs.ts';
import { Unreadable } from './trouble.ts';

const gcoord = 'default' in gcoordLoaded ? gcoordLoaded.default : gcoordLoaded;

test.each([
  ['gcj02', gcoord.GCJ02],
  ['bd09', gcoord.BD09],
] as const)('C10: %s comes back to WGS-84 within 0.1 m', (name, datum) => {
  for (let i = 0; i < 40; i++) {
    const truth: [number, number] = [100 + i * 0.7, 22 + i * 0.5];
    const [x, y] = gcoord.transform([...truth], gcoord.WGS84, datum);
    expect(metresBetween(datumOf(name).toWgs84(x, y), truth)).toBeLessThan(0.1);
  }
});

/** Length of the meridian of GRS 80 from the equator to 30°, metres (series of Helmert). */
const MERIDIAN_30 = 3_320_113.398;

test.each([
  ['EPSG:4549', 500_000, 120],
  ['EPSG:4528', 40_500_000, 120],
  ['EPSG:4544', 500_000, 105],
  ['EPSG:4534', 500_000, 75],
  ['EPSG:4554', 500_000, 135],
  ['EPSG:4508', 500_000, 111],
  ['EPSG:4497', 19_500_000, 111],
])('C10: %s has its zone’s middle meridian at easting %d', (code, easting, meridian) => {
  const [lon, lat] = datumOf(code).toWgs84(easting, MERIDIAN_30);
  expect(metresBetween([lon, lat], [meridian, 30])).toBeLessThan(0.01);
});

test('C10: UTM shortens its middle meridian by 0.9996, on both halves of the Earth', () => {
  expect(metresBetween(datumOf('EPSG:32650').toWgs84(500_000, MERIDIAN_30 * 0.9996), [117, 30])).toBeLessThan(0.01);
  expect(metresBetween(datumOf('epsg:32750').toWgs84(500_000, 1e7 - MERIDIAN_30 * 0.9996), [117, -30])).toBeLessThan(
    0.01,
  );
});

test('C10: Web Mercator and plain degrees', () => {
  expect(metresBetween(datumOf('EPSG:3857').toWgs84(Math.PI * 6378137 * (120 / 180), 0), [120, 0])).toBeLessThan(0.01);
  for (const name of ['wgs84', 'EPSG:4326', 'EPSG:4490', 'urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:EPSG::4490'])
    expect(datumOf(name).toWgs84(120, 30)).toEqual([120, 30]);
});

test.each(['EPSG:2437', 'EPSG:4555', 'EPSG:4490x', 'xian80', ''])('C10: "%s" is refused with what is known', (name) => {
  expect(() => datumOf(name)).toThrow(Unreadable);
  expect(() => datumOf(name)).toThrow(/is not known/);
});

const CGCS_120 =
  'PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

test('C10: a .prj that writes its projection out is followed; one without a published shift is refused', () => {
  expect(metresBetween(datumOfPrj(CGCS_120).toWgs84(500_000, MERIDIAN_30), [120, 30])).toBeLessThan(0.01);
  expect(datumOfPrj('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]').toWgs84(120, 30)).toEqual([120, 30]);
  expect(() => datumOfPrj('PROJCS["Xian_1980_3_Degree_GK_CM_120E",GEOGCS["GCS_Xian_1980"]]')).toThrow(
    /no published shift/,
  );
  expect(() => datumOfPrj('PROJCS["Beijing_1954_GK_Zone_20"]')).toThrow(/no published shift/);
});

test('C10: degrees that are metres, metres that are degrees, and latitude first are seen', () => {
  expect(implausible(datumOf('wgs84'), 40_500_000, 3_320_113)).toMatch(/no degrees/);
  expect(implausible(datumOf('gcj02'), 30, 120)).toMatch(/latitude stands before/);
  expect(implausible(datumOf('EPSG:4549'), 120.5, 30)).toMatch(/look like degrees/);
  expect(implausible(datumOf('wgs84'), 120.5, 30)).toBeUndefined();
});
