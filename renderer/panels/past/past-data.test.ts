import { expect, test } from 'vitest';
import { RANGES, rangeFor, ticksOf } from './past-data.ts';

const HOUR = 3_600_000;
const now = 1_700_000_000_000;

test('P15: the line holds the moment, at least what was asked for, and no more than was kept', () => {
  const week = [[now - 200 * HOUR, now]] as const;
  expect(rangeFor(now - 60_000, now, week, RANGES[0])).toBe(HOUR / 4);
  expect(rangeFor(now - 50 * 60_000, now, week, RANGES[0])).toBe(HOUR);
  expect(rangeFor(now - 60_000, now, week, 12 * HOUR)).toBe(12 * HOUR);
  expect(rangeFor(now - 60_000, now, [[now - 3 * HOUR, now]], 24 * HOUR)).toBe(4 * HOUR);
  expect(rangeFor(now - 190 * HOUR, now, week, RANGES[0])).toBeGreaterThanOrEqual(190 * HOUR);
});
test('P15: a handful of marks on full minutes or hours', () => {
  for (const range of RANGES) {
    const ticks = ticksOf(now - range, now);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(ticks.every((at) => at % 60_000 === 0 && at > now - range && at < now)).toBe(true);
  }
});
