import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Occupied, placeLabels, type LabelAsk } from './labels.ts';

const screen = { width: 800, height: 600 };
const measure = (text: string, size: number): number => text.length * size;
const ask = (x: number, y: number, priority: number, text = 'label'): LabelAsk => ({
  text,
  x,
  y,
  gap: 10,
  size: 12,
  colour: '#ffffff',
  priority,
});

test('S8: the more important label keeps its place, the other moves aside or goes', () => {
  const both = placeLabels([ask(400, 300, 5, 'b'), ask(400, 300, 1, 'a')], new Occupied(), screen, measure);
  expect(both.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(both[1]?.box.x).toBeLessThan(400);
});

test('S8: no two labels and no label and reserved symbol overlap, none leaves the screen', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ x: fc.integer({ min: -20, max: 820 }), y: fc.integer({ min: -20, max: 620 }), p: fc.nat(9) }),
        { maxLength: 120 },
      ),
      (points) => {
        const taken = new Occupied();
        const symbol = { x: 390, y: 290, w: 20, h: 20 };
        taken.add(symbol);
        const boxes = [
          symbol,
          ...placeLabels(
            points.map(({ x, y, p }) => ask(x, y, p)),
            taken,
            screen,
            measure,
          ).map(({ box }) => box),
        ];
        boxes.forEach((a, i) => {
          expect(a.x).toBeGreaterThanOrEqual(0);
          expect(a.x + a.w).toBeLessThanOrEqual(800);
          for (const b of boxes.slice(i + 1)) {
            expect(a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h).toBe(false);
          }
        });
      },
    ),
    { numRuns: 60 },
  );
});
