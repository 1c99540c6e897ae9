/**
 * The opening view: where one looks from at first, and what Escape returns to.
 *
 * Owns: the usual view and the profile's own. Guarantees: in a narrow window one steps back, so that as much of the town lies
 *   in it. Refuses: to move anything.
 */
import type { View } from '../store/view.ts';
import type { Pose } from './eye.ts';
import type { Plane } from './plane.ts';

/** From the south, oblique, over the district's centre: the towers of the town with the river behind them. */
const HOME: Pose = { x: -500, y: 500, h: 0, heading: 345, pitch: -26, range: 4900 };
/** In a window narrower than this (width by height) one steps back, so that as much of the town lies in it. */
const WIDE = 1.6;
/** The opening view for a window of that size. */
const homeFor = (width: number, height: number): Pose => ({
  ...HOME,
  range: HOME.range * Math.max(1, WIDE / (width / height)) ** 0.5,
});
/** `opening`: the view that the profile gives this window; null: the usual one. */
export const homeOf = (
  opening: View['opening'],
  plane: Plane,
  { clientWidth, clientHeight }: Pick<HTMLElement, 'clientWidth' | 'clientHeight'>,
): Pose => {
  const fit = homeFor(Math.max(1, clientWidth), Math.max(1, clientHeight));
  if (!opening) return fit;
  const { lon, lat, ...rest } = opening;
  const [x, y] = plane.at(lon, lat);
  return { ...fit, ...rest, x, y, range: rest.range * (fit.range / HOME.range) };
};
