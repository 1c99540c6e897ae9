import { expect, test } from 'vitest';
import { polygonsOf } from './warnings.ts';

const ring = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const open = [
  [0, 0],
  [1, 0],
  [1, 1],
];

test('polygons are found in every form GeoJSON allows, and nothing else is taken for one', () => {
  expect(polygonsOf({ type: 'Polygon', coordinates: [ring] })).toEqual([[open]]);
  expect(polygonsOf({ type: 'MultiPolygon', coordinates: [[ring], [ring]] })).toEqual([[open], [open]]);
  expect(
    polygonsOf({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] } }],
    }),
  ).toEqual([[open]]);
  expect(
    polygonsOf({
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: [1, 2] },
        { type: 'Polygon', coordinates: [ring] },
      ],
    }),
  ).toEqual([[open]]);
  for (const broken of [
    null,
    7,
    {},
    { type: 'Polygon' },
    { type: 'Polygon', coordinates: [[1, 2]] },
    { type: 'MultiPolygon', coordinates: [3] },
  ])
    expect(polygonsOf(broken)).toEqual([]);
});
