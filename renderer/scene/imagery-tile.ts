/**
 * One rectangle of the ground with a picture on it.
 *
 * Owns: its mesh, texture and material. Guarantees: bent with the ground where it is large, and lies on hills as they lie (S29);
 *   writes no depth, so that the city stands on it; its first frame has its picture; `free` gives the texture back, which the
 *   primitive alone does not.
 * Refuses: to choose pictures.
 */
import {
  BoundingSphere,
  Cartesian3,
  Color,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  Material,
  MaterialAppearance,
  type Primitive,
  PrimitiveType,
} from '@cesium/engine';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { onLattice } from '../../native-bridge/contract/terrain.ts';
import { pieces, type Corner } from './drape.ts';
import { FLOOR, primitiveOf } from './mesh.ts';
import type { Plane, Vec3 } from './plane.ts';

export interface Textured {
  readonly primitive: Primitive;
  readonly z: number;
  readonly free: () => void;
}
/** A side of so many metres is straight enough: the ground falls 0.5 m below its chord's end. */
const STRAIGHT = 2500;
const MOST_PARTS = 24;

/** The engine hears of a picture in one update and makes it a texture in the next: a lone frame would be drawn without it. */
const takeAtOnce = (material: Material): void => {
  const own: unknown = Reflect.get(material, 'update');
  if (typeof own !== 'function') throw new Error('the engine has another way of updating materials');
  const update = own.bind(material) as (context: unknown) => void;
  const twice = (context: unknown): void => {
    update(context);
    update(context);
    Object.assign(material, { update });
  };
  Object.assign(material, { update: twice });
};

/** Its mesh in so many parts a side, cut where the terrain is. */
const meshOf = (
  plane: Plane,
  spot: (u: number, v: number) => LonLat,
  parts: number,
): { positions: number[]; st: number[]; indices: number[] } => {
  const { terrain } = plane;
  const positions: number[] = [];
  const st: number[] = [];
  const indices: number[] = [];
  /** A corner is made once for all the pieces that meet in it. */
  const made = new Map<string, number>();
  const vertex = (u: number, v: number): number => {
    const key = `${u} ${v}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    positions.push(...plane.at(...spot(u, v)));
    st.push(u, 1 - v);
    made.set(key, made.size);
    return made.size - 1;
  };
  const corner = (u: number, v: number): Corner => {
    const [column, row] = terrain ? onLattice(terrain, ...spot(u, v)) : [u, v];
    return { u, v, column, row };
  };
  for (let j = 0; j < parts; j++)
    for (let i = 0; i < parts; i++) {
      const [w, e, n, s] = [i / parts, (i + 1) / parts, j / parts, (j + 1) / parts];
      const square = [corner(w, n), corner(w, s), corner(e, s), corner(e, n)];
      for (const piece of terrain ? pieces(square, terrain) : [square]) {
        const [first = 0, ...rest] = piece.map(({ u, v }) => vertex(u, v));
        for (let k = 0; k + 1 < rest.length; k++) indices.push(first, rest[k] ?? 0, rest[k + 1] ?? 0);
      }
    }
  return { positions, st, indices };
};

export const texturedTile = (
  plane: Plane,
  picture: ImageBitmap,
  spot: (u: number, v: number) => LonLat,
  corners: readonly Vec3[],
  tint: readonly [number, number, number],
  z: number,
): Textured => {
  const [a = [0, 0, 0], b = [0, 0, 0]] = corners;
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]) / STRAIGHT)));
  const { positions, st, indices } = meshOf(plane, spot, parts);
  const material = Material.fromType('Image', { image: picture, color: new Color(...tint, 1) });
  takeAtOnce(material);
  const appearance = new MaterialAppearance({
    material,
    flat: true,
    faceForward: false,
    translucent: false,
    closed: false,
    materialSupport: MaterialAppearance.MaterialSupport.TEXTURED,
  });
  Object.assign(appearance, { getRenderState: () => ({ ...FLOOR }) });
  const normals = new Float32Array(positions.length);
  for (let i = 2; i < normals.length; i += 3) normals[i] = 1;
  const attribute = (values: Float32Array | Float64Array, size: number): GeometryAttribute =>
    new GeometryAttribute({
      componentDatatype: values instanceof Float64Array ? ComponentDatatype.DOUBLE : ComponentDatatype.FLOAT,
      componentsPerAttribute: size,
      values,
    });
  const geometry = new Geometry({
    attributes: {
      position: attribute(new Float64Array(positions), 3),
      normal: attribute(normals, 3),
      st: attribute(new Float32Array(st), 2),
    } as never,
    indices: positions.length / 3 > 65_535 ? new Uint32Array(indices) : new Uint16Array(indices),
    primitiveType: PrimitiveType.TRIANGLES,
    boundingSphere: BoundingSphere.fromVertices(positions, Cartesian3.ZERO, 3),
  });
  const primitive = primitiveOf(plane, geometry, appearance);
  return {
    primitive,
    z,
    free: () => {
      material.destroy();
      picture.close();
    },
  };
};
