/**
 * The tileset: a tree of tiles with their extents, and the mesh of each.
 * Guarantees: 3D Tiles 1.1; high and large buildings appear from afar, the rest as one comes nearer;
 * no building in two tiles.
 */
import type { LonLat } from '../../contract/site-files.ts';
import { levelAt, radians } from './ellipsoid.ts';
import type { Footprint } from './footprint.ts';
import { glbOf } from './glb.ts';
import { meshOf } from './mesh.ts';
import { partition, type Branch } from './partition.ts';

const PER_TILE = 900;
/** Seen from anywhere in the district: higher than this, or with a larger footprint. */
const TALL = 30;
const LARGE = 1400;
/**
 * Metres of error while the rest of a tile is missing. With the usual limits of a screen (16–24 pixels at
 * 1080 lines) small houses come in at some ten to fifteen kilometres.
 */
const WITHOUT_REST = 300;
const WITHOUT_ALL = 4000;

export interface Tile {
  boundingVolume: { region: number[] };
  geometricError: number;
  refine?: 'ADD';
  transform?: readonly number[];
  content?: { uri: string };
  children?: Tile[];
}
export interface Tileset {
  asset: { version: '1.1' };
  geometricError: number;
  root: Tile;
}
export interface BuiltTiles {
  tileset: Tileset;
  files: Map<string, Uint8Array>;
  triangles: number;
}

export async function buildTiles(
  footprints: readonly Footprint[],
  progress: (done: number, of: number) => void,
  /** Tiles of others (external tilesets), shown beside the buildings. */
  beside: readonly Tile[] = [],
): Promise<BuiltTiles> {
  const files = new Map<string, Uint8Array>();
  let triangles = 0;
  let done = 0;
  const make = async (list: readonly Footprint[]): Promise<Pick<Tile, 'content' | 'transform'>> => {
    const [lon, lat] = middle(list);
    const level = levelAt(lon, lat);
    const mesh = meshOf(list, level);
    triangles += mesh.indices.length / 3;
    const uri = `tiles/${String(files.size).padStart(3, '0')}.glb`;
    files.set(uri, await glbOf(mesh, list));
    done += list.length;
    progress(done, footprints.length);
    return { transform: level.matrix, content: { uri } };
  };
  const grow = async (branch: Branch<Footprint>): Promise<Tile> => {
    if ('halves' in branch) {
      const children = [await grow(branch.halves[0]), await grow(branch.halves[1])];
      return {
        boundingVolume: { region: union(children.map((c) => c.boundingVolume.region)) },
        geometricError: WITHOUT_ALL,
        refine: 'ADD',
        children,
      };
    }
    const far = branch.leaf.filter((f) => f.height >= TALL || area(f) >= LARGE);
    const near = branch.leaf.filter((f) => !far.includes(f));
    const tile: Tile = {
      boundingVolume: { region: regionOf(branch.leaf) },
      geometricError: near.length > 0 ? WITHOUT_REST : 0,
      refine: 'ADD',
    };
    if (far.length > 0) {
      const { transform, content } = await make(far);
      Object.assign(tile, { transform, content });
    }
    if (near.length > 0)
      tile.children = [
        { boundingVolume: { region: regionOf(near) }, geometricError: 0, ...(await nested(near, tile)) },
      ];
    return tile;
  };
  // A child inherits its parent's transform, so its own must be relative to that.
  const nested = async (list: readonly Footprint[], parent: Tile): Promise<Pick<Tile, 'content' | 'transform'>> => {
    const made = await make(list);
    if (parent.transform === undefined || made.transform === undefined || made.content === undefined) return made;
    return { content: made.content, transform: relative(parent.transform, made.transform) };
  };
  const grown = await grow(partition(footprints, PER_TILE));
  const root: Tile =
    beside.length === 0
      ? grown
      : {
          boundingVolume: { region: union([grown, ...beside].map((t) => t.boundingVolume.region)) },
          geometricError: WITHOUT_ALL,
          refine: 'ADD',
          children: [grown, ...beside],
        };
  return {
    tileset: {
      asset: { version: '1.1' },
      geometricError: WITHOUT_ALL * 2,
      root,
    },
    files,
    triangles,
  };
}

/** inverse(parent) × child for two rigid column-major matrices. */
export function relative(parent: readonly number[], child: readonly number[]): number[] {
  const p = (row: number, column: number) => parent[column * 4 + row] ?? 0;
  const c = (row: number, column: number) => child[column * 4 + row] ?? 0;
  const out = new Array<number>(16).fill(0);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 3; row++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += p(k, row) * (column === 3 ? c(k, 3) - p(k, 3) : c(k, column));
      out[column * 4 + row] = sum;
    }
  }
  out[15] = 1;
  return out;
}

function middle(list: readonly Footprint[]): LonLat {
  const [w, s, e, n] = extent(list);
  return [(w + e) / 2, (s + n) / 2];
}

export function extent(
  list: readonly Pick<Footprint, 'rings'>[],
): readonly [w: number, s: number, e: number, n: number] {
  let [w, s, e, n] = [180, 90, -180, -90];
  for (const f of list) {
    for (const p of f.rings[0] ?? []) {
      w = Math.min(w, p[0]);
      e = Math.max(e, p[0]);
      s = Math.min(s, p[1]);
      n = Math.max(n, p[1]);
    }
  }
  return [w, s, e, n];
}

function regionOf(list: readonly Footprint[]): number[] {
  const feet = list.map((f) => f.ground);
  return [...extent(list).map(radians), Math.min(...feet), Math.max(...list.map((f) => f.ground + f.height))];
}

function union(regions: readonly number[][]): number[] {
  const all = (k: number) => regions.map((r) => r[k] ?? 0);
  return [
    Math.min(...all(0)),
    Math.min(...all(1)),
    Math.max(...all(2)),
    Math.max(...all(3)),
    Math.min(...all(4)),
    Math.max(...all(5)),
  ];
}

/** Square metres of the outer ring. */
function area(f: Footprint): number {
  const ring = f.rings[0] ?? [];
  const lat = ring[0]?.[1] ?? 0;
  const k = 111_320;
  let sum = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    sum += p[0] * q[1] - q[0] * p[1];
  });
  return (Math.abs(sum) / 2) * k * k * Math.cos((lat * Math.PI) / 180);
}
