/**
 * Footprints to buildings: rings mended, heights found or assumed, doubles and strangers left out.
 * Guarantees: every feature is kept or counted under the reason it was dropped for; nothing is assumed uncounted;
 *   the order of the files is the order of the buildings.
 */
import type { Position } from 'geojson';
import { BUILDING_USES, type BuildingUse, type LonLat } from '../../contract/site-files.ts';
import { ringCentre, toUnits } from '../../contract/site-read.ts';
import type { BuildingEntry } from '../encode.ts';
import { storey } from '../storey.ts';
import { floorsOf, metresOf } from './amounts.ts';
import type { Inside } from './district-area.ts';
import { ids, nameOf } from './names.ts';
import type { CityPlan, Layer } from './plan.ts';
import type { ReadLayer } from './read.ts';
import { areaOf, fitRing } from './rings.ts';
import { textOf, type Props } from './shapes.ts';
import type { Tally } from './tally.ts';
import { FLOORS, HIGH_RISE, useOf } from './uses.ts';

export interface DistrictBuilding extends BuildingEntry {
  readonly centre: LonLat;
}
export interface BuildingContext {
  readonly plan: CityPlan;
  readonly inside: Inside | undefined;
  /** Historic blocks, to say which stands in which. */
  readonly blockAt: (place: LonLat) => string | undefined;
  readonly progress: (done: number, of: number) => void;
}

const HEIGHT = ['height', 'HEIGHT', 'Height', 'building:height', 'est_height', '高度', 'JZGD', 'heights'];
const LEVELS = [
  'building:levels',
  'levels',
  'floors',
  'FLOORS',
  'floor',
  'Floor',
  'FLOOR',
  'storeys',
  '层数',
  'CS',
  'LDCS',
];
const USE = ['use', 'building:use', 'building', 'amenity', 'type', 'fclass', 'USE', '用途', '建筑用途'];
const STREET = ['addr:street', 'street', '街道', '道路'];
const NUMBER = ['addr:housenumber', 'number', '门牌号'];
const ADDRESS = ['addr:full', 'address', 'ADDRESS', '地址'];
const PEOPLE = ['people', 'residents', '人数', '人口', '常住人口', 'RKS'];
const HOUSEHOLDS = ['households', 'hu', '户数', 'HS'];
/** More do not live or work in one building. */
const MOST_PEOPLE = 100_000;
/** No building is higher; nor lower than a garden wall. Metres, floors. */
const HEIGHTS = [1.5, 1000] as const;
const MOST_FLOORS = 200;

export function makeBuildings(
  layers: readonly ReadLayer[],
  context: BuildingContext,
  tally: Tally,
): DistrictBuilding[] {
  const out: DistrictBuilding[] = [];
  const nextId = ids('b');
  const seen = new Set<string>();
  const of = layers.reduce((sum, l) => sum + l.shapes.length, 0);
  let done = 0;
  for (const { layer, shapes, empty, strange } of layers) {
    tally.found(shapes.length, empty, strange);
    for (const shape of shapes) {
      context.progress(++done, of);
      const { geometry, props } = shape;
      const { id, renamed } = nextId(shape.id, props, layer.take);
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
        tally.drop(`no area: ${geometry.type}`, id);
        continue;
      }
      if (props['building'] === undefined && props['building:part'] !== undefined) {
        tally.drop('part of a building (building:part): the outline counts', id);
        continue;
      }
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      if (polygons.length === 0) {
        tally.drop('no geometry', id);
        continue;
      }
      tally.split(polygons.length - 1);
      if (renamed) tally.mend('id was taken: numbered', id);
      const parts = polygons.flatMap((rings, k) => {
        const own = k === 0 ? id : `${id}~${k + 1}`;
        const fitted = fitAll(rings, own, tally);
        if (fitted === undefined) return [];
        const [outer = []] = fitted;
        const centre = ringCentre(outer);
        const key = `${outer.length} ${toUnits(centre[0])} ${toUnits(centre[1])} ${Math.round(areaOf(outer))}`;
        const why = seen.has(key)
          ? 'duplicate: another has the same footprint'
          : context.inside?.(centre) === false
            ? 'outside the boundary'
            : undefined;
        if (why !== undefined) {
          tally.drop(why, own);
          return [];
        }
        seen.add(key);
        tally.kept();
        return [{ id: own, rings: fitted, centre, blockId: context.blockAt(centre) }];
      });
      // What is assumed counts only for what is kept.
      if (parts.length === 0) continue;
      const said = sayings(props, layer, context.plan, tally, id);
      // Who lives in a house of several parts is counted once.
      const { people, households, ...built } = said;
      for (const [k, part] of parts.entries())
        out.push({ ...(k === 0 ? { people, households } : {}), ...built, ...part });
    }
  }
  return out;
}

function fitAll(rings: readonly Position[][], id: string, tally: Tally): LonLat[][] | undefined {
  const [first = [], ...rest] = rings;
  const outer = fitRing(first);
  if ('why' in outer) {
    tally.drop(outer.why, id);
    return undefined;
  }
  if (outer.mended) tally.mend('crossed itself: the largest part stays', id);
  const yards = rest.flatMap((ring) => {
    const yard = fitRing(ring);
    if ('ring' in yard) return [[...yard.ring]];
    tally.mend('courtyard left out: its ring is invalid', id);
    return [];
  });
  return [[...outer.ring], ...yards];
}

type Said = Omit<DistrictBuilding, 'id' | 'rings' | 'centre' | 'blockId'>;

function sayings(props: Props, { take, words, kind }: Layer, plan: CityPlan, tally: Tally, id: string): Said {
  let use = BUILDING_USES.find((known) => known === kind);
  for (const field of take.use ?? USE) {
    if (use !== undefined) break;
    const word = textOf(props, [field]);
    const found = word === undefined ? undefined : useOf(word, words);
    use = BUILDING_USES.find((known) => known === found);
  }
  if (use === undefined) tally.assume(`use not known: ${plan.use}`, id);
  use ??= plan.use;
  const per = plan.storey ?? storey(use);
  const heightText = textOf(props, take.height ?? HEIGHT);
  const floorText = textOf(props, take.floors ?? LEVELS);
  const measured = within(metresOf(heightText), HEIGHTS[0], HEIGHTS[1]);
  const counted = within(floorsOf(floorText), 1, MOST_FLOORS);
  if (heightText !== undefined && measured === undefined && Number(heightText) !== 0)
    tally.mend(unusable('height', heightText, floorText === undefined), id);
  if (floorText !== undefined && counted === undefined && Number(floorText) !== 0)
    tally.mend(unusable('number of floors', floorText, measured === undefined), id);
  const floors = Math.round(
    counted ?? (measured === undefined ? assumed(use, plan, tally, id) : Math.max(1, measured / per)),
  );
  const height = Math.round((measured ?? floors * per) * 10) / 10;
  const risen: BuildingUse = use === 'residential' && height > HIGH_RISE ? 'high-rise' : use;
  const street = textOf(props, take.address ?? (take.street === undefined ? ADDRESS : []));
  const count = (fields: readonly string[], what: string): number | undefined => {
    const text = textOf(props, fields);
    const read = /^\s*(\d+)\s*(?:人|户|people|households)?\s*$/i.exec(text ?? '')?.[1];
    const found = within(read === undefined ? undefined : Number(read), 0, MOST_PEOPLE);
    if (text !== undefined && found === undefined) tally.mend(`number of ${what} cannot be read: not used`, id);
    return found;
  };
  return {
    ...{ height, floors, use: risen, name: nameOf(props, take) },
    ...{
      people: count(take.people ?? PEOPLE, 'people'),
      households: count(take.households ?? HOUSEHOLDS, 'households'),
    },
    street: street ?? textOf(props, take.street ?? STREET) ?? '',
    number: street === undefined ? (textOf(props, take.number ?? NUMBER) ?? '') : '',
  };
}

function assumed(use: BuildingUse, plan: CityPlan, tally: Tally, id: string): number {
  const floors = plan.floors[use] ?? FLOORS[use];
  tally.assume(`no height: ${use}, ${floors} ${floors === 1 ? 'floor' : 'floors'}`, id);
  return floors;
}

/** A number that cannot be (−1, 999) is no reading error: what stands in its place is said. */
const unusable = (what: string, text: string, alone: boolean): string =>
  Number.isFinite(Number(text))
    ? `${what} that cannot be (${text.trim()}): ${alone ? 'the default of its use instead' : 'not used'}`
    : `${what} cannot be read: not used`;

const within = (value: number | undefined, least: number, most: number): number | undefined =>
  value === undefined || value < least || value > most ? undefined : value;
