import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePath, encodePath, metresBetween, readBuildings, readRoads, ringCentre } from './site-read.ts';
import { QUANTUM, type LonLat } from './site-files.ts';

const place = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }));

test('paths come back to half a quantum, however long: differences do not add up', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 60 }), place, (points, from) => {
      const back = decodePath(encodePath(points, from), from);
      expect(back.length).toBe(points.length);
      back.forEach((p, i) => {
        expect(Math.abs(p[0] - (points[i]?.[0] ?? NaN))).toBeLessThanOrEqual(QUANTUM / 2 + 1e-12);
        expect(Math.abs(p[1] - (points[i]?.[1] ?? NaN))).toBeLessThanOrEqual(QUANTUM / 2 + 1e-12);
      });
    }),
  );
});

test('metres: one minute of latitude is a nautical mile, to 0.2 %', () => {
  expect(metresBetween([120.8, 30], [120.8, 30 + 1 / 60]) / 1852).toBeCloseTo(1, 2);
});

test('the centre of a ring is its centroid, whichever way it runs', () => {
  const ring: LonLat[] = [[0, 0], [4, 0], [4, 2], [0, 2]]; // prettier-ignore
  expect(ringCentre(ring)).toEqual([2, 1]);
  expect(ringCentre([...ring].reverse())).toEqual([2, 1]);
  expect(ringCentre([[1, 1], [3, 3]])).toEqual([2, 2]); // prettier-ignore
});

test('an edge runs from its first node to its second, through what lies between', () => {
  const { edges } = readRoads({
    format: 'fengsui/roads@1',
    classes: ['local'],
    names: [{ zh: '路', en: 'Road' }],
    nodes: [120_000_000, 30_000_000, 2000, 0],
    edges: [[0, 1, 0, 30, 1, 0, [1000, 500]], [1, 0, 0, 30, 0, -1, []]], // prettier-ignore
  });
  expect(edges[0]).toMatchObject({ oneway: true, name: { en: 'Road' }, line: [[120, 30], [120.001, 30.0005], [120.002, 30]] }); // prettier-ignore
  expect(edges[1]).not.toHaveProperty('name');
  expect(edges[0]?.length ?? 0).toBeGreaterThan(edges[1]?.length ?? Infinity);
});

test('what a building does not have is absent, not empty', () => {
  const [building] = readBuildings({
    format: 'fengsui/buildings@1',
    uses: ['village'],
    names: [],
    streets: ['上虞区某路'],
    rows: [['b1', [[120_000_000, 30_000_000, 100, 0, 0, 100, -100, 0]], 65, 2, 0, -1, 0, '3号', 0, 0]],
  });
  expect(building).toMatchObject({ id: 'b1', height: 6.5, floors: 2, use: 'village', address: '上虞区某路3号' });
  expect(Object.keys(building ?? {})).not.toEqual(expect.arrayContaining(['name']));
  expect(building).not.toHaveProperty('towerId');
});
