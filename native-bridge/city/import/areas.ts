/**
 * Boundary, water, historic blocks and zones: polygons with a name and a kind.
 * Guarantees: rings closed and mended; where no boundary is given, one is drawn round the buildings.
 */
import { convex, points } from '@turf/turf';
import type { Position } from 'geojson';
import type { AreaFeature, AreasFile, LonLat } from '../../contract/site-files.ts';
import { toDegrees, toUnits } from '../../contract/site-read.ts';
import { ids, nameOf } from './names.ts';
import type { LayerName } from './plan.ts';
import type { ReadLayer } from './read.ts';
import { fitRing } from './rings.ts';
import { textOf } from './shapes.ts';
import type { Tally } from './tally.ts';

const KIND: Partial<Record<LayerName, string>> = {
  ...{ boundary: 'district', water: 'lake', blocks: 'historic-block', zones: 'town' },
};
/** OSM's and registers' words for waters. */
const WATERS: Readonly<Record<string, string>> = {
  ...{ river: 'river', riverbank: 'river', stream: 'river', canal: 'canal', lake: 'lake', pond: 'lake' },
  ...{ reservoir: 'lake', basin: 'lake', bay: 'sea', sea: 'sea', ocean: 'sea', 河流: 'river', 河: 'river' },
  ...{ 江: 'river', 运河: 'canal', 渠: 'canal', 湖泊: 'lake', 湖: 'lake', 水库: 'lake', 海: 'sea', 池塘: 'lake' },
};
const WATER_FIELDS = ['water', 'waterway', 'natural', 'kind', 'fclass', 'type', '类型'];

const closed = (ring: readonly LonLat[]): number[][] => [...ring, ring[0] ?? [0, 0]].map((p) => [p[0], p[1]]);

export function makeAreas(layer: LayerName, read: readonly ReadLayer[], tally: Tally): AreasFile {
  const features: AreaFeature[] = [];
  const nextId = ids(`${layer}-`);
  for (const { layer: from, shapes, empty, strange } of read) {
    tally.found(shapes.length, empty, strange);
    for (const { id: own, props, geometry } of shapes) {
      const { id } = nextId(own, props, from.take);
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
        tally.drop(`no area: ${geometry.type}`, id);
        continue;
      }
      const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap((rings) =>
        fitArea(rings, id, tally),
      );
      if (polygons.length === 0) {
        tally.drop('invalid ring', id);
        continue;
      }
      const name = nameOf(props, from.take) ?? { zh: id, en: id };
      const [first = []] = polygons;
      const optional = (key: 'stationId' | 'contact' | 'contractor') => {
        const value = textOf(props, from.take[key] ?? [key]);
        return value === undefined ? {} : { [key]: value };
      };
      tally.kept();
      features.push({
        type: 'Feature',
        id,
        properties: {
          name,
          kind: from.kind ?? kindOf(layer, props, from.take.kind, from.words),
          ...{ ...optional('stationId'), ...optional('contact'), ...optional('contractor') },
        },
        geometry:
          polygons.length === 1
            ? { type: 'Polygon', coordinates: first }
            : { type: 'MultiPolygon', coordinates: polygons },
      });
    }
  }
  return { type: 'FeatureCollection', features };
}

function fitArea(rings: readonly Position[][], id: string, tally: Tally): number[][][][] {
  const [outer, ...rest] = rings.map(fitRing);
  if (outer === undefined || 'why' in outer) return [];
  if (outer.mended) tally.mend('crossed itself: the largest part stays', id);
  return [[closed(outer.ring), ...rest.flatMap((r) => ('ring' in r ? [closed(r.ring)] : []))]];
}

function kindOf(
  layer: LayerName,
  props: Readonly<Record<string, unknown>>,
  fields: readonly string[] | undefined,
  words: Readonly<Record<string, string>>,
): string {
  const standard = KIND[layer] ?? layer;
  if (layer !== 'water' && fields === undefined) return standard;
  for (const field of fields ?? WATER_FIELDS) {
    const word = textOf(props, [field]);
    const found = word === undefined ? undefined : (words[word] ?? (layer === 'water' ? WATERS[word] : word));
    if (found !== undefined) return found;
  }
  return standard;
}

/** Degrees around what there is, about 300 m. */
const MARGIN = 0.003;

/** The hull of all buildings with a margin; `name` is the district's. */
export function drawnBoundary(places: readonly LonLat[], name: { zh: string; en: string }): AreasFile {
  const around = places.flatMap(
    ([lon, lat]) =>
    [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([i = 0, j = 0]) => [lon + i * MARGIN, lat + j * MARGIN]), // prettier-ignore
  );
  const hull = convex(points(around));
  const ring = (hull?.geometry.coordinates[0] ?? []).map((p) => [
    toDegrees(toUnits(p[0] ?? 0)),
    toDegrees(toUnits(p[1] ?? 0)),
  ]);
  return {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: 'boundary',
        properties: { name, kind: 'district' },
        geometry: { type: 'Polygon', coordinates: [ring] },
      },
    ],
  };
}
