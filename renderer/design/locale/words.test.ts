import { expect, test } from 'vitest';
import { en } from './en.ts';
import { word, type Words } from './words.ts';
import { zh } from './zh.ts';

type Leaf = [path: string, text: string];
const leaves = (node: unknown, path = ''): Leaf[] => {
  if (typeof node === 'function') return [[`${path}()`, String((node as (...given: number[]) => unknown)(7, 8))]];
  if (typeof node === 'object' && node !== null)
    return Object.entries(node).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
  return [[path, String(node)]];
};
const all = { zh: leaves(zh), en: leaves(en satisfies Words) };
// Words that are the same in every language: units of the language switch and proper names.
const SHARED = new Set(['.language', '.key.language', '.link.short.linkage-110']);

test('D6: both languages have the same words, none of them empty', () => {
  expect(all.en.map(([path]) => path)).toEqual(all.zh.map(([path]) => path));
  for (const [path, text] of [...all.zh, ...all.en]) expect(text.trim(), path).not.toBe('');
  expect(all.zh.length).toBeGreaterThan(250);
});
test('D6: no English sentence in the Chinese, no Chinese in the English', () => {
  const han = /\p{Script=Han}/u;
  for (const [path, text] of all.zh) if (!SHARED.has(path)) expect(han.test(text), `${path}: ${text}`).toBe(true);
  for (const [path, text] of all.en) if (!SHARED.has(path)) expect(han.test(text), `${path}: ${text}`).toBe(false);
});
test('a word the platform has and we do not is shown as the platform wrote it', () => {
  expect(word(zh.forces.status, 'en-route')).toBe('途中');
  expect(word(zh.forces.status, 'refuelling')).toBe('refuelling');
  expect(word(zh.forces.status, 'toString')).toBe('toString');
});
