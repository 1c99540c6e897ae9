/**
 * The city pack on disk: `tileset.json`, `tiles/*.glb`, `pack.json`.
 * Guarantees: a pack appears whole or not at all; nothing is built again while site and builder are the same.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SITE_FILES } from '../../contract/site-files.ts';
import type { Name, Provenance } from '../../contract/site.ts';
import { readSiteBuildings } from '../site.ts';
import { footprintOf } from './footprint.ts';
import { buildTiles, extent } from './tileset.ts';

/** What a pack says of itself; shown with the map. */
export interface PackCard {
  format: 'fengsui/pack@1';
  id: string;
  name: Name;
  synthetic: boolean;
  provenance?: Provenance;
  /** West, south, east, north in degrees. */
  coverage: readonly [number, number, number, number];
  counts: { buildings: number; tiles: number; triangles: number; bytes: number };
  /** Of site files and builder: the same, and nothing needs to be built. */
  fingerprint: string;
}

export interface PackOrder {
  id: string;
  name: Name;
  synthetic: boolean;
  provenance?: Provenance;
  /** Folder of the site files. */
  files: string;
  out: string;
  force?: boolean;
}

export async function buildPack(
  order: PackOrder,
  progress: (done: number, of: number) => void,
): Promise<{ card: PackCard; built: boolean }> {
  const mark = fingerprint(order);
  const known = readCard(order.out);
  if (order.force !== true && known?.fingerprint === mark) return { card: known, built: false };
  const footprints = readSiteBuildings(order.files).map(footprintOf);
  const { tileset, files, triangles } = await buildTiles(footprints, progress);
  const text = `${JSON.stringify(tileset)}\n`;
  const [w, s, e, n] = extent(footprints);
  const bytes = [...files.values()].reduce((sum, f) => sum + f.length, text.length);
  const card: PackCard = {
    format: 'fengsui/pack@1',
    id: order.id,
    name: order.name,
    synthetic: order.synthetic,
    ...(order.provenance === undefined ? {} : { provenance: order.provenance }),
    coverage: [w, s, e, n],
    counts: { buildings: footprints.length, tiles: files.size, triangles, bytes },
    fingerprint: mark,
  };
  const fresh = join(dirname(order.out), `.${basename(order.out)}.${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, 'tiles'), { recursive: true });
  for (const [name, body] of files) writeFileSync(join(fresh, name), body);
  writeFileSync(join(fresh, 'tileset.json'), text);
  writeFileSync(join(fresh, 'pack.json'), `${JSON.stringify(card, null, 2)}\n`);
  rmSync(order.out, { recursive: true, force: true });
  renameSync(fresh, order.out);
  return { card, built: true };
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

function fingerprint(order: PackOrder): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([order.id, order.name, order.synthetic, order.provenance ?? null]));
  hash.update(readFileSync(join(order.files, SITE_FILES.buildings)));
  const here = dirname(fileURLToPath(import.meta.url));
  for (const file of readdirSync(here)
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
    .sort()) {
    hash.update(readFileSync(join(here, file)));
  }
  return hash.digest('hex').slice(0, 32);
}
