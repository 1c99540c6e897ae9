/**
 * From a file's own coordinates to WGS-84 degrees.
 * Owns: which systems are known: the two Chinese map datums (gcoord), and by formula (proj4) WGS-84, CGCS2000 in
 *   degrees and in Gauss-Krüger zones of 3° and 6°, UTM, Web Mercator, and what a .prj file writes out in full.
 * Guarantees: nothing is fetched. CGCS2000 is taken as WGS-84: they differ by centimetres.
 * Refuses: any other EPSG code; Beijing 1954 and Xi'an 1980, whose shift to WGS-84 is not published.
 */
import loaded from 'gcoord';
import proj4 from 'proj4';
import type { LonLat } from '../../contract/site-files.ts';
import { Unreadable } from './trouble.ts';

/** Its types describe an ES module, its file is CommonJS; both shapes are met. */
const gcoord = 'default' in loaded ? loaded.default : loaded;

export interface Datum {
  readonly name: string;
  /** Its coordinates are longitude and latitude. */
  readonly degrees: boolean;
  toWgs84(x: number, y: number): LonLat;
}

const plain = (name: string): Datum => ({ name, degrees: true, toWgs84: (x, y) => [x, y] });
const projected = (name: string, definition: string): Datum => {
  const { forward } = proj4(definition, 'WGS84');
  return {
    name,
    degrees: false,
    toWgs84: (x, y) => {
      const [lon = NaN, lat = NaN] = forward([x, y]);
      return [lon, lat];
    },
  };
};

/** CGCS2000's ellipsoid is GRS 80. */
const gaussKrueger = (meridian: number, easting: number): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${easting} +y_0=0 +ellps=GRS80 +units=m +no_defs`;

/** The other way, for the datums in which tiles are cut. */
export const fromWgs84 = (crs: 'wgs84' | 'gcj02', lon: number, lat: number): LonLat => {
  if (crs === 'wgs84') return [lon, lat];
  const [x, y] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02);
  return [x, y];
};

/** The definition behind an EPSG number; undefined when it is none of ours. */
function definitionOf(code: number): string | 'degrees' | undefined {
  const within = (first: number, last: number) => code >= first && code <= last;
  if (code === 4326 || code === 4490 || code === 4479) return code === 4479 ? undefined : 'degrees';
  if (code === 3857)
    return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs';
  // CGCS2000 / Gauss-Krüger: 6° zones 13–23 with the zone before the easting, then by meridian without;
  // 3° zones 25–45 likewise.
  if (within(4491, 4501)) return gaussKrueger(75 + 6 * (code - 4491), (code - 4491 + 13) * 1e6 + 500_000);
  if (within(4502, 4512)) return gaussKrueger(75 + 6 * (code - 4502), 500_000);
  if (within(4513, 4533)) return gaussKrueger(75 + 3 * (code - 4513), (code - 4513 + 25) * 1e6 + 500_000);
  if (within(4534, 4554)) return gaussKrueger(75 + 3 * (code - 4534), 500_000);
  if (within(32601, 32660)) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m +no_defs`;
  if (within(32701, 32760)) return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m +no_defs`;
  return undefined;
}

const OLD = /beijing[ _]*(19)?54|xian[ _]*(19)?80|krasovsky|IAG[ _]*1975/i;
const KNOWN =
  'use wgs84, gcj02, bd09, EPSG:4326, 4490, 3857, 4491–4554 (CGCS2000 Gauss-Krüger), 32601–32760 (UTM), or convert first';

/** @throws {Unreadable} a system that is not known, with the known ones. */
export function datumOf(crs: string): Datum {
  const name = crs.trim().toLowerCase();
  if (name === 'wgs84') return plain('wgs84');
  if (name === 'gcj02' || name === 'bd09') {
    const from = name === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
    return {
      name,
      degrees: true,
      toWgs84: (x, y) => {
        const [lon, lat] = gcoord.transform([x, y], from, gcoord.WGS84);
        if (name === 'gcj02') return [lon, lat];
        // The way back from BD-09 is only an approximation, some decimetres off: once more by what it misses.
        const [u, v] = gcoord.transform([lon, lat], gcoord.WGS84, from);
        return [lon + x - u, lat + y - v];
      },
    };
  }
  const code = /^(?:epsg|urn:ogc:def:crs:epsg:[^:]*):(\d{4,6})$/.exec(name)?.[1];
  if (code === undefined && /crs84$/.test(name)) return plain('wgs84');
  const definition = code === undefined ? undefined : definitionOf(Number(code));
  if (definition === undefined) throw new Unreadable('crs', `"${crs}" is not known`, KNOWN);
  return definition === 'degrees' ? plain(`EPSG:${code}`) : projected(`EPSG:${code}`, definition);
}

/** Of the text of a .prj file. @throws {Unreadable} */
export function datumOfPrj(text: string): Datum {
  const name = /^\s*\w+\["([^"]*)"/.exec(text)?.[1] ?? '.prj';
  if (OLD.test(text))
    throw new Unreadable(
      '.prj',
      `"${name}" has no published shift to WGS-84`,
      'convert it to CGCS2000 or WGS-84 first',
    );
  if (/^\s*GEOGCS/i.test(text)) return plain(name);
  try {
    return projected(name, text);
  } catch {
    throw new Unreadable('.prj', `"${name}" is not understood`, 'give the layer a crs of its own');
  }
}

/** Coordinates that cannot be of this system: degrees that are metres, or the other way round. */
export function implausible(datum: Datum, x: number, y: number): string | undefined {
  if (datum.degrees && (Math.abs(x) > 180 || Math.abs(y) > 90))
    return Math.abs(x) <= 90 && Math.abs(y) <= 180 ? 'latitude stands before longitude' : 'these are no degrees';
  if (!datum.degrees && Math.abs(x) <= 180 && Math.abs(y) <= 90 && (x !== 0 || y !== 0))
    return 'these look like degrees';
  return undefined;
}
