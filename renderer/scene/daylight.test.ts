import { expect, test } from 'vitest';
import { lookOutside, sunHeight } from './daylight.ts';

const [LON, LAT] = [120.87, 30.02];

test('S20: the sun stands as the almanac has it: culminations at the solstices and the equinox, and midnight', () => {
  // Noon of the place is about 03:57 UTC less the equation of time.
  expect(sunHeight(Date.UTC(2026, 5, 21, 3, 59), LON, LAT)).toBeCloseTo(90 - LAT + 23.44, 0);
  expect(sunHeight(Date.UTC(2026, 11, 22, 3, 55), LON, LAT)).toBeCloseTo(90 - LAT - 23.44, 0);
  expect(sunHeight(Date.UTC(2026, 2, 20, 4, 4), LON, LAT)).toBeCloseTo(90 - LAT, 0);
  expect(sunHeight(Date.UTC(2026, 11, 21, 15, 55), LON, LAT)).toBeLessThan(-80);
});

test('S20: night, dusk and day follow one another through a November day of the district', () => {
  const at = (hour: number, minute = 0) => lookOutside(Date.UTC(2026, 10, 26, hour - 8, minute), LON, LAT);
  expect([at(3), at(6, 20), at(12), at(17, 10), at(19)]).toEqual(['night', 'dusk', 'day', 'dusk', 'night']);
});
