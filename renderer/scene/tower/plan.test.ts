import { expect, test } from 'vitest';
import { moveCab, planOf, spread } from './plan.ts';

const floors = [-2, -1, ...Array.from({ length: 33 }, (_, i) => i + 1)];
const plan = planOf({ floors, floorHeight: 3 });

test('S9: closed, the ground floor lies on the ground; parted, everything is lifted and evenly apart', () => {
  expect(plan.height(plan.row(1), 0)).toBe(0);
  expect(plan.height(plan.row(-2), 0)).toBe(-6);
  expect(plan.height(plan.row(-2), 1)).toBe(0);
  const gaps = floors
    .slice(1)
    .map((floor, i) => plan.height(plan.row(floor), 1) - plan.height(plan.row(floors[i] ?? 0), 1));
  for (const gap of gaps) expect(gap).toBeCloseTo(plan.step, 6);
  expect(plan.top).toBeCloseTo(35 * plan.step, 6);
});

test('S9: a floor the plan lacks lies at the nearest one', () => {
  expect(plan.row(40)).toBe(34);
  expect(plan.row(-7)).toBe(0);
});

test('S9: a cab rides from floor to floor and arrives exactly', () => {
  const motion = { row: 0, at: 0 };
  const rows = Array.from({ length: 30 }, (_, i) => moveCab(motion, 6, (i + 1) * 100).row);
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1] ?? 0;
    expect(row).toBeGreaterThanOrEqual(before);
    expect(row - before).toBeLessThan(1);
  }
  expect(rows.at(-1)).toBe(6);
});

test('S9: shafts stand side by side around the middle', () => {
  expect(spread(3, 4)).toEqual([-4, 0, 4]);
  expect(spread(2, 4)).toEqual([-2, 2]);
});
