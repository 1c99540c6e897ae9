/**
 * GeoJSON to shapes: a FeatureCollection, one Feature, a bare geometry, or one feature a line (GeoJSONSeq).
 * Refuses: anything else, by name of what is wrong.
 */
import type { Geometry } from 'geojson';
import { Unreadable } from './trouble.ts';
import type { Shape, Shapes } from './shapes.ts';

/** How deep the positions lie. */
const DEPTHS: ReadonlyMap<unknown, number> = new Map([
  ...([['Point', 0], ['MultiPoint', 1], ['LineString', 1]] as const),
  ...([['MultiLineString', 2], ['Polygon', 2], ['MultiPolygon', 3]] as const),
]); // prettier-ignore
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Lists as deep as they should be; whether the numbers are any good is seen where they are used. */
const lies = (value: unknown, depth: number): boolean =>
  Array.isArray(value) && (depth === 0 ? value.length >= 2 : value.every((inner) => lies(inner, depth - 1)));
const isGeometry = (value: unknown): value is Geometry =>
  isMap(value) && lies(value['coordinates'], DEPTHS.get(value['type']) ?? Infinity);

/** @throws {Unreadable} */
export function shapesOfGeoJson(value: unknown): Shapes {
  if (!isMap(value)) throw new Unreadable('(file)', 'is no GeoJSON', 'give a FeatureCollection');
  const listed = value['type'] === 'FeatureCollection' ? value['features'] : [value];
  if (!Array.isArray(listed)) throw new Unreadable('features', 'is no list', 'give a FeatureCollection');
  const shapes: Shape[] = [];
  let empty = 0;
  listed.forEach((feature: unknown, i) => {
    if (!isMap(feature) || (feature['type'] !== 'Feature' && !isGeometry(feature)))
      throw new Unreadable(`features[${i}]`, 'is no Feature', 'give GeoJSON as RFC 7946 has it');
    const geometry = isGeometry(feature) ? feature : feature['geometry'];
    const list = isMap(geometry) && geometry['type'] === 'GeometryCollection' ? geometry['geometries'] : [geometry];
    const found = (Array.isArray(list) ? list : []).filter(isGeometry);
    if (found.length === 0) empty++;
    const { id, properties } = feature;
    for (const one of found) {
      shapes.push({
        ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
        props: isMap(properties) ? properties : {},
        geometry: one,
      });
    }
  });
  const crs = isMap(value['crs']) && isMap(value['crs']['properties']) ? value['crs']['properties']['name'] : undefined;
  return { shapes, empty, ...(typeof crs === 'string' ? { crs } : {}) };
}

/** @throws {Unreadable} */
export function parseGeoJson(text: string): Shapes {
  try {
    return shapesOfGeoJson(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2 || !lines[0]?.trim().endsWith('}'))
      throw new Unreadable('(file)', `is not JSON (${error.message})`, 'give GeoJSON');
    return shapesOfGeoJson({ type: 'FeatureCollection', features: lines.map(lineOf) });
  }
}

function lineOf(line: string, i: number): unknown {
  try {
    return JSON.parse(line.replace(/^\u001e/, ''));
  } catch {
    throw new Unreadable(`line ${i + 1}`, 'is not JSON', 'give one feature a line, or a FeatureCollection');
  }
}
