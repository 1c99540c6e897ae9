/**
 * Writers of the two containers of raster tiles, small enough to trust, for tests.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';

export interface FakeTile {
  readonly z: number;
  readonly x: number;
  /** From the north. */
  readonly y: number;
  readonly bytes: Buffer;
}

export function writeMbtiles(path: string, tiles: readonly FakeTile[], format = 'png'): void {
  rmSync(path, { force: true });
  const db = new Database(path);
  db.exec(
    'CREATE TABLE metadata (name text, value text); CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)',
  );
  db.prepare("INSERT INTO metadata VALUES ('format', ?)").run(format);
  const put = db.prepare('INSERT INTO tiles VALUES (?, ?, ?, ?)');
  for (const { z, x, y, bytes } of tiles) put.run(z, x, 2 ** z - 1 - y, bytes);
  db.close();
}

/** The number of a tile on the Hilbert curve, found by walking the square from its largest quarter. */
const numberOf = ({ z, x, y }: FakeTile): number => {
  let id = 0;
  for (let i = 0; i < z; i++) id += 4 ** i;
  let [a, b] = [x, y];
  for (let side = 2 ** (z - 1); side >= 1; side /= 2) {
    const rx = Math.floor(a / side) % 2;
    const ry = Math.floor(b / side) % 2;
    id += side * side * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) [a, b] = [side - 1 - (a % side), side - 1 - (b % side)];
      [a, b] = [b, a];
    }
  }
  return id;
};
const varint = (value: number): number[] => {
  const out: number[] = [];
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...out, rest];
};
const directory = (entries: readonly { id: number; offset: number; length: number; run: number }[]): Buffer =>
  gzipSync(
    Buffer.from([
      ...varint(entries.length),
      ...entries.flatMap(({ id }, i) => varint(id - (entries[i - 1]?.id ?? 0))),
      ...entries.flatMap(({ run }) => varint(run)),
      ...entries.flatMap(({ length }) => varint(length)),
      ...entries.flatMap(({ offset }) => varint(offset + 1)),
    ]),
  );

/** With one leaf directory, as large files have. `type`: 2 is PNG, 1 vector. */
export function writePmtiles(path: string, tiles: readonly FakeTile[], type = 2): void {
  const sorted = [...tiles].map((tile) => ({ tile, id: numberOf(tile) })).sort((a, b) => a.id - b.id);
  let at = 0;
  const entries = sorted.map(({ tile: { bytes }, id }) => {
    const entry = { id, offset: at, length: bytes.length, run: 1 };
    at += bytes.length;
    return entry;
  });
  const leaf = directory(entries);
  const root = directory([{ id: entries[0]?.id ?? 0, offset: 0, length: leaf.length, run: 0 }]);
  const meta = gzipSync('{}');
  const head = Buffer.alloc(127);
  head.write('PMTiles', 'latin1');
  head[7] = 3;
  const places = [127, root.length, 127 + root.length, meta.length, 127 + root.length + meta.length, leaf.length];
  const data = 127 + root.length + meta.length + leaf.length;
  [...places, data, at].forEach((value, i) => head.writeBigUInt64LE(BigInt(value), 8 + 8 * i));
  head[97] = 2;
  head[98] = 1;
  head[99] = type;
  writeFileSync(path, Buffer.concat([head, root, meta, leaf, ...sorted.map(({ tile }) => tile.bytes)]));
}
