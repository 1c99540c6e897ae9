/**
 * Ways on the map: those being driven, those advised or laid out, a move-up, closed roads, what is measured and drawn.
 *
 * Owns: their lines. Guarantees: only what concerns what is looked at is bright; a way ends where the unit is bound to; a
 *   closed road is crossed out at every range where it can be told.
 * Refuses: vehicles and incidents themselves.
 */
import { decodePath } from '../../../native-bridge/contract/site-read.ts';
import type { LonLat, RoadGraph } from '../../../native-bridge/contract/site-files.ts';
import { ink, surface, way as colours } from '../../design/tokens.ts';
import { isLayerOn } from '../../store/layers.ts';
import type { ViewStore } from '../../store/view.ts';
import { incidentInView } from '../../store/send-desk.ts';
import type { World } from '../../store/world.ts';
import { alongGround } from '../drape.ts';
import { css } from '../paint.ts';
import type { Plane, Vec3 } from '../plane.ts';
import { drawMeasure } from './measure.ts';
import type { Frame, OverlayLayer } from './overlay.ts';
import { sketchLayer } from './sketches.ts';

/** Closed roads are crossed out up to this range, metres. */
const CLOSED_RANGE = 12_000;

export interface RouteLayer extends OverlayLayer {
  /** The roads, once they are read: closed ones are found by their number. */
  roads: (roads: RoadGraph) => void;
  dispose: () => void;
}

export const routeLayer = (world: World, view: ViewStore, plane: Plane, changed: () => void): RouteLayer => {
  let graph: RoadGraph | null = null;
  const shapes = new WeakMap<readonly number[], Vec3[]>();
  const shapeOf = (path: readonly number[]): Vec3[] => {
    const known = shapes.get(path);
    if (known) return known;
    const shape = alongGround(plane, decodePath(path), 2);
    shapes.set(path, shape);
    return shape;
  };
  const trace = ({ context, eye, spot }: Frame, shape: readonly Vec3[]): boolean => {
    let drawing = false;
    let any = false;
    context.beginPath();
    for (const [x, y, z] of shape) {
      if (!eye.project(x, y, z, spot)) {
        drawing = false;
        continue;
      }
      if (drawing) context.lineTo(spot[0] ?? 0, spot[1] ?? 0);
      else context.moveTo(spot[0] ?? 0, spot[1] ?? 0);
      any ||= drawing;
      drawing = true;
    }
    return any;
  };
  const draw = (
    frame: Frame,
    path: readonly number[],
    { colour, width, alpha, dash }: { colour: string; width: number; alpha: number; dash: boolean },
  ): void => {
    const { context, scale } = frame;
    if (path.length === 0 || !trace(frame, shapeOf(path))) return;
    context.lineJoin = 'round';
    context.lineCap = dash ? 'butt' : 'round';
    context.setLineDash([]);
    context.lineWidth = scale.line * (width + 1.6);
    context.strokeStyle = css(surface.night, 0.6 * alpha);
    context.stroke();
    context.setLineDash(dash ? [scale.line * 5, scale.line * 3] : []);
    context.lineWidth = scale.line * width;
    context.strokeStyle = css(colour, alpha);
    context.stroke();
    context.setLineDash([]);
  };
  const cross = ({ context, eye, spot, scale }: Frame, line: readonly LonLat[]): void => {
    const p = line[(line.length - 1) >> 1];
    const q = line[((line.length - 1) >> 1) + 1] ?? p;
    if (!p || !q) return;
    if (!eye.project(...plane.at((p[0] + q[0]) / 2, (p[1] + q[1]) / 2, 2), spot)) return;
    const [x = 0, y = 0] = spot;
    const arm = scale.symbol * 0.3;
    for (const [width, colour] of [
      [scale.line * 3, surface.night],
      [scale.line * 1.6, ink.value],
    ] as const) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.beginPath();
      context.moveTo(x - arm, y - arm);
      context.lineTo(x + arm, y + arm);
      context.moveTo(x + arm, y - arm);
      context.lineTo(x - arm, y + arm);
      context.stroke();
    }
  };
  const sketches = sketchLayer(world, view, plane, changed);
  const stops = [
    ...(['way', 'advice', 'moveup', 'closure'] as const).map((name) => world.listen(name, changed)),
    view.subscribe((now, before) => {
      if (now.armed !== before.armed || now.layers !== before.layers || now.measured !== before.measured) changed();
    }),
  ];
  return {
    roads: (read) => {
      graph = read;
      changed();
    },
    draw: (frame) => {
      const { measured } = view.getState();
      sketches.draw(frame);
      if (measured) drawMeasure(frame, plane, measured);
      if (frame.dimmed) return;
      const { armed, layers, selection } = view.getState();
      const looked = incidentInView({ world, view });
      for (const way of world.all('way').values()) {
        const mine = way.incidentId === looked && (selection?.kind !== 'unit' || selection.id === way.id);
        draw(frame, way.path, {
          colour: colours.driven,
          width: mine ? 1.3 : 0.7,
          alpha: mine ? 0.95 : looked ? 0.25 : 0.45,
          dash: false,
        });
      }
      const advice = looked === undefined ? undefined : world.get('advice', looked);
      for (const { unitId, chosen, path } of selection?.kind === 'unit' ? [] : (advice?.units ?? [])) {
        const laid = armed?.unitIds.includes(unitId) ?? false;
        if (!chosen || (armed && !laid)) continue;
        draw(frame, path, { colour: colours.advised, width: laid ? 1.6 : 1, alpha: laid ? 1 : 0.7, dash: !laid });
      }
      if (isLayerOn({ layers }, 'cover'))
        for (const { path } of world.all('moveup').values())
          draw(frame, path, { colour: ink.value, width: 1.2, alpha: 0.9, dash: true });
      if (graph && frame.eye.pose.range < CLOSED_RANGE)
        for (const { id, factor } of world.all('closure').values()) {
          const edge = graph.edges[Number(id)];
          if (edge && factor === null) cross(frame, edge.line);
        }
    },
    dispose: () => [...stops, sketches.dispose].forEach((stop) => stop()),
  };
};
