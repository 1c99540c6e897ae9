/**
 * Raster tiles out of the two containers they come in: MBTiles 1.3 (a SQLite file) and PMTiles 3.
 *
 * Owns: walking either from the coarsest tile to the finest. Guarantees: web rows (from the north) whatever the file counts;
 *   what lies behind a damaged page or directory is told, not passed over. All tiles are wanted, so PMTiles are walked by
 *   their directories, which libraries that look single tiles up do not offer.
 * Refuses: vector tiles, and files that are not what they are called.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { Unreadable } from './trouble.ts';

export interface RasterTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly bytes: Buffer;
}
type Wanted = (z: number, x: number, y: number) => boolean;

/** @throws {Unreadable} */
export function* rasterTiles(file: string, wanted: Wanted): Generator<RasterTile> {
  const head = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, 16, 0);
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1', 0, 15) === 'SQLite format 3') yield* ofMbtiles(file, wanted);
  else if (head.toString('latin1', 0, 7) === 'PMTiles' && head[7] === 3) yield* ofPmtiles(file, wanted);
  else throw new Unreadable('file', 'is neither MBTiles nor PMTiles of version 3', 'give a .mbtiles or .pmtiles file');
}

function* ofMbtiles(file: string, wanted: Wanted): Generator<RasterTile> {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const said = db.prepare<[], { value: string }>("SELECT value FROM metadata WHERE name = 'format'").get()?.value;
    if (said === 'pbf') throw vector();
    const places = db
      .prepare<[], { z: number; x: number; y: number }>(
        'SELECT zoom_level z, tile_column x, tile_row y FROM tiles ORDER BY z, x, y DESC',
      )
      .all();
    const one = db.prepare<[number, number, number], { tile_data: Buffer | null }>(
      'SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?',
    );
    for (const { z, x, y } of places) {
      const row = 2 ** z - 1 - y;
      if (!wanted(z, x, row)) continue;
      yield { z, x, y: row, bytes: bytesOf(() => one.get(z, x, y)?.tile_data) };
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Unreadable(
      'file',
      `cannot be read as MBTiles (${why})`,
      'it needs the tables metadata and tiles; copy it anew',
    );
  } finally {
    db?.close();
  }
}

/** A damaged page costs its own tile: an empty one is counted as damaged. */
function bytesOf(read: () => Buffer | null | undefined): Buffer {
  try {
    return read() ?? Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}
const vector = (): Unreadable => new Unreadable('file', 'holds vector tiles', 'give raster tiles: png, jpg or webp');

interface Entry {
  id: number;
  offset: number;
  length: number;
  run: number;
}

function* ofPmtiles(file: string, wanted: Wanted): Generator<RasterTile> {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const read = (offset: number, length: number): Buffer => {
      const out = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      readSync(handle, out, 0, out.length, offset);
      return out;
    };
    const head = read(0, 127);
    const at = (byte: number): number => Number(head.readBigUInt64LE(byte));
    // Section 3 of the specification: internal compression at 97, type of tiles at 99 (1 is vector).
    if (head.length < 127) throw new Unreadable('file', 'is cut off', 'copy it anew');
    if (head[99] === 1) throw vector();
    const [root, leaves, data] = [at(8), at(40), at(56)];
    const packed = head[97] ?? 0;
    const entries = function* (offset: number, length: number, depth: number): Generator<Entry> {
      for (const entry of directory(unpack(read(offset, length), packed)))
        if (entry.run > 0) yield entry;
        else if (depth < 4) yield* entries(leaves + entry.offset, entry.length, depth + 1);
    };
    for (const { id, offset, length, run } of entries(root, at(16), 0))
      for (let i = 0; i < run; i++) {
        const [z, x, y] = placeOf(id + i);
        if (wanted(z, x, y)) yield { z, x, y, bytes: read(data + offset, length) };
      }
  } finally {
    closeSync(handle);
  }
}

function unpack(bytes: Buffer, how: number): Buffer {
  try {
    if (how === 2) return gunzipSync(bytes);
    if (how === 3) return brotliDecompressSync(bytes);
    if (how === 4) return zstdDecompressSync(bytes);
    return bytes;
  } catch {
    throw new Unreadable('file', 'has a damaged directory', 'copy it anew');
  }
}

/** Section 4: columns of varints; ids by difference, an offset of 0 goes on where the last tile ended. */
function directory(bytes: Buffer): Entry[] {
  let at = 0;
  const next = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Unreadable('file', 'has a damaged directory', 'copy it anew');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  const count = next();
  if (count > bytes.length) throw new Unreadable('file', 'has a damaged directory', 'copy it anew');
  const list: Entry[] = Array.from({ length: count }, () => ({ id: 0, offset: 0, length: 0, run: 0 }));
  let id = 0;
  for (const entry of list) entry.id = id += next();
  for (const entry of list) entry.run = next();
  for (const entry of list) entry.length = next();
  list.forEach((entry, i) => {
    const said = next();
    const before = list[i - 1];
    entry.offset = said === 0 && before ? before.offset + before.length : said - 1;
  });
  return list;
}

/** Tiles are numbered along a Hilbert curve, zoom after zoom. */
export function placeOf(id: number): [z: number, x: number, y: number] {
  let z = 0;
  let first = 0;
  while (first + 4 ** z <= id) first += 4 ** z++;
  let rest = id - first;
  let [x, y] = [0, 0];
  for (let side = 1; side < 2 ** z; side *= 2) {
    const rx = Math.floor(rest / 2) % 2;
    const ry = (rest % 2) ^ rx;
    if (ry === 0) {
      if (rx === 1) [x, y] = [side - 1 - x, side - 1 - y];
      [x, y] = [y, x];
    }
    x += side * rx;
    y += side * ry;
    rest = Math.floor(rest / 4);
  }
  return [z, x, y];
}
