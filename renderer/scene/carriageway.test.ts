import { expect, test } from 'vitest';
import { addCarriageway, edgesOf } from './carriageway.ts';
import type { MeshBuilder } from './mesh.ts';
import { planeAt, type Vec3 } from './plane.ts';

const plane = planeAt(120.8785, 30.0185);
const recorded = (line: (readonly [number, number])[], width: number) => {
  const vertices: Vec3[] = [];
  let triangles = 0;
  const mesh: Pick<MeshBuilder, 'vertex' | 'triangle'> = {
    vertex: (p) => vertices.push(p) - 1,
    triangle: () => void triangles++,
  };
  addCarriageway(mesh as MeshBuilder, plane, line, width, [1, 2, 3, 255]);
  return { vertices, triangles };
};

test('S30: a road is as wide as it is, half a metre above the ground, whatever looks at it', () => {
  const { vertices, triangles } = recorded(
    [plane.lonLat(0, 0), plane.lonLat(0, 500), plane.lonLat(0, 500), plane.lonLat(0, 900)],
    12,
  );
  expect(triangles).toBe(4);
  expect(vertices).toHaveLength(6);
  for (const [x, y, z] of vertices) {
    expect(Math.abs(x)).toBeCloseTo(6, 2);
    expect(z - plane.land.z(x, y)).toBeCloseTo(0.5, 6);
  }
});

test('S30: a bend is whole and as wide as the road; a hairpin makes no spike', () => {
  const bend = edgesOf(
    [
      [0, 0],
      [0, 100],
      [100, 100],
    ],
    5,
  );
  expect(bend.left[1]?.map((v) => Math.round(v))).toEqual([-5, 105]);
  expect(bend.right[1]?.map((v) => Math.round(v))).toEqual([5, 95]);
  const hairpin = edgesOf(
    [
      [0, 0],
      [0, 100],
      [0.01, 0],
    ],
    5,
  );
  for (const [x, y] of [...hairpin.left, ...hairpin.right]) expect(Math.hypot(x, y)).toBeLessThan(111);
});

test('S30: a way of one point is none', () => {
  expect(recorded([plane.lonLat(0, 0), plane.lonLat(0, 0.01)], 12).triangles).toBe(0);
});
