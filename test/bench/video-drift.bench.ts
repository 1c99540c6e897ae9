// Nine tiles of 640 × 360 at 15/s for as long as `--minutes` says (30 is the promise): does the time to the screen creep up, does
// memory? Compared: the first tenth of the frames with the last; the browser's processes after a third with the end.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../electron/launcher/debian.mjs';
import { openHouse } from '../video/house.ts';
import { median, result, type Result, type Settings } from './result.ts';

export const name = 'video-drift';

const TILES = 9;
const WARM = 5;
const SAMPLE_MS = 5000;
const PAGE = 4096;

/** MB in memory of all processes of the browser. */
const residentOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE, 0) / 2 ** 20;

export const run = async ({ minutes }: Settings): Promise<Result[]> => {
  const house = await openHouse('peer');
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  });
  const samples: number[] = [];
  let sampling: ReturnType<typeof setInterval> | null = null;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(house.url);
    await page.waitForFunction(() => 'peer' in window);
    const devtools = await browser.newBrowserCDPSession();
    const look = async (): Promise<void> => {
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      samples.push(residentOf(processInfo.map(({ id }) => id)));
    };
    sampling = setInterval(() => void look().catch(() => undefined), SAMPLE_MS);
    const { latency, shown, sent } = await page.evaluate(
      ([tiles, seconds, warm]) => window.peer.ours(tiles, seconds, warm),
      [TILES, Math.ceil(minutes * 60), WARM] as const,
    );
    const tenth = Math.max(1, Math.floor(latency.length / 10));
    const drift = median(latency.slice(-tenth)) - median(latency.slice(0, tenth));
    const third = Math.max(1, Math.floor(samples.length / 3));
    const growth = median(samples.slice(-third)) - median(samples.slice(third, 2 * third));
    const limit = { against: 'must (limits.md)', better: 'less' } as const;
    return [
      result({ ...limit, name: 'video-drift.latency', unit: 'ms', runs: [Math.max(0.01, drift)], againstRuns: [5] }),
      result({ ...limit, name: 'video-drift.memory', unit: 'MB', runs: [Math.max(0.01, growth)], againstRuns: [5] }),
      result({
        ...{ name: 'video-drift.shown', unit: 'of sent', runs: [shown / sent], better: 'more' },
        ...{ against: 'must (limits.md)', againstRuns: [0.99] },
      }),
    ];
  } finally {
    if (sampling) clearInterval(sampling);
    await browser.close();
    house.close();
  }
};
