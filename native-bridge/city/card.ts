/**
 * What a pack says of itself (`pack.json`), for whoever shows it: coverage, date, origin, licence.
 * Guarantees: a folder without a whole pack has no card. Light: the bridge reads it too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Name, Provenance } from '../contract/site.ts';

export interface CarriedImagery {
  kind: 'imagery';
  /** Its list of tiles, below the pack's folder. */
  file: string;
  /** Datum in which the tiles were cut; where they lie has been put right. */
  crs: string;
  /** West, south, east, north in degrees, of the finest tiles. */
  coverage: readonly [number, number, number, number];
  zooms: readonly [coarsest: number, finest: number];
  tiles: number;
  /** Tiles that were no whole pictures, and are not there. */
  damaged: number;
  /** Made here of heights: light and shade of the ground, no picture of it. */
  relief?: boolean;
  provenance: Provenance;
}
export type CarriedTiles = CarriedImagery | { kind: '3d-tiles'; file: string };
export interface PackCard {
  format: 'fengsui/pack@1';
  id: string;
  name: Name;
  synthetic: boolean;
  provenance?: Provenance;
  /** Where the wall looks first, WGS-84. Packs of a district's own data have it. */
  centre?: { lon: number; lat: number };
  /** West, south, east, north in degrees. */
  coverage: readonly [number, number, number, number];
  counts: { buildings: number; tiles: number; triangles: number; bytes: number };
  carried?: CarriedTiles[];
  /** The lie of the land that the buildings stand on, below the pack's folder; absent: they stand on level ground. */
  terrain?: { file: string };
  /** Of site files and builder: the same, and nothing needs to be built. */
  fingerprint: string;
}

/** The card of a built pack; undefined when there is none, or not a whole one. */
export function readCard(folder: string): PackCard | undefined {
  const path = join(folder, 'pack.json');
  if (!existsSync(path) || !existsSync(join(folder, 'tileset.json'))) return undefined;
  try {
    const card: PackCard = JSON.parse(readFileSync(path, 'utf8'));
    return card.format === 'fengsui/pack@1' ? card : undefined;
  } catch {
    return undefined;
  }
}
