/**
 * Ready-made 3D Tiles, carried into a pack and hung beside its own.
 * Guarantees: copied as they are, dot files left behind; their extent is read from their own root.
 * Refuses: a tileset whose root has no bounding volume of a known form.
 */
import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toLonLat, type Vec3 } from './ellipsoid.ts';
import type { Tile } from './tileset.ts';
import { PackError } from './whole.ts';

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numbers = (value: unknown, count: number): number[] | undefined =>
  Array.isArray(value) && value.length === count && value.every((n) => typeof n === 'number') ? value : undefined;

/** `to` is a folder of the pack, `uri` the same as seen from the pack's tileset. */
export function hangBeside(folder: string, to: string, uri: string): Tile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, 'tileset.json'), 'utf8'));
  } catch {
    throw new PackError(`${join(folder, 'tileset.json')}: is not JSON; give the folder of a 3D Tiles tileset`);
  }
  const root = isMap(value) ? value['root'] : undefined;
  const volume = isMap(root) ? root['boundingVolume'] : undefined;
  const region = isMap(root) && isMap(volume) ? regionOf(volume, numbers(root['transform'], 16)) : undefined;
  if (region === undefined)
    throw new PackError(
      `${join(folder, 'tileset.json')}: root.boundingVolume: is none of region, box, sphere; see 3D Tiles 1.1`,
    );
  cpSync(folder, to, { recursive: true, filter: (path) => !basename(path).startsWith('.') });
  const error = isMap(value) && typeof value['geometricError'] === 'number' ? value['geometricError'] : 4000;
  return { boundingVolume: { region }, geometricError: error, refine: 'ADD', content: { uri: `${uri}/tileset.json` } };
}

function regionOf(volume: Readonly<Record<string, unknown>>, transform: number[] | undefined): number[] | undefined {
  const region = numbers(volume['region'], 6);
  if (region !== undefined) return region;
  const box = numbers(volume['box'], 12);
  const sphere = numbers(volume['sphere'], 4);
  const [x = 0, y = 0, z = 0] = box ?? sphere ?? [];
  if (box === undefined && sphere === undefined) return undefined;
  const radius = box === undefined ? (sphere?.[3] ?? 0) : Math.hypot(...box.slice(3));
  const m = transform ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const at = (row: number): number =>
    (m[row] ?? 0) * x + (m[row + 4] ?? 0) * y + (m[row + 8] ?? 0) * z + (m[row + 12] ?? 0);
  const centre: Vec3 = [at(0), at(1), at(2)];
  const scale = Math.hypot(m[0] ?? 1, m[1] ?? 0, m[2] ?? 0);
  const [lon, lat, h] = toLonLat(centre);
  const reach = (radius * scale) / 6_335_000;
  const wide = reach / Math.max(0.01, Math.cos(lat));
  return [lon - wide, lat - reach, lon + wide, lat + reach, h - radius * scale, h + radius * scale];
}
