import { expect, test } from 'vitest';
import { bindingOf, CHOOSE, KEYMAP } from './keymap.ts';
import { zh } from '../../design/locale/zh.ts';

test('P6: no key does two things, and none is a number', () => {
  const keys = KEYMAP.flatMap((binding) => binding.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => /^\d$/.test(key))).toEqual([]);
});
test('P6: every act with a word has a key, and the other way round', () => {
  const acts = [...KEYMAP.map((binding) => binding.act), CHOOSE.act].sort();
  expect(acts).toEqual(
    Object.keys(zh.key)
      .filter((key) => key !== 'title')
      .sort(),
  );
});
test('P6: a key is the same with and without caps lock', () => {
  expect(bindingOf('A')?.act).toBe('acknowledge');
  expect(bindingOf('?')?.act).toBe('help');
  expect(bindingOf('Escape')?.act).toBe('back');
  expect(bindingOf('F12')).toBeUndefined();
});
