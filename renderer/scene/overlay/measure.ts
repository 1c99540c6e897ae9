/**
 * Measuring on the map: a line of points set by hand, each leg and the whole in metres.
 *
 * Owns: how it is drawn and what a click means meanwhile. Guarantees: lengths are over the ground, not along roads; while
 *   measuring a click sets a point and chooses nothing; the last length in sight is the whole.
 * Refuses: to keep a line that was put away.
 */
import type { LonLat } from '../../../native-bridge/contract/site-files.ts';
import { metresBetween } from '../../../native-bridge/contract/site-read.ts';
import { ink, surface } from '../../design/tokens.ts';
import type { ViewStore } from '../../store/view.ts';
import { alongGround } from '../drape.ts';
import { css } from '../paint.ts';
import type { Plane, Vec3 } from '../plane.ts';
import type { Frame } from './overlay.ts';

/** More legs than this are a drawing, not a measurement. */
const MOST_POINTS = 50;

/** True when the click was a point of the line. `ground`: where it met the ground. */
export const measureTo = (view: ViewStore, plane: Plane, ground: readonly [number, number] | null): boolean => {
  const { measured } = view.getState();
  if (measured === null) return false;
  if (ground && measured.length < MOST_POINTS) view.setState({ measured: [...measured, plane.lonLat(...ground)] });
  return true;
};

export const legsOf = (points: readonly LonLat[]): number[] =>
  points.slice(1).map((point, i) => metresBetween(points[i] ?? point, point));

/** "86 m", "1.24 km": to ten metres beyond a kilometre. */
export const lengthText = (metres: number): string =>
  metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(2)} km`;

export const drawMeasure = (
  { context, eye, spot, scale, label }: Frame,
  plane: Plane,
  points: readonly LonLat[],
): void => {
  const onScreen = ([x, y, z]: Vec3): [number, number] | null =>
    eye.project(x, y, z, spot) ? [spot[0] ?? 0, spot[1] ?? 0] : null;
  const seen = points.map(([lon, lat]) => onScreen(plane.at(lon, lat, 1)));
  const way = alongGround(plane, points, 1).map(onScreen);
  context.setLineDash([]);
  for (const [width, colour] of [
    [scale.line * 3, css(surface.night, 0.7)],
    [scale.line * 1.4, ink.value],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.beginPath();
    way.forEach((at, i) => {
      if (!at) return;
      if (i > 0 && way[i - 1]) context.lineTo(...at);
      else context.moveTo(...at);
    });
    context.stroke();
    for (const at of seen) {
      if (!at) continue;
      context.beginPath();
      context.arc(at[0], at[1], width * 1.3, 0, 2 * Math.PI);
      context.fill();
    }
  }
  const legs = legsOf(points);
  legs.forEach((metres, i) => {
    const [from, to] = [seen[i], seen[i + 1]];
    const last = i === legs.length - 1;
    if (!from || !to) return;
    const whole = legs.reduce((sum, leg) => sum + leg, 0);
    label({
      text: last
        ? legs.length > 1
          ? `${lengthText(metres)} · Σ ${lengthText(whole)}`
          : lengthText(metres)
        : lengthText(metres),
      ...(last ? { x: to[0], y: to[1] } : { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2 }),
      ...{ gap: scale.line * 5, size: scale.rem, colour: ink.value, priority: 0, weight: 600, must: true },
    });
  });
};
