/**
 * The plan of an opened high-rise: which floor lies how high, where shafts stand, where a cab is between two reports.
 *
 * Owns: the arithmetic. Guarantees: floors keep their order and even gaps, basements are lifted above the ground with the
 *   rest; a cab never jumps less than a whole ride and never overtakes its report for long; pure.
 * Refuses: to draw.
 */
import type { Tower } from '../../../native-bridge/contract/site-files.ts';

/** Parted floors stand this many times their height apart. */
export const PARTED = 1.35;
/** ms in which the floors part. */
export const PART_MS = 700;

export interface TowerPlan {
  readonly floors: readonly number[];
  /** Metres from slab to slab when fully parted. */
  readonly step: number;
  /** Row of a floor, 0 the lowest; floors the plan lacks lie at the nearest row. */
  readonly row: (floor: number) => number;
  /** Metres above the ground of a row's slab, `parted` 0–1. */
  readonly height: (row: number, parted: number) => number;
  /** Metres from the ground to the roof when fully parted. */
  readonly top: number;
}

export const planOf = ({ floors, floorHeight }: Pick<Tower, 'floors' | 'floorHeight'>): TowerPlan => {
  const rows = new Map(floors.map((floor, row) => [floor, row]));
  const basements = floors.filter((floor) => floor < 0).length;
  const step = floorHeight * PARTED;
  const height = (row: number, parted: number): number => {
    const whole = (row - basements) * floorHeight;
    return whole + (row * step - whole) * parted;
  };
  return {
    floors,
    step,
    row: (floor) => {
      const exact = rows.get(floor);
      if (exact !== undefined) return exact;
      const above = floors.findIndex((known) => known > floor);
      return above === -1 ? floors.length - 1 : above;
    },
    height,
    top: height(floors.length, 1),
  };
};

/** Floors a second a cab is shown to travel at most when it is on time; late news it catches up with faster. */
const FLOORS_PER_S = 1.2;
const CATCH_UP_S = 1.2;

export interface CabMotion {
  row: number;
  /** ms, the bridge's clock, when `row` was true. */
  at: number;
}

/** Where the cab is shown at `now`, on its way to `target` (a row). Changes and returns `motion`. */
export const moveCab = (motion: CabMotion, target: number, now: number): CabMotion => {
  const seconds = Math.max(0, now - motion.at) / 1000;
  const way = target - motion.row;
  const speed = Math.max(FLOORS_PER_S, Math.abs(way) / CATCH_UP_S);
  const most = speed * seconds;
  motion.row = Math.abs(way) <= most ? target : motion.row + Math.sign(way) * most;
  motion.at = now;
  return motion;
};

/** Places for shafts side by side, metres along the screen from the middle of them all. */
export const spread = (count: number, gap: number): number[] =>
  Array.from({ length: count }, (_, i) => (i - (count - 1) / 2) * gap);
