// Orders over real processes: the bridge is killed at each step between the key and the answer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { incidentId } from '../../native-bridge/contract/brand.ts';
import type { WireOrder } from '../../native-bridge/contract/wire.ts';
import { startPlatform, type Platform } from '../../native-bridge/platform/platform.ts';
import { Bridge, writeProfile } from '../bridge/bridge.ts';
import { incident } from '../bridge/stage.ts';
import { Viewer } from '../bridge/viewer.ts';

const data = mkdtempSync(join(tmpdir(), 'fengsui-orders-'));
let platform: Platform | null = null;
let bridge: Bridge;
let viewer: Viewer;
/** What the platform acted on, in order; an order sent twice is here once. */
const acted: string[] = [];
let onOrder: (order: WireOrder) => void = () => undefined;

const openPlatform = async (): Promise<void> => {
  const endpoints = platform?.endpoints;
  platform = await startPlatform({
    sources: ['linkage-110'],
    ordersFile: join(data, 'answered'),
    ...(endpoints === undefined ? {} : { endpoints }),
    onCommand: (_source, order) => {
      acted.push(String(order.args['action']));
      onOrder(order);
      return { accepted: true };
    },
  });
  platform.publish('linkage-110.incident', [incident('accepted')]);
};
const openBridge = async (): Promise<void> => {
  bridge = await Bridge.start(writeProfile(data, platform?.endpoints ?? {}), data);
  viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
};
const live = (): Promise<void> =>
  viewer.until(() => viewer.get('feed', 'linkage-110')?.link === 'live' && viewer.all('incident').length > 0, 30_000);
const press = (action: string): ReturnType<Viewer['command']> =>
  viewer.command('task', { incidentId: incidentId('i-1'), department: 'police', action });
const again = async (): Promise<void> => {
  await bridge.stop('SIGKILL');
  await openBridge();
};
const accepted = (action: string): Promise<void> =>
  viewer.until(() => viewer.all('order').some(({ id, status }) => done(status) && orders.get(action) === id), 30_000);
const done = (status: string): boolean => status === 'accepted' || status === 'duplicate';
const orders = new Map<string, string>();

beforeAll(async () => {
  await openPlatform();
  await openBridge();
  await live();
});
afterAll(async () => {
  await bridge.stop('SIGKILL');
  await platform?.close();
  rmSync(data, { recursive: true, force: true });
});
const idOf = (answer: Awaited<ReturnType<Viewer['command']>>): string =>
  answer.ok ? ((answer.result as { orderId: string }).orderId ?? '') : '';

test('O5: killed as the platform acts, before its answer is heard: asked again after the start, acted on once', async () => {
  const killed = new Promise<void>((resolve) => {
    onOrder = () => {
      bridge.process.kill('SIGKILL');
      resolve();
    };
  });
  void press('one');
  await killed;
  onOrder = () => undefined;
  await again();
  await viewer.until(() => viewer.all('order').some(({ status }) => done(status)), 30_000);
  expect(acted).toEqual(['one']);
  expect(viewer.all('order').filter(({ type }) => type === 'task')).toHaveLength(1);
});

test('O5: killed as soon as the operator has the answer, the platform away: kept, and delivered once it is back', async () => {
  await live();
  await platform?.close();
  const answer = await press('two');
  expect(answer.ok).toBe(true);
  orders.set('two', idOf(answer));
  await again();
  await openPlatform();
  await accepted('two');
  expect(acted).toEqual(['one', 'two']);
});

test('O5: killed after the platform has accepted: not acted on again', async () => {
  await live();
  const answer = await press('three');
  orders.set('three', idOf(answer));
  await accepted('three');
  await again();
  await live();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(acted).toEqual(['one', 'two', 'three']);
});

test('O2 O5: killed at moments of its own while keys are pressed: what was answered is delivered once, in order', async () => {
  acted.length = 0;
  const answered: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    await live();
    let open = true;
    const pressing = (async () => {
      for (let i = 0; open && i < 200; i += 1) {
        const action = `${String(round)}-${String(i).padStart(3, '0')}`;
        // The answer of a killed bridge never comes.
        const answer = await Promise.race([press(action), new Promise<null>((go) => setTimeout(go, 3000, null))]);
        if (answer?.ok) answered.push(action);
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 60 + 90 * round));
    await bridge.stop('SIGKILL');
    open = false;
    await pressing;
    await openBridge();
  }
  await live();
  await viewer.until(() => viewer.all('order').every(({ status }) => done(status)), 30_000);
  expect(new Set(acted).size).toBe(acted.length);
  expect(answered.length).toBeGreaterThan(5);
  for (const action of answered) expect(acted).toContain(action);
  expect(acted).toEqual([...acted].sort());
});
