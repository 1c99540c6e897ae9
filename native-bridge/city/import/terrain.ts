/**
 * Terrain tiles → the lie of the land under a district: heights on a lattice that bridge and windows can carry.
 *
 * Owns: which tiles are read for it, and its rim. Guarantees: as fine as `MOST` points a side allow over the district and
 *   `MARGIN_M` around it; where tiles of several zooms lie the finest counts; where none lies the ground is as low as the
 *   lowest; towards the rim it runs out level, so that nothing beyond stands on an edge. The same input gives the same bytes.
 * Refuses: to look finer than the lattice is: light and shade of the relief do that.
 */
import { cornerOf, tileAt } from '../../contract/imagery.ts';
import type { LonLat } from '../../contract/site-files.ts';
import { DEGREE_M, writeTerrain, type TerrainFile } from '../../contract/terrain.ts';
import { fromWgs84 } from './crs.ts';
import type { CityPlan } from './plan.ts';
import { rasterTiles } from './raster.ts';
import { heightsOf, metresOf, type TileHeights } from './relief.ts';
import type { CityReport } from './tally.ts';

/** Points a side: 51,200 triangles, for which a frame without a graphics card takes a fifth to two fifths longer (`scene.frame.hills`). */
const MOST = 161;
/** Cells are not finer than this, m: nearer than that no map of heights is true. */
const FINEST_M = 30;
/** Ground around the district, and how much of it runs out level, m. */
const MARGIN_M = 5000;
const RUN_OUT_M = 3000;
/** Of the land so much may lie lower than what counts as its level: a hole without heights shall not set it. */
const LOWEST_SHARE = 0.02;
/** Ground that differs by less than this lies level, m. */
const LEVEL_M = 2;
const PIXELS = 256;

type Box = readonly [west: number, south: number, east: number, north: number];
interface Lattice {
  west: number;
  south: number;
  step: [number, number];
  columns: number;
  rows: number;
  /** Side of a cell, m. */
  metres: number;
}

const latticeOver = ([west, south, east, north]: Box): Lattice => {
  const perLon = DEGREE_M * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, high] = [(east - west) * perLon + 2 * MARGIN_M, (north - south) * DEGREE_M + 2 * MARGIN_M];
  const metres = Math.max(FINEST_M, Math.max(wide, high) / (MOST - 1));
  return {
    west: west - MARGIN_M / perLon,
    south: south - MARGIN_M / DEGREE_M,
    step: [metres / perLon, metres / DEGREE_M],
    columns: Math.ceil(wide / metres) + 1,
    rows: Math.ceil(high / metres) + 1,
    metres,
  };
};

/** Between pixel centres straight; at the edge of a tile its last pixel goes on for half of one. */
const heightIn = ({ side, m }: TileHeights, u: number, v: number): number => {
  const [x, y] = [u, v].map((part) => Math.max(0, Math.min(side - 1, part * side - 0.5))) as [number, number];
  const [i, j] = [Math.min(side - 2, Math.floor(x)), Math.min(side - 2, Math.floor(y))];
  const at = (a: number, b: number): number => m[(j + b) * side + i + a] ?? 0;
  const [p, q] = [x - i, y - j];
  return (at(0, 0) * (1 - p) + at(1, 0) * p) * (1 - q) + (at(0, 1) * (1 - p) + at(1, 1) * p) * q;
};

/** The tiles over these places, down to the first zoom whose pixels are as fine as a cell: finer ones say no more. */
const tilesFor = (file: string, places: readonly LonLat[], metres: number) => {
  let [w, s, e, n] = [180, 90, -180, -90];
  for (const [lon, lat] of places)
    [w, s, e, n] = [Math.min(w, lon), Math.min(s, lat), Math.max(e, lon), Math.max(n, lat)];
  const over = (z: number, x: number, y: number): boolean => {
    const [[west, north], [east, south]] = [cornerOf(z, x, y), cornerOf(z, x + 1, y + 1)];
    return west <= e && east >= w && south <= n && north >= s;
  };
  const zooms = new Set<number>();
  const look = rasterTiles(file, (z, x, y) => {
    if (over(z, x, y)) zooms.add(z);
    return false;
  });
  look.next();
  const fine = [...zooms].filter((z) => metresOf(z, tileAt(z, [w, s])[1] - 0.5, PIXELS) <= metres);
  const last = fine.length > 0 ? Math.min(...fine) : Math.max(0, ...zooms);
  return (z: number, x: number, y: number): boolean => z <= last && over(z, x, y);
};

/** @returns undefined: the plan names no terrain, none of it lies here, or the land is level */
export async function makeTerrain(plan: CityPlan, near: Box, report: CityReport): Promise<TerrainFile | undefined> {
  const lattice = latticeOver(near);
  const { columns, rows, metres } = lattice;
  const heights = new Float64Array(columns * rows).fill(NaN);
  const finest = new Uint8Array(columns * rows);
  for (const { file, kind, crs, encoding } of plan.tiles) {
    if (kind !== 'terrain' || encoding === undefined) continue;
    const places = Array.from({ length: columns * rows }, (_, at) =>
      fromWgs84(
        crs === 'gcj02' ? crs : 'wgs84',
        lattice.west + lattice.step[0] * (at % columns),
        lattice.south + lattice.step[1] * Math.floor(at / columns),
      ),
    );
    const wanted = tilesFor(file, places, metres);
    for (const { z, x, y, bytes } of rasterTiles(file, wanted)) {
      const tile = await heightsOf(bytes, encoding);
      if (!tile) continue;
      places.forEach((place, at) => {
        const [tx, ty] = tileAt(z, place);
        if (Math.floor(tx) !== x || Math.floor(ty) !== y || z < (finest[at] ?? 0)) return;
        finest[at] = z;
        heights[at] = heightIn(tile, tx - x, ty - y);
      });
    }
    // A later one lies above an earlier one, whatever its zoom.
    finest.fill(0);
  }
  const known = [...heights].filter((m) => !Number.isNaN(m)).sort((a, b) => a - b);
  if ((known.at(-1) ?? 0) - (known[0] ?? 0) < LEVEL_M) return undefined;
  // Ready-made 3D Tiles stand at their own heights, which are true ones.
  const lowest = plan.tiles3d.length > 0 ? 0 : (known[Math.floor(known.length * LOWEST_SHARE)] ?? 0);
  const base = Math.round(lowest * 10) / 10;
  const missing = 1 - known.length / heights.length;
  if (missing > 0)
    report.notes.push(
      `terrain: ${Math.ceil(missing * 100)} % of the ground in and around the district has no heights and lies level`,
    );
  const runOut = RUN_OUT_M / metres;
  const above = Float32Array.from(heights, (m, at) => {
    const [i, j] = [at % columns, Math.floor(at / columns)];
    const inside = Math.max(0, Math.min(1, Math.min(i, j, columns - 1 - i, rows - 1 - j) / runOut));
    return (Number.isNaN(m) ? 0 : m - base) * inside * inside * (3 - 2 * inside);
  });
  const { west, south, step } = lattice;
  return writeTerrain({ west, south, step, columns, rows, base, heights: above });
}
