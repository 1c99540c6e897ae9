import { expect, test } from 'vitest';
import { chooseLevel } from './quality.ts';

test('S6: the level follows the measured cost of a frame', () => {
  expect(chooseLevel(3, null)).toBe('full');
  expect(chooseLevel(20, null)).toBe('high');
  expect(chooseLevel(300, null)).toBe('balanced');
  expect(chooseLevel(2000, null)).toBe('low');
});
test('S6: a finer level needs a margin, a coarser one comes at once', () => {
  expect(chooseLevel(6, 'high')).toBe('high');
  expect(chooseLevel(3, 'high')).toBe('full');
  expect(chooseLevel(8, 'full')).toBe('high');
  expect(chooseLevel(850, 'low')).toBe('low');
  expect(chooseLevel(400, 'low')).toBe('balanced');
});
