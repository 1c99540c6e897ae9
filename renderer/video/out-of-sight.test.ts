import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Building } from '../../native-bridge/contract/site-files.ts';
import { fakeTerrain } from '../../native-bridge/contract/terrain-fake.ts';
import { outOfSight } from './out-of-sight.ts';

const EAST = 111_195 * Math.cos((30 * Math.PI) / 180);
/** So many metres north and east of the camera. */
const at = (north: number, east = 0): [number, number] => [120 + east / EAST, 30 + north / 111_195];
const house = (from: number, to: number, height: number): Building => ({
  ...{ id: 'h', address: '', use: 'residential', floors: 10, height, centre: at((from + to) / 2) },
  rings: [[at(from, -30), at(from, 30), at(to, 30), at(to, -30)]],
});
const camera = { lon: 120, lat: 30, h: 80 };
const place = (north: number, h?: number) => {
  const [lon, lat] = at(north);
  return { lon, lat, ...(h === undefined ? {} : { h }) };
};

test('E14: a house as high as the camera hides all behind it; a lower one only what lies in its shadow', () => {
  expect(outOfSight([house(200, 220, 90)])(camera, place(900))).toBe(true);
  expect(outOfSight([house(200, 220, 40)])(camera, place(400))).toBe(true);
  expect(outOfSight([house(200, 220, 40)])(camera, place(500))).toBe(false);
  expect(outOfSight([house(200, 220, 40)])(camera, place(400, 60))).toBe(false);
});

test('E14: the house under the camera, the one the place lies in, and one beside the line hide nothing', () => {
  const hides = outOfSight([house(-20, 20, 78), house(480, 520, 60)]);
  expect(hides(camera, place(500))).toBe(false);
  expect(outOfSight([house(200, 220, 90)])(camera, { lon: at(0, 900)[0], lat: 30 })).toBe(false);
  expect(outOfSight([])(camera, place(500))).toBe(false);
});

test('E14: of thousands of houses the one in the way is found wherever the line runs, whichever way it is looked along', () => {
  const metres = fc.integer({ min: -4000, max: 4000 });
  const spot = fc.tuple(metres, metres);
  fc.assert(
    fc.property(
      spot,
      spot,
      fc.double({ min: 0.2, max: 0.8, noNaN: true }),
      fc.array(spot, { maxLength: 20 }),
      (a, b, share, others) => {
        const [from, to] = [at(...a), at(...b)];
        fc.pre(Math.hypot(a[0] - b[0], a[1] - b[1]) > 400);
        const square = (north: number, east: number, height: number): Building => ({
          ...{ id: 'h', address: '', use: 'residential', floors: 10, height, centre: at(north, east) },
          rings: [
            [
              at(north - 30, east - 30),
              at(north - 30, east + 30),
              at(north + 30, east + 30),
              at(north + 30, east - 30),
            ],
          ],
        });
        const inTheWay = square(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, 100);
        const low = others.map(([north, east]) => square(north, east, 1));
        const [here, there] = [
          { lon: from[0], lat: from[1], h: 80 },
          { lon: to[0], lat: to[1] },
        ];
        expect(outOfSight([...low, inTheWay])(here, there)).toBe(true);
        expect(outOfSight([...low, inTheWay])({ ...there, h: 80 }, { lon: here.lon, lat: here.lat })).toBe(true);
        expect(outOfSight(low)(here, there)).toBe(false);
      },
    ),
  );
});

test('E14: a hill between them hides the place; from above it, or with the place on its crest, nothing is hidden', () => {
  const step = 100 / 111_195;
  /** A ridge 90 m high, 600 m north of the camera, from west to east. */
  const ridge = fakeTerrain([120, 30 + 10 * step], step, 41, (_, row) => (row === 16 ? 90 : 0));
  const hides = outOfSight([house(1180, 1220, 70)], ridge);
  expect(hides(camera, place(1000))).toBe(true);
  expect(hides(camera, place(600))).toBe(false);
  expect(hides(camera, place(400))).toBe(false);
  expect(hides({ ...camera, h: 400 }, place(1000))).toBe(false);
  // The house behind is no higher than the hill before it, and hides what lies behind both.
  expect(hides({ ...camera, h: 400 }, place(1240))).toBe(true);
});
