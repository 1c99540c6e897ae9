import { expect, test } from 'vitest';
import { FIRST_MS, LONGEST_MS, waitBefore } from './backoff.ts';

test('L4: waits grow, are jittered within their upper half and never exceed the longest', () => {
  expect(waitBefore(0, () => 0)).toBe(FIRST_MS / 2);
  expect(waitBefore(0, () => 1)).toBe(FIRST_MS);
  expect(waitBefore(2, () => 1)).toBe(FIRST_MS * 4);
  expect(waitBefore(10_000, () => 1)).toBe(LONGEST_MS);
  expect(waitBefore(10_000, () => 0)).toBe(LONGEST_MS / 2);
});
