/**
 * What the tiler takes: footprints with a height, whatever file they came from.
 * Guarantees: nothing of a site's own file format goes further than this.
 */
import type { Building, LonLat } from '../../contract/site-files.ts';

export interface Footprint {
  readonly id: string;
  /** Outer ring first, not closed, either way round; WGS-84 degrees. */
  readonly rings: readonly (readonly LonLat[])[];
  /** Metres above ground. */
  readonly height: number;
  readonly floors: number;
  readonly use: string;
}

export const footprintOf = (building: Building): Footprint => ({
  id: building.id,
  rings: building.rings,
  height: building.height,
  floors: building.floors,
  use: building.use,
});
