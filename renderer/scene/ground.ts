/**
 * The ground: land, water, historic blocks and the district's boundary.
 *
 * Owns: its meshes. Guarantees: drawn from the site's own files; the land fades into the night beyond the district; made
 *   once, never changed.
 * Refuses: imagery, to which it gives a place between land and lines, and terrain.
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
import { mix } from '../design/colour.ts';
import type { Ground } from '../design/tokens.ts';
import { meshBuilder, type MeshBuilder } from './mesh.ts';
import { bytes, paint } from './paint.ts';
import { groundAt, type Plane, type Vec3 } from './plane.ts';

/** The land ends this far from the centre, metres: beyond every place from which the district can be looked at. */
const RIM = 120_000;
const RINGS = [0, 4000, 10_000, 20_000, 35_000, 60_000, 90_000, RIM] as const;
const SPOKES = 48;

/** Rings of all polygons of a feature, not closed. */
export const ringsOf = ({ geometry }: AreaFeature): LonLat[][][] => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1).map((p): LonLat => [p[0] ?? 0, p[1] ?? 0])));
};

const addDisc = (mesh: MeshBuilder, ground: Ground): void => {
  const near = bytes(mix(ground.land, ground.far, 0.7));
  const far = bytes(ground.far);
  const rows = RINGS.map((radius) => {
    const part = Math.min(1, radius / 60_000);
    const colour = near.map((c, i) => Math.round(c + ((far[i] ?? c) - c) * part));
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
    for (const rings of ringsOf(feature))
      mesh.polygon(
        rings.map((ring) => ring.map(([lon, lat]) => plane.at(lon, lat))),
        painted,
      );
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
  const rings = areas.features.flatMap((feature) => ringsOf(feature).flat());
  const vertices = rings.reduce((sum, ring) => sum + ring.length + 1, 0);
  const lines = new BufferPolylineCollection({
    primitiveCountMax: Math.max(1, rings.length),
    vertexCountMax: Math.max(2, vertices),
    positionDatatype: ComponentDatatype.FLOAT,
    modelMatrix: Matrix4.fromArray([...plane.toEarth]),
  });
  const line = new BufferPolyline();
  const material = new BufferPolylineMaterial({ color: paint(colour, alpha), width });
  for (const ring of rings) {
    const closed = [...ring, ...ring.slice(0, 1)].map(([lon, lat]): Vec3 => plane.at(lon, lat, 1));
    if (closed.length > 2) lines.add({ positions: new Float32Array(closed.flat()), material }, line);
  }
  return lines;
};

export const addGround = (
  primitives: PrimitiveCollection,
  plane: Plane,
  files: { boundary: AreasFile; water: AreasFile; blocks: AreasFile },
  ground: Ground,
): { showBlocks: (shown: boolean) => void; imagery: PrimitiveCollection } => {
  const land = meshBuilder();
  addDisc(land, ground);
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
