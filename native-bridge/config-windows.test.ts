import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadProfile } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'profile-windows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const load = (window: string) => {
  const path = join(folder, 'a.yaml');
  writeFileSync(path, `id: a\nextends: demo\nwindows: [{ id: w, view: field, ${window} }]\n`);
  return loadProfile(path).windows[0];
};

test('a field window may have an area of its own, a theme and a budget of its line; its role is the field’s', () => {
  const area = '[[120.8, 30], [120.9, 30], [120.9, 30.1]]';
  expect(load(`area: ${area}, theme: sunlight, network: 64, zone: z-1`)).toMatchObject({
    ...{ id: 'w', view: 'field', role: 'field', theme: 'sunlight', network: 64, zone: 'z-1' },
    area: [
      [120.8, 30],
      [120.9, 30],
      [120.9, 30.1],
    ],
  });
});
test.each([
  ['a line too thin to bring anything', 'network: 4', 'network', /8/],
  ['an area of two corners', 'area: [[120.8, 30], [120.9, 30]]', 'area', /3/],
  ['an unknown theme', 'theme: sunlite', 'theme', /sunlight/],
])('refuses %s, with its place and what would be right', (_name, window, field, words) => {
  expect(() => load(window)).toThrow(expect.objectContaining({ field: `windows[0].${field}` }));
  expect(() => load(window)).toThrow(words);
});
