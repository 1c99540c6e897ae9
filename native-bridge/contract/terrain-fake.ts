/** Invented ground for tests: a square of points around a middle. */
import type { LonLat } from './site-files.ts';
import { readTerrain, type Terrain } from './terrain.ts';

/** `side` points a side, `step` degrees apart; `height`: metres at a column from the west and a row from the south. */
export const fakeTerrain = (
  [lon, lat]: LonLat,
  step: number,
  side: number,
  height: (column: number, row: number) => number,
): Terrain =>
  readTerrain({
    ...{ format: 'fengsui/terrain@1', step: [step, step], columns: side, rows: side, base: 0 },
    ...{ west: lon - (step * (side - 1)) / 2, south: lat - (step * (side - 1)) / 2 },
    heights: Array.from({ length: side * side }, (_, at) => Math.round(10 * height(at % side, Math.floor(at / side)))),
  });
/** How many points a point lies inside the rim. */
export const inside = (side: number, column: number, row: number): number =>
  Math.min(column, row, side - 1 - column, side - 1 - row);
