/**
 * Which weather warning was in force where an alarm stood.
 *
 * Owns: the look at a warning's GeoJSON area. Pure. Guarantees: an area it cannot read covers nothing.
 * Refuses: holes and anything but polygons: warnings are announced for whole townships.
 */
import type { AlarmRecord, WarningRecord } from '../contract/records.ts';

type Ring = readonly (readonly [number, number])[];
const isRing = (value: unknown): value is Ring =>
  Array.isArray(value) && value.every((p) => Array.isArray(p) && typeof p[0] === 'number' && typeof p[1] === 'number');

const ringsOf = (area: unknown): Ring[] => {
  if (typeof area !== 'object' || area === null) return [];
  if ('geometry' in area) return ringsOf(area.geometry);
  if (!('coordinates' in area) || !('type' in area) || !Array.isArray(area.coordinates)) return [];
  const polygons: unknown[] = area.type === 'MultiPolygon' ? area.coordinates : [area.coordinates];
  return polygons.flatMap((polygon) => (Array.isArray(polygon) && isRing(polygon[0]) ? [polygon[0]] : []));
};
const inside = (ring: Ring, lon: number, lat: number): boolean => {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [a, b] = [ring[i], ring[j]];
    if (!a || !b || a[1] > lat === b[1] > lat) continue;
    if (lon < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
};
const rings = new WeakMap<WarningRecord, Ring[]>();

/** Weather makes devices fail and power go; it is not asked for anything else. */
const BY_WEATHER: readonly AlarmRecord['type'][] = ['offline', 'fault', 'cut-off', 'low-battery'];

export const warningAt = (warnings: Iterable<WarningRecord>, alarm: AlarmRecord): string | undefined => {
  if (!BY_WEATHER.includes(alarm.type)) return undefined;
  for (const warning of warnings) {
    if (alarm.at < warning.at || alarm.at > warning.expires) continue;
    const known = rings.get(warning) ?? ringsOf(warning.area);
    rings.set(warning, known);
    if (known.some((ring) => inside(ring, alarm.lon, alarm.lat))) return warning.id;
  }
  return undefined;
};
