// The scene in a real Chromium, 1920 × 1080: the demonstration city with 50,000 devices and 500 vehicles, ours against a
// default `Viewer` with `GeoJsonDataSource` and entities in the same run. The peer loads once and draws few frames: each of
// its takes seconds without a graphics card.
import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Frames } from '../scene/bench-page.ts';
import { openHouse } from '../scene/house.ts';
import { openPage } from './open-page.ts';
import { result, type Result } from './result.ts';

export const name = 'scene';

const PEER = 'Viewer, GeoJsonDataSource, entities';
/** Frames drawn and picks made: ours, the peer's. */
const FRAMES = { ours: 8, peer: 3 } as const;
const UPDATES = { ours: 25, peer: 2 } as const;
/** The bridge tells twenty times a second: so many of 5,000 changes a second come with one frame. */
const IN_A_FRAME = 250;
const PICKS = { ours: 200, peer: 4 } as const;
const IDLE_SECONDS = 6;
/** A flight at 15 frames a second still reads as motion. ms */
const TOWER_LIMIT = 66;
const IDLE_LIMIT = 3;
const UPDATE_LIMIT = 4;

interface Side {
  load: number[];
  heap: number[];
  idle: number;
  frames: Frames;
  update: Record<1000 | 5000 | typeof IN_A_FRAME, number[]>;
  pick: { ms: number[]; hits: number };
  tower: Frames | null;
}

/** Live bytes after collecting garbage: the script's heap and what its typed arrays stand on. MB */
const heapOf = async (cdp: CDPSession): Promise<number> => {
  await cdp.send('HeapProfiler.collectGarbage');
  const usage = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6;
};
/** Per cent of one core that all processes of the browser take together. */
const cpuOf = async (browser: Browser, page: Page): Promise<number> => {
  const cdp = await browser.newBrowserCDPSession();
  const total = async (): Promise<number> => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const before = await total();
  const began = performance.now();
  await page.waitForTimeout(IDLE_SECONDS * 1000);
  const spent = (await total()) - before;
  await cdp.detach();
  return (100_000 * spent) / (performance.now() - began);
};

/** Full frames; of tiles of imagery at least so many have come. */
const framesOf = async (url: string, least: number): Promise<Frames> => {
  const { browser, page } = await openPage();
  try {
    let tiles = 0;
    page.on('response', (answer) => (tiles += answer.status() === 206 ? 1 : 0));
    await page.goto(url);
    await page.waitForFunction(() => 'benchPage' in window);
    await page.evaluate(() => window.benchPage.complete);
    await page.waitForTimeout(4000);
    if (tiles < least) throw new Error(`only ${String(tiles)} tiles of imagery came`);
    return await page.evaluate((n) => window.benchPage.frames(n), FRAMES.ours);
  } finally {
    await browser.close();
  }
};

const measure = async (url: string, who: 'ours' | 'peer'): Promise<Side> => {
  const { browser, page } = await openPage();
  try {
    page.setDefaultTimeout(240_000);
    const cdp = await page.context().newCDPSession(page);
    const load: number[] = [];
    const open = async (): Promise<void> => {
      await page.goto(url);
      await page.waitForFunction(() => 'benchPage' in window);
      load.push(await page.evaluate(() => window.benchPage.complete));
    };
    await open();
    await page.waitForTimeout(2000);
    const heap = [await heapOf(cdp)];
    const idle = await cpuOf(browser, page);
    const update = (changes: number): Promise<number[]> =>
      page.evaluate(([n, runs]) => window.benchPage.update(n, runs), [changes, UPDATES[who]] as const);
    const pick = await page.evaluate((n) => window.benchPage.pick(n), PICKS[who]);
    if (pick.hits === 0) throw new Error(`${who}: no pick met anything`);
    const frames = await page.evaluate((n) => window.benchPage.frames(n), FRAMES[who]);
    const updates = { 1000: await update(1000), 5000: await update(5000), [IN_A_FRAME]: await update(IN_A_FRAME) };
    let tower: Frames | null = null;
    if (who === 'ours') {
      await open();
      tower = await page.evaluate(() => window.benchPage.tower?.(40) ?? null);
    }
    return { load, heap, idle, frames, update: updates, pick, tower };
  } finally {
    await browser.close();
  }
};

export const run = async (): Promise<Result[]> => {
  const house = await openHouse();
  try {
    const us = await measure(house.ours, 'ours');
    const [air, plain] = [await framesOf(house.imaged, 16), await framesOf(house.plain, 0)];
    const hills = await framesOf(house.hilly, 0);
    const them = await measure(house.peer, 'peer');
    const less = (name: string, unit: string, runs: number[], againstRuns: number[], against = PEER): Result =>
      result({ name, unit, runs, against, againstRuns, better: 'less' });
    return [
      less('scene.frame.full', 'ms', us.frames.frame, them.frames.frame),
      less('scene.frame.script', 'ms', us.frames.script, them.frames.script),
      less('scene.frame.imagery', 'ms', air.frame, plain.frame, 'the same without imagery'),
      less('scene.frame.imagery.script', 'ms', air.script, plain.script, 'the same without imagery'),
      less('scene.frame.hills', 'ms', hills.frame, plain.frame, 'the same on level ground'),
      less('scene.frame.hills.script', 'ms', hills.script, plain.script, 'the same on level ground'),
      less('scene.update.1000', 'ms', us.update[1000], them.update[1000], `${PEER}: a second's changes in one frame`),
      less('scene.update.5000', 'ms', us.update[5000], them.update[5000], `${PEER}: a second's changes in one frame`),
      less('scene.update.5000.limit', 'ms', us.update[5000], [UPDATE_LIMIT], 'limit, all in one frame'),
      less('scene.update.5000.frame', 'ms', us.update[IN_A_FRAME], [UPDATE_LIMIT], 'limit, as they come: 250 a frame'),
      less('scene.load', 'ms', us.load, them.load, `${PEER}; loaded once`),
      less('scene.load.heap', 'MB', us.heap, them.heap, `${PEER}; loaded once`),
      less('scene.pick', 'ms', us.pick.ms, them.pick.ms, 'Scene.pick'),
      ...(us.tower ? [less('scene.tower.frame', 'ms', us.tower.frame, [TOWER_LIMIT], 'limit: 15 frames/s')] : []),
      ...(us.tower ? [less('scene.tower.script', 'ms', us.tower.script, [TOWER_LIMIT], 'limit: 15 frames/s')] : []),
      less('scene.idle', '% of a core', [us.idle], [them.idle], PEER),
      less('scene.idle.limit', '% of a core', [us.idle], [IDLE_LIMIT], 'limit'),
    ];
  } finally {
    house.close();
  }
};
