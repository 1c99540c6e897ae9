import { expect, test } from 'vitest';
import { floorsOf } from './amounts.ts';

test.each([
  ['6', 6],
  ['6层', 6],
  ['33F', 33],
  ['5;6', 6],
  ['5-6', 6],
  ['约6', 6],
  ['约4层', 4],
  ['砼6', 6],
  ['混3', 3],
  ['六层', 6],
  ['两层', 2],
  ['十层', 10],
  ['十二层', 12],
  ['三十三层', 33],
  ['地上6层地下2层', 6],
])('C14: floors as a survey sheet writes them, %s', (text, floors) => {
  expect(floorsOf(text)).toBe(floors);
});

test.each(['', '-1', '地下2层', '6+1', '三三', '层', '砼', '不详', undefined])(
  'C14: what does not say how many floors stand above ground is not guessed, %s',
  (text) => {
    expect(floorsOf(text)).toBeUndefined();
  },
);
