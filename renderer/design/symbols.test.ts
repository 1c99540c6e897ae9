import { createCanvas, Path2D as CanvasPath } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import {
  LEVEL_SHAPES,
  SYMBOL_NAMES,
  SYMBOLS,
  STROKE,
  symbolForAlarm,
  symbolForKind,
  symbolForLabel,
  type SymbolName,
} from './symbols.ts';

/** Which of 48 × 48 pixels a symbol inks, on a grid with a margin of a quarter around it. */
const inked = (name: SymbolName): { count: number; outside: number; key: string } => {
  const side = 48;
  const canvas = createCanvas(side * 1.5, side * 1.5);
  const context = canvas.getContext('2d');
  context.translate(side / 4, side / 4);
  context.scale(side / 24, side / 24);
  context.lineWidth = STROKE;
  context.fillStyle = context.strokeStyle = '#ffffff';
  for (const part of SYMBOLS[name]) {
    const path = new CanvasPath(part.d);
    if ('line' in part) context.stroke(path);
    else context.fill(path, 'evenodd');
  }
  const { data, width } = context.getImageData(0, 0, side * 1.5, side * 1.5);
  const found = { count: 0, outside: 0, key: '' };
  for (let i = 3; i < data.length; i += 4) {
    const on = (data[i] ?? 0) > 128;
    const [x, y] = [((i - 3) / 4) % width, Math.floor((i - 3) / 4 / width)];
    if (on) found.count += 1;
    if (on && (x < side / 4 - 1 || y < side / 4 - 1 || x > side * 1.25 || y > side * 1.25)) found.outside += 1;
    found.key += on ? '1' : '0';
  }
  return found;
};

test.each(SYMBOL_NAMES)('D7: %s inks something and stays inside its grid', (name) => {
  const { count, outside } = inked(name);
  expect(count).toBeGreaterThan(120);
  expect(outside).toBe(0);
});
test('D7: no two symbols look the same', () => {
  expect(new Set(SYMBOL_NAMES.map((name) => inked(name).key)).size).toBe(SYMBOL_NAMES.length);
});
test('levels have a shape of their own', () => {
  expect(new Set(Object.values(LEVEL_SHAPES)).size).toBe(4);
});
test('a smoke detector, a smoke alarm seen from a lookout and a smoke in a picture are told apart', () => {
  expect(symbolForKind('smoke')).toBe('smoke');
  expect(symbolForAlarm('smoke-seen')).toBe('plume');
  expect(symbolForLabel('smoke')).toBe('plume');
  expect(symbolForAlarm('something-new')).toBe('fault');
});
