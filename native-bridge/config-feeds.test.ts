import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isRemote } from './config-checks.ts';
import { loadProfile } from './config.ts';
import { feed, refusal, write } from './config-trial.ts';

test.each([
  ['tcp://127.0.0.1:5', false],
  ['tcp://127.9.9.9:5', false],
  ['tcp://localhost:5', false],
  ['tcp://[::1]:5', false],
  ['ipc:///tmp/x', false],
  ['inproc://x', false],
  ['tcp://10.0.0.1:5', true],
  ['tcp://127.evil.example:5', true],
  ['tcp://0.0.0.0:5', true],
])('%s is remote: %s', (endpoint, remote) => expect(isRemote(endpoint)).toBe(remote));

test('transmission devices of GB/T 26875 are a second kind of feed', () => {
  const gb = (lines: string): Record<string, string> => ({
    'site.yaml': `id: mine\nextends: demo\nfeeds:\n  - source: devices\n    kind: gb26875\n${lines}`,
  });
  const place = "    places: [{ address: '0000000000A1', lon: 120.9, lat: 30 }]\n";
  expect(loadProfile(write(gb(`    listen: tcp://127.0.0.1:5200\n${place}`))).feeds).toEqual([
    {
      source: 'devices',
      kind: 'gb26875',
      listen: 'tcp://127.0.0.1:5200',
      crs: 'wgs84',
      places: [{ address: '0000000000A1', lon: 120.9, lat: 30 }],
      insecure: false,
    },
  ]);
  expect(refusal(gb(''))).toMatchObject({ field: 'feeds[0].listen', wrong: 'is missing' });
  expect(refusal(gb('    listen: tcp://0.0.0.0:5200\n')).right).toContain('insecure: true');
  expect(loadProfile(write(gb('    listen: tcp://0.0.0.0:5200\n    insecure: true\n'))).feeds).toHaveLength(1);
  expect(refusal(gb('    listen: tcp://127.0.0.1:5200\n    events: tcp://127.0.0.1:1\n'))).toMatchObject({
    field: 'feeds[0].events',
  });
  expect(refusal(feed('    listen: tcp://127.0.0.1:5200\n'))).toMatchObject({ field: 'feeds[0].listen' });
});

test("warnings from a folder are a third kind of feed; its path is the profile's", () => {
  const cap = (lines: string): Record<string, string> => ({
    'site.yaml': `id: mine\nextends: demo\nfeeds:\n  - source: weather\n    kind: cap-folder\n${lines}`,
  });
  const file = write(cap('    folder: warnings\n'));
  expect(loadProfile(file).feeds).toEqual([
    { source: 'weather', kind: 'cap-folder', folder: join(dirname(file), 'warnings'), crs: 'wgs84', insecure: false },
  ]);
  expect(refusal(cap(''))).toMatchObject({ field: 'feeds[0].folder', wrong: 'is missing' });
  expect(refusal(cap('    folder: w\n    events: tcp://127.0.0.1:1\n'))).toMatchObject({ field: 'feeds[0].events' });
  expect(refusal(feed('    folder: w\n'))).toMatchObject({ field: 'feeds[0].folder' });
});
