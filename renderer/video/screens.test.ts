import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MOST_WAITING, trackScreen } from './screens.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A track that takes every frame at once, and when it did. */
const track = () => {
  const wrote: [frame: number, at: number][] = [];
  const closed: number[] = [];
  const screen = trackScreen(
    new WritableStream<{ n: number; close: () => void }>({ write: ({ n }) => void wrote.push([n, performance.now()]) }),
  );
  return { wrote, closed, screen, put: (n: number) => screen.write({ n, close: () => void closed.push(n) }) };
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('E16: pictures that come in a bunch are shown one a turn of the display, each of them', async () => {
  const { wrote, closed, put } = track();
  await pass(0);
  for (let n = 0; n <= MOST_WAITING; n++) put(n);
  await pass(200);
  expect(wrote.map(([n]) => n)).toEqual([0, 1, 2, 3, 4]);
  const steps = wrote.slice(1).map(([, at], i) => at - (wrote[i]?.[1] ?? 0));
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(16);
  put(5);
  await pass(0);
  expect(wrote.at(-1)?.[0]).toBe(5);
  expect(closed).toEqual([]);
});

test('E16: of more than that the oldest are left out, the newest never', async () => {
  const { wrote, closed, put } = track();
  await pass(0);
  const taken = Array.from({ length: 12 }, (_, n) => put(n));
  await pass(500);
  expect(wrote.map(([n]) => n)).toEqual([0, 8, 9, 10, 11]);
  expect(closed).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(taken.filter((all) => !all)).toHaveLength(7);
});

test('E5: a screen that closes keeps no frame', async () => {
  const { wrote, closed, screen, put } = track();
  await pass(0);
  for (let n = 0; n < 4; n++) put(n);
  screen.close();
  await pass(500);
  expect(wrote.map(([n]) => n)).toEqual([0]);
  expect(closed).toEqual([1, 2, 3]);
});
