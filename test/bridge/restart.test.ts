import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alarmId, buildingId, incidentId, unitId } from '../../native-bridge/contract/brand.ts';
import type { Collection } from '../../native-bridge/contract/records.ts';
import { root } from './bridge.ts';
import { alarm, incident, reading, Stage } from './stage.ts';
import type { Viewer } from './viewer.ts';

let stage: Stage;
beforeEach(async () => {
  stage = new Stage();
  await stage.openPlatform('e1');
});
afterEach(() => stage.end());
const order = (id: string, viewer: Viewer) => viewer.all('order').find((one) => one.id === id);

test('P8: kill -9 and start again without a platform: the same picture within five seconds, links lost, alarms marked', async () => {
  const bridge = await stage.start();
  const viewer = await stage.view(bridge);
  await stage.live(viewer);
  stage.platform.publish('linkage-110.incident', [incident('reported', { caller: '王先生', buildingId: 'b-1' })]);
  stage.platform.publish('fire-iot.alarm', [alarm(1, 'fire'), alarm(2, 'fault'), alarm(3, 'fault')]);
  stage.platform.publish('fire-iot.alarm', [alarm(2, 'fault', 'cleared')]);
  await viewer.until(() => viewer.all('alarm').length === 3 && viewer.get('alarm', 'a-2-fault')?.active === false);
  expect(await viewer.command('acknowledge', { alarmIds: [alarmId('a-1-fire')] })).toMatchObject({ ok: true });
  for (let round = 0; round < 40; round += 1)
    stage.platform.publish(
      'fire-iot.reading',
      Array.from({ length: 500 }, (_, i) => reading((round * 500 + i) % 3000, round)),
    );
  await viewer.until(() => viewer.get('device', `d-${(39 * 500 + 499) % 3000}`)?.values?.['obscuration'] === 39);
  // Counted as journaled: that much must be there again.
  const { feeds } = await bridge.health();
  expect(feeds.find(({ source }) => source === 'fire-iot')?.journaled).toBe(20_004);
  await bridge.stop('SIGKILL');
  await stage.platform.close();

  const second = await stage.start();
  expect(second.startMs).toBeLessThan(5000);
  const after = await stage.view(second);
  await after.until(() => after.all('feed').length === 4);
  const kept: Collection[] = ['device', 'incident', 'tally', 'mark'];
  for (const collection of kept) {
    const sorted = (of: Viewer) => of.all(collection).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(after)).toEqual(sorted(viewer));
  }
  const alarms = (of: Viewer) =>
    of.all('alarm').map(({ id, state, active, repeats }) => ({ id, state, active, repeats }));
  expect(alarms(after)).toEqual(expect.arrayContaining(alarms(viewer)));
  expect(after.get('alarm', 'a-1-fire')).toMatchObject({ state: 'acknowledged', contactLost: true });
  expect(after.get('strip', 'strip')).toMatchObject({ received: 3, shown: 3 });
  for (const { id, link, lastHeard } of after.all('feed')) {
    expect(link).toBe('lost');
    expect([id, lastHeard > 0]).toEqual([id, true]);
  }
  expect(order(stage.orders[0]?.orderId ?? '', after)?.status).toBe('accepted');
});

test('O1 O3 T5: every command is answered; orders reach the platform once, also over a kill -9', async () => {
  const bridge = await stage.start();
  const viewer = await stage.view(bridge);
  await stage.live(viewer);
  stage.platform.publish('fire-iot.alarm', [alarm(1, 'fire')]);
  stage.platform.publish('linkage-110.incident', [incident('accepted')]);
  stage.platform.publish('fire-iot.position', [
    { id: 'p', unitId: 'u-1', ts: Date.now(), lon: 120.8, lat: 30, heading: 0, speed: 0, status: 'standby' },
  ]);
  await viewer.until(
    () => viewer.all('alarm').length === 1 && viewer.all('unit').length === 1 && viewer.all('incident').length === 1,
  );
  const sent = await viewer.command('dispatch', { incidentId: incidentId('i-1'), unitIds: [unitId('u-1')] });
  expect(sent).toMatchObject({ ok: true });
  await viewer.until(() => viewer.get('unit', 'u-1')?.incidentId === 'i-1');
  const task = await viewer.command('task', {
    incidentId: incidentId('i-1'),
    department: 'police',
    action: 'close the road',
  });
  await viewer.until(() =>
    viewer
      .all('order')
      .some(({ type, status, reason }) => type === 'task' && status === 'rejected' && reason === 'nobody there'),
  );
  expect(task.ok).toBe(true);
  expect(await viewer.command('shelve', { alarmId: alarmId('a-1-fire'), minutes: 5, reason: 'x' })).toMatchObject({
    ok: false,
    code: 'fire-never-shelved',
  });
  expect(await viewer.command('remind', { buildingId: buildingId('nowhere'), about: 'e-bike' })).toMatchObject({
    ok: false,
    code: 'unknown-building',
  });
  const looker = await stage.view(bridge, { role: 'viewer' });
  expect(await looker.command('confirm', { alarmId: alarmId('a-1-fire'), verdict: 'true' })).toMatchObject({
    ok: false,
    code: 'forbidden',
  });

  await stage.platform.close();
  const given = await viewer.command('acknowledge', { alarmIds: [alarmId('a-1-fire')] });
  const id = given.ok ? ((given.result as { orderIds: string[] }).orderIds[0] ?? '') : '';
  await bridge.stop('SIGKILL');
  const before = stage.orders.length;
  await stage.openPlatform('e2');
  const after = await stage.view(await stage.start());
  await after.until(() => order(id, after)?.status === 'accepted');
  expect(stage.orders.slice(before).map(({ orderId, type }) => [orderId, type])).toEqual([[id, 'acknowledge']]);
  expect(after.get('alarm', 'a-1-fire')?.state).toBe('acknowledged');
});

test('SIGTERM under load ends within two seconds with exit code 0; what is wrong is one line and exit code 2', async () => {
  const bridge = await stage.start();
  await stage.live(await stage.view(bridge));
  const timer = setInterval(
    () =>
      stage.platform.publish(
        'fire-iot.reading',
        Array.from({ length: 100 }, (_, i) => reading(i, 1)),
      ),
    10,
  );
  await new Promise((go) => setTimeout(go, 300));
  const { code, ms } = await bridge.stop('SIGTERM');
  clearInterval(timer);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(2000);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'native-bridge/main.ts'), ...args], { encoding: 'utf8' });
  for (const [args, said] of [
    [['--data', stage.data], /--profile: is missing/],
    [['--profile', join(stage.data, 'nothing.yaml'), '--data', stage.data], /nothing\.yaml/],
    [['--profile', 'x', '--data', stage.data, '--port', '70000'], /--port: "70000"; give 0/],
    [['--bogus'], /'--bogus'/],
  ] as const) {
    const { status, stderr } = run(...args);
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toMatch(said);
  }
});
