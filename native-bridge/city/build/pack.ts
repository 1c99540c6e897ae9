/**
 * The city pack of a folder of site files: `tileset.json`, `tiles/*.glb`, `pack.json`.
 * Guarantees: a pack appears whole or not at all; nothing is built again while site and builder are the same.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SITE_FILES } from '../../contract/site-files.ts';
import type { Name, Provenance } from '../../contract/site.ts';
import { readCard, type PackCard } from '../card.ts';
import { readSiteBuildings } from '../site.ts';
import { footprintOf, type Footprint } from './footprint.ts';
import { buildTiles, extent, type Tile } from './tileset.ts';
import { checkFree, writeWhole } from './whole.ts';

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
export type Progress = (done: number, of: number) => void;

/** @throws {PackError} */
export async function buildPack(order: PackOrder, progress: Progress): Promise<{ card: PackCard; built: boolean }> {
  checkFree(order.out);
  const mark = fingerprint(order);
  const known = readCard(order.out);
  if (order.force !== true && known?.fingerprint === mark) return { card: known, built: false };
  const footprints = readSiteBuildings(order.files).map((building) => footprintOf(building));
  const { id, name, synthetic, provenance } = order;
  const said = { id, name, synthetic, ...(provenance === undefined ? {} : { provenance }) };
  const card = await writeWhole(order.out, (folder) =>
    writePack(folder, footprints, { ...said, fingerprint: mark }, [], progress),
  );
  return { card, built: true };
}

type Said = Omit<PackCard, 'format' | 'coverage' | 'counts'>;

/** Tiles and card into a folder that exists; `beside` are tiles of others, already there. */
export async function writePack(
  folder: string,
  footprints: readonly Footprint[],
  { fingerprint: mark, ...said }: Said,
  beside: readonly Tile[],
  progress: Progress,
): Promise<PackCard> {
  const { tileset, files, triangles } = await buildTiles(footprints, progress, beside);
  const body = `${JSON.stringify(tileset)}\n`;
  const bytes = [...files.values()].reduce((sum, f) => sum + f.length, body.length);
  const card: PackCard = {
    format: 'fengsui/pack@1',
    ...said,
    coverage: extent(footprints),
    counts: { buildings: footprints.length, tiles: files.size, triangles, bytes },
    fingerprint: mark,
  };
  mkdirSync(join(folder, 'tiles'), { recursive: true });
  for (const [name, bytesOf] of files) writeFileSync(join(folder, name), bytesOf);
  writeFileSync(join(folder, 'tileset.json'), body);
  writeFileSync(join(folder, 'pack.json'), `${JSON.stringify(card, null, 2)}\n`);
  return card;
}

function fingerprint(order: PackOrder): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([order.id, order.name, order.synthetic, order.provenance ?? null]));
  hash.update(readFileSync(join(order.files, SITE_FILES.buildings)));
  hash.update(builderMark());
  return hash.digest('hex').slice(0, 32);
}

/** Of this room's own code: another builder makes another pack. */
export function builderMark(): string {
  const hash = createHash('sha256');
  const room = dirname(dirname(fileURLToPath(import.meta.url)));
  for (const folder of ['build', 'import', '.']) {
    for (const file of readdirSync(join(room, folder)).sort())
      if (file.endsWith('.ts') && !file.endsWith('.test.ts')) hash.update(readFileSync(join(room, folder, file)));
  }
  return hash.digest('hex');
}
