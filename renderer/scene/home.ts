/**
 * The opening view: where one looks from at first, and what Escape returns to.
 *
 * Owns: the usual view and the profile's own. Guarantees: in a narrow window one steps back, so that as much of the town lies
 *   in it; a small district lies in it whole, a large one by its centre. Refuses: to move anything.
 */
import type { SiteCard } from '../../native-bridge/contract/port.ts';
import type { View } from '../store/view.ts';
import type { Pose } from './eye.ts';
import type { Plane } from './plane.ts';

/** From the south, oblique, over the district's centre: the towers of the town with the river behind them. */
const HOME: Pose = { x: -500, y: 500, h: 0, heading: 345, pitch: -26, range: 4900 };
/** In a window narrower than this (width by height) one steps back, so that as much of the town lies in it. */
const WIDE = 1.6;
/** Up to this size, metres of the longer side, a district is looked at whole; from this many times its size away. */
const SMALL = 8000;
const WHOLE = 1.35;
const NEAREST = 900;

/** What the map covers, as the bridge's card says: west, south, east, north in degrees. */
type Coverage = NonNullable<SiteCard['map']>['coverage'];
/** The usual view of that district. */
const usual = (plane: Plane, coverage: Coverage | undefined): Pose => {
  if (!coverage) return HOME;
  const [west, south, east, north] = coverage;
  const [x0, y0] = plane.at(west, south);
  const [x1, y1] = plane.at(east, north);
  const size = Math.max(x1 - x0, y1 - y0);
  if (!(size < SMALL)) return HOME;
  return { ...HOME, x: (x0 + x1) / 2, y: (y0 + y1) / 2, range: Math.max(NEAREST, WHOLE * size) };
};
/** `opening`: the view that the profile gives this window; null: the usual one. */
export const homeOf = (
  opening: View['opening'],
  plane: Plane,
  { clientWidth, clientHeight }: Pick<HTMLElement, 'clientWidth' | 'clientHeight'>,
  coverage?: Coverage,
): Pose => {
  const back = Math.max(1, WIDE / (Math.max(1, clientWidth) / Math.max(1, clientHeight))) ** 0.5;
  const home = usual(plane, coverage);
  if (!opening) return { ...home, range: home.range * back };
  const { lon, lat, ...rest } = opening;
  const [x, y] = plane.at(lon, lat);
  return { ...home, ...rest, x, y, range: rest.range * back };
};
