import { expect, test } from 'vitest';
import { cornerOf, tileAt, type ImageryIndex } from '../../native-bridge/contract/imagery.ts';
import { createEye, PLAN, type Pose } from './eye.ts';
import { chosen, MOST, treesOf } from './imagery.ts';
import { planeAt, type Vec3 } from './plane.ts';

const plane = planeAt(102.26, 27.9);
const rows: ImageryIndex['rows'] = [12, 13, 14, 15, 16].flatMap((z) => {
  const [x, y] = tileAt(12, [102.26, 27.9]).map((v) => Math.floor(v) * 2 ** (z - 12)) as [number, number];
  const side = Array.from({ length: 3 * 2 ** (z - 12) }, (_, i) => i - 2 ** (z - 12));
  return side.flatMap((dx) => side.map((dy): ImageryIndex['rows'][number] => [z, x + dx, y + dy, 100]));
});
const roots = treesOf({ rows });
const cornersOf = ({ z, x, y }: { z: number; x: number; y: number }): Vec3[] =>
  (
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const
  ).map(([u, v]) => plane.at(...cornerOf(z, x + u, y + v)));
const drawnFrom = (pose: Pose, plan = false) => chosen(roots, createEye(pose, 1600, 900, plan), cornersOf);

test('S28: finer tiles from nearer, coarse ones first, never more than the bound', () => {
  const far = drawnFrom({ x: 0, y: 0, h: 0, heading: 0, pitch: -40, range: 20_000 });
  const near = drawnFrom({ x: 0, y: 0, h: 0, heading: 0, pitch: -40, range: 600 });
  const finest = (nodes: typeof far): number => Math.max(...nodes.map(({ z }) => z));
  expect(finest(far)).toBeLessThan(finest(near));
  expect(finest(near)).toBe(16);
  for (const nodes of [far, near, drawnFrom({ x: 0, y: 0, h: 0, ...PLAN, range: 3000 }, true)]) {
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.length).toBeLessThanOrEqual(MOST);
    expect(nodes.map(({ z }) => z)).toEqual(nodes.map(({ z }) => z).sort((a, b) => a - b));
  }
});
test('S28: what is looked at is covered; what lies behind the eye is not drawn', () => {
  const nodes = drawnFrom({ x: 0, y: 0, h: 0, heading: 0, pitch: -40, range: 600 });
  const [x, y] = tileAt(16, [102.26, 27.9]).map(Math.floor);
  expect(nodes.some((node) => node.z === 16 && node.x === x && node.y === y)).toBe(true);
  expect(nodes.some((node) => node.z === 16 && node.y - (y ?? 0) > 20)).toBe(false);
});
test('S28: from afar, where there are only fine tiles, none are drawn rather than a patchwork', () => {
  const fine = treesOf({ rows: rows.filter(([z]) => z === 16) });
  const far = createEye({ x: 0, y: 0, h: 0, heading: 0, pitch: -40, range: 20_000 }, 1600, 900);
  expect(chosen(fine, far, cornersOf)).toEqual([]);
});
