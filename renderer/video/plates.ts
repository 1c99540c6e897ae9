/**
 * The words on the boxes, drawn by the page (it has the fonts) for the worker (it has the pictures).
 *
 * Owns: masks of each label's symbol and word, and of figures. Guarantees: characters come out `height` pixels high in
 *   the picture, which the tile chooses so that they are legible at its size on the wall.
 * Refuses: colours; they are the painter's.
 */
import { DETECTION_LABELS } from '../../native-bridge/contract/wire.ts';
import { paintSymbol } from '../design/paint.ts';
import { symbolForLabel } from '../design/symbols.ts';
import { FONT_FAMILY } from '../design/theme.ts';
import type { Mask, Plates } from './messages.ts';

type Pen = OffscreenCanvasRenderingContext2D;

const maskOf = (pen: Pen, w: number, h: number): Mask => {
  const { data } = pen.getImageData(0, 0, w, h);
  const alpha = new Uint8Array(w * h);
  for (let i = 0; i < alpha.length; i++) alpha[i] = data[i * 4 + 3] ?? 0;
  return { w, h, alpha };
};

/** `height`: of a character, in pixels of the picture; `line`: of a line that carries meaning; `clock`: as in `Plates`. */
export const drawPlates = (
  labels: Readonly<Record<string, string>>,
  height: number,
  line: number,
  clock: number | null = null,
): Plates => {
  const size = Math.max(10, Math.round(height));
  const high = Math.ceil(size * 1.3);
  const pen = new OffscreenCanvas(size * 12, high).getContext('2d', { willReadFrequently: true });
  if (!pen) return { masks: {}, line, pad: 0, clock };
  const draw = (text: string, symbol: ReturnType<typeof symbolForLabel> | null): Mask => {
    pen.clearRect(0, 0, pen.canvas.width, high);
    pen.font = `600 ${size}px ${FONT_FAMILY}`;
    pen.textBaseline = 'middle';
    pen.fillStyle = '#ffffff';
    const left = symbol ? high : 0;
    if (symbol) paintSymbol(pen, symbol, { side: high * 0.94, y: high * 0.03, colour: '#ffffff' });
    pen.fillText(text, left, high / 2 + size * 0.04);
    const w = Math.min(pen.canvas.width, Math.ceil(left + pen.measureText(text).width));
    return maskOf(pen, Math.max(1, w), high);
  };
  const masks: Record<string, Mask> = {};
  for (const label of DETECTION_LABELS)
    masks[`label:${label}`] = draw(`${labels[label] ?? label} `, symbolForLabel(label));
  for (const figure of '0123456789%#:. ') masks[figure] = draw(figure, null);
  return { masks, line, pad: Math.ceil(size * 0.3), clock };
};
