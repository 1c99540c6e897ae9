import { expect, test } from 'vitest';
import type { Building } from '../../native-bridge/contract/site-files.ts';
import { housesHide } from './behind-houses.ts';

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
  expect(housesHide([house(200, 220, 90)])(camera, place(900))).toBe(true);
  expect(housesHide([house(200, 220, 40)])(camera, place(400))).toBe(true);
  expect(housesHide([house(200, 220, 40)])(camera, place(500))).toBe(false);
  expect(housesHide([house(200, 220, 40)])(camera, place(400, 60))).toBe(false);
});

test('E14: the house under the camera, the one the place lies in, and one beside the line hide nothing', () => {
  const hides = housesHide([house(-20, 20, 78), house(480, 520, 60)]);
  expect(hides(camera, place(500))).toBe(false);
  expect(housesHide([house(200, 220, 90)])(camera, { lon: at(0, 900)[0], lat: 30 })).toBe(false);
  expect(housesHide([])(camera, place(500))).toBe(false);
});
