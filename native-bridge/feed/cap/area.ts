/**
 * Areas of a CAP alert as GeoJSON: polygons and circles become one MultiPolygon, names and codes its properties.
 *
 * Owns: CAP's own notation of positions. Guarantees: rings are closed, positions are longitude and latitude.
 * Refuses: positions that are nowhere on earth. An area without a shape stays one without a shape.
 */
import type { Element } from './alert.ts';

/** Corners of a circle: 48 stray less than a quarter of a percent of the radius. */
const CORNERS = 48;
const EARTH_KM = 6371.0088;
const MOST_RADIUS_KM = 2000;
const MOST_POSITIONS = 20_000;

type Position = [lon: number, lat: number];
interface Feature {
  type: 'Feature';
  geometry: { type: 'MultiPolygon'; coordinates: Position[][][] } | null;
  properties: { names: string[]; codes: string[] };
  [member: string]: unknown;
}
export type Area = { ok: true; area: Feature } | { ok: false; path: string; detail: string };

/** CAP writes latitude first; what can be no latitude was written the other way round. */
function positionOf(text: string): Position | null {
  const [a, b, more] = text.split(',').map(Number);
  if (a === undefined || b === undefined || more !== undefined || !Number.isFinite(a) || !Number.isFinite(b))
    return null;
  const [lat, lon] = Math.abs(a) > 90 && Math.abs(b) <= 90 ? [b, a] : [a, b];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}
function ringOf(text: string): Position[] | null {
  const words = text.split(/[\s;]+/).filter((word) => word !== '');
  if (words.length < 3 || words.length > MOST_POSITIONS) return null;
  const ring: Position[] = [];
  for (const word of words) {
    const position = positionOf(word);
    if (position === null) return null;
    ring.push(position);
  }
  const [start] = ring;
  const end = ring.at(-1);
  if (!start || !end) return null;
  if (start[0] !== end[0] || start[1] !== end[1]) ring.push([...start]);
  return ring.length >= 4 ? ring : null;
}
/** `lat,lon radius` in km. */
function circleOf(text: string): Position[] | 'point' | null {
  const [at = '', radius = ''] = text.split(/\s+/);
  const centre = positionOf(at);
  const km = Number(radius);
  if (centre === null || radius === '' || !Number.isFinite(km) || km < 0 || km > MOST_RADIUS_KM) return null;
  if (km === 0) return 'point';
  const [lon, lat] = centre.map((degrees) => (degrees * Math.PI) / 180) as Position;
  const far = km / EARTH_KM;
  const ring = Array.from({ length: CORNERS }, (_, i): Position => {
    const way = (-2 * Math.PI * i) / CORNERS;
    const north = Math.asin(Math.sin(lat) * Math.cos(far) + Math.cos(lat) * Math.sin(far) * Math.cos(way));
    const east = Math.atan2(
      Math.sin(way) * Math.sin(far) * Math.cos(lat),
      Math.cos(far) - Math.sin(lat) * Math.sin(north),
    );
    return [((lon + east) * 180) / Math.PI, (north * 180) / Math.PI];
  });
  return [...ring, ring[0] as Position];
}

export function areaOf(areas: readonly Element[]): Area {
  const polygons: Position[][][] = [];
  const names: string[] = [];
  const codes: string[] = [];
  const texts = (area: Element, name: string): string[] =>
    (area.children.get(name) ?? []).map(({ text }) => text).filter((text) => text !== '');
  for (const area of areas) {
    names.push(...texts(area, 'areaDesc'));
    for (const code of area.children.get('geocode') ?? [])
      codes.push(code.children.get('value')?.[0]?.text ?? code.text);
    for (const text of texts(area, 'polygon')) {
      const ring = ringOf(text);
      if (ring === null) return { ok: false, path: 'polygon', detail: `is none: ${text.slice(0, 60)}` };
      polygons.push([ring]);
    }
    for (const text of texts(area, 'circle')) {
      const ring = circleOf(text);
      if (ring === null) return { ok: false, path: 'circle', detail: `is none: ${text.slice(0, 60)}` };
      if (ring !== 'point') polygons.push([ring]);
    }
  }
  const geometry = polygons.length > 0 ? { type: 'MultiPolygon' as const, coordinates: polygons } : null;
  return { ok: true, area: { type: 'Feature', geometry, properties: { names, codes } } };
}
