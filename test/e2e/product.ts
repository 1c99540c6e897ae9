// The whole product for a test: drill, bridge and built wall on free ports with a data folder of its own.
// Guarantees: started through the launcher's own functions; everything it started is gone after the test.
// Use `import { test, expect } from './product.ts'`; `product` starts once a test, `wall` opens its page live.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { Health } from '../../native-bridge/contract/health.ts';
import { buildAll } from '../../electron/launcher/build.ts';
import { askHealth } from '../../electron/launcher/health.ts';
import { startBridge, startDrill, type Served, type ServiceOptions } from '../../electron/launcher/services.ts';

export interface ProductOptions {
  /** How fast the scenario plays. Default 1. */
  speed?: number;
  /** Scenario file. Default: `evening`. */
  scenario?: string;
  /** A site profile of the test's own; the drill plays what it does not name. */
  profile?: string;
  /** Play at all. Default true. */
  drill?: boolean;
}

/** What stands behind a wall, whatever shell shows it. */
export interface Standing {
  /** `GET /health`; throws when the bridge does not answer. */
  health(): Promise<Health>;
  /** Process id of this moment; a revived bridge has another one. */
  bridgePid(): Promise<number | undefined>;
  /** Holds the drill still (SIGSTOP), as a platform that went silent; `resumeDrill` lets it go on. */
  pauseDrill(): void;
  resumeDrill(): void;
}

export interface Product extends Standing {
  readonly root: string;
  readonly data: string;
  readonly served: Served;
  /** The platform dies for good, as by a pulled plug. */
  stopDrill(): Promise<void>;
  /** What the launcher would have said on the console. */
  readonly notes: readonly string[];
}

export const root = resolve(import.meta.dirname, '../..');

/** `GET /health` of the bridge at that port; throws when it does not answer. */
export const healthOf = async (port: number): Promise<Health> => {
  const health = await askHealth(port);
  if (!health) throw new Error('the bridge does not answer');
  return health;
};

/** The platform alone, on free ports. */
export const standDrill = async (wanted: ProductOptions & { data: string }) => {
  const notes: string[] = [];
  const services: ServiceOptions = {
    root,
    profile: wanted.profile,
    data: wanted.data,
    port: 0,
    drill: wanted.drill ?? true,
    ...(wanted.speed === undefined ? {} : { speed: wanted.speed }),
    ...(wanted.scenario === undefined ? {} : { scenario: wanted.scenario }),
    onNote: (text) => notes.push(text),
  };
  const { profile, kept } = await startDrill(services);
  const signal = (name: NodeJS.Signals): void => {
    const pid = kept?.pid();
    if (pid === undefined) throw new Error('the drill is not running');
    process.kill(pid, name);
  };
  return {
    services,
    notes,
    /** The profile that names its sockets. */
    profile,
    pauseDrill: () => {
      signal('SIGSTOP');
    },
    resumeDrill: () => {
      signal('SIGCONT');
    },
    stop: async () => {
      const pid = kept?.pid();
      if (pid !== undefined) process.kill(pid, 'SIGCONT');
      await kept?.stop();
    },
  };
};

export const startProduct = async (wanted: ProductOptions = {}): Promise<Product & { stop(): Promise<void> }> => {
  await buildAll();
  const data = mkdtempSync(join(tmpdir(), 'fengsui-e2e-'));
  const drill = await standDrill({ ...wanted, data });
  const bridge = await startBridge(drill.services, drill.profile).catch(async (error: unknown) => {
    await drill.stop();
    throw error;
  });
  const { notes, pauseDrill, resumeDrill } = drill;
  return {
    ...{ root, data, notes, pauseDrill, resumeDrill },
    served: bridge.served,
    health: () => healthOf(bridge.served.port),
    bridgePid: () => Promise.resolve(bridge.kept.pid()),
    stopDrill: drill.stop,
    async stop() {
      await bridge.kept.stop();
      await drill.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
};

/** Waits until the page says that the wall is drawn and every feed live. */
export const waitLive = async (page: Page, timeout = 90_000): Promise<void> => {
  await expect(page.locator('html')).toHaveAttribute('data-wall', 'live', { timeout });
};

/** What the launcher and the bridge said last, for whoever reads a failed run. */
const tellWhatItSaid = ({ notes, data }: Product): void => {
  console.log('the launcher said:', notes.length === 0 ? 'nothing' : notes.join('\n  '));
  const log = join(data, 'log/bridge.log');
  if (existsSync(log))
    console.log('the bridge said last:', readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n  '));
};

interface Fixtures {
  /** Set with `test.use({ setup: { speed: 5 } })`. */
  setup: ProductOptions;
  product: Product;
  /** Every address that the page asked for, from its first. */
  asked: string[];
  /** A page with the wall, live. */
  wall: Page;
}

export const test = base.extend<Fixtures>({
  setup: [{}, { option: true }],
  product: async ({ setup }, use) => {
    const product = await startProduct(setup);
    try {
      await use(product);
    } finally {
      if (test.info().status !== test.info().expectedStatus) tellWhatItSaid(product);
      await product.stop();
    }
  },
  asked: async ({ page }, use) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url()));
    await use(asked);
  },
  // Listened to before the first address is asked for.
  wall: async ({ product, asked: _asked, page }, use) => {
    await page.goto(product.served.url);
    await waitLive(page);
    await use(page);
  },
});

export { expect };
