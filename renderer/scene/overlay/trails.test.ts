import { expect, test } from 'vitest';
import { createEye } from '../eye.ts';
import { createTrails, type TrailFrame, type TrailPen } from './trails.ts';

/** What a canvas was told: a stroke's colour and its pieces. */
const canvas = () => {
  const strokes: { colour: string; pieces: number }[] = [];
  let pieces = 0;
  const context: TrailPen = {
    ...{ strokeStyle: '', lineWidth: 0, lineCap: 'round' },
    beginPath: () => void (pieces = 0),
    moveTo: () => undefined,
    lineTo: () => void (pieces += 1),
    stroke: () => void strokes.push({ colour: String(context.strokeStyle), pieces }),
  };
  return { context, strokes };
};
const now = 1_000_000;
const eye = createEye({ x: 0, y: 0, h: 0, heading: 0, pitch: -60, range: 2000 }, 1920, 1080);
const frame: TrailFrame = { eye, now, spot: new Float64Array(3) };
/** Places 50 m apart, oldest first, one every `seconds`. */
const trail = (places: number, seconds: number): number[] =>
  Array.from({ length: places }, (_, i) => [(places - i) * 50, 0, now - (places - i) * seconds * 1000]).flat();
const drawn = (each: readonly [trail: number[], stale: boolean][]) => {
  const { context, strokes } = canvas();
  const trails = createTrails();
  for (const [points, stale] of each) trails.add(frame, points, 960, 540, stale);
  trails.stroke(context, 2);
  return { strokes, pieces: strokes.reduce((sum, one) => sum + one.pieces, 0) };
};

test('S25: five hundred trails cost a stroke for each shade, and no piece is lost', () => {
  const one = drawn([[trail(20, 5), false]]);
  const many = drawn(Array.from({ length: 500 }, () => [trail(20, 5), false]));
  expect(one.pieces).toBe(20);
  expect(many.pieces).toBe(500 * 20);
  expect(many.strokes.length).toBe(one.strokes.length);
  expect(many.strokes.length).toBeLessThanOrEqual(10);
});
test('S25: it fades with age, ends after two minutes, and is another colour when its vehicle is unheard', () => {
  const { strokes, pieces } = drawn([[trail(40, 10), false]]);
  expect(pieces).toBe(11);
  const alphas = strokes.map(({ colour }) => Number.parseInt(colour.slice(-2), 16));
  expect(alphas).toEqual([...alphas].sort((a, b) => a - b));
  expect(alphas[0]).toBeLessThan(20);
  const stale = drawn([[trail(40, 10), true]]);
  expect(stale.strokes[0]?.colour.slice(0, 7)).not.toBe(strokes[0]?.colour.slice(0, 7));
});
test('S25: what is shorter than half a pixel is not drawn, and what follows is joined', () => {
  const near = [0, 0, now - 3000, 0.05, 0, now - 2000, 0.1, 0, now - 1000];
  expect(drawn([[near, false]]).pieces).toBeLessThanOrEqual(1);
  expect(drawn([[[100, 0, now - 4000, ...near], false]]).pieces).toBeGreaterThanOrEqual(1);
});
