/**
 * Boxes of detectors that do not count in fractions of the frame.
 *
 * Owns: how a camera's boxes are written, by the site's camera list, and turning them into the contract's.
 * Guarantees (D9): a box leaves as [x, y, w, h] in fractions from the top left, cut to the frame; a camera without such an
 *   entry is left as it is.
 * Refuses: a box of another shape, turned inside out, or wholly outside the frame; the answer is what is wrong.
 */
import type { BoxForm } from '../contract/box-form.ts';

export type BoxForms = ReadonlyMap<string, BoxForm>;
export const NO_FORMS: BoxForms = new Map();

type Edges = readonly [left: number, top: number, right: number, bottom: number];

const numbers = (value: unknown): readonly number[] | null =>
  Array.isArray(value) && value.length === 4 && value.every((n) => typeof n === 'number' && Number.isFinite(n))
    ? (value as number[])
    : null;
/** ONVIF names its four edges; some platforms hand them on as a list in the same order. */
const onvifEdges = (box: unknown): Edges | null => {
  const named =
    typeof box === 'object' && box !== null && 'left' in box && 'top' in box && 'right' in box && 'bottom' in box
      ? [box.left, box.top, box.right, box.bottom]
      : box;
  const four = numbers(named);
  if (!four) return null;
  const [left = 0, top = 0, right = 0, bottom = 0] = four;
  return [(left + 1) / 2, (1 - top) / 2, (right + 1) / 2, (1 - bottom) / 2];
};
const pixelEdges = (box: unknown, [w, h]: readonly [number, number]): Edges | null => {
  const four = numbers(box);
  if (!four) return null;
  const [x = 0, y = 0, wide = 0, high = 0] = four;
  return [x / w, y / h, (x + wide) / w, (y + high) / h];
};
const within = (n: number): number => Math.min(1, Math.max(0, n));

/** Changes `event.box`, when its camera's boxes are written in another way; otherwise what is wrong with it. */
export const settleBox = (event: Record<string, unknown>, forms: BoxForms): string | null => {
  const form = typeof event['cameraId'] === 'string' ? forms.get(event['cameraId']) : undefined;
  if (form === undefined) return null;
  const edges = form === 'onvif' ? onvifEdges(event['box']) : pixelEdges(event['box'], form.pixels);
  const said = form === 'onvif' ? 'left, top, right, bottom from -1 to 1' : 'x, y, width, height in pixels';
  if (!edges) return `must be ${said}, as the camera list says`;
  const [left, top, right, bottom] = edges;
  if (right <= left || bottom <= top) return `is turned inside out for ${said}`;
  const [x, y] = [within(left), within(top)];
  const [w, h] = [within(right) - x, within(bottom) - y];
  if (w <= 0 || h <= 0) return 'lies outside the frame';
  event['box'] = [x, y, w, h];
  return null;
};
