/**
 * Areas as GeoJSON: boundary (real), water, historic blocks and zones (invented).
 * Guarantees: the zones part the district without gaps; each names the station that answers first.
 */
import { featureCollection, intersect, point, polygon, voronoi } from '@turf/turf';
import type { AreaFeature, AreasFile, LonLat } from '../../contract/site-files.ts';
import type { City } from './city.ts';
import { toLonLat } from './plane.ts';
import { round } from './places.ts';
import type { Random } from './random.ts';
import { personName, phone } from './names.ts';
import { TOWNS } from './towns.ts';

const closed = (ring: readonly LonLat[]): [number, number][] => {
  const out = ring.map((p): [number, number] => [round(p[0]), round(p[1])]);
  const first = out[0];
  if (first !== undefined) out.push([...first]);
  return out;
};

function rounded(geometry: AreaFeature['geometry']): AreaFeature['geometry'] {
  const ring = (positions: readonly number[][]) => positions.map((p) => p.map(round));
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: geometry.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((part) => part.map(ring)) };
}

const collection = (features: AreaFeature[]): AreasFile => ({ type: 'FeatureCollection', features });

export const boundaryArea = (city: City): AreasFile =>
  collection([
    {
      type: 'Feature',
      id: '330604',
      properties: { name: { zh: '上虞区', en: 'Shangyu District' }, kind: 'district' },
      geometry: { type: 'Polygon', coordinates: [closed(city.land.boundary)] },
    },
  ]);

export const waterAreas = (city: City): AreasFile =>
  collection(city.land.water.map((w) => ({ ...w, geometry: rounded(w.geometry) })));

export const blockAreas = (city: City, r: Random): AreasFile =>
  collection(
    city.historic.map((b) => ({
      type: 'Feature',
      id: b.id,
      properties: {
        name: b.name,
        kind: 'historic-block',
        contact: `${personName(r)} ${phone(r)}`,
        contractor: `舜安电气 ${phone(r)}`,
      },
      geometry: { type: 'Polygon', coordinates: [closed(b.corners.map(toLonLat))] },
    })),
  );

export function zoneAreas(city: City): AreasFile {
  const district = polygon([closed(city.land.boundary)]);
  const lons = city.land.boundary.map((p) => p[0]);
  const lats = city.land.boundary.map((p) => p[1]);
  const bbox: [number, number, number, number] = [
    Math.min(...lons) - 0.1,
    Math.min(...lats) - 0.1,
    Math.max(...lons) + 0.1,
    Math.max(...lats) + 0.1,
  ];
  const cells = voronoi(featureCollection(TOWNS.map((t) => point([t.at[0], t.at[1]]))), { bbox });
  return collection(
    TOWNS.flatMap((town, k): AreaFeature[] => {
      const cell = cells.features[k];
      const cut = cell === undefined ? null : intersect(featureCollection([district, cell]));
      if (cut === null) return [];
      return [
        {
          type: 'Feature',
          id: `z-${town.id}`,
          properties: { name: { zh: town.zh, en: town.en }, kind: 'zone', stationId: town.stationId },
          geometry: rounded(cut.geometry),
        },
      ];
    }),
  );
}
