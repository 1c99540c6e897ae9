/**
 * Colours of `design/` as Cesium and byte colours.
 *
 * Owns: the conversion. Guarantees: `#rrggbb` in, cached. Refuses: to invent colours.
 */
import { Color } from '@cesium/engine';

const known = new Map<string, Color>();

/** Do not change what you get. */
export const paint = (hex: string, alpha = 1): Color => {
  const key = `${hex}/${alpha}`;
  let found = known.get(key);
  if (!found) {
    found = Color.fromCssColorString(hex).withAlpha(alpha);
    known.set(key, found);
  }
  return found;
};

/** 0–255 each. */
export const bytes = (hex: string, alpha = 1): [number, number, number, number] =>
  paint(hex, alpha).toBytes() as [number, number, number, number];

/** `#rrggbb` with an alpha, for canvases. */
export const css = (hex: string, alpha: number): string =>
  `${hex}${Math.round(255 * alpha)
    .toString(16)
    .padStart(2, '0')}`;
