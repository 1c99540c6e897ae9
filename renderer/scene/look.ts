/**
 * The eye that goes by itself: the duty tour, staying with a unit, the flat map, and keeping what is seen.
 *
 * Owns: who moves the eye when no hand does. Guarantees: S14; S15 with a unit the eye is led on only when the unit has left
 *   the middle, so that a standing picture stays cheap; a hand or a choice of somebody's ends the tour, a hand the ride.
 * Refuses: to know keys.
 */
import type { SiteLibrary } from '../store/site-library.ts';
import type { KeptView, View, ViewStore } from '../store/view.ts';
import type { World } from '../store/world.ts';
import { bikesByBuilding } from './overlay/bikes.ts';
import type { Controls } from './controls.ts';
import type { Pose } from './eye.ts';
import type { Plane } from './plane.ts';
import { DWELL_MS, holdingAlarm, PACE, stopsOf, type Spot } from './tour.ts';

export interface LookOptions {
  world: World;
  view: ViewStore;
  plane: Plane;
  controls: Controls;
  library: SiteLibrary;
  home: () => Pose;
  /** Where a unit is shown now, metres in the plane; nothing when unknown. */
  unitAt: (id: string) => Spot | undefined;
}
/** The unit may leave the middle by this share of the range before the eye goes after it. */
const SLACK = 0.09;
/** From no further than this one stays with a unit, metres. */
const RIDE_RANGE = 1200;
/** While an alarm holds the tour, how often it is looked whether it still does. ms */
const HELD_MS = 1000;

export const startLook = ({ world, view, plane, controls, library, home, unitAt }: LookOptions): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left: Pose[] = [];
  /** The choice is the tour's own, not somebody's. */
  let own = false;
  let over = false;
  let houses: { id: string; x: number; y: number; height: number }[] = [];
  let towns: Spot[] = [];
  void Promise.all([library.read('buildings'), library.read('places')]).then(
    ([buildings, places]) => {
      houses = buildings.map(({ id, centre, height }) => {
        const [x, y] = plane.at(centre[0], centre[1]);
        return { id, x, y, height };
      });
      towns = places
        .filter(({ kind }) => kind === 'station')
        .map(({ lon, lat }) => {
          const [x, y] = plane.at(lon, lat);
          return { x, y };
        });
    },
    (error: unknown) => console.warn('the tour knows no houses', error),
  );
  const poseOf = ({ lon, lat, ...rest }: KeptView): Pose => {
    const [x, y] = plane.at(lon, lat);
    return { x, y, ...rest };
  };
  const choose = (change: Partial<View>): void => {
    own = true;
    view.setState(change);
    own = false;
  };

  const advance = (): void => {
    clearTimeout(timer);
    if (over || !view.getState().tour) return;
    const alarm = holdingAlarm(world.all('alarm').values());
    if (alarm) {
      const { selection } = view.getState();
      if (selection?.kind !== 'alarm' || selection.id !== alarm.id)
        choose({ selection: { kind: 'alarm', id: alarm.id } });
      timer = setTimeout(advance, HELD_MS);
      return;
    }
    if (view.getState().selection !== null || view.getState().openBuilding !== null)
      choose({ selection: null, openBuilding: null, openFloor: null });
    if (left.length === 0) {
      const bikes = bikesByBuilding(world, world.now());
      left = stopsOf({
        home: home(),
        incidents: [...world.all('incident').values()]
          .filter(({ status, repeatOf }) => status !== 'closed' && repeatOf === undefined)
          .map(({ lon, lat, level, at }) => {
            const [x, y] = plane.at(lon, lat);
            return { x, y, level, at };
          }),
        houses: houses.map((house) => ({ ...house, bikes: bikes.get(house.id)?.count ?? 0 })),
        kept: Object.values(view.getState().keptViews).map(poseOf),
        towns,
      });
    }
    const next = left.shift();
    if (next) controls.fly(next, PACE);
    timer = setTimeout(advance, DWELL_MS);
  };

  const ride = (): void => {
    const { ridden } = view.getState();
    const at = ridden === null ? undefined : unitAt(ridden);
    if (!at) return;
    const pose = controls.pose();
    const range = Math.min(pose.range, RIDE_RANGE);
    if (Math.hypot(at.x - pose.x, at.y - pose.y) < SLACK * range && range === pose.range) return;
    controls.fly({ ...pose, ...at, h: 0, range });
  };
  const riding = setInterval(ride, 500);

  const stops = [
    world.listen('alarm', () => {
      if (!view.getState().tour) return;
      const held = holdingAlarm(world.all('alarm').values());
      const { selection } = view.getState();
      if (held && !(selection?.kind === 'alarm' && selection.id === held.id)) advance();
    }),
    view.subscribe((now, was) => {
      if (now.tour !== was.tour) {
        left = [];
        advance();
      } else if (now.tour && !own && (now.selection !== was.selection || now.openBuilding !== was.openBuilding))
        view.setState({ tour: false });
      if (now.ridden !== was.ridden) ride();
      if (now.keepAs !== was.keepAs && now.keepAs) {
        const { n } = now.keepAs;
        const { x, y, h, range, heading, pitch } = controls.pose();
        const [lon, lat] = plane.lonLat(x, y);
        view.setState(({ keptViews }) => ({
          keptViews: { ...keptViews, [n]: { lon, lat, h, range, heading, pitch } },
        }));
      }
      if (now.flat !== was.flat) {
        const { heading, pitch } = home();
        controls.fly({ ...controls.pose(), ...(now.flat ? {} : { heading, pitch }) });
      }
    }),
  ];
  if (view.getState().tour) advance();
  return () => {
    over = true;
    clearTimeout(timer);
    clearInterval(riding);
    for (const stop of stops) stop();
  };
};
