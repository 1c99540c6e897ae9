// Warnings put into a folder, before the real bridge: on the wall, ended by an update, once in the journal after kill -9.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { JOURNAL_FILE } from '../../native-bridge/journal/journal.ts';
import { Reading } from '../../native-bridge/journal/reading.ts';
import { verify } from '../../native-bridge/journal/verify.ts';
import { Bridge } from './bridge.ts';
import { Viewer } from './viewer.ts';

const data = mkdtempSync(join(tmpdir(), 'fengsui-cap-'));
const folder = join(data, 'warnings');
let bridge: Bridge | null = null;
afterEach(async () => {
  await bridge?.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});
const at = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z/, '+00:00');
const put = (id: string, kind: string, references = ''): void => {
  const now = Date.now();
  const text = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier><sender>s</sender>
    <sent>${at(now)}</sent><status>Actual</status><msgType>${kind}</msgType><scope>Public</scope>
    <references>${references}</references><info><event>暴雨</event><severity>Severe</severity>
    <headline>暴雨红色预警信号</headline><expires>${at(now + 3600_000)}</expires>
    <area><polygon>30,120.8 30.1,120.8 30.1,120.9</polygon></area></info></alert>`;
  writeFileSync(join(folder, `${id}.part`), text);
  renameSync(join(folder, `${id}.part`), join(folder, `${id}.xml`));
};

test('F11: warnings from a folder are on the wall, end by reference, and are kept once over kill -9', async () => {
  mkdirSync(folder);
  mkdirSync(join(data, 'site'));
  const profile = join(data, 'profile.yaml');
  writeFileSync(
    profile,
    `id: test\nfiles: site\ncentre: { lon: 120.87, lat: 30.03 }\nfeeds: [{ source: weather, kind: cap-folder, folder: warnings }]\n`,
  );
  bridge = await Bridge.start(profile, data);
  const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
  const first = '33060441600000_20260709172500_0';
  const next = '33060441600000_20260709182500_0';
  put(first, 'Alert');
  await viewer.until(() => viewer.get('warning', first)?.colour === 'red');
  put(next, 'Update', `s,${first},2026-07-09T17:25:00+08:00`);
  await viewer.until(() => viewer.get('warning', next) !== undefined && viewer.get('warning', first) === undefined);
  expect(viewer.get('feed', 'weather')?.link).toBe('live');
  await viewer.close();
  for (let i = 0; i < 20; i += 1) put(`K${String(i)}`, 'Alert');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await bridge.stop('SIGKILL');

  bridge = await Bridge.start(profile, data);
  const again = await Viewer.open(bridge.ready.port, bridge.ready.token);
  await again.until(() => again.all('warning').length === 21 && readdirSync(join(folder, 'done')).length === 22);
  await again.close();
  await bridge.stop();
  const reading = new Reading(join(data, 'journal', JOURNAL_FILE));
  const verdict = verify(reading);
  reading.close();
  expect(verdict.sound).toBe(true);
  expect(verdict.logs).toMatchObject([{ source: 'weather', epoch: 'cap', held: 23, events: 23, gaps: [] }]);
});
