// What is laid on hills lies on them.
import { expect, test } from 'vitest';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import { fakeTerrain, inside } from '../../native-bridge/contract/terrain-fake.ts';
import { onLattice } from '../../native-bridge/contract/terrain.ts';
import { alongGround, overGround, pieces, type Corner } from './drape.ts';
import type { MeshBuilder } from './mesh.ts';
import { planeAt, type Vec3 } from './plane.ts';

const [LON, LAT] = [106.55, 29.56];
const STEP = 0.001;
const SIDE = 21;
/** Rough ground around the middle: every point another height, level at the rim. */
const terrain = fakeTerrain([LON, LAT], STEP, SIDE, (i, j) =>
  inside(SIDE, i, j) === 0 ? 0 : ((i * 37 + j * 91) % 17) * 5,
);
const hilly = planeAt(LON, LAT, terrain);
const level = planeAt(LON, LAT);
const off = ([x, y, z]: Vec3): number => z - hilly.land.z(x, y);
const middle = (a: Vec3, b: Vec3): Vec3 => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];

const recorded = () => {
  const vertices: Vec3[] = [];
  const triangles: [number, number, number][] = [];
  const mesh: Pick<MeshBuilder, 'vertex' | 'triangle' | 'polygon'> = {
    vertex: (p) => vertices.push(p) - 1,
    triangle: (a, b, c) => void triangles.push([a, b, c]),
    polygon: (rings) => void rings.flat().forEach((p) => vertices.push([...p])),
  };
  return { vertices, triangles, mesh: mesh as MeshBuilder };
};
const areaOf = ({ vertices, triangles }: ReturnType<typeof recorded>): number =>
  triangles.reduce((sum, corners) => {
    const [a, b, c] = corners.map((at) => vertices[at] ?? [0, 0, 0]) as [Vec3, Vec3, Vec3];
    return sum + Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
  }, 0);

test('S29: a line keeps its height above rough ground everywhere, not only where it bends', () => {
  const line: LonLat[] = [
    [LON - 0.0123, LAT - 0.0071],
    [LON + 0.0042, LAT + 0.0033],
    [LON + 0.0131, LAT - 0.0002],
  ];
  const laid = alongGround(hilly, line, 2);
  expect(laid.length).toBeGreaterThan(40);
  laid.forEach((p, i) => {
    expect(off(p)).toBeCloseTo(2, 1);
    if (i > 0) expect(off(middle(laid[i - 1] ?? p, p))).toBeCloseTo(2, 1);
  });
  // The way between the same places without hills sinks up to eighty metres into them.
  const [first, last] = [hilly.at(...(line[0] ?? [0, 0]), 2), hilly.at(...(line[1] ?? [0, 0]), 2)];
  expect(
    Math.min(
      ...[0.3, 0.5, 0.7].map((t) => off([first[0] + (last[0] - first[0]) * t, first[1] + (last[1] - first[1]) * t, 2])),
    ),
  ).toBeLessThan(-5);
});

test('S29: through the corners of the lattice a line has no piece without a length', () => {
  const through: LonLat[] = [
    [LON - 8 * STEP, LAT - 8 * STEP],
    [LON + 8 * STEP, LAT + 8 * STEP],
    [LON + 8 * STEP, LAT - 3 * STEP],
  ];
  const laid = alongGround(hilly, through, 0);
  const lengths = laid.slice(1).map((p, i) => Math.hypot(p[0] - (laid[i]?.[0] ?? 0), p[1] - (laid[i]?.[1] ?? 0)));
  expect(Math.min(...lengths)).toBeGreaterThan(90);
  laid.forEach((p) => expect(off(p)).toBeCloseTo(0, 1));
});

test('S29: an area lies on the ground in every one of its pieces, is whole and leaves its holes', () => {
  const outer: LonLat[] = [
    [LON - 0.014, LAT - 0.006],
    [LON + 0.006, LAT - 0.013],
    [LON + 0.012, LAT + 0.007],
    [LON - 0.003, LAT + 0.004],
  ];
  const hole: LonLat[] = [
    [LON - 0.001, LAT - 0.001],
    [LON + 0.0015, LAT - 0.001],
    [LON + 0.0015, LAT + 0.0012],
  ];
  const laid = recorded();
  overGround(laid.mesh, hilly, [outer, hole], [1, 2, 3]);
  for (const corners of laid.triangles) {
    const [a, b, c] = corners.map((at) => laid.vertices[at] ?? [0, 0, 0]) as [Vec3, Vec3, Vec3];
    for (const p of [a, b, c, middle(a, b), middle(b, c), middle(middle(a, b), c)])
      expect(Math.abs(off(p))).toBeLessThan(0.1);
  }
  const flat = recorded();
  // The same area on ground that is cut alike but level.
  overGround(
    flat.mesh,
    planeAt(LON, LAT, { ...terrain, heights: new Float32Array(SIDE * SIDE) }),
    [outer, hole],
    [1, 2, 3],
  );
  const [x, y] = [0.001 * 111_320 * Math.cos((LAT * Math.PI) / 180), 0.001 * 110_850];
  const ring = (points: LonLat[]): number =>
    Math.abs(
      points.reduce((sum, p, i) => {
        const q = points[(i + 1) % points.length] ?? p;
        return sum + (p[0] - LON) * (q[1] - LAT) - (q[0] - LON) * (p[1] - LAT);
      }, 0) / 2,
    ) *
    1e6 *
    x *
    y;
  expect(areaOf(flat) / (ring(outer) - ring(hole))).toBeCloseTo(1, 2);
  expect(areaOf(laid) / areaOf(flat)).toBeCloseTo(1, 4);
});

test('S29: on level ground nothing is cut', () => {
  const line: LonLat[] = [
    [LON - 0.0123, LAT],
    [LON + 0.0131, LAT],
  ];
  expect(alongGround(level, line, 1)).toHaveLength(2);
  const laid = recorded();
  overGround(laid.mesh, level, [[...line, [LON, LAT + 0.01]]], [1, 2, 3]);
  expect(laid.vertices).toHaveLength(3);
});

test('S29: what reaches beyond the terrain is whole; what only touches its lines is not cut', () => {
  const corner = (lon: number, lat: number): Corner => {
    const [column, row] = onLattice(terrain, lon, lat);
    return { u: lon, v: lat, column, row };
  };
  const far = [corner(LON + 1, LAT), corner(LON + 1.1, LAT), corner(LON + 1.1, LAT + 0.005)];
  expect(pieces(far, terrain)).toEqual([far]);
  const cell = [
    { u: 0, v: 0, column: 4, row: 4 },
    { u: 1, v: 0, column: 5, row: 4 },
    { u: 1, v: 1, column: 5, row: 5 },
  ];
  expect(pieces(cell, terrain)).toEqual([cell]);
});
