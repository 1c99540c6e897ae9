// Two consoles on one platform: each hears everything once, and neither is disturbed by the other's coming and going.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { JOURNAL_FILE } from '../../native-bridge/journal/journal.ts';
import { Reading } from '../../native-bridge/journal/reading.ts';
import { verify } from '../../native-bridge/journal/verify.ts';
import { startPlatform, type Platform } from '../../native-bridge/platform/platform.ts';
import { Bridge, writeProfile } from './bridge.ts';
import { device, reading } from './stage.ts';
import { Viewer } from './viewer.ts';

const folders = [mkdtempSync(join(tmpdir(), 'fengsui-a-')), mkdtempSync(join(tmpdir(), 'fengsui-b-'))] as const;
let platform: Platform | null = null;
const bridges: Bridge[] = [];
afterAll(async () => {
  for (const bridge of bridges) await bridge.stop('SIGKILL');
  await platform?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const open = async (data: string, { endpoints }: Platform): Promise<[Bridge, Viewer]> => {
  const bridge = await Bridge.start(writeProfile(data, endpoints), data);
  bridges.push(bridge);
  const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
  await viewer.until(() => viewer.get('feed', 'fire-iot')?.link === 'live', 30_000);
  return [bridge, viewer];
};

test('F1 F2: each of two consoles has every number once; one that is killed and comes back catches up alone', async () => {
  const there = await startPlatform({ sources: ['fire-iot'], epoch: 'both' });
  platform = there;
  there.setState('fire-iot.device', [device(1), device(2)]);
  const [a, seenByA] = await open(folders[0], there);
  const [b, seenByB] = await open(folders[1], there);
  let value = 0;
  const say = (many: number): void => {
    for (let i = 0; i < many; i += 1) there.publish('fire-iot.reading', [reading(1 + (i % 2), (value += 1))]);
  };
  const shown = (viewer: Viewer): Promise<void> =>
    viewer.until(() => viewer.get('device', 'd-2')?.values?.['obscuration'] === value);
  say(1000);
  await Promise.all([shown(seenByA), shown(seenByB)]);
  await b.stop('SIGKILL');
  const holes = seenByA.get('feed', 'fire-iot')?.gapsHealed;
  say(2000);
  await shown(seenByA);
  const [back, seenAgain] = await open(folders[1], there);
  say(500);
  await Promise.all([shown(seenByA), shown(seenAgain)]);
  const last = there.seq('fire-iot');
  for (const viewer of [seenByA, seenAgain])
    await viewer.until(() => viewer.get('feed', 'fire-iot')?.journaled === last);
  expect(seenByA.get('feed', 'fire-iot')?.gapsHealed).toBe(holes);
  expect(seenByA.get('feed', 'fire-iot')?.duplicates).toBe(0);
  for (const viewer of [seenByA, seenAgain]) await viewer.close();
  for (const bridge of [a, back]) expect((await bridge.stop()).code).toBe(0);
  for (const folder of folders) {
    const journal = new Reading(join(folder, 'journal', JOURNAL_FILE));
    const verdict = verify(journal);
    journal.close();
    expect(verdict.sound).toBe(true);
    expect(verdict.logs).toMatchObject([{ epoch: 'both', held: last, top: last, events: last, gaps: [] }]);
  }
});
