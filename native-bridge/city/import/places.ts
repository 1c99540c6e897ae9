/**
 * Points of interest: stations, hydrants, water intakes, shelters, depots, key units, the command centre.
 * Guarantees: every feature is kept or counted under the reason it was dropped for; areas count as their middle.
 */
import { PLACE_KINDS, type LonLat, type Place, type PlaceKind } from '../../contract/site-files.ts';
import { ringCentre, toDegrees, toUnits } from '../../contract/site-read.ts';
import type { Geometry } from 'geojson';
import type { Inside } from './district-area.ts';
import { ids, nameOf } from './names.ts';
import type { ReadLayer } from './read.ts';
import { textOf } from './shapes.ts';
import type { Tally } from './tally.ts';

const KIND = ['kind', 'amenity', 'emergency', 'social_facility', 'type', 'fclass', '类型', '类别'];
/** OSM wiki, "Key:emergency" and "Key:amenity"; and register terms. */
const WORDS: readonly (readonly [PlaceKind, string])[] = [
  ['command-centre', '指挥中心 应急指挥中心'],
  ['station', 'fire_station 消防站 救援站 消防救援站 专职队'],
  ['hydrant', 'fire_hydrant 消火栓 消防栓'],
  ['water-intake', 'water_tank suction_point fire_water_pond 取水口 消防水鹤 天然水源'],
  ['shelter', 'assembly_point 避难场所 应急避难场所 避灾安置点'],
  ['depot', '物资库 应急物资库 仓库'],
  ['key-unit', '重点单位 消防重点单位'],
];
const KIND_OF: ReadonlyMap<string, PlaceKind> = new Map(
  WORDS.flatMap(([kind, words]) => [kind, ...words.split(' ')].map((word) => [word, kind] as const)),
);

export function makePlaces(read: readonly ReadLayer[], inside: Inside | undefined, tally: Tally): Place[] {
  const out: Place[] = [];
  const nextId = ids('p');
  for (const { layer, shapes, empty, strange } of read) {
    tally.found(shapes.length, empty, strange);
    for (const { id: own, props, geometry } of shapes) {
      const { id } = nextId(own, props, layer.take);
      const words = (layer.take.kind ?? KIND).map((field) => textOf(props, [field])).filter((w) => w !== undefined);
      const said = words.map((word) => layer.words[word] ?? KIND_OF.get(word)).find((found) => found !== undefined);
      const kind = PLACE_KINDS.find((known) => known === (said ?? layer.kind));
      const at = middleOf(geometry);
      if (kind === undefined) tally.drop(`kind not known${words[0] === undefined ? '' : `: ${words[0]}`}`, id);
      else if (at === undefined || !at.every(Number.isFinite)) tally.drop('no place', id);
      else if (inside !== undefined && !inside(at)) tally.drop('outside the boundary', id);
      else {
        tally.kept();
        const capacity = Number(textOf(props, layer.take.capacity ?? ['capacity']));
        const optional = (key: 'address' | 'phone' | 'field', fields: readonly string[]) => {
          const value = textOf(props, layer.take[key] ?? fields);
          return value === undefined ? {} : { [key]: value };
        };
        out.push({
          id,
          kind,
          name: nameOf(props, layer.take) ?? { zh: id, en: id },
          lon: toDegrees(toUnits(at[0])),
          lat: toDegrees(toUnits(at[1])),
          ...(Number.isFinite(capacity) ? { capacity } : {}),
          ...optional('address', ['addr:full', 'address', '地址']),
          ...optional('phone', ['phone', 'contact:phone', '电话']),
          ...optional('field', ['field']),
        });
      }
    }
  }
  return out;
}

function middleOf(geometry: Geometry): LonLat | undefined {
  const ring =
    geometry.type === 'Polygon'
      ? geometry.coordinates[0]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates[0]?.[0]
        : undefined;
  if (ring !== undefined) return ringCentre(ring.slice(0, -1).map((p): LonLat => [p[0] ?? NaN, p[1] ?? NaN]));
  if (geometry.type !== 'Point') return undefined;
  return [geometry.coordinates[0] ?? NaN, geometry.coordinates[1] ?? NaN];
}
