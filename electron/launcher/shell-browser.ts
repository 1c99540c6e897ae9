// The wall in a Chromium: kiosk on a display, or headless. Owns: the browser process and its flags.
// Guarantees: a crashed page is loaded again and a crashed browser started again, with bounded backoff; the browser
// asks nothing of the network (every host but loopback is unresolvable). Refuses: more than one window (Electron's).
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { backoff } from './backoff.ts';
import type { Shell, SnapshotResult } from './shell.ts';

export interface BrowserOptions {
  readonly executable: string;
  readonly headless: boolean;
  /** Known once the bridge serves; the browser starts meanwhile. */
  readonly url: Promise<string>;
  readonly size: { readonly width: number; readonly height: number };
  /** Folder for the browser's own profile. */
  readonly userData: string;
  readonly onNote: (text: string) => void;
}

const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
/**
 * WebGL without a GPU, and never "blocked" for the page after a few deaths of the GPU process. Not with SwiftShader for the
 * page as well: without a graphics card Chromium then puts canvases and tiles together itself, ten times as fast.
 */
export const DRAWING: readonly string[] = [
  '--enable-unsafe-swiftshader',
  '--disable-domain-blocking-for-3d-apis',
  '--disable-gpu-process-crash-limit',
];

const flags = (options: BrowserOptions): string[] => {
  const { width, height } = options.size;
  const place = options.headless ? [] : ['--kiosk', '--window-position=0,0', '--hide-crash-restore-bubble'];
  return [...QUIET, ...DRAWING, ...place, `--window-size=${String(width)},${String(height)}`];
};

/** A box drawn on an e-bike is worth waiting this long for once the wall is live. */
const BOX_WAIT_MS = 60_000;
const LOOK_MS = 200;
/** A browser that is just starting is waited for, so that it can be closed. */
const LAUNCH_MS = 5000;

interface WallState {
  readonly wall: string;
  readonly boxed: number;
}

const look = async (page: Page): Promise<WallState> => {
  try {
    return await page.evaluate(() => {
      const { wall, boxed } = document.documentElement.dataset;
      return { wall: wall ?? '', boxed: Number(boxed ?? 0) };
    });
  } catch {
    return { wall: '', boxed: 0 };
  }
};

/** Chromium writes down how it ended: a window closed by hand ends it normally, a crash does not. */
const endedByHand = (userData: string): boolean => {
  try {
    const read: unknown = JSON.parse(readFileSync(join(userData, 'Default/Preferences'), 'utf8'));
    const profile = typeof read === 'object' && read !== null && 'profile' in read ? read.profile : undefined;
    return typeof profile === 'object' && profile !== null && 'exit_type' in profile && profile.exit_type === 'Normal';
  } catch {
    return false;
  }
};

/** @returns at once; `closed` rejects when the browser cannot be started at all */
export const openBrowser = (options: BrowserOptions): Shell => {
  mkdirSync(options.userData, { recursive: true });
  const pause = backoff();
  const closed = Promise.withResolvers<void>();
  closed.promise.catch(() => {}); // whoever opened the browser hears of it; until then it is no accident
  let stopping = false;
  let context: BrowserContext | undefined;
  let page: Page | undefined;

  const load = async (target: Page): Promise<void> => {
    const url = await options.url;
    if (stopping) return;
    await target.goto(url, { waitUntil: 'commit', timeout: 60_000 }).catch((error: unknown) => {
      if (!stopping)
        options.onNote(`the page did not load: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`);
    });
  };

  const launch = async (): Promise<void> => {
    const born = Date.now();
    const fresh = await chromium.launchPersistentContext(options.userData, {
      executablePath: options.executable,
      headless: options.headless,
      chromiumSandbox: process.getuid?.() !== 0,
      viewport: options.headless ? options.size : null,
      args: flags(options),
      ignoreDefaultArgs: ['--enable-automation'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const tab = fresh.pages()[0] ?? (await fresh.newPage());
    context = fresh;
    page = tab;
    tab.on('crash', () => {
      if (stopping) return;
      const waitMs = pause.next(Date.now() - born);
      options.onNote('the page crashed; it is loaded again');
      void sleep(waitMs).then(() => (stopping ? undefined : load(tab)));
    });
    fresh.once('close', () => {
      if (stopping) return;
      if (!options.headless && endedByHand(options.userData)) {
        closed.resolve();
        return;
      }
      const waitMs = pause.next(Date.now() - born);
      options.onNote('the browser is gone; it is started again');
      void sleep(waitMs).then(start);
    });
    await load(tab);
  };

  let starting = Promise.resolve();
  const start = (): void => {
    if (stopping) return;
    starting = launch().catch((error: unknown) => {
      closed.reject(error instanceof Error ? error : new Error(String(error)));
    });
  };
  start();

  /** The page of this moment: it may have been replaced after a crash. */
  const state = (): Promise<WallState> => (page ? look(page) : Promise.resolve({ wall: '', boxed: 0 }));
  const picture = async (file: string): Promise<void> => {
    mkdirSync(dirname(file), { recursive: true });
    await page?.screenshot({ path: file, timeout: 60_000, animations: 'allow', caret: 'initial' });
  };

  return {
    name: options.headless ? 'headless' : 'browser',
    closed: closed.promise,
    isLive: async () => (await state()).wall === 'live',
    async snapshot(file, deadline): Promise<SnapshotResult> {
      let now = await state();
      while (now.wall !== 'live' && Date.now() < deadline) {
        await sleep(LOOK_MS);
        now = await state();
      }
      const boxDeadline = Math.min(deadline, Date.now() + BOX_WAIT_MS);
      for (;;) {
        while (now.boxed === 0 && Date.now() < boxDeadline) {
          await sleep(LOOK_MS);
          now = await state();
        }
        await picture(file);
        const after = await state();
        // The box may have gone while the picture was taken: then the picture does not show it.
        if (now.boxed === 0 || after.boxed > 0 || Date.now() >= boxDeadline) {
          return { live: now.wall === 'live', boxed: Math.min(now.boxed, after.boxed) };
        }
        now = after;
      }
    },
    async refresh() {
      if (page && !page.isClosed()) await load(page);
    },
    async stop() {
      stopping = true;
      await Promise.race([starting, sleep(LAUNCH_MS)]);
      await context?.close().catch(() => {});
      closed.resolve();
    },
  };
};
