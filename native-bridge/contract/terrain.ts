/**
 * The lie of the land: how high the ground is, as a city pack carries it (`terrain.json`).
 *
 * Owns: the shape on disk and in memory, and the height of any place. Guarantees: builder and window get the same height for
 *   the same place; over one cell the ground is two flat triangles, parted from its south-west to its north-east corner, so
 *   that whoever draws it can draw exactly it; beyond the lattice it lies level at 0. Pure.
 * Refuses: caves, bridges, overhangs.
 */
import type { LonLat } from './site-files.ts';

export interface TerrainFile {
  format: 'fengsui/terrain@1';
  /** Degrees, WGS-84: the south-west corner, and from one point to the next eastwards and northwards. */
  west: number;
  south: number;
  step: [lon: number, lat: number];
  columns: number;
  rows: number;
  /** Metres above the sea of height 0. */
  base: number;
  /** Decimetres above `base`, row by row from the south; 0 all round the rim. */
  heights: number[];
}
/** In memory. */
export interface Terrain extends Pick<TerrainFile, 'west' | 'south' | 'step' | 'columns' | 'rows' | 'base'> {
  /** Metres above `base`, row by row from the south. */
  readonly heights: Float32Array;
  /** The steepest of all cells: metres of height for a metre of way. */
  readonly steepest: number;
}

const DECIMETRES = 10;
/** Metres of a degree of latitude, to a third of a per cent. */
export const DEGREE_M = 111_320;

/** @throws {Error} when it is none, or shorter than it says */
export const readTerrain = (file: TerrainFile): Terrain => {
  const { west, south, step, columns, rows, base } = file;
  if (file.format !== 'fengsui/terrain@1') throw new Error('is no terrain');
  if (columns < 2 || rows < 2 || file.heights.length !== columns * rows)
    throw new Error(`has ${file.heights.length} heights, not ${columns * rows}`);
  const heights = Float32Array.from(file.heights, (value) => value / DECIMETRES);
  const [east, north] = [step[0] * DEGREE_M * Math.cos((south * Math.PI) / 180), step[1] * DEGREE_M];
  let steepest = 0;
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const here = heights[j * columns + i] ?? 0;
      const across = i + 1 < columns ? ((heights[j * columns + i + 1] ?? 0) - here) / east : 0;
      const along = j + 1 < rows ? ((heights[(j + 1) * columns + i] ?? 0) - here) / north : 0;
      steepest = Math.max(steepest, Math.hypot(across, along));
    }
  return { west, south, step, columns, rows, base, heights, steepest };
};

/** `heights` in metres above `base`. */
export const writeTerrain = ({ heights, ...rest }: Omit<Terrain, 'steepest'>): TerrainFile => ({
  format: 'fengsui/terrain@1',
  ...rest,
  step: [...rest.step],
  heights: Array.from(heights, (m) => Math.round(m * DECIMETRES)),
});

/** Where a place lies on the lattice: columns from the west, rows from the south, with fractions. */
export const onLattice = ({ west, south, step }: Terrain, lon: number, lat: number): [column: number, row: number] => [
  (lon - west) / step[0],
  (lat - south) / step[1],
];

/** Metres of the ground above `base`. */
export const terrainHeight = (terrain: Terrain, lon: number, lat: number): number => {
  const { columns, rows, heights } = terrain;
  const [u, v] = onLattice(terrain, lon, lat);
  if (!(u >= 0 && v >= 0 && u <= columns - 1 && v <= rows - 1)) return 0;
  const i = Math.min(columns - 2, Math.floor(u));
  const j = Math.min(rows - 2, Math.floor(v));
  const at = j * columns + i;
  const southWest = heights[at] ?? 0;
  const northEast = heights[at + columns + 1] ?? 0;
  const [a, b] = [u - i, v - j];
  if (a >= b) {
    const southEast = heights[at + 1] ?? 0;
    return southWest + a * (southEast - southWest) + b * (northEast - southEast);
  }
  const northWest = heights[at + columns] ?? 0;
  return southWest + b * (northWest - southWest) + a * (northEast - northWest);
};

/** On what a house stands: the lowest ground under its corners, so that no wall ends above it. */
export const lowestUnder = (terrain: Terrain, ring: readonly LonLat[]): number =>
  ring.reduce((low, [lon, lat]) => Math.min(low, terrainHeight(terrain, lon, lat)), Infinity);
