/**
 * The ground: land, water, historic blocks and the district's boundary.
 *
 * Owns: its meshes. Guarantees: drawn from the site's own files; the land fades into the night beyond the district; made
 *   once, never changed. Hills hide what lies behind them; all that is laid on them lies within their triangles (S29).
 * Refuses: imagery, to which it gives a place between land and lines.
 */
import {
  BufferPolyline,
  BufferPolylineCollection,
  BufferPolylineMaterial,
  ComponentDatatype,
  Matrix4,
  PrimitiveCollection,
} from '@cesium/engine';
import type { AreaFeature, AreasFile, LonLat } from '../../native-bridge/contract/site-files.ts';
import type { Terrain } from '../../native-bridge/contract/terrain.ts';
import { mix } from '../design/colour.ts';
import type { Ground } from '../design/tokens.ts';
import { meshBuilder, type MeshBuilder } from './mesh.ts';
import { bytes, paint } from './paint.ts';
import { alongGround, overGround } from './drape.ts';
import { groundAt, type Plane } from './plane.ts';

/** The land ends this far from the centre, metres: beyond every place from which the district can be looked at. */
const RIM = 120_000;
const RINGS = [0, 4000, 10_000, 20_000, 35_000, 60_000, 90_000, RIM] as const;
const SPOKES = 48;

/** Rings of all polygons of a feature, not closed. */
export const ringsOf = ({ geometry }: AreaFeature): LonLat[][][] => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1).map((p): LonLat => [p[0] ?? 0, p[1] ?? 0])));
};

/** Land fades into the night with the way from the centre, metres. */
const fading = (ground: Ground): ((away: number) => number[]) => {
  const near = bytes(mix(ground.land, ground.far, 0.7));
  const far = bytes(ground.far);
  return (away) => near.map((c, i) => Math.round(c + ((far[i] ?? c) - c) * Math.min(1, away / 60_000)));
};
const addDisc = (mesh: MeshBuilder, ground: Ground): void => {
  const colourAt = fading(ground);
  const rows = RINGS.map((radius) => {
    const colour = colourAt(radius);
    return Array.from({ length: SPOKES }, (_, i) => {
      const angle = (i / SPOKES) * 2 * Math.PI;
      const x = radius * Math.cos(angle);
      const y = radius * Math.sin(angle);
      return mesh.vertex([x, y, groundAt(x, y)], colour);
    });
  });
  for (let r = 0; r + 1 < rows.length; r++) {
    for (let i = 0; i < SPOKES; i++) {
      const [a, b, c, d] = [
        rows[r]?.[i],
        rows[r]?.[(i + 1) % SPOKES],
        rows[r + 1]?.[i],
        rows[r + 1]?.[(i + 1) % SPOKES],
      ];
      if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
      mesh.triangle(a, c, d);
      mesh.triangle(a, d, b);
    }
  }
};
const addAreas = (mesh: MeshBuilder, plane: Plane, areas: AreasFile, colour: string, alpha = 1): void => {
  const painted = bytes(colour, alpha);
  for (const feature of areas.features) {
    for (const rings of ringsOf(feature)) overGround(mesh, plane, rings, painted);
  }
};

/** Lines of constant width in pixels, closed rings, in one draw call. */
export const outlines = (
  plane: Plane,
  areas: AreasFile,
  colour: string,
  alpha: number,
  width: number,
): BufferPolylineCollection => {
  const rings = areas.features
    .flatMap((feature) => ringsOf(feature).flat())
    .map((ring) => alongGround(plane, [...ring, ...ring.slice(0, 1)], 1));
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0);
  const lines = new BufferPolylineCollection({
    primitiveCountMax: Math.max(1, rings.length),
    vertexCountMax: Math.max(2, vertices),
    positionDatatype: ComponentDatatype.FLOAT,
    modelMatrix: Matrix4.fromArray([...plane.toEarth]),
  });
  const line = new BufferPolyline();
  const material = new BufferPolylineMaterial({ color: paint(colour, alpha), width });
  for (const ring of rings)
    if (ring.length > 2) lines.add({ positions: new Float32Array(ring.flat()), material }, line);
  return lines;
};

/** The terrain's own triangles. */
const addHills = (mesh: MeshBuilder, plane: Plane, terrain: Terrain, ground: Ground): void => {
  const { west, south, step, columns, rows } = terrain;
  const colourAt = fading(ground);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const p = plane.at(west + i * step[0], south + j * step[1]);
      const at = mesh.vertex(p, colourAt(Math.hypot(p[0], p[1])));
      if (i === 0 || j === 0) continue;
      mesh.triangle(at - columns - 1, at - columns, at);
      mesh.triangle(at - columns - 1, at, at - 1);
    }
};
const addLand = (primitives: PrimitiveCollection, plane: Plane, ground: Ground): void => {
  const level = meshBuilder();
  addDisc(level, ground);
  primitives.add(level.build(plane, 'floor'));
  if (!plane.terrain) return;
  const hills = meshBuilder();
  addHills(hills, plane, plane.terrain, ground);
  primitives.add(hills.build(plane, 'hills'));
};

export const addGround = (
  primitives: PrimitiveCollection,
  plane: Plane,
  files: { boundary: AreasFile; water: AreasFile; blocks: AreasFile },
  ground: Ground,
): { showBlocks: (shown: boolean) => void; imagery: PrimitiveCollection } => {
  addLand(primitives, plane, ground);
  const land = meshBuilder();
  addAreas(land, plane, files.boundary, mix(ground.land, ground.building, 0.06));
  addAreas(land, plane, files.water, mix(ground.water, '#1d4a66', 0.22));
  const blocks = meshBuilder();
  addAreas(blocks, plane, files.blocks, mix(ground.land, ground.historic, 0.5));
  primitives.add(land.build(plane, 'floor'));
  // Of their own, because they can be put out; they lie over the land, and are drawn after it.
  const ofBlocks: { show: boolean }[] = blocks.empty() ? [] : [primitives.add(blocks.build(plane, 'floor'))];
  // Over the painted land, under every line.
  const imagery = primitives.add(new PrimitiveCollection()) as PrimitiveCollection;
  primitives.add(outlines(plane, files.water, mix(ground.water, ground.boundary, 0.45), 0.7, 1));
  primitives.add(outlines(plane, files.boundary, ground.boundary, 0.8, 2));
  ofBlocks.push(primitives.add(outlines(plane, files.blocks, mix(ground.historic, '#c9a877', 0.35), 0.9, 1.5)));
  return {
    imagery,
    showBlocks: (shown) => {
      for (const part of ofBlocks) part.show = shown;
    },
  };
};
