// The eye, a hand and a click among hills.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Building, LonLat } from '../../native-bridge/contract/site-files.ts';
import { fakeTerrain, inside } from '../../native-bridge/contract/terrain-fake.ts';
import { createEye, type Pose } from './eye.ts';
import { createPicker } from './pick.ts';
import { groundAt, planeAt, type Vec3 } from './plane.ts';

const [LON, LAT] = [106.55, 29.56];
const SIDE = 101;
const STEP = 0.001;
/** A ridge from west to east, 400 m high, 1.1 km north of the middle, and rolling ground. */
const terrain = fakeTerrain(
  [LON, LAT],
  STEP,
  SIDE,
  (i, j) => Math.max(0, 400 - 80 * Math.abs(j - 60)) + 20 * (1 + Math.sin(i / 3)) * Math.min(1, inside(SIDE, i, j)),
);
const plane = planeAt(LON, LAT, terrain);
const { land } = plane;
const spot = new Float64Array(3);

test('S3: degrees to the plane and back also on a hill, and its ground is found from either side', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.045, max: 0.045, noNaN: true }),
      fc.double({ min: -0.045, max: 0.045, noNaN: true }),
      (dx, dy) => {
        const [x, y, z] = plane.at(LON + dx, LAT + dy);
        const [lon, lat] = plane.lonLat(x, y);
        expect(Math.abs(lon - LON - dx) + Math.abs(lat - LAT - dy)).toBeLessThan(2e-7);
        expect(land.z(x, y)).toBeCloseTo(z, 0);
      },
    ),
  );
});

test('S4: the ground under a pixel is the nearest that the look meets, and projects back to it', () => {
  const eye = createEye({ x: 0, y: 0, h: 0, heading: 10, pitch: -20, range: 3000 }, 1600, 900, false, land);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1600 }), fc.integer({ min: 0, max: 900 }), (px, py) => {
      const hit = eye.ground(px, py);
      if (!hit) return;
      const on: Vec3 = [...hit, land.z(...hit)];
      expect(eye.project(...on, spot)).toBe(true);
      expect(Math.hypot((spot[0] ?? 0) - px, (spot[1] ?? 0) - py)).toBeLessThan(0.5);
      // Nothing on the way stands higher than the line of sight.
      for (let t = 0.02; t < 0.99; t += 0.02) {
        const [x, y, z] = eye.position.map((from, i) => from + ((on[i] ?? 0) - from) * t) as Vec3;
        expect(z).toBeGreaterThan(land.z(x, y) - 0.5);
      }
    }),
  );
});

test('S4: the eye never goes into a hill: it is lifted and looks over it', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.double({ min: -3000, max: 3000, noNaN: true }),
        y: fc.double({ min: -3000, max: 3000, noNaN: true }),
        h: fc.constant(0),
        heading: fc.double({ min: 0, max: 359, noNaN: true }),
        pitch: fc.double({ min: -89, max: -12, noNaN: true }),
        range: fc.double({ min: 60, max: 5000, noNaN: true }),
      }),
      (pose: Pose) => {
        const { position } = createEye(pose, 1600, 900, false, land);
        expect(position[2]).toBeGreaterThan(land.z(position[0], position[1]) + 29);
      },
    ),
  );
  // On level ground nothing is lifted.
  const pose: Pose = { x: 0, y: 0, h: 0, heading: 0, pitch: -12, range: 60 };
  expect(createEye(pose, 1600, 900).position[2]).toBeCloseTo(groundAt(0, 0) + 60 * Math.sin((12 * Math.PI) / 180), 6);
});

test('S10: a house on a hill is met where it stands; what a hill hides is not met', () => {
  const house = (id: string, x: number, y: number): Building => {
    const corner = (dx: number, dy: number): LonLat => plane.lonLat(x + dx, y + dy);
    const rings = [[corner(-15, -15), corner(15, -15), corner(15, 15), corner(-15, 15)]];
    return { id, rings, height: 30, floors: 9, use: 'office', address: '', centre: plane.lonLat(x, y) };
  };
  const ridge = 10 * 110_850 * STEP;
  const picker = createPicker(plane, [house('crest', 0, ridge), house('behind', 300, ridge + 420)]);
  const eye = createEye({ x: 0, y: 300, h: 0, heading: 0, pitch: -14, range: 2500 }, 1600, 900, false, land);
  const met = (x: number, y: number, h: number): string | null => {
    eye.project(x, y, land.z(x, y) + h, spot);
    return picker.building(eye, spot[0] ?? 0, spot[1] ?? 0);
  };
  expect(met(0, ridge, 10)).toBe('crest');
  expect(met(300, ridge + 420, 10)).toBeNull();
  const over = createEye({ x: 300, y: ridge + 420, h: 0, heading: 0, pitch: -70, range: 1500 }, 1600, 900, false, land);
  over.project(300, ridge + 420, land.z(300, ridge + 420) + 20, spot);
  expect(picker.building(over, spot[0] ?? 0, spot[1] ?? 0)).toBe('behind');
});
