/**
 * Datum: coordinates of GCJ-02 and BD-09 feeds become WGS-84.
 *
 * Owns: which fields of an event are coordinates. Guarantees (D6): WGS-84 comes back untouched.
 * Refuses: GeoJSON that is none (the answer is false).
 */
import gcoord from 'gcoord';
import type { Crs } from '../contract/site.ts';

/** The package's types describe an ES module, its file is CommonJS: what is imported is the library itself. */
type Library = (typeof gcoord)['default'];
const isLibrary = (value: unknown): value is Library =>
  typeof value === 'object' && value !== null && 'transform' in value && 'GCJ02' in value;
function library(found: unknown): Library {
  if (!isLibrary(found)) throw new Error('gcoord has another shape than expected');
  return found;
}
const lib = library(gcoord);
const FROM = { gcj02: lib.GCJ02, bd09: lib.BD09 } as const;
const GEOMETRIES = new Set(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Walks the positions of nested coordinate arrays; false where something is no position. */
function eachPosition(value: unknown, depth: number, act: (position: number[]) => void): boolean {
  if (!Array.isArray(value) || depth > 4) return false;
  if (typeof value[0] === 'number') {
    if (value.length < 2 || !value.every((n) => typeof n === 'number' && Number.isFinite(n))) return false;
    const position = value as number[];
    if (Math.abs(position[0] as number) > 180 || Math.abs(position[1] as number) > 90) return false;
    act(position);
    return true;
  }
  return value.every((inner) => eachPosition(inner, depth + 1, act));
}

function eachGeometry(area: unknown, depth: number, act: (position: number[]) => void): boolean {
  if (!isMap(area) || depth > 4) return false;
  const { type } = area;
  if (typeof type !== 'string') return false;
  if (type === 'Feature') return area['geometry'] === null || eachGeometry(area['geometry'], depth + 1, act);
  const members =
    type === 'FeatureCollection' ? area['features'] : type === 'GeometryCollection' ? area['geometries'] : null;
  if (members !== null) return Array.isArray(members) && members.every((inner) => eachGeometry(inner, depth + 1, act));
  return GEOMETRIES.has(type) && eachPosition(area['coordinates'], 0, act);
}

function toWgs84(position: [number, number], crs: Crs): [number, number] {
  return crs === 'wgs84' ? position : lib.transform(position, FROM[crs], lib.WGS84);
}

function movePlace(holder: Record<string, unknown>, crs: Crs): void {
  const { lon, lat } = holder;
  if (typeof lon !== 'number' || typeof lat !== 'number') return;
  const [x, y] = toWgs84([lon, lat], crs);
  holder['lon'] = x;
  holder['lat'] = y;
}

/** Moves every coordinate of a checked event, in place. False when its `area` is no GeoJSON. */
export function settleCoordinates(event: Record<string, unknown>, crs: Crs): boolean {
  const area = event['area'];
  if (area !== undefined) {
    const positions: number[][] = [];
    if (!eachGeometry(area, 0, (position) => positions.push(position))) return false;
    if (crs !== 'wgs84') {
      for (const position of positions) {
        const [x, y] = toWgs84([position[0] as number, position[1] as number], crs);
        position[0] = x;
        position[1] = y;
      }
    }
  }
  if (crs === 'wgs84') return true;
  movePlace(event, crs);
  const place = event['place'];
  if (isMap(place)) movePlace(place, crs);
  return true;
}
