// Rolling ground under the benchmark's district: as many points as a pack carries at most. It lies below the pack's houses, which
// were built on level ground, so that none of them is hidden and the frame has as much to draw.
import type { Terrain } from '../../native-bridge/contract/terrain.ts';

const POINTS = 161;
const STEP = 0.0025;

export const rollingHills = ({ lon, lat }: { lon: number; lat: number }): Terrain => ({
  ...{ west: lon - (STEP * (POINTS - 1)) / 2, south: lat - (STEP * (POINTS - 1)) / 2, step: [STEP, STEP] },
  ...{ columns: POINTS, rows: POINTS, base: 0, steepest: 1 },
  heights: Float32Array.from({ length: POINTS * POINTS }, (_, at) => {
    const [i, j] = [at % POINTS, Math.floor(at / POINTS)];
    const inside = Math.min(1, Math.min(i, j, POINTS - 1 - i, POINTS - 1 - j) / 10);
    return -60 * inside * (1 + Math.sin(i / 3) * Math.cos(j / 4));
  }),
});
