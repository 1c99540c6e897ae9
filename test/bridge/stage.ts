// The stage the tests of the bridge share: a platform, the bridges and viewers of one test, all gone after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysIn } from '../../native-bridge/platform/keys.ts';
import { startPlatform, type Platform } from '../../native-bridge/platform/platform.ts';
import type { WireOrder } from '../../native-bridge/contract/wire.ts';
import { Bridge, writeProfile } from './bridge.ts';
import { Viewer, type Hello } from './viewer.ts';

export const SOURCES = ['fire-iot', 'linkage-110', 'video', 'situation'];
export const DEVICES = 3000;

export const device = (i: number) => ({
  id: `d-${i}`,
  kind: 'smoke',
  name: `device ${i}`,
  lon: 120.8 + i / 1e5,
  lat: 30,
  state: 'ok',
  buildingId: `b-${i % 50}`,
  floor: 1 + (i % 20),
});
export const reading = (i: number, value: number) => ({
  id: `r-${i}-${value}`,
  deviceId: `d-${i}`,
  ts: Date.now(),
  values: { obscuration: value },
});
export const alarm = (i: number, type: string, state = 'raised', level = 2) => ({
  id: `a-${i}-${type}`,
  deviceId: `d-${i}`,
  ts: Date.now(),
  type,
  level,
  state,
});
export const incident = (status: string, more: object = {}) => ({
  id: 'i-1',
  ts: Date.now(),
  kind: 'fire',
  level: 2,
  title: 't',
  address: 'a',
  lon: 120.8,
  lat: 30,
  status,
  ...more,
});

export class Stage {
  readonly data = mkdtempSync(join(tmpdir(), 'fengsui-bridge-'));
  /** Orders that the platform acted on, those of an earlier platform included. */
  readonly orders: WireOrder[] = [];
  readonly #bridges: Bridge[] = [];
  readonly #viewers: Viewer[] = [];
  #platform: Platform | null = null;

  get platform(): Platform {
    if (!this.#platform) throw new Error('no platform stands');
    return this.#platform;
  }
  async openPlatform(epoch: string): Promise<void> {
    this.#platform = await startPlatform({
      sources: SOURCES,
      curve: keysIn(join(this.data, 'keys-of-platform'), 'p'),
      epoch,
      onCommand: (_source, wire) => {
        this.orders.push(wire);
        return wire.type === 'task' ? { accepted: false, reason: 'nobody there' } : { accepted: true };
      },
    });
    this.#platform.setState(
      'fire-iot.device',
      Array.from({ length: DEVICES }, (_, i) => device(i)),
    );
  }
  async start(): Promise<Bridge> {
    const bridge = await Bridge.start(writeProfile(this.data, this.platform.endpoints), this.data);
    this.#bridges.push(bridge);
    return bridge;
  }
  async view({ ready }: Bridge, hello: Hello = {}): Promise<Viewer> {
    const viewer = await Viewer.open(ready.port, ready.token, hello);
    this.#viewers.push(viewer);
    return viewer;
  }
  async live(viewer: Viewer): Promise<void> {
    await viewer.until(
      () =>
        SOURCES.every((id) => viewer.get('feed', id)?.link === 'live') &&
        (this.platform.epoch('fire-iot') !== 'e1' || viewer.all('device').length === DEVICES),
    );
  }
  async end(): Promise<void> {
    for (const viewer of this.#viewers) await viewer.close();
    for (const bridge of this.#bridges) await bridge.stop('SIGKILL');
    await this.#platform?.close();
    rmSync(this.data, { recursive: true, force: true });
  }
}
