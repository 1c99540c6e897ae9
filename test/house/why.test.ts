// The reasons that a failed run ends with, from real reports of both runners.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playwrightFailures, vitestFailures } from '../why.mjs';

const root = resolve(import.meta.dirname, '../..');
let folder = '';
beforeAll(() => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache/why-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs to the end, whatever its exit code. */
const runner = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<void> =>
  new Promise((done) => {
    execFile('node', args, { cwd: folder, env: { ...process.env, ...env } }, () => {
      done();
    });
  });
const report = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

test('H8: a failed test of vitest, and a file that does not load, are told with what was expected', async () => {
  writeFileSync(
    join(folder, 'a.test.mjs'),
    `import { expect, test } from 'vitest';
     test('two is three', () => { expect(2).toBe(3); });
     test('one is one', () => { expect(1).toBe(1); });`,
  );
  writeFileSync(join(folder, 'b.test.mjs'), `import './not-there.mjs';`);
  const bin = join(root, 'node_modules/vitest/vitest.mjs');
  await runner([bin, 'run', '--root', folder, '--reporter=json', '--outputFile=vitest.json']);
  const failures = vitestFailures(report('vitest.json'));
  expect(failures.map(({ test: name }) => name.slice(name.lastIndexOf('/') + 1))).toEqual([
    'a.test.mjs: two is three',
    'b.test.mjs',
  ]);
  expect(failures[0]?.reason).toMatch(/expected 2 to be 3/);
  expect(failures[1]?.reason).toMatch(/not-there/);
  for (const { reason } of failures) expect(reason.split('\n').length).toBeLessThanOrEqual(14);
});

test('H8: a failed test of Playwright is told with what was expected, the line it stood on and what was said', async () => {
  writeFileSync(
    join(folder, 'c.spec.mjs'),
    `import { expect, test } from '@playwright/test';
     test.describe('a room', () => {
       test('two is three', () => { console.log('what the bridge said'); expect(2).toBe(3); });
       test('one is one', () => { expect(1).toBe(1); });
     });`,
  );
  const bin = join(root, 'node_modules/@playwright/test/cli.js');
  await runner([bin, 'test', 'c.spec.mjs', '--reporter=json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, 'playwright.json'),
  });
  const [only, ...others] = playwrightFailures(report('playwright.json'));
  expect(others).toEqual([]);
  expect(only?.test).toBe('c.spec.mjs: two is three');
  expect(only?.reason).toMatch(/Expected: 3/);
  expect(only?.reason).toMatch(/expect\(2\)\.toBe\(3\)/);
  expect(only?.reason).toMatch(/\nwhat the bridge said$/);
});
