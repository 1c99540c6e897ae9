// Rolling ground under the benchmark's district: as many points as a pack carries at most. It lies below the pack's houses, which
// were built on level ground, so that none of them is hidden and the frame has as much to draw.
import { fakeTerrain, inside } from '../../native-bridge/contract/terrain-fake.ts';
import type { Terrain } from '../../native-bridge/contract/terrain.ts';

const POINTS = 161;

export const rollingHills = ({ lon, lat }: { lon: number; lat: number }): Terrain =>
  fakeTerrain(
    [lon, lat],
    0.0025,
    POINTS,
    (i, j) => -60 * Math.min(1, inside(POINTS, i, j) / 10) * (1 + Math.sin(i / 3) * Math.cos(j / 4)),
  );
