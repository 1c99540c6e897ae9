import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });
const folder = mkdtempSync(join(tmpdir(), 'city-'));
writeFileSync(join(folder, 'site.yaml'), 'id: x\ncenter: { lon: 1, lat: 2 }\n');

test.each([
  ['no command', [], /no command/],
  ['a wrong command', ['buidl'], /buidl: city build/],
  ['a wrong option', ['build', '--sight', 'x'], /--sight/],
  ['no site', ['build'], /--site is missing/],
  ['no profile', ['build', '--site', join(folder, 'none')], /cannot be read/],
  ['a wrong profile', ['build', '--site', folder], /center: no such field; did you mean centre\?/],
])('%s is one line and exit 2', (_what, args, words) => {
  const { status, stdout, stderr } = run(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
