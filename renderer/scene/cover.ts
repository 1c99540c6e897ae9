/**
 * The rescue circle on the roads: each piece in the colour of how soon somebody is there.
 *
 * Owns: two line collections (large and small roads), made when first asked for, hidden when not.
 * Guarantees: a change of cover touches only the pieces whose class changed; no frame is asked for when none did.
 * Refuses: words and counts; the panel has them.
 */
import {
  BufferPolyline,
  BufferPolylineCollection,
  BufferPolylineMaterial,
  ComponentDatatype,
  Matrix4,
  type PrimitiveCollection,
} from '@cesium/engine';
import type { RoadClass, RoadGraph } from '../../native-bridge/contract/site-files.ts';
import { cover as colours } from '../design/tokens.ts';
import { isLayerOn } from '../store/layers.ts';
import type { ViewStore } from '../store/view.ts';
import type { World } from '../store/world.ts';
import { arrivalAt, classOf, cutRoads, type CoverClass, type Piece } from './cover-pieces.ts';
import { alongGround } from './drape.ts';
import { paint } from './paint.ts';
import type { Plane } from './plane.ts';

const LARGE: ReadonlySet<RoadClass> = new Set(['motorway', 'trunk', 'arterial', 'collector']);
/** Small roads are drawn up to this range, metres: farther away they run into each other. */
const SMALL_UNTIL = 16_000;
/** Metres above the roads themselves. */
const ABOVE = 1;
const WIDTH: Readonly<Record<CoverClass, number>> = { urban: 2, circle: 1.7, beyond: 1, unknown: 1.4, lost: 3.2 };
const ALPHA: Readonly<Record<CoverClass, number>> = { urban: 0.9, circle: 0.9, beyond: 0.7, unknown: 0.8, lost: 1 };

export interface CoverLayer {
  /** Before each frame: takes in what changed. */
  flush: () => void;
  suit: (range: number) => boolean;
  /** Which roads it draws now: the plain ones under them would shine through. */
  covers: () => 'none' | 'large' | 'all';
  dispose: () => void;
}

interface Group {
  readonly lines: BufferPolylineCollection;
  readonly pieces: readonly Piece[];
  readonly looks: (CoverClass | null)[];
  readonly materials: Readonly<Record<CoverClass, BufferPolylineMaterial>>;
}

/** `weight`: how many times wider than one pixel a thin line is, from the viewing distance. */
export const addCover = (
  primitives: PrimitiveCollection,
  plane: Plane,
  roads: RoadGraph,
  { world, view, weight, changed }: { world: World; view: ViewStore; weight: number; changed: () => void },
): CoverLayer => {
  const line = new BufferPolyline();
  let groups: Group[] = [];
  let far = false;
  let stale = true;
  const isOn = (): boolean => isLayerOn(view.getState(), 'cover');

  const make = (pieces: readonly Piece[], width: number): Group => {
    const shapes = pieces.map((piece) => alongGround(plane, piece.line, 0.5 + ABOVE));
    const vertices = shapes.reduce((sum, shape) => sum + shape.length, 0);
    const lines = new BufferPolylineCollection({
      primitiveCountMax: Math.max(1, pieces.length),
      vertexCountMax: Math.max(2, vertices),
      positionDatatype: ComponentDatatype.FLOAT,
      modelMatrix: Matrix4.fromArray([...plane.toEarth]),
      widthUnits: 'pixels',
    });
    const material = (name: CoverClass): BufferPolylineMaterial =>
      new BufferPolylineMaterial({ color: paint(colours[name], ALPHA[name]), width: WIDTH[name] * width * weight });
    const materials = {
      urban: material('urban'),
      circle: material('circle'),
      beyond: material('beyond'),
      unknown: material('unknown'),
      lost: material('lost'),
    };
    for (const shape of shapes)
      lines.add({ positions: new Float32Array(shape.flat()), material: materials.beyond }, line);
    return {
      lines: primitives.add(lines) as BufferPolylineCollection,
      pieces,
      looks: pieces.map(() => null),
      materials,
    };
  };
  const open = (): void => {
    const pieces = cutRoads(roads);
    const isLarge = ({ edge }: Piece): boolean => LARGE.has(roads.edges[edge]?.class ?? 'lane');
    groups = [
      make(
        pieces.filter((piece) => !isLarge(piece)),
        0.75,
      ),
      make(pieces.filter(isLarge), 1.6),
    ];
  };
  /** Large roads always, small ones from near by; nothing while nothing is known. */
  const show = (): boolean => {
    const on = isOn() && world.get('cover', 'now') !== undefined;
    let did = false;
    groups.forEach(({ lines }, i) => {
      const wanted = on && (i === 1 || !far);
      did ||= lines.show !== wanted;
      lines.show = wanted;
    });
    return did;
  };
  const colour = (): void => {
    const now = world.get('cover', 'now');
    const full = world.get('cover', 'full');
    const last = world.get('cover', 'last');
    if (!now || !full) return;
    const closures = world.all('closure');
    for (const { lines, pieces, looks, materials } of groups) {
      pieces.forEach(({ edge: index, share }, i) => {
        const edge = roads.edges[index];
        if (!edge) return;
        const factor = closures.size === 0 ? 1 : (closures.get(String(index)) ?? { factor: 1 }).factor;
        const look = classOf(
          arrivalAt(edge, share, now.arrival, factor),
          arrivalAt(edge, share, full.arrival),
          last ? arrivalAt(edge, share, last.arrival, factor) : Infinity,
          now.circleS,
        );
        if (looks[i] === look) return;
        looks[i] = look;
        lines.get(i, line);
        line.setMaterial(materials[look]);
      });
    }
  };
  const news = (): void => {
    stale = true;
    if (isOn()) changed();
  };
  const stops = [
    world.listen('cover', news),
    world.listen('closure', news),
    view.subscribe((after, before) => {
      if (after.layers['cover'] !== before.layers['cover']) {
        stale = true;
        changed();
      }
    }),
  ];
  return {
    flush: () => {
      if (!stale) return;
      stale = false;
      if (isOn()) {
        if (groups.length === 0) open();
        colour();
      }
      show();
    },
    suit: (range) => {
      far = range > SMALL_UNTIL;
      return show();
    },
    covers: () => {
      const [small, large] = groups.map(({ lines }) => lines.show);
      return small === true ? 'all' : large === true ? 'large' : 'none';
    },
    dispose: () => stops.forEach((stop) => stop()),
  };
};
