/**
 * Imagery of a city pack: one file of tiles behind one another, and the list that says which stands where.
 *
 * Owns: that list's shape and the tile grid. Guarantees: pure. Refuses: pictures themselves.
 */
import type { LonLat } from './site-files.ts';

/** `imagery-0.json`; the tiles lie behind one another in `tiles`, in the order of `rows`. */
export interface ImageryIndex {
  format: 'fengsui/imagery@1';
  /** The file of the tiles, beside this one. */
  tiles: string;
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Zoom, column, row (from the north, as web maps count) and length in bytes. */
  rows: [z: number, x: number, y: number, bytes: number][];
  /** How far WGS-84 lies from the grid's own degrees; absent: they are the same. */
  shift?: ShiftGrid;
}
/** On a lattice of `step` degrees from its south-west corner, row by row: what to add, in 1e-7 degrees. */
export interface ShiftGrid {
  west: number;
  south: number;
  step: number;
  columns: number;
  rows: number;
  lon: number[];
  lat: number[];
}

/** Degrees of the north-west corner of a tile of the web's Mercator grid; fractions lie inside. */
export const cornerOf = (z: number, x: number, y: number): LonLat => {
  const n = 2 ** z;
  return [(x / n) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / n))) * 180) / Math.PI];
};
/** The tile, with fractions, at a place. */
export const tileAt = (z: number, [lon, lat]: LonLat): [x: number, y: number] => {
  const n = 2 ** z;
  const rad = (Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180;
  return [((lon + 180) / 360) * n, ((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * n];
};

/** A place of the tile grid in WGS-84, good to centimetres inside the lattice. */
export const shifted = (grid: ShiftGrid | undefined, [lon, lat]: LonLat): LonLat => {
  if (!grid) return [lon, lat];
  const fx = Math.max(0, Math.min(grid.columns - 1.000001, (lon - grid.west) / grid.step));
  const fy = Math.max(0, Math.min(grid.rows - 1.000001, (lat - grid.south) / grid.step));
  const [i, j] = [Math.floor(fx), Math.floor(fy)];
  const [u, v] = [fx - i, fy - j];
  const of = (values: readonly number[]): number => {
    const at = (a: number, b: number): number => values[(j + b) * grid.columns + i + a] ?? 0;
    const south = at(0, 0) * (1 - u) + at(1, 0) * u;
    const north = at(0, 1) * (1 - u) + at(1, 1) * u;
    return (south * (1 - v) + north * v) / 1e7;
  };
  return [lon + of(grid.lon), lat + of(grid.lat)];
};
