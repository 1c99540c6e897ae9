import { expect, test } from 'vitest';
import { createSlices } from './slices.ts';

const busy = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('work is done in order, once, with turns for others in between', async () => {
  const done: string[] = [];
  const slices = createSlices(5);
  for (let i = 0; i < 10; i += 1)
    slices.add(() => {
      busy(3);
      done.push(String(i));
    });
  let open = true;
  const other = (): void => {
    done.push('other');
    if (open) setImmediate(other);
  };
  setImmediate(other);
  while (!done.includes('9')) await new Promise(setImmediate);
  open = false;
  expect(done.filter((word) => word !== 'other')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(done.indexOf('other')).toBeLessThan(done.indexOf('4'));
});

test('what is added while work is done comes after it; what is dropped is not done', async () => {
  const done: number[] = [];
  const slices = createSlices(5);
  slices.add(() => {
    done.push(1);
    slices.add(() => done.push(3));
  });
  slices.add(() => done.push(2));
  while (done.length < 3) await new Promise(setImmediate);
  expect(done).toEqual([1, 2, 3]);
  expect(slices.idle()).toBe(true);
  slices.add(() => done.push(4));
  expect(slices.idle()).toBe(false);
  slices.drop();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(done).toEqual([1, 2, 3]);
  expect(slices.idle()).toBe(true);
});

test('nothing is begun while there is a reason to wait, and all is done once there is none', async () => {
  const done: number[] = [];
  let open = false;
  const slices = createSlices(5, () => open);
  for (let i = 0; i < 3; i += 1) slices.add(() => done.push(i));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(done).toEqual([]);
  open = true;
  while (!slices.idle()) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(done).toEqual([0, 1, 2]);
});
