/**
 * Is a place inside these polygons? Asked some hundred thousand times, of outlines with thousands of corners.
 * Guarantees: even-odd over all rings; edges are looked up by bands of latitude, so the cost hardly grows with them.
 */
import type { AreaFeature, LonLat } from '../../contract/site-files.ts';

export type Inside = (place: LonLat) => boolean;

const BANDS = 1024;

export function ringsOf(area: AreaFeature): (readonly LonLat[])[] {
  const { geometry } = area;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap((rings) => rings.map((ring) => ring.map((p): LonLat => [p[0] ?? 0, p[1] ?? 0])));
}

export function insideOf(areas: readonly AreaFeature[]): Inside {
  const rings = areas.flatMap(ringsOf);
  let [south, north] = [90, -90];
  for (const ring of rings)
    for (const p of ring) {
      south = Math.min(south, p[1]);
      north = Math.max(north, p[1]);
    }
  const height = Math.max(1e-9, (north - south) / BANDS);
  const bandOf = (lat: number): number => Math.min(BANDS - 1, Math.max(0, Math.floor((lat - south) / height)));
  const bands: [LonLat, LonLat][][] = Array.from({ length: BANDS }, () => []);
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] ?? a;
      if (a[1] === b[1]) return;
      const last = bandOf(Math.max(a[1], b[1]));
      for (let band = bandOf(Math.min(a[1], b[1])); band <= last; band++) bands[band]?.push([a, b]);
    });
  }
  return ([lon, lat]) => {
    if (lat < south || lat > north) return false;
    let inside = false;
    for (const [a, b] of bands[bandOf(lat)] ?? [])
      if (a[1] > lat !== b[1] > lat && lon < a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    return inside;
  };
}
