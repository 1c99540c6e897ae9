/**
 * Coloured triangles and lines in the plane's frame, as one Cesium primitive each.
 *
 * Owns: the way from plain arrays to a `Primitive`. Guarantees: one draw call, flat colours from the vertices, nothing
 *   computed in workers. `floor` meshes neither write depth nor fight each other: they are painted in the order added.
 * Refuses: to change after it was made; what changes is another kind of layer.
 */
import {
  BoundingSphere,
  Cartesian3,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  GeometryInstance,
  Matrix4,
  PerInstanceColorAppearance,
  Primitive,
  PrimitiveType,
  type Appearance,
} from '@cesium/engine';
import earcut from 'earcut';
import type { Plane, Vec3 } from './plane.ts';

/** A geometry in the plane's frame, made at once: nothing is computed in workers. */
export const primitiveOf = (plane: Plane, geometry: Geometry, appearance: Appearance): Primitive =>
  new Primitive({
    geometryInstances: new GeometryInstance({ geometry }),
    modelMatrix: Matrix4.fromArray([...plane.toEarth]),
    appearance,
    asynchronous: false,
    allowPicking: false,
    compressVertices: false,
    releaseGeometryInstances: true,
    vertexCacheOptimize: false,
  });

export interface MeshBuilder {
  /** Index of the new vertex. Colour bytes, alpha 255 unless the mesh is translucent. */
  vertex: (p: Vec3, colour: readonly number[]) => number;
  triangle: (a: number, b: number, c: number) => void;
  line: (a: number, b: number) => void;
  /** A polygon lying in the plane; the first ring is the outer one, none is closed. */
  polygon: (rings: readonly (readonly Vec3[])[], colour: readonly number[]) => void;
  readonly empty: () => boolean;
  /**
   * `kind` floor: painted below everything that stands; hills: hide what lies behind them, and let what is laid on them be
   * seen; solid: ordinary depth; glass: blended, writes no depth.
   */
  build: (plane: Plane, kind: 'floor' | 'hills' | 'solid' | 'glass', shape?: 'triangles' | 'lines') => Primitive;
}

/** Cesium's appearances write depth whenever they are opaque, whatever they are told: a floor must not. */
export const FLOOR = { depthTest: { enabled: true }, depthMask: false } as const;
/** Set back by a little, so that what is laid on them exactly is not hidden by them. */
const HILLS = {
  depthTest: { enabled: true },
  depthMask: true,
  polygonOffset: { enabled: true, factor: 2, units: 8 },
} as const;

export const meshBuilder = (): MeshBuilder => {
  const positions: number[] = [];
  const colours: number[] = [];
  const indices: number[] = [];
  const builder: MeshBuilder = {
    vertex: ([x, y, z], colour) => {
      positions.push(x, y, z);
      colours.push(colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0, colour[3] ?? 255);
      return positions.length / 3 - 1;
    },
    triangle: (a, b, c) => void indices.push(a, b, c),
    line: (a, b) => void indices.push(a, b),
    polygon: (rings, colour) => {
      const flat: number[] = [];
      const holes: number[] = [];
      const first = positions.length / 3;
      rings.forEach((ring, i) => {
        if (i > 0) holes.push(flat.length / 2);
        for (const p of ring) {
          flat.push(p[0], p[1]);
          builder.vertex(p, colour);
        }
      });
      for (const index of earcut(flat, holes)) indices.push(first + index);
    },
    empty: () => indices.length === 0,
    build: (plane, kind, shape = 'triangles') => {
      const values = new Float64Array(positions);
      const geometry = new Geometry({
        attributes: {
          position: new GeometryAttribute({
            componentDatatype: ComponentDatatype.DOUBLE,
            componentsPerAttribute: 3,
            values,
          }),
          color: new GeometryAttribute({
            componentDatatype: ComponentDatatype.UNSIGNED_BYTE,
            componentsPerAttribute: 4,
            normalize: true,
            values: new Uint8Array(colours),
          }),
        } as never,
        indices: positions.length / 3 > 65_535 ? new Uint32Array(indices) : new Uint16Array(indices),
        primitiveType: shape === 'lines' ? PrimitiveType.LINES : PrimitiveType.TRIANGLES,
        boundingSphere: BoundingSphere.fromVertices(positions, Cartesian3.ZERO, 3),
      });
      const appearance = new PerInstanceColorAppearance({ flat: true, translucent: kind === 'glass', closed: false });
      if (kind === 'floor') Object.assign(appearance, { getRenderState: () => ({ ...FLOOR }) });
      if (kind === 'hills') Object.assign(appearance, { getRenderState: () => ({ ...HILLS }) });
      return primitiveOf(plane, geometry, appearance);
    },
  };
  return builder;
};
