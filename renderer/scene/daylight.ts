/**
 * How light it is outside, for the look of the city.
 *
 * Owns: the height of the sun, and which look goes with it. Guarantees: good to a degree, which is four minutes; pure.
 * Refuses: weather.
 */
import type { Look } from '../design/tokens.ts';

const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;
/** Noon of 2000-01-01 UTC, from which the almanac's series count. */
const J2000 = Date.UTC(2000, 0, 1, 12);
/** Civil twilight ends when the sun is so far below the horizon; degrees. */
const TWILIGHT = -6;
/** From this height on it is plain day; degrees. */
const DAY = 4;

/** Degrees above the horizon. After the Astronomical Almanac's low-precision formulas for the sun. */
export const sunHeight = (at: number, lon: number, lat: number): number => {
  const days = (at - J2000) / DAY_MS;
  const mean = (280.46 + 0.9856474 * days) * RAD;
  const anomaly = (357.528 + 0.9856003 * days) * RAD;
  const ecliptic = mean + (1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD;
  const tilt = (23.439 - 4e-7 * days) * RAD;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
  const sidereal = (280.46062 + 360.98564737 * days + lon) * RAD;
  const hour = sidereal - ascension;
  const sine =
    Math.sin(lat * RAD) * Math.sin(declination) + Math.cos(lat * RAD) * Math.cos(declination) * Math.cos(hour);
  return Math.asin(sine) / RAD;
};

export const lookOutside = (at: number, lon: number, lat: number): Look => {
  const height = sunHeight(at, lon, lat);
  return height < TWILIGHT ? 'night' : height < DAY ? 'dusk' : 'day';
};
