import { expect, test } from 'vitest';
import { homeOf } from './home.ts';
import { planeAt } from './plane.ts';

const wall = { clientWidth: 1600, clientHeight: 1000 };
const plane = planeAt(106.23, 38.487);
/** Metres to degrees there. */
const square = (metres: number): [number, number, number, number] => {
  const [half, wide] = [metres / 2 / 111_320, metres / 2 / 111_320 / Math.cos((38.487 * Math.PI) / 180)];
  return [106.25 - wide, 38.5 - half, 106.25 + wide, 38.5 + half];
};

test('S22: a small district lies whole in the opening view, wherever its centre is said to be', () => {
  const home = homeOf(null, plane, wall, square(4000));
  const [x, y] = plane.at(106.25, 38.5);
  expect(Math.hypot(home.x - x, home.y - y)).toBeLessThan(20);
  expect(home.range).toBeGreaterThan(4000);
  expect(home.range).toBeLessThan(7000);
  expect(homeOf(null, plane, wall, square(300)).range).toBe(900);
});

test('S22: a large district is looked at by its centre, as one of which nothing is known', () => {
  expect(homeOf(null, plane, wall, square(30_000))).toEqual(homeOf(null, plane, wall));
});

test('the profile’s own opening view wins; a narrow window steps back', () => {
  const opening = { lon: 106.2, lat: 38.4, h: 0, heading: 10, pitch: -40, range: 2000 };
  const home = homeOf(opening, plane, wall, square(4000));
  expect([home.heading, home.pitch, home.range]).toEqual([10, -40, 2000]);
  expect(homeOf(null, plane, { clientWidth: 600, clientHeight: 1000 }).range).toBeGreaterThan(home.range);
});
