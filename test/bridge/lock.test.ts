// Two bridges on one data folder, as processes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bridge, root, writeProfile } from './bridge.ts';

let data = '';
let profile = '';
let first: Bridge;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'fengsui-lock-'));
  profile = writeProfile(data, {});
  first = await Bridge.start(profile, data);
});
afterAll(async () => {
  await first.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

test('J10: the second bridge on a data folder ends with one clear line and exit 2; the first goes on', async () => {
  const main = join(root, 'native-bridge/main.ts');
  const second = spawnSync(process.execPath, [main, '--profile', profile, '--data', data], { encoding: 'utf8' });
  expect(second.status).toBe(2);
  expect(second.stdout).toBe('');
  expect(second.stderr).toBe(
    `command line: --data: "${data}" is in use by another bridge (process ${String(first.process.pid)}); stop that one, or give another folder\n`,
  );
  expect((await first.health()).journal.recording).toBe(true);
});

test('J10: the folder of a killed bridge, and one with a spoilt lock file, is taken over at once', async () => {
  await first.stop('SIGKILL');
  first = await Bridge.start(profile, data);
  expect((await first.health()).journal.recording).toBe(true);
  await first.stop();
  writeFileSync(join(data, 'bridge.lock'), 'this is no database file '.repeat(100));
  first = await Bridge.start(profile, data);
  expect((await first.health()).journal.recording).toBe(true);
});
