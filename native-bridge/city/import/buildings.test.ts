import { expect, test } from 'vitest';
import { makeBuildings } from './buildings.ts';
import type { CityPlan, Layer } from './plan.ts';
import type { Shape } from './shapes.ts';
import { Tally } from './tally.ts';
import { FLOORS } from './uses.ts';

const layer: Layer = {
  ...{ layer: 'buildings', file: '/x/b.geojson', shown: 'b.geojson', field: 'buildings' },
  ...{ where: {}, take: {}, words: {}, fromOsm: false },
};
const plan: CityPlan = {
  ...{ path: 'city.yaml', id: 'x', use: 'residential', storey: undefined, floors: {}, tiles: [], tiles3d: [] },
  provenance: { date: '2026-01-31', origin: { zh: 'x', en: 'x' }, licence: 'x' },
  layers: { buildings: [layer], roads: [], boundary: [], water: [], blocks: [], zones: [], places: [] },
};
const house = (i: number, props: Record<string, unknown>): Shape => {
  const [x, y] = [102.2 + i * 0.001, 27.9];
  const ring = [[x, y], [x + 2e-4, y], [x + 2e-4, y + 2e-4], [x, y + 2e-4], [x, y]]; // prettier-ignore
  return { id: `h${i}`, props: { building: 'yes', ...props }, geometry: { type: 'Polygon', coordinates: [ring] } };
};

test('C15: floors and heights that cannot be become the default of the use, and are counted as such', () => {
  const tally = new Tally();
  const shapes = [
    { 'building:levels': '-1' },
    { 'building:levels': -1 },
    { height: '-3' },
    { 'building:levels': '999' },
  ];
  const of = {
    layer,
    crs: 'wgs84',
    shapes: shapes.map((props, i) => house(i, props)),
    empty: 0,
    strange: [],
    osm: false,
  };
  const context = { plan, inside: undefined, blockAt: () => undefined, progress: () => undefined };
  const built = makeBuildings([of], context, tally);
  expect(built.map(({ floors }) => floors)).toEqual(Array(4).fill(FLOORS.residential));
  expect(tally.result.mended).toEqual({
    'number of floors that cannot be (-1): the default of its use instead': { count: 2, examples: ['h0', 'h1'] },
    'height that cannot be (-3): the default of its use instead': { count: 1, examples: ['h2'] },
    'number of floors that cannot be (999): the default of its use instead': { count: 1, examples: ['h3'] },
  });
  expect(Object.values(tally.result.assumed).reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(4);
});
