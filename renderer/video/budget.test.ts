import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cameraId } from '../../native-bridge/contract/brand.ts';
import { TAKES, VARIANTS, type Take } from '../../native-bridge/contract/video-takes.ts';
import { costOf, share, type Claim } from './budget.ts';
import { createRates } from './rates.ts';

const M = 1e6;
const none: ReadonlySet<never> = new Set<never>();
const both = new Set(VARIANTS);
const claim = (n: number, full = M, now: Take | null = null, urgent = false): Claim => ({
  urgent,
  id: cameraId(`cam-${n}`),
  now,
  rate: (take) => (take === 'full' ? full : undefined),
});
const four = [1, 2, 3, 4].map((n) => claim(n));

test('E12: without a budget every tile has everything', () => {
  expect([...share(four, null, none).takes.values()]).toEqual(['full', 'full', 'full', 'full']);
});
test('E12: every camera has a picture before any has a better one; then who matters most comes first', () => {
  const { takes } = share(four, 2 * M, none);
  expect([...takes.values()]).toEqual(['full', 'still', 'still', 'still']);
});
test('E12: with smaller streams at hand the budget reaches further', () => {
  const { takes, used } = share(four, 2 * M, both);
  expect([...takes.values()]).toEqual(['full', 'sub', 'sub', 'second']);
  expect(used).toBeLessThanOrEqual(2 * M);
});
test('E12: a budget that does not reach for a glance at all leaves the last ones their last picture', () => {
  expect([...share(four, 0.45 * M, none).takes.values()]).toEqual(['still', 'still', 'hold', 'hold']);
});
test('E12: a budget of nothing leaves every tile its last picture, and asks for nothing', () => {
  const { takes, used } = share([claim(1, M, null, true), ...four.slice(1)], 0, both);
  expect([...takes.values()]).toEqual(['hold', 'hold', 'hold', 'hold']);
  expect(used).toBe(0);
});
test('E12: what is urgent runs before the others have a picture', () => {
  const claims = [claim(1, M, null, true), claim(2), claim(3)];
  expect([...share(claims, 1.3 * M, none).takes.values()]).toEqual(['full', 'still', 'hold']);
});
test('E12: a step up needs room to spare, what is granted needs none', () => {
  expect(share([claim(1, M, 'still')], 1.05 * M, none).takes.get(cameraId('cam-1'))).toBe('still');
  expect(share([claim(1, M, 'full')], 1.05 * M, none).takes.get(cameraId('cam-1'))).toBe('full');
});
test('E12: whatever the rates and the budget, the sum stays within it and every camera is told something', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1000, max: 9 * M }), fc.constantFrom(null, ...TAKES), fc.boolean()), {
        maxLength: 24,
      }),
      fc.integer({ min: 0, max: 40 * M }),
      fc.subarray([...VARIANTS]),
      (cameras, budget, variants) => {
        const claims = cameras.map(([full, now, urgent], i) => claim(i, full, now, urgent));
        const { takes, used } = share(claims, budget, new Set(variants));
        const sum = claims.reduce(
          (all, each) => all + costOf(each, takes.get(each.id) ?? 'full', new Set(variants)),
          0,
        );
        expect(takes.size).toBe(claims.length);
        expect(sum).toBeLessThanOrEqual(budget + 1);
        expect(Math.abs(sum - used)).toBeLessThan(1);
      },
    ),
  );
});
test('E12: a rate is measured after the burst of the join, and anew after a change of step', () => {
  const rates = createRates();
  const [cam] = [cameraId('cam-1')];
  rates.note(cam, 'full', 400_000, 0);
  for (let ms = 100; ms < 8000; ms += 100) rates.note(cam, 'full', 10_000, ms);
  expect(rates.of(cam, 'full')).toBe(800_000);
  expect(rates.of(cam, 'sub')).toBeUndefined();
  rates.note(cam, 'sub', 99_000, 8000);
  expect(rates.of(cam, 'sub')).toBeUndefined();
  expect(rates.of(cam, 'full')).toBe(800_000);
});
