/**
 * What the site knows of its cameras, for tiles and the choice.
 *
 * Owns: names, places and kinds by camera id. Guarantees: a camera the site's file does not know still has the name its
 *   platform gave it. Refuses: the cameras' states; those are the tiles'.
 */
import { useMemo } from 'react';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { Building, SiteCamera } from '../../native-bridge/contract/site-files.ts';
import { bySight, type Place } from '../../native-bridge/contract/sight-line.ts';
import type { Terrain } from '../../native-bridge/contract/terrain.ts';
import { useSiteBook } from '../store/hooks.ts';
import { outOfSight } from './out-of-sight.ts';
import type { Known } from './choose.ts';

type Spot = Place & { readonly h?: number };

export interface Cameras {
  known: readonly Known[];
  camera: (id: CameraId) => SiteCamera | undefined;
  building: (id: string | undefined) => Building | undefined;
  /** Cameras outside that can see the place, the best first; those it is hidden from come last. */
  near: (place: Spot) => readonly CameraId[];
  /** Houses or hills stand between the camera and the place. */
  hides: (camera: SiteCamera, place: Spot) => boolean;
}

const NONE: readonly never[] = [];
/** From more sides than three nobody looks at once. */
const MOST_NEAR = 3;
let newest: {
  cameras: readonly SiteCamera[];
  buildings: readonly Building[];
  terrain: Terrain | null;
  index: Cameras;
} | null = null;
/** One index for all tiles: a site has thousands of buildings. */
const indexOf = (cameras: readonly SiteCamera[], buildings: readonly Building[], terrain: Terrain | null): Cameras => {
  if (newest?.cameras === cameras && newest.buildings === buildings && newest.terrain === terrain) return newest.index;
  const byId = new Map(cameras.map((each) => [each.id, each]));
  const houses = new Map(buildings.map((each) => [each.id, each]));
  const hides = outOfSight(buildings, terrain);
  // Asked for once a second, and of the same place as a rule.
  let last: { lon: number; lat: number; h: number | undefined; ids: readonly CameraId[] } = {
    ...{ lon: NaN, lat: NaN, h: undefined, ids: [] },
  };
  const index: Cameras = {
    known: cameras.map(({ id, kind, buildingId }) => ({ id: id as CameraId, kind, buildingId })),
    camera: (id) => byId.get(id),
    building: (id) => (id === undefined ? undefined : houses.get(id)),
    near: (place) => {
      if (last.lon !== place.lon || last.lat !== place.lat || last.h !== place.h)
        last = {
          ...{ lon: place.lon, lat: place.lat, h: place.h },
          ids: bySight(cameras, place, (camera) => hides(camera, place))
            .slice(0, MOST_NEAR)
            .map(({ id }) => id as CameraId),
        };
      return last.ids;
    },
    hides,
  };
  newest = { cameras, buildings, terrain, index };
  return index;
};

export const useCameras = (): Cameras => {
  const cameras = useSiteBook('cameras');
  const buildings = useSiteBook('buildings');
  const terrain = useSiteBook('terrain') ?? null;
  return useMemo(() => indexOf(cameras ?? NONE, buildings ?? NONE, terrain), [cameras, buildings, terrain]);
};
