import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Intervals } from './intervals.ts';

const act = fc.record({
  add: fc.boolean(),
  from: fc.integer({ min: 1, max: 60 }),
  length: fc.integer({ min: 0, max: 12 }),
});

test('intervals behave as a plain set of numbers does, and answer exactly what was new', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const set = new Intervals();
      const plain = new Set<number>();
      for (const { add, from, length } of acts) {
        const to = from + length - 1;
        if (add) {
          const fresh = set.add(from, to).flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i));
          const expected = Array.from({ length }, (_, i) => from + i).filter((n) => !plain.has(n));
          expect(fresh).toEqual(expected);
          for (const n of expected) plain.add(n);
        } else {
          set.remove(from, to);
          for (let n = from; n <= to; n++) plain.delete(n);
        }
        expect(set.count).toBe(plain.size);
      }
      const members = [...set].flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i));
      expect(members).toEqual([...plain].sort((a, b) => a - b));
      const missing = set.missing(1, 80).flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i));
      expect(missing).toEqual(Array.from({ length: 80 }, (_, i) => i + 1).filter((n) => !plain.has(n)));
      // Disjoint and not touching, in order.
      const ranges = [...set];
      for (let i = 1; i < ranges.length; i++)
        expect((ranges[i]?.[0] ?? 0) - (ranges[i - 1]?.[1] ?? 0)).toBeGreaterThan(1);
    }),
  );
});
