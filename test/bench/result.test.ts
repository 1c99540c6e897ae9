import { describe, expect, test } from 'vitest';
import { isBench, median, result } from './result.ts';

describe('B1 the ratio says how much better ours is', () => {
  test('a rate: more is better', () => {
    const r = result({
      name: 'a',
      unit: '/s',
      runs: [10, 30, 20],
      against: 'peer',
      againstRuns: [5, 10],
      better: 'more',
    });
    expect(r).toEqual({
      name: 'a',
      value: 20,
      unit: '/s',
      against: 'peer',
      againstValue: 7.5,
      ratio: 20 / 7.5,
      runs: [10, 30, 20],
    });
  });

  test('a time: less is better', () => {
    expect(
      result({ name: 'a', unit: 'ms', runs: [2], against: 'limit', againstRuns: [10], better: 'less' }).ratio,
    ).toBe(5);
  });

  test('B2 the median is of the runs, and nothing has none', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1])).toBe(2.5);
    expect(() => median([])).toThrow('median of nothing');
  });

  test('B3 only a module with name and run is a bench', () => {
    expect(isBench({ name: 'a', run: () => Promise.resolve([]) })).toBe(true);
    expect(isBench({ name: 'a' })).toBe(false);
    expect(isBench(null)).toBe(false);
  });
});
