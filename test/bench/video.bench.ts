// Video: N tiles of 640 × 360 at 15/s, and four of 1280 × 720 at 25/s, in a real Chromium, ours (worker, track) against Media Source Extensions in the same run:
// time from frame-in to presented, and frames presented of those sent. The page is composited as the wall's is.
import { chromium } from '@playwright/test';
import { findBrowser } from '../../electron/launcher/debian.mjs';
import { openHouse } from '../video/house.ts';
import type { Outcome, Size } from '../video/peer.ts';
import { median, result, type Result } from './result.ts';

export const name = 'video';

const CASES = [
  { tiles: 4, size: 'small', called: '4' },
  { tiles: 8, size: 'small', called: '8' },
  { tiles: 16, size: 'small', called: '16' },
  { tiles: 24, size: 'small', called: '24' },
  { tiles: 4, size: 'large', called: '720p25.4' },
] as const;
const SECONDS = 6;
const WARM = 2;
const RUNS = 2;
const flags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const high = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

export const run = async (): Promise<Result[]> => {
  const house = await openHouse('peer');
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', ...flags],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const play = async (who: 'ours' | 'mse', tiles: number, size: Size): Promise<Outcome> => {
      await page.goto(house.url);
      await page.waitForFunction(() => 'peer' in window);
      return page.evaluate(([who, ...how]) => window.peer[who](...how), [who, tiles, SECONDS, WARM, size] as const);
    };
    const results: Result[] = [];
    await page.goto(house.url);
    await page.waitForFunction(() => 'peer' in window);
    const joins = await page.evaluate(() => window.peer.join(21));
    const join = { unit: 'ms', against: 'must (limits.md)', againstRuns: [150], better: 'less' } as const;
    results.push(result({ ...join, name: 'video.join.first', runs: joins }));
    for (const { tiles, size, called: n } of CASES) {
      const [us, them]: [Outcome[], Outcome[]] = [[], []];
      for (let i = 0; i < RUNS; i++) {
        us.push(await play('ours', tiles, size));
        them.push(await play('mse', tiles, size));
      }
      const against = 'MSE <video>';
      const of = (all: Outcome[], share: number): number[] =>
        all.map(({ latency }) => (share === 0.5 ? median(latency) : high(latency, share)));
      const shown = (all: Outcome[]): number[] => all.map((one) => one.shown / one.sent);
      results.push(
        result({
          name: `video.latency.p50.${n}`,
          unit: 'ms',
          runs: of(us, 0.5),
          against,
          againstRuns: of(them, 0.5),
          better: 'less',
        }),
        result({
          name: `video.latency.p99.${n}`,
          unit: 'ms',
          runs: of(us, 0.99),
          against,
          againstRuns: of(them, 0.99),
          better: 'less',
        }),
        result({
          name: `video.shown.${n}`,
          unit: 'of sent',
          runs: shown(us),
          against,
          againstRuns: shown(them),
          better: 'more',
        }),
      );
    }
    return results;
  } finally {
    await browser.close();
    house.close();
  }
};
