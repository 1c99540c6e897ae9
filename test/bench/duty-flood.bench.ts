// Keys in a flood: five thousand alarms pour in within a minute (the scenario `flood`, through the drill player and real sockets)
// while somebody chooses alarms by number. From the key to the frame that shows its effect: p99 within 100 ms. On the display of
// the alarms, and on the whole wall with its city drawn in software, with the flags of the product; there also twice as fast. Keys
// before the flood do not count. A key that means the alarm that is chosen already has no effect and no time.
import { join } from 'node:path';
import { startProduct } from '../e2e/product.ts';
import { openPage } from './open-page.ts';
import { result, type Result } from './result.ts';

export const name = 'duty-flood';

const ALARMS = 5000;
const LIMIT_MS = 100;
const BEGUN = 100;
const BETWEEN_MS = 250;
const SCENARIO = join(import.meta.dirname, '../../resources/scenarios/flood.yaml');
const p99 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? NaN;

/** Every key's time, in ms. */
const keysIn = async (view: 'alarms' | 'duty', speed: number): Promise<number[]> => {
  const product = await startProduct({ scenario: SCENARIO, speed });
  const { browser, page } = await openPage();
  try {
    await page.goto(product.served.url.replace('/#', `/?view=${view}#`));
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="alarm-row"]').length > 2, null, {
      timeout: 60_000,
    });
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { keyTimes: times });
      const chosen = (): string | null =>
        document.querySelector('[data-testid="selection-card"]')?.getAttribute('data-id') ?? null;
      addEventListener(
        'keydown',
        ({ timeStamp }) => {
          const before = chosen();
          const look = (): void => {
            const took = performance.now() - timeStamp;
            if (chosen() !== before || took > 5000) setTimeout(() => times.push(performance.now() - timeStamp), 0);
            else requestAnimationFrame(look);
          };
          // What a key changes is in the page before any later task; without a change there is nothing to wait for.
          setTimeout(() => {
            if (chosen() !== before) requestAnimationFrame(look);
          }, 0);
        },
        true,
      );
    });
    const until = Date.now() + 120_000;
    for (let n = 0; Date.now() < until; n += 1) {
      await page.keyboard.press(String(1 + (n % 2)));
      await page.waitForTimeout(BETWEEN_MS);
      const strip = await page.getByTestId('flood-strip').getAttribute('data-received');
      if (Number(strip) <= BEGUN)
        await page.evaluate(() => (window as Window & { keyTimes?: number[] }).keyTimes?.splice(0));
      if (Number(strip) > ALARMS) break;
    }
    return await page.evaluate(() => (window as Window & { keyTimes?: number[] }).keyTimes ?? []);
  } finally {
    await browser.close();
    await product.stop();
  }
};

export const run = async (): Promise<Result[]> => {
  const results: Result[] = [];
  for (const [view, speed] of [
    ['alarms', 1],
    ['duty', 1],
    ['duty', 2],
  ] as const) {
    const times = await keysIn(view, speed);
    if (times.length < 20) throw new Error(`${view}: only ${times.length} keys were answered`);
    console.error(
      `${view} × ${speed}: ${times.length} keys, p50 ${times.toSorted((a, b) => a - b)[times.length >> 1]?.toFixed(0) ?? ''} ms`,
    );
    results.push(
      result({
        ...{
          name: `duty-flood.key.${view}${speed === 1 ? '' : '.twice'}`,
          unit: 'ms p99',
          better: 'less',
          against: 'limit (limits.md)',
        },
        ...{ runs: [p99(times)], againstRuns: [LIMIT_MS] },
      }),
    );
  }
  return results;
};
