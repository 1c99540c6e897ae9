/**
 * What the tiler takes: footprints with a height, whatever file they came from.
 * Guarantees: nothing of a site's own file format goes further than this.
 */
import type { Building, LonLat } from '../../contract/site-files.ts';
import { lowestUnder, type Terrain } from '../../contract/terrain.ts';

export interface Footprint {
  readonly id: string;
  /** Outer ring first, not closed, either way round; WGS-84 degrees. */
  readonly rings: readonly (readonly LonLat[])[];
  /** On what it stands: metres above the level of the district's ground. */
  readonly ground: number;
  /** Metres above ground. */
  readonly height: number;
  readonly floors: number;
  readonly use: string;
}

type Footed = Pick<Building, 'id' | 'rings' | 'height' | 'floors' | 'use'>;

export const footprintOf = (building: Footed, terrain?: Terrain): Footprint => ({
  id: building.id,
  rings: building.rings,
  ground: terrain ? lowestUnder(terrain, building.rings[0] ?? []) : 0,
  height: building.height,
  floors: building.floors,
  use: building.use,
});
