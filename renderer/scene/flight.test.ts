import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flightBetween, shortestTurn } from './flight.ts';

const pose = fc.record({
  x: fc.integer({ min: -20_000, max: 20_000 }),
  y: fc.integer({ min: -20_000, max: 20_000 }),
  h: fc.integer({ min: 0, max: 150 }),
  heading: fc.integer({ min: 0, max: 359 }),
  pitch: fc.integer({ min: -89, max: -12 }),
  range: fc.integer({ min: 60, max: 40_000 }),
});

test('S5: a flight begins here, ends exactly there, in bounded time, and never turns more than it must', () => {
  fc.assert(
    fc.property(pose, pose, (from, to) => {
      const flight = flightBetween(from, to);
      expect(flight.duration).toBeGreaterThanOrEqual(500);
      expect(flight.duration).toBeLessThanOrEqual(2600);
      expect(flight.at(0)).toEqual(from);
      expect(flight.at(flight.duration)).toEqual(to);
      let turned = 0;
      let heading = from.heading;
      for (let i = 1; i <= 40; i++) {
        const now = flight.at((flight.duration * i) / 40);
        expect(Number.isFinite(now.range) && now.range > 0).toBe(true);
        turned += Math.abs(shortestTurn(heading, now.heading));
        heading = now.heading;
      }
      expect(turned).toBeLessThanOrEqual(Math.abs(shortestTurn(from.heading, to.heading)) + 1e-6);
    }),
  );
});
test('S5: a long way rises, a short one stays low', () => {
  const low = { x: 0, y: 0, h: 0, heading: 0, pitch: -30, range: 500 };
  const far = flightBetween(low, { ...low, x: 15_000 });
  const near = flightBetween(low, { ...low, x: 200 });
  expect(far.at(far.duration / 2).range).toBeGreaterThan(5000);
  expect(near.at(near.duration / 2).range).toBeLessThan(600);
});
test('S5: the turn goes the shorter way round north', () => {
  expect(shortestTurn(350, 10)).toBe(20);
  expect(shortestTurn(10, 350)).toBe(-20);
});
