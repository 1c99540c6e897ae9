/**
 * Areas of warnings on the ground.
 *
 * Owns: a faint fill and an outline for each warning in force, in the colour its regulation gives it.
 * Guarantees: each warning's area is made once and removed with it (or when it expires); the others are not touched.
 * Refuses: to cover what lies under it.
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
import type { WarningRecord } from '../../native-bridge/contract/records.ts';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { risk } from '../design/tokens.ts';
import { isLayerOn } from '../store/layers.ts';
import type { ViewStore } from '../store/view.ts';
import type { World } from '../store/world.ts';
import { alongGround, overGround } from './drape.ts';
import { meshBuilder } from './mesh.ts';
import { bytes, paint } from './paint.ts';
import type { Plane } from './plane.ts';

interface Shown {
  area: WarningRecord['area'];
  fill: Primitive;
  lines: BufferPolylineCollection;
}
/** So faint that alarms and buildings keep their own colours. */
const FILL = 0.016;

const isRing = (value: unknown): value is number[][] =>
  Array.isArray(value) &&
  value.length > 3 &&
  value.every((p) => Array.isArray(p) && typeof p[0] === 'number' && typeof p[1] === 'number');

/** Outer and inner rings of every polygon in a GeoJSON object, not closed; whatever is no polygon is left out. */
export const polygonsOf = (area: unknown): LonLat[][][] => {
  if (typeof area !== 'object' || area === null) return [];
  if ('features' in area && Array.isArray(area.features)) return area.features.flatMap(polygonsOf);
  if ('geometry' in area) return polygonsOf(area.geometry);
  if ('geometries' in area && Array.isArray(area.geometries)) return area.geometries.flatMap(polygonsOf);
  if (!('coordinates' in area) || !Array.isArray(area.coordinates) || !('type' in area)) return [];
  const polygons: unknown[] =
    area.type === 'Polygon' ? [area.coordinates] : area.type === 'MultiPolygon' ? area.coordinates : [];
  return polygons.flatMap((rings) => {
    if (!Array.isArray(rings)) return [];
    const good = rings.filter(isRing).map((ring) => ring.slice(0, -1).map((p): LonLat => [p[0] ?? 0, p[1] ?? 0]));
    return good.length > 0 ? [good] : [];
  });
};

export const addWarnings = (
  primitives: PrimitiveCollection,
  plane: Plane,
  world: World,
  view: ViewStore,
  changed: () => void,
): { dispose: () => void } => {
  const shown = new Map<string, Shown>();
  const isOn = (): boolean => isLayerOn(view.getState(), 'warning');
  const drop = (id: string): void => {
    const known = shown.get(id);
    if (!known) return;
    primitives.remove(known.fill);
    primitives.remove(known.lines);
    shown.delete(id);
  };
  const put = (warning: WarningRecord): void => {
    const polygons = polygonsOf(warning.area);
    const { colour } = risk[warning.colour];
    const mesh = meshBuilder();
    for (const rings of polygons) overGround(mesh, plane, rings, bytes(colour, FILL), 1);
    if (mesh.empty()) return;
    const rings = polygons.flat().map((ring) => alongGround(plane, [...ring, ...ring.slice(0, 1)], 2));
    const lines = new BufferPolylineCollection({
      primitiveCountMax: rings.length,
      vertexCountMax: rings.reduce((sum, ring) => sum + ring.length, 0),
      positionDatatype: ComponentDatatype.FLOAT,
      modelMatrix: Matrix4.fromArray([...plane.toEarth]),
    });
    const line = new BufferPolyline();
    const material = new BufferPolylineMaterial({ color: paint(colour, 0.3), width: 1.5 });
    for (const ring of rings) lines.add({ positions: new Float32Array(ring.flat()), material }, line);
    const fill = primitives.add(mesh.build(plane, 'glass')) as Primitive;
    primitives.add(lines);
    fill.show = lines.show = isOn();
    shown.set(warning.id, { area: warning.area, fill, lines });
  };
  const reconcile = (): void => {
    const now = world.now();
    const inForce = [...world.all('warning').values()].filter(({ expires }) => expires > now);
    const ids = new Set(inForce.map(({ id }) => id));
    let differs = false;
    for (const id of [...shown.keys()]) {
      if (ids.has(id)) continue;
      drop(id);
      differs = true;
    }
    for (const warning of inForce) {
      const known = shown.get(warning.id);
      if (known && JSON.stringify(known.area) === JSON.stringify(warning.area)) continue;
      drop(warning.id);
      put(warning);
      differs = true;
    }
    if (differs) changed();
  };
  const stop = world.listen('warning', reconcile);
  const unswitch = view.subscribe((now, was) => {
    if (isLayerOn(now, 'warning') === isLayerOn(was, 'warning')) return;
    for (const { fill, lines } of shown.values()) fill.show = lines.show = isOn();
    if (shown.size > 0) changed();
  });
  // Expiry is nobody's event.
  const timer = setInterval(reconcile, 30_000);
  reconcile();
  return {
    dispose: () => {
      stop();
      unswitch();
      clearInterval(timer);
    },
  };
};
