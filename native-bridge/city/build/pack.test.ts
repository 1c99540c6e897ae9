import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, NodeIO } from '@gltf-transform/core';
import validator from 'gltf-validator';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { beforeAll, expect, test } from 'vitest';
import { readSiteBuildings } from '../site.ts';
import { levelAt, toEarth, toLocal, type Vec3 } from './ellipsoid.ts';
import { footprintOf } from './footprint.ts';
import { buildPack, type PackOrder } from './pack.ts';
import { buildTiles, relative, type BuiltTiles } from './tileset.ts';

const SITE = join(import.meta.dirname, '../../../resources/sites/demo');
const buildings = readSiteBuildings(SITE);
let built: BuiltTiles;

interface Node {
  transform?: readonly number[];
  content?: { uri: string };
  children?: Node[];
  boundingVolume: { region: number[] };
  geometricError: number;
}
interface Placed {
  uri: string;
  matrix: readonly number[];
  region: number[];
}

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
function multiply(a: readonly number[], b: readonly number[]): number[] {
  return IDENTITY.map((_, i) =>
    [0, 1, 2, 3].reduce((s, k) => s + (a[k * 4 + (i % 4)] ?? 0) * (b[Math.floor(i / 4) * 4 + k] ?? 0), 0),
  );
}
function contents(tile: Node, above: readonly number[] = IDENTITY): Placed[] {
  const matrix = tile.transform === undefined ? above : multiply(above, tile.transform);
  const own = tile.content === undefined ? [] : [{ uri: tile.content.uri, matrix, region: tile.boundingVolume.region }];
  return [...own, ...(tile.children ?? []).flatMap((c) => contents(c, matrix))];
}

/** The JSON and binary chunks of a tile. */
function open(bytes: Uint8Array): { json: Record<string, unknown>; bin: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const head = view.getUint32(12, true);
  return { json: JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + head))), bin: bytes.subarray(28 + head) };
}
/** Its complaints about extensions that only Cesium reads are not of interest. */
const io = new NodeIO().setLogger(new Logger(Logger.Verbosity.ERROR));
interface Rows {
  ids: string[];
  uses: string[];
  floors: number[];
  heights: number[];
}
function rowsOf(bytes: Uint8Array): Rows {
  const { json, bin } = open(bytes);
  const { bufferViews, extensions } = json as {
    bufferViews: { byteOffset?: number; byteLength: number }[];
    extensions: {
      EXT_structural_metadata: {
        propertyTables: { count: number; properties: Record<string, { values: number; stringOffsets?: number }> }[];
      };
    };
  };
  const table = extensions.EXT_structural_metadata.propertyTables[0];
  if (table === undefined) throw new Error('no table');
  const bytesOf = (n: number | undefined) => {
    const v = bufferViews[n ?? -1];
    if (v === undefined) throw new Error('no view');
    expect((v.byteOffset ?? 0) % 8).toBe(0);
    return bin.slice(v.byteOffset ?? 0, (v.byteOffset ?? 0) + v.byteLength);
  };
  const strings = (name: string) => {
    const values = bytesOf(table.properties[name]?.values);
    const offsets = new Uint32Array(bytesOf(table.properties[name]?.stringOffsets).buffer);
    return Array.from({ length: table.count }, (_, i) =>
      new TextDecoder().decode(values.subarray(offsets[i], offsets[i + 1])),
    );
  };
  return {
    ids: strings('id'),
    uses: strings('use'),
    floors: [...new Uint16Array(bytesOf(table.properties['floors']?.values).buffer)],
    heights: [...new Float32Array(bytesOf(table.properties['height']?.values).buffer)],
  };
}
/** Vertices of every feature in Earth-centred metres. */
async function vertices(placed: Placed): Promise<Map<string, Vec3[]>> {
  const bytes = built.files.get(placed.uri) ?? new Uint8Array();
  const { ids } = rowsOf(bytes);
  const primitive = (await io.readBinary(bytes)).getRoot().listMeshes()[0]?.listPrimitives()[0];
  const position = primitive?.getAttribute('POSITION');
  const feature = primitive?.getAttribute('_FEATURE_ID_0');
  const out = new Map<string, Vec3[]>();
  for (let i = 0; i < (position?.getCount() ?? 0); i++) {
    const [x = 0, y = 0, z = 0] = position?.getElement(i, []) ?? [];
    // glTF is y-up; 3D Tiles turns it z-up before the tile's transform.
    const [e, n, u] = [x, -z, y];
    const m = (k: number) => placed.matrix[k] ?? 0;
    const earth: Vec3 = [
      m(0) * e + m(4) * n + m(8) * u + m(12),
      m(1) * e + m(5) * n + m(9) * u + m(13),
      m(2) * e + m(6) * n + m(10) * u + m(14),
    ];
    const id = ids[feature?.getElement(i, [])[0] ?? -1] ?? '';
    const held = out.get(id);
    if (held === undefined) out.set(id, [earth]);
    else held.push(earth);
  }
  return out;
}

beforeAll(async () => {
  built = await buildTiles(
    buildings.map((building) => footprintOf(building)),
    () => undefined,
  );
}, 60_000);

test('C2: a building of the pack stands where its footprint does, to 0.1 m, with its height', async () => {
  const places = new Map<string, Vec3[]>();
  for (const placed of contents(built.tileset.root))
    for (const [id, list] of await vertices(placed)) places.set(id, list);
  for (const building of buildings.filter((_, k) => k % 97 === 0)) {
    const found = places.get(building.id) ?? [];
    for (const corner of building.rings.flat()) {
      const level = levelAt(corner[0], corner[1]);
      for (const h of [0, building.height]) {
        const nearest = Math.min(
          ...found.map((v) => Math.hypot(...toLocal(level, v).map((c, k) => (k === 2 ? c - h : c)))),
        );
        expect(nearest, `${building.id} at ${h} m`).toBeLessThan(0.1);
      }
    }
  }
});

test('C2: relative transforms undo the parent', () => {
  const [a, b] = [levelAt(120.8, 30), levelAt(120.9, 30.1)];
  const back = multiply(a.matrix, relative(a.matrix, b.matrix));
  back.forEach((v, k) => expect(v).toBeCloseTo(b.matrix[k] ?? NaN, 5));
  expect(toLocal(a, toEarth(120.8, 30, 12)).map((v) => Math.round(v * 1e6) / 1e6 + 0)).toEqual([0, 0, 12]);
});

test('C3: every building is in exactly one tile, with its id, use, floors and height', () => {
  const rows = [...built.files.values()].map(rowsOf);
  const ids = rows.flatMap((r) => r.ids);
  expect(ids.length).toBe(buildings.length);
  expect(new Set(ids)).toEqual(new Set(buildings.map((b) => b.id)));
  const known = new Map(buildings.map((b) => [b.id, b]));
  for (const r of rows) {
    r.ids.forEach((id, k) => {
      const b = known.get(id);
      expect([r.uses[k], r.floors[k], Math.round((r.heights[k] ?? 0) * 10) / 10]).toEqual([
        b?.use,
        b?.floors,
        b?.height,
      ]);
    });
  }
});

test('C3: a tile lies within the region of every tile above it', () => {
  const check = (tile: Node): void => {
    for (const child of tile.children ?? []) {
      const [w = 0, s = 0, e = 0, n = 0, low = 0, high = 0] = tile.boundingVolume.region;
      const [cw = 0, cs = 0, ce = 0, cn = 0, clow = 0, chigh = 0] = child.boundingVolume.region;
      expect(cw >= w && cs >= s && ce <= e && cn <= n && clow >= low && chigh <= high).toBe(true);
      expect(child.geometricError).toBeLessThanOrEqual(tile.geometricError);
      check(child);
    }
  };
  check(built.tileset.root);
});

/** OGC 22-025r4 (3D Tiles 1.1), as far as a pack of regions goes: a list that is there is not empty, no word is unknown. */
const closed = { additionalProperties: false };
const TilesetShape = Type.Cyclic(
  {
    Tile: Type.Object(
      {
        boundingVolume: Type.Object({ region: Type.Array(Type.Number(), { minItems: 6, maxItems: 6 }) }, closed),
        geometricError: Type.Number({ minimum: 0 }),
        refine: Type.Optional(Type.Union([Type.Literal('ADD'), Type.Literal('REPLACE')])),
        transform: Type.Optional(Type.Array(Type.Number(), { minItems: 16, maxItems: 16 })),
        content: Type.Optional(Type.Object({ uri: Type.String({ minLength: 1 }) }, closed)),
        children: Type.Optional(Type.Array(Type.Ref('Tile'), { minItems: 1 })),
      },
      closed,
    ),
    Tileset: Type.Object(
      {
        asset: Type.Object({ version: Type.Literal('1.1') }, closed),
        geometricError: Type.Number({ minimum: 0 }),
        extensionsUsed: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
        root: Type.Ref('Tile'),
      },
      closed,
    ),
  },
  'Tileset',
);
test('C4: the tileset has the shape that 3D Tiles 1.1 gives it', () => {
  const written: unknown = JSON.parse(JSON.stringify(built.tileset));
  expect([...Compile(TilesetShape).Errors(written)]).toEqual([]);
  expect(built.tileset.root.refine).toBe('ADD');
  expect([...Compile(TilesetShape).Errors({ ...built.tileset, extensionsUsed: [] })]).not.toEqual([]);
});

test('C4: no tile has an error or a warning under the Khronos validator, and all are unlit', async () => {
  for (const [uri, bytes] of built.files) {
    const report = await validator.validateBytes(bytes, { uri });
    expect(
      report.issues.messages.filter((m) => m.code !== 'UNSUPPORTED_EXTENSION' && m.code !== 'UNUSED_OBJECT'),
    ).toEqual([]);
    const { json } = open(bytes);
    expect(json['materials']).toEqual([expect.objectContaining({ extensions: { KHR_materials_unlit: {} } })]);
  }
}, 60_000);

test('C4: roofs look up and are brightest; walls stand and darken towards the ground', async () => {
  const [bytes = new Uint8Array()] = built.files.values();
  const primitive = (await io.readBinary(bytes)).getRoot().listMeshes()[0]?.listPrimitives()[0];
  const position = primitive?.getAttribute('POSITION');
  const colour = primitive?.getAttribute('COLOR_0');
  const indices = [...(primitive?.getIndices()?.getArray() ?? [])];
  const at = (k: number): Vec3 => {
    const [x = 0, y = 0, z = 0] = position?.getElement(indices[k] ?? 0, []) ?? [];
    return [x, y, z];
  };
  let roofs = 0;
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [at(k), at(k + 1), at(k + 2)];
    const [u, v] = [b.map((n, i) => n - (a[i] ?? 0)), c.map((n, i) => n - (a[i] ?? 0))];
    const up = (u[2] ?? 0) * (v[0] ?? 0) - (u[0] ?? 0) * (v[2] ?? 0);
    const flat = Math.abs(a[1] - b[1]) < 0.01 && Math.abs(a[1] - c[1]) < 0.01 && a[1] > 1;
    const shades = [0, 1, 2].map((i) => colour?.getElement(indices[k + i] ?? 0, [])[0] ?? 0);
    if (flat) {
      roofs++;
      expect(up).toBeGreaterThan(0);
      expect(Math.min(...shades)).toBe(1);
    } else {
      const heights = [a, b, c].map((p) => p[1]);
      const foot = shades[heights.indexOf(Math.min(...heights))] ?? 1;
      expect(foot).toBeLessThan(Math.max(...shades));
    }
  }
  expect(roofs).toBeGreaterThan(10);
});

test('C5: the same site gives the same bytes', async () => {
  const again = await buildTiles(
    buildings.map((building) => footprintOf(building)),
    () => undefined,
  );
  expect(JSON.stringify(again.tileset)).toBe(JSON.stringify(built.tileset));
  for (const [uri, bytes] of built.files)
    expect(Buffer.compare(bytes, again.files.get(uri) ?? new Uint8Array())).toBe(0);
}, 60_000);

test('C5: an unchanged site is not built again, and nothing half-made is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  const files = join(folder, 'site');
  const out = join(folder, 'out');
  const small = {
    format: 'fengsui/buildings@1',
    uses: ['village'],
    names: [],
    streets: ['x'],
    rows: [['b1', [[120870000, 30010000, 100, 0, 0, 100, -100, 0]], 60, 2, 0, -1, 0, '1号', 0, 0]],
  };
  await import('node:fs/promises').then((fs) => fs.mkdir(files));
  writeFileSync(join(files, 'buildings.json'), JSON.stringify(small));
  const order: PackOrder = { id: 'x', name: { zh: '测', en: 'x' }, synthetic: true, files, out };
  const first = await buildPack(order, () => undefined);
  const second = await buildPack(order, () => undefined);
  expect([first.built, second.built]).toEqual([true, false]);
  expect(second.card).toEqual(first.card);
  expect(first.card).toMatchObject({
    coverage: [120.87, 30.01, 120.8701, 30.0101],
    counts: { buildings: 1, tiles: 1, triangles: 10 },
  });
  writeFileSync(join(files, 'buildings.json'), JSON.stringify({ ...small, streets: ['y'] }));
  expect((await buildPack(order, () => undefined)).built).toBe(true);
  writeFileSync(join(files, 'buildings.json'), '{');
  await expect(buildPack(order, () => undefined)).rejects.toThrow(/buildings\.json: is not JSON/);
  expect(readdirSync(folder).sort()).toEqual(['out', 'site']);
  expect(JSON.parse(readFileSync(join(out, 'tileset.json'), 'utf8'))).toMatchObject({ asset: { version: '1.1' } });
  expect(existsSync(join(out, 'tiles', '000.glb'))).toBe(true);
});
