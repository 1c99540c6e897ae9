/**
 * The shapes buildings have: each an outline, the convex parts it is made of, floors and height.
 * Guarantees: outlines counter-clockwise, courtyards clockwise; parts cover the outline.
 */
import type { BuildingUse } from '../../contract/site-files.ts';
import { storey } from '../storey.ts';
import { add, rect, rotate, type XY } from './plane.ts';

export interface Form {
  readonly use: BuildingUse;
  readonly rings: readonly (readonly XY[])[];
  readonly parts: readonly (readonly XY[])[];
  readonly floors: number;
  /** Metres. */
  readonly height: number;
}

/** A frame on the ground: where a form's own metres begin and which way its x runs. */
export interface Frame {
  readonly at: XY;
  readonly angle: number;
}

const put = (frame: Frame, points: readonly XY[]): XY[] => points.map((p) => add(frame.at, rotate(p, frame.angle)));
const box = (frame: Frame, x0: number, y0: number, x1: number, y1: number): XY[] =>
  put(frame, [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]);

/** Roofs and parapets add one metre. */
const heightOf = (use: BuildingUse, floors: number): number =>
  Math.round((floors * storey(use) + (use === 'high-rise' ? 4 : 1)) * 10) / 10;

export function slab(frame: Frame, use: BuildingUse, floors: number, w: number, d: number): Form {
  const ring = rect(frame.at, frame.angle, w, d);
  return { use, rings: [ring], parts: [ring], floors, height: heightOf(use, floors) };
}

/** A housing tower: a wide south front and a core that stands out to the north. */
export function butterfly(frame: Frame, floors: number, w: number, d: number): Form {
  const a = w / 2;
  const c = w * 0.21;
  const b = d / 2;
  const ring = put(frame, [
    [-a, -b],
    [-c * 0.55, -b],
    [-c * 0.55, -b + 2.2],
    [c * 0.55, -b + 2.2],
    [c * 0.55, -b],
    [a, -b],
    [a, b * 0.45],
    [c, b * 0.45],
    [c, b],
    [-c, b],
    [-c, b * 0.45],
    [-a, b * 0.45],
  ]);
  return {
    use: 'high-rise',
    rings: [ring],
    parts: [box(frame, -a, -b, a, b * 0.45), box(frame, -c, b * 0.45, c, b)],
    floors,
    height: heightOf('high-rise', floors),
  };
}

/** A slender tower with cut corners. */
export function landmark(frame: Frame, floors: number, w: number): Form {
  const a = w / 2;
  const k = w * 0.16;
  const ring = put(frame, [
    [-a + k, -a],
    [a - k, -a],
    [a, -a + k],
    [a, a - k],
    [a - k, a],
    [-a + k, a],
    [-a, a - k],
    [-a, -a + k],
  ]);
  return { use: 'high-rise', rings: [ring], parts: [ring], floors, height: Math.round((floors * 3.9 + 9) * 10) / 10 };
}

/** Four wings around a court. */
export function court(frame: Frame, use: BuildingUse, floors: number, w: number, d: number, wing: number): Form {
  const x = w / 2;
  const y = d / 2;
  const hole = box(frame, -x + wing, -y + wing, x - wing, y - wing).reverse();
  return {
    use,
    rings: [box(frame, -x, -y, x, y), hole],
    parts: [
      box(frame, -x, -y, x, -y + wing),
      box(frame, -x, y - wing, x, y),
      box(frame, -x, -y + wing, -x + wing, y - wing),
      box(frame, x - wing, -y + wing, x, y - wing),
    ],
    floors,
    height: heightOf(use, floors),
  };
}

/** A spine with teeth to the north: hospitals and schools. */
export function comb(frame: Frame, use: BuildingUse, floors: number, w: number, d: number, teeth: number): Form {
  const x = w / 2;
  const y = d / 2;
  const spine = 12;
  const tooth = 13;
  const ring: XY[] = [
    [-x, -y],
    [x, -y],
  ];
  const parts = [box(frame, -x, -y, x, -y + spine)];
  for (let k = teeth - 1; k >= 0; k--) {
    const from = -x + (k * (w - tooth)) / Math.max(1, teeth - 1);
    if (k < teeth - 1) ring.push([from + tooth, -y + spine]);
    ring.push([from + tooth, y], [from, y]);
    if (k > 0) ring.push([from, -y + spine]);
    parts.push(box(frame, from, -y + spine, from + tooth, y));
  }
  return { use, rings: [put(frame, ring)], parts, floors, height: heightOf(use, floors) };
}

/** Two wings at a right angle. */
export function corner(frame: Frame, use: BuildingUse, floors: number, w: number, d: number, wing: number): Form {
  const x = w / 2;
  const y = d / 2;
  return {
    use,
    rings: [
      put(frame, [
        [-x, -y],
        [x, -y],
        [x, -y + wing],
        [-x + wing, -y + wing],
        [-x + wing, y],
        [-x, y],
      ]),
    ],
    parts: [box(frame, -x, -y, x, -y + wing), box(frame, -x, -y + wing, -x + wing, y)],
    floors,
    height: heightOf(use, floors),
  };
}

/** A round tank of a chemical works. */
export function tank(frame: Frame, diameter: number, height: number): Form {
  const ring: XY[] = [];
  for (let k = 0; k < 12; k++) {
    const t = (k / 12) * 2 * Math.PI;
    ring.push([(Math.cos(t) * diameter) / 2, (Math.sin(t) * diameter) / 2]);
  }
  const placed = put(frame, ring);
  return { use: 'warehouse', rings: [placed], parts: [placed], floors: 1, height };
}
