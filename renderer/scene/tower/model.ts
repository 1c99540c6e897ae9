/**
 * The model of an opened high-rise.
 *
 * Owns: its shape. Guarantees: metres in the site's plane. Refuses: to change anything by itself; `tower.ts` does.
 */
import type { BuildingId } from '../../../native-bridge/contract/brand.ts';
import type { Building, Tower } from '../../../native-bridge/contract/site-files.ts';
import type { Vec3 } from '../plane.ts';
import type { CabMotion, TowerPlan } from './plan.ts';

export interface OpenTower {
  id: BuildingId;
  building: Building;
  tower: Tower | null;
  plan: TowerPlan;
  /** Outer ring in the plane, and its middle. */
  ring: [number, number][];
  middle: Vec3;
  /** 0 closed – 1 fully parted. */
  parted: number;
  cabs: Map<string, CabMotion>;
  deviceIds: string[];
  /** Where each of them lies in the plan, metres in the plane. */
  placed: Map<string, [number, number]>;
}
