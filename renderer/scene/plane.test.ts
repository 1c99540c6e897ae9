import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';
import { groundAt, planeAt } from './plane.ts';

const plane = planeAt(120.8785, 30.0185);
const near = {
  lon: fc.double({ min: 120.5, max: 121.2, noNaN: true }),
  lat: fc.double({ min: 29.7, max: 30.3, noNaN: true }),
};

test('S3: degrees to the plane and back, to a centimetre over a district', () => {
  fc.assert(
    fc.property(near.lon, near.lat, (lon, lat) => {
      const [x, y] = plane.at(lon, lat);
      const [lon2, lat2] = plane.lonLat(x, y);
      expect(metresBetween([lon, lat], [lon2, lat2])).toBeLessThan(0.01);
    }),
  );
});
test('S3: distances are those on the Earth, and the ground falls away as it does', () => {
  const [x, y, z] = plane.at(120.98, 30.0185);
  expect(Math.abs(Math.hypot(x, y) - metresBetween([120.8785, 30.0185], [120.98, 30.0185])) / x).toBeLessThan(0.004);
  expect(z).toBeLessThan(0);
  expect(Math.abs(z - groundAt(x, y))).toBeLessThan(0.5);
});
test('S3: the matrix and the point agree', () => {
  const m = plane.toEarth;
  const p = [1200, -800, 45] as const;
  const byMatrix = [0, 1, 2].map(
    (r) => (m[r] ?? 0) * p[0] + (m[4 + r] ?? 0) * p[1] + (m[8 + r] ?? 0) * p[2] + (m[12 + r] ?? 0),
  );
  const byPoint = plane.earth([...p]);
  byMatrix.forEach((v, i) => expect(v).toBeCloseTo(byPoint[i] ?? 0, 6));
});
