/**
 * The opened high-rise: which one, how far its floors have parted, and what is known of it.
 *
 * Owns: the open tower's model and its two overlay layers (`draw.ts` paints them).
 * Guarantees: at most one tower is open; opening another closes the first; a building without an entry in the site's
 *   towers opens with the floors its footprint says and no shafts.
 * Refuses: to draw the city again for a moving cab.
 */
import type { BuildingId } from '../../../native-bridge/contract/brand.ts';
import type { Building, Tower } from '../../../native-bridge/contract/site-files.ts';
import type { SiteLibrary } from '../../store/site-library.ts';
import type { ViewStore } from '../../store/view.ts';
import type { World } from '../../store/world.ts';
import type { OverlayLayer } from '../overlay/overlay.ts';
import type { Plane } from '../plane.ts';
import { drawCabs } from './draw-cabs.ts';
import { drawTower } from './draw.ts';
import type { OpenTower } from './model.ts';
import { PART_MS, planOf } from './plan.ts';

export interface Towers {
  marks: OverlayLayer;
  movers: OverlayLayer;
  /** True while the floors are parting. `now` as `performance.now()`. */
  step: (now: number) => boolean;
  dispose: () => void;
}
export interface TowerOptions {
  plane: Plane;
  world: World;
  view: ViewStore;
  library: SiteLibrary;
  marked: () => void;
  moved: () => void;
}

/** What to assume of a building that the site's towers do not describe. */
const plainPlan = ({ floors, height }: Building): Pick<Tower, 'floors' | 'floorHeight'> => ({
  floors: Array.from({ length: Math.max(1, floors) }, (_, i) => i + 1),
  floorHeight: height / Math.max(1, floors),
});

export const createTowers = ({ plane, world, view, library, marked, moved }: TowerOptions): Towers => {
  let open: OpenTower | null = null;
  let openedAt: number | null = null;
  let wanted: BuildingId | null = null;

  const gather = (): void => {
    if (!open) return;
    const { id } = open;
    open.deviceIds = [];
    open.placed.clear();
    for (const device of world.all('device').values()) {
      if (device.buildingId !== id) continue;
      const [x, y] = plane.at(device.lon, device.lat);
      open.deviceIds.push(device.id);
      open.placed.set(device.id, [x, y]);
    }
  };
  const load = async (id: BuildingId): Promise<void> => {
    const [buildings, towers] = await Promise.all([library.read('buildings'), library.read('towers')]);
    const building = buildings.find((one) => one.id === id);
    if (!building || wanted !== id) return;
    const tower = towers.find((one) => one.buildingId === id) ?? null;
    const floor = plane.floor(building.rings[0] ?? []);
    const ring = floor.map(([x, y]): [number, number] => [x, y]);
    const [mx, my] = plane.at(building.centre[0], building.centre[1]);
    open = {
      id,
      building,
      tower,
      plan: planOf(tower ?? plainPlan(building)),
      ring,
      middle: [mx, my, floor[0]?.[2] ?? plane.land.z(mx, my)],
      parted: 0,
      cabs: new Map(),
      deviceIds: [],
      placed: new Map(),
    };
    openedAt = null;
    gather();
    marked();
  };
  const follow = (id: BuildingId | null): void => {
    if (wanted === id) return;
    wanted = id;
    open = null;
    if (id !== null)
      void load(id).catch((error: unknown) => console.error('scene: the building cannot be opened', error));
    marked();
  };
  const stops = [
    view.subscribe(({ openBuilding }) => follow(openBuilding)),
    world.listen('cab', moved),
    world.listen('device', ({ wiped, puts }) => {
      if (!open) return;
      const { id } = open;
      const mine = wiped || puts.some((device) => device.buildingId === id);
      if (!mine) return;
      gather();
      marked();
    }),
  ];
  follow(view.getState().openBuilding);

  return {
    step: (now) => {
      if (!open || open.parted >= 1) return false;
      openedAt ??= now;
      const t = Math.min(1, (now - openedAt) / PART_MS);
      open.parted = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : t * t * (3 - 2 * t);
      return true;
    },
    marks: { draw: (frame) => (open ? drawTower(frame, open, world, view) : undefined) },
    movers: { draw: (frame) => (open ? drawCabs(frame, open, world) : Infinity) },
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
};
