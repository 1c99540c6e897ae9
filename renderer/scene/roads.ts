/**
 * The roads: subtle lines of light, wider and brighter by class.
 *
 * Owns: one line collection per group of classes. Guarantees: one draw call a group; small roads are drawn only where
 *   they can be told apart. Made once.
 * Refuses: traffic.
 */
import {
  BufferPolyline,
  BufferPolylineCollection,
  BufferPolylineMaterial,
  ComponentDatatype,
  Matrix4,
  type Primitive,
  type PrimitiveCollection,
} from '@cesium/engine';
import type { RoadClass, RoadEdge, RoadGraph } from '../../native-bridge/contract/site-files.ts';
import { mix } from '../design/colour.ts';
import { ink, type Ground } from '../design/tokens.ts';
import { alongGround } from './drape.ts';
import { addCarriageway } from './carriageway.ts';
import { meshBuilder } from './mesh.ts';
import { bytes, paint } from './paint.ts';
import type { Plane } from './plane.ts';

/** `metres`: carriageway in the world; `pixels`: never thinner on the screen; `until`: drawn up to this range. */
type Classes = Readonly<
  Record<RoadClass, { metres: number; pixels: number; colour: string; alpha: number; until: number }>
>;
const classesOf = (ground: Ground): Classes => ({
  motorway: { metres: 26, pixels: 2.4, colour: mix(ground.roadMajor, ink.label, 0.35), alpha: 0.9, until: Infinity },
  trunk: { metres: 22, pixels: 2.2, colour: mix(ground.roadMajor, ink.label, 0.22), alpha: 0.9, until: Infinity },
  arterial: { metres: 18, pixels: 1.6, colour: mix(ground.roadMajor, ink.label, 0.08), alpha: 0.9, until: Infinity },
  collector: { metres: 12, pixels: 1.2, colour: mix(ground.road, ground.roadMajor, 0.7), alpha: 0.9, until: 30_000 },
  local: { metres: 8, pixels: 0.8, colour: mix(ground.road, ground.roadMajor, 0.3), alpha: 0.85, until: 9000 },
  lane: { metres: 4, pixels: 0.7, colour: ground.road, alpha: 0.55, until: 5000 },
});
/** Below this range roads are drawn with their width in the world, above it with their width on the screen. */
const NEAR = 2600;

export interface Roads {
  /** Shows what suits a range (metres); of what the rescue circle covers only the carriageways near by. True when changed. */
  suit: (range: number, covered?: 'none' | 'large' | 'all') => boolean;
}

const lines = (plane: Plane, edges: readonly RoadEdge[], weight: number, ground: Ground): BufferPolylineCollection => {
  const shapes = edges.map(({ line }) => alongGround(plane, line, 0.5));
  const vertices = shapes.reduce((sum, shape) => sum + shape.length, 0);
  const collected = new BufferPolylineCollection({
    primitiveCountMax: Math.max(1, edges.length),
    vertexCountMax: Math.max(2, vertices),
    positionDatatype: ComponentDatatype.FLOAT,
    modelMatrix: Matrix4.fromArray([...plane.toEarth]),
    widthUnits: 'pixels',
  });
  const line = new BufferPolyline();
  const materials = new Map(
    Object.entries(classesOf(ground)).map(([name, { pixels, colour, alpha }]) => [
      name,
      new BufferPolylineMaterial({ color: paint(colour, alpha), width: pixels * weight }),
    ]),
  );
  for (const [i, edge] of edges.entries()) {
    const material = materials.get(edge.class);
    const positions = new Float32Array(shapes[i]?.flat() ?? []);
    if (material && positions.length >= 6) collected.add({ positions, material }, line);
  }
  return collected;
};
const carriageways = (plane: Plane, edges: readonly RoadEdge[], ground: Ground): Primitive | null => {
  const classes = classesOf(ground);
  const mesh = meshBuilder();
  for (const { line, class: name } of edges) {
    const { metres, colour, alpha } = classes[name];
    addCarriageway(mesh, plane, line, metres, bytes(mix(colour, ground.land, 0.25), alpha));
  }
  return mesh.empty() ? null : mesh.build(plane, 'glass');
};

/** `weight`: how many times wider than one pixel a thin line is, from the viewing distance. */
export const addRoads = (
  primitives: PrimitiveCollection,
  plane: Plane,
  roads: RoadGraph,
  weight: number,
  ground: Ground,
): Roads => {
  const classes = classesOf(ground);
  const order: RoadClass[] = ['lane', 'local', 'collector', 'arterial', 'trunk', 'motorway'];
  const groups = order.map((name) => {
    const edges = roads.edges.filter((edge) => edge.class === name);
    const far = primitives.add(lines(plane, edges, weight, ground)) as BufferPolylineCollection;
    const ribbons = carriageways(plane, edges, ground);
    const near: { show: boolean } = ribbons ? (primitives.add(ribbons) as Primitive) : { show: false };
    return { far, near, until: classes[name].until, large: name !== 'lane' && name !== 'local' };
  });
  return {
    suit: (range, covered = 'none') => {
      let changed = false;
      for (const { far, near, until, large } of groups) {
        const showNear = range < NEAR;
        const hidden = covered === 'all' || (covered === 'large' && large);
        const showFar = !showNear && !hidden && range < until;
        changed ||= near.show !== showNear || far.show !== showFar;
        near.show = showNear;
        far.show = showFar;
      }
      return changed;
    },
  };
};
