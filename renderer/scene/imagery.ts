/**
 * Imagery under the city: textured rectangles on the ground, finer where one looks nearer.
 *
 * Owns: which tiles are drawn and held. Guarantees: S28 at most `MOST` textures; a coarse tile stays until all the finer ones
 *   in sight that are there have come; a tile that cannot be read is named, and the coarser one stays; without imagery
 *   there is nothing of it in a frame.
 * Refuses: a globe.
 */
import { PrimitiveCollection, type Primitive } from '@cesium/engine';
import { cornerOf, shifted, type ImageryIndex } from '../../native-bridge/contract/imagery.ts';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import type { Eye } from './eye.ts';
import { texturedTile, type Textured } from './imagery-tile.ts';
import type { Plane, Vec3 } from './plane.ts';

/** Textures held at one time; of 256 × 256 pixels some 17 MB. */
export const MOST = 64;
const AT_ONCE = 6;
/** A tile is replaced by its four finer ones when one of its pixels would be larger than this, CSS pixels. */
const COARSE = 1.4;
const PIXELS = 256;
/** Without coarser ones tiles are drawn until their pixels are so small: farther away they would be a patchwork. */
const TOO_FINE = 0.3;

interface Node {
  readonly key: string;
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly from: number;
  readonly bytes: number;
  readonly children: Node[];
  corners?: readonly Vec3[];
}
export interface Imagery {
  /** Chooses for this eye, and begins to fetch what is missing. */
  suit: (eye: Eye) => void;
  show: (shown: boolean) => void;
  dispose: () => void;
}

/** The trees of tiles: roots are those whose coarser tile is not there. */
export const treesOf = ({ rows }: Pick<ImageryIndex, 'rows'>): Node[] => {
  const nodes = new Map<string, Node>();
  let from = 0;
  for (const [z, x, y, bytes] of rows) {
    const key = `${z}/${x}/${y}`;
    nodes.set(key, { key, z, x, y, from, bytes, children: [] });
    from += bytes;
  }
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(`${node.z - 1}/${node.x >> 1}/${node.y >> 1}`);
    if (parent) parent.children.push(node);
    else roots.push(node);
  }
  return roots;
};

/** What to draw for an eye, coarse before fine, at most `most`; `cornersOf` in the plane's frame. */
export const chosen = (
  roots: readonly Node[],
  eye: Pick<Eye, 'position' | 'forward' | 'right' | 'up' | 'width' | 'height' | 'focal' | 'plan' | 'pose'>,
  cornersOf: (node: Node) => readonly Vec3[],
  most = MOST,
): Node[] => {
  const weigh = (node: Node): { node: Node; pixel: number } | null => {
    const corners = cornersOf(node);
    const [a, , c] = [corners[0], corners[1], corners[2]];
    if (!a || !c) return null;
    const [mx, my, mz] = [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2, (a[2] + c[2]) / 2];
    const reach = Math.hypot(c[0] - a[0], c[1] - a[1]) / 2;
    const d: Vec3 = [mx - eye.position[0], my - eye.position[1], mz - eye.position[2]];
    const along = (v: Vec3): number => d[0] * v[0] + d[1] * v[1] + d[2] * v[2];
    const ahead = along(eye.forward);
    if (ahead < -reach) return null;
    const depth = eye.plan ? eye.pose.range : Math.max(1, ahead + reach);
    const [wide, high] = [eye.width / 2 / eye.focal, eye.height / 2 / eye.focal];
    if (Math.abs(along(eye.right)) > depth * wide + reach * (1 + wide)) return null;
    if (Math.abs(along(eye.up)) > depth * high + reach * (1 + high)) return null;
    const near = eye.plan ? eye.pose.range : Math.max(1, Math.hypot(...d) - reach, eye.pose.range * 0.25);
    return { node, pixel: ((reach * Math.SQRT2) / PIXELS) * (eye.focal / near) };
  };
  const seen = (list: readonly Node[]) => list.flatMap((node) => weigh(node) ?? []);
  const drawn: Node[] = [];
  // The coarsest pixel first, whatever its zoom: what room there is goes where it is missed most.
  const open = seen(roots)
    .filter(({ pixel }) => pixel > TOO_FINE)
    .sort((p, q) => q.pixel - p.pixel);
  drawn.push(...open.slice(0, most).map(({ node }) => node));
  while (open.length > 0) {
    const next = open.shift();
    if (!next || next.pixel < COARSE) break;
    const finer = seen(next.node.children);
    if (finer.length === 0) continue;
    if (drawn.length + finer.length > most) continue;
    drawn.push(...finer.map(({ node }) => node));
    open.push(...finer);
    open.sort((p, q) => q.pixel - p.pixel);
  }
  return drawn.sort((p, q) => p.z - q.z);
};

export const addImagery = (
  floor: PrimitiveCollection,
  plane: Plane,
  { index, url, tint }: { index: ImageryIndex; url: string; tint: readonly [number, number, number] },
  changed: () => void,
  lacks: (why: string) => void,
): Imagery => {
  const roots = treesOf(index);
  const levels = new Map<number, PrimitiveCollection>();
  for (const z of [...new Set(index.rows.map(([z]) => z))].sort((a, b) => a - b))
    levels.set(z, floor.add(new PrimitiveCollection()) as PrimitiveCollection);
  const held = new Map<string, Textured | 'coming' | 'broken'>();
  let wanted: Node[] = [];
  let coming = 0;
  let gone = false;
  const spot = (node: Node, u: number, v: number): LonLat =>
    shifted(index.shift, cornerOf(node.z, node.x + u, node.y + v));
  const place = (node: Node, u: number, v: number): Vec3 => plane.at(...spot(node, u, v));
  const cornersOf = (node: Node): readonly Vec3[] =>
    (node.corners ??= [place(node, 0, 0), place(node, 1, 0), place(node, 1, 1), place(node, 0, 1)]);

  const drop = (key: string): void => {
    const tile = held.get(key);
    if (tile === undefined || typeof tile === 'string') return;
    levels.get(tile.z)?.remove(tile.primitive as Primitive);
    tile.free();
    held.delete(key);
  };
  const bring = async (node: Node): Promise<void> => {
    try {
      const answer = await fetch(url, { headers: { Range: `bytes=${node.from}-${node.from + node.bytes - 1}` } });
      if (answer.status !== 206) throw new Error(`HTTP ${answer.status}`);
      const picture = await createImageBitmap(new Blob([await answer.arrayBuffer()], { type: index.type }), {
        imageOrientation: 'flipY',
      });
      if (gone || !wanted.includes(node)) {
        held.delete(node.key);
        return picture.close();
      }
      const tile = texturedTile(plane, picture, (u, v) => spot(node, u, v), cornersOf(node), tint, node.z);
      levels.get(node.z)?.add(tile.primitive);
      held.set(node.key, tile);
      uncover();
      changed();
    } catch (error) {
      held.set(node.key, 'broken');
      if (!gone) lacks(`${index.tiles} ${node.key}: ${String(error)}`);
    }
  };
  const fetchMore = (): void => {
    for (const node of wanted) {
      if (gone || coming >= AT_ONCE || !floor.show) return;
      if (held.has(node.key)) continue;
      held.set(node.key, 'coming');
      coming += 1;
      void bring(node).finally(() => {
        coming -= 1;
        fetchMore();
      });
    }
  };
  /** A coarse tile is not painted where all the finer ones in sight are there. */
  const uncover = (): void => {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const { key, children } of wanted) {
      const tile = held.get(key);
      if (tile === undefined || typeof tile === 'string') continue;
      const finer = children.filter((child) => keys.has(child.key));
      tile.primitive.show =
        children.length < 4 ||
        finer.length === 0 ||
        finer.some((child) => typeof (held.get(child.key) ?? '') === 'string');
    }
  };
  return {
    suit: (eye) => {
      if (!floor.show) return;
      wanted = chosen(roots, eye, cornersOf);
      const keys = new Set(wanted.map(({ key }) => key));
      for (const [key, tile] of held) if (typeof tile !== 'string' && !keys.has(key)) drop(key);
      uncover();
      fetchMore();
    },
    show: (shown) => {
      floor.show = shown;
    },
    dispose: () => {
      gone = true;
      for (const key of [...held.keys()]) drop(key);
    },
  };
};
