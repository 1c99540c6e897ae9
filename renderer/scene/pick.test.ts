import { expect, test } from 'vitest';
import type { Building, LonLat } from '../../native-bridge/contract/site-files.ts';
import { createEye } from './eye.ts';
import { createPicker } from './pick.ts';
import { planeAt } from './plane.ts';

const plane = planeAt(120.8785, 30.0185);
const square = (id: string, x: number, y: number, half: number, height: number): Building => {
  const corner = (dx: number, dy: number): LonLat => plane.lonLat(x + dx * half, y + dy * half);
  return {
    id,
    rings: [[corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]],
    height,
    floors: 3,
    use: 'office',
    address: '',
    centre: plane.lonLat(x, y),
  };
};
const picker = createPicker(plane, [
  square('near', 0, 0, 10, 20),
  square('far', 0, 300, 20, 90),
  square('east', 800, 0, 10, 10),
]);
const eye = createEye({ x: 0, y: 0, h: 10, heading: 0, pitch: -20, range: 600 }, 1600, 900);
const at = (x: number, y: number, z: number): string | null => {
  const out = new Float64Array(3);
  eye.project(x, y, z, out);
  return picker.building(eye, out[0] ?? 0, out[1] ?? 0);
};

test('S10: the building nearest to the eye is met, over its roof the one behind, beside them none', () => {
  expect(at(0, 0, 15)).toBe('near');
  expect(at(0, 300, 80)).toBe('far');
  expect(at(800, 0, 5)).toBe('east');
  expect(at(60, 0, 0)).toBeNull();
});
test('S10: twelve thousand buildings are no reason to wait', () => {
  const many = Array.from({ length: 12_000 }, (_, i) =>
    square(`b${i}`, (i % 120) * 60 - 3600, Math.floor(i / 120) * 60 - 3000, 12, 12),
  );
  const large = createPicker(plane, many);
  const low = createEye({ x: 0, y: 0, h: 0, heading: 30, pitch: -14, range: 3000 }, 1600, 900);
  const started = performance.now();
  for (let i = 0; i < 100; i++) large.building(low, 16 * i, 400 + i);
  expect((performance.now() - started) / 100).toBeLessThan(20);
});
