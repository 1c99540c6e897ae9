// Terrain as a relief: what a colour means, how a slope is lit, and that tiles fit together.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { heightsOf, metresOf, reliefTile, shade, type TileHeights } from './relief.ts';
import type { HeightCode } from './plan.ts';

const SIDE = 16;
const heights = (of: (x: number, y: number) => number): TileHeights => ({
  side: SIDE,
  m: Float32Array.from({ length: SIDE * SIDE }, (_, i) => of(i % SIDE, Math.floor(i / SIDE))),
});
/** A tile of heights as their publishers write them. */
const tileOf = (code: HeightCode, { m }: TileHeights, type: 'image/png' | 'image/webp' = 'image/png'): Buffer => {
  const canvas = createCanvas(SIDE, SIDE);
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(SIDE, SIDE);
  m.forEach((high, i) => {
    const value = code === 'mapbox' ? Math.round((high + 10_000) * 10) : Math.round((high + 32_768) * 256);
    picture.data.set([(value >> 16) & 255, (value >> 8) & 255, value & 255, 255], 4 * i);
  });
  pen.putImageData(picture, 0, 0);
  return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/webp', 100);
};
const greys = (of: (x: number, y: number) => number, metres = 10): number[] => [...shade(heights(of), metres)];

test('C18: heights are read to their step, in either code, from png and lossless webp', async () => {
  const hill = heights((x, y) => 3.5 + 12.3 * x - 4.1 * y);
  for (const code of ['mapbox', 'terrarium'] as const)
    for (const type of ['image/png', 'image/webp'] as const) {
      const read = await heightsOf(tileOf(code, hill, type), code);
      expect(read?.side).toBe(SIDE);
      const worst = Math.max(...hill.m.map((high, i) => Math.abs(high - (read?.m[i] ?? 0))));
      expect(worst).toBeLessThanOrEqual(code === 'mapbox' ? 0.0501 : 0.0021);
    }
  expect(await heightsOf(Buffer.from('no picture at all'), 'mapbox')).toBeUndefined();
});

test('C18: level ground has one grey whatever its height; what was not measured counts as sea level', async () => {
  const level = new Set([...greys(() => 0), ...greys(() => 4800)]);
  expect(level.size).toBe(1);
  const holes = await heightsOf(
    tileOf(
      'mapbox',
      heights((x) => (x < 4 ? -10_000 : 0)),
    ),
    'mapbox',
  );
  expect(holes && Math.max(...holes.m.map(Math.abs))).toBeLessThan(0.01);
});

test('C18: a slope towards the north-west is lit, its other side is in shade, each the same to the edge of the tile', () => {
  const flat = greys(() => 0)[0] ?? 0;
  // Rising to the south-east it looks to the north-west.
  const lit = new Set(greys((x, y) => 2 * (x + y)));
  const dark = new Set(greys((x, y) => -2 * (x + y)));
  expect([lit.size, dark.size]).toEqual([1, 1]);
  expect([...lit][0]).toBeGreaterThan(flat + 20);
  expect([...dark][0]).toBeLessThan(flat - 20);
  // Across the light neither side is favoured.
  expect(greys((x, y) => 2 * (x - y))).toEqual(greys((x, y) => 2 * (y - x)));
});

test('C18: the same hill looks the same at twice the zoom, and is shaded by the metres of its latitude', () => {
  expect(metresOf(0, 0, 256)).toBeCloseTo(156_543, 0);
  expect(metresOf(12, 1685, 256) / metresOf(13, 3370.5, 256)).toBeCloseTo(2, 2);
  expect(greys((x) => 20 * x, 100)).toEqual(greys((x) => 10 * x, 50));
});

test('C18: a relief is a grey picture without holes; the same heights give the same bytes', async () => {
  const bytes = tileOf(
    'terrarium',
    heights((x, y) => 30 * Math.sin(x / 3) * Math.cos(y / 4)),
  );
  const tile = { z: 12, y: 1685, bytes };
  const [once, twice] = [await reliefTile(tile, 'terrarium'), await reliefTile(tile, 'terrarium')];
  if (!once) throw new Error('no relief');
  expect(twice?.equals(once)).toBe(true);
  const image = await loadImage(once);
  const pen = createCanvas(SIDE, SIDE).getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  for (let i = 0; i < data.length; i += 4)
    expect([data[i], data[i], 255]).toEqual([data[i + 1], data[i + 2], data[i + 3]]);
  expect(await reliefTile({ ...tile, bytes: bytes.subarray(0, 40) }, 'terrarium')).toBeUndefined();
});
