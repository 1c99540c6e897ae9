/**
 * Drawings on the map: those kept of the incident in view, and the one that is being made.
 *
 * Owns: their lines, and who drew them beside the first corner. Guarantees: drawn in the colour of what is chosen, never in an
 *   alarm's; only of the incident in view, so that nobody takes one for another's. Refuses: clicks; the desk takes them.
 */
import type { SketchShape } from '../../../native-bridge/contract/sketch.ts';
import type { LonLat } from '../../../native-bridge/contract/site-files.ts';
import { actor, wordsOf } from '../../design/locale/words.ts';
import { ink, surface } from '../../design/tokens.ts';
import { incidentInView } from '../../store/send-desk.ts';
import type { ViewStore } from '../../store/view.ts';
import type { World } from '../../store/world.ts';
import { css } from '../paint.ts';
import type { Plane } from '../plane.ts';
import type { Frame, OverlayLayer } from './overlay.ts';

interface Mark {
  shape: SketchShape;
  points: readonly LonLat[];
  label: string;
  /** Still being made. */
  open: boolean;
}

const drawMark = (
  { context, eye, spot, scale, label }: Frame,
  plane: Plane,
  { shape, points, label: text, open }: Mark,
) => {
  const seen = points.map(([lon, lat]): [number, number] | null => {
    const [x, y, z] = plane.at(lon, lat, 1);
    return eye.project(x, y, z, spot) ? [spot[0] ?? 0, spot[1] ?? 0] : null;
  });
  const corners = seen.filter((at) => at !== null);
  const [first] = corners;
  if (!first) return;
  const whole = corners.length === points.length;
  context.save();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.setLineDash(open ? [scale.line * 4, scale.line * 3] : []);
  context.beginPath();
  corners.forEach((at, i) => (i === 0 ? context.moveTo(...at) : context.lineTo(...at)));
  if (shape === 'area' && points.length > 2) {
    context.closePath();
    if (whole) {
      context.fillStyle = css(ink.accent, 0.16);
      context.fill();
    }
  }
  for (const [width, colour] of [
    [scale.line * 4, css(surface.night, 0.7)],
    [scale.line * 2, ink.accent],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.setLineDash([]);
  for (const at of open || shape === 'point' ? corners : []) {
    context.beginPath();
    context.arc(at[0], at[1], scale.line * (shape === 'point' ? 4.5 : 3), 0, 2 * Math.PI);
    context.fillStyle = ink.accent;
    context.fill();
    context.lineWidth = scale.line;
    context.strokeStyle = surface.night;
    context.stroke();
  }
  context.restore();
  if (text !== '')
    label({
      ...{ text, x: first[0], y: first[1], gap: scale.line * 6, size: scale.rem, colour: ink.accent },
      ...{ priority: 0, weight: 600, must: true },
    });
};

export const sketchLayer = (
  world: World,
  view: ViewStore,
  plane: Plane,
  changed: () => void,
): OverlayLayer & { dispose: () => void } => {
  const stops = [
    world.listen('sketch', changed),
    view.subscribe((now, before) => {
      if (now.sketching !== before.sketching) changed();
    }),
  ];
  return {
    draw: (frame) => {
      const { sketching } = view.getState();
      const incidentId = incidentInView({ world, view });
      const words = wordsOf(frame.locale);
      for (const { incidentId: of, shape, points, text = '', by } of world.all('sketch').values())
        if (of === incidentId)
          drawMark(frame, plane, {
            shape,
            points,
            label: [text, actor(words, by)].filter(Boolean).join(' · '),
            open: false,
          });
      if (sketching) {
        const { shape, points, text: label } = sketching;
        drawMark(frame, plane, { shape, points, label, open: true });
      }
    },
    dispose: () => stops.forEach((stop) => stop()),
  };
};
