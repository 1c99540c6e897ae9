// The whole product for as long as `--minutes` says (30 is the promise): the duty wall with its city, its tiles and everything
// that the demonstration says, while somebody chooses alarms, opens what they stand for and goes back home. Does memory creep up?
// The page's heap and those of the bridge's threads after a collection, the browser's processes and the bridge as the system
// sees them when what was collected has been given back: the slope, by least squares, from a third of the time on (at most 5 MB an
// hour after warm-up).
import { readFileSync } from 'node:fs';
import { startProduct } from '../e2e/product.ts';
import { lookInside } from './inside.ts';
import { openPage } from './open-page.ts';
import { result, type Result, type Settings } from './result.ts';

export const name = 'soak';

const MB = 2 ** 20;
const KB = 2 ** 10;
const LIMIT = 5;
const LEAST_SAMPLE_MS = 2000;
const SAMPLES = 60;
/** One round of a duty officer: look at what is on top, at the next, at the video, and back to the district. */
const ROUND = ['1', '2', 'v', 'Escape', 'l', 'F9', 'F9', 'n', 'Escape', 'Escape'];
const BETWEEN_MS = 1500;
/** An allocator gives back what has lain free for a second or two. */
const GIVES_BACK_MS = 2500;

interface Sample {
  /** Hours since the beginning. */
  at: number;
  heap: number;
  browser: number;
  /** The heaps of the bridge, all its threads together. */
  inside: number;
  /** What the system gave it that is no file. */
  bridge: number;
}
type Measure = Exclude<keyof Sample, 'at'>;
const residentOf = (pid: number): number => {
  try {
    return (Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * KB) / MB;
  } catch {
    // It ended since it was listed.
    return 0;
  }
};
/** MB an hour, by least squares. */
const slope = (samples: readonly Sample[], of: Measure): number => {
  const n = samples.length;
  const [x, y] = [samples.reduce((sum, { at }) => sum + at, 0) / n, samples.reduce((sum, one) => sum + one[of], 0) / n];
  const over = samples.reduce((sum, one) => sum + (one.at - x) * (one[of] - y), 0);
  return over / samples.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
};

export const run = async ({ minutes }: Settings): Promise<Result[]> => {
  const product = await startProduct();
  const { browser, page } = await openPage();
  const samples: Sample[] = [];
  try {
    await page.goto(product.served.url.replace('/#', '/?view=duty#'));
    await page.waitForFunction(() => document.documentElement.dataset['wall'] === 'live', null, { timeout: 120_000 });
    const devtools = await browser.newBrowserCDPSession();
    const inside = await page.context().newCDPSession(page);
    const pid = await product.bridgePid();
    if (pid === undefined) throw new Error('there is no bridge');
    const inner = await lookInside(pid);
    const began = Date.now();
    const end = began + minutes * 60_000;
    const every = Math.max(LEAST_SAMPLE_MS, (minutes * 60_000) / SAMPLES);
    const take = async (): Promise<void> => {
      await inside.send('HeapProfiler.collectGarbage');
      const { usedSize } = await inside.send('Runtime.getHeapUsage');
      const threads = await inner.used();
      await page.waitForTimeout(GIVES_BACK_MS);
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      samples.push({
        at: (Date.now() - began) / 3_600_000,
        heap: usedSize / MB,
        browser: processInfo.reduce((sum, { id }) => sum + residentOf(id), 0),
        inside: Object.values(threads).reduce((sum, one) => sum + one, 0),
        bridge: residentOf(pid),
      });
      if (process.env['FENGSUI_BENCH_TELL']) console.error(JSON.stringify({ ...samples.at(-1), threads }));
    };
    let due = began;
    for (let turn = 0; Date.now() < end; turn += 1) {
      await page.keyboard.press(ROUND[turn % ROUND.length] ?? 'Escape');
      await page.waitForTimeout(BETWEEN_MS);
      // Always weighed at the end of a round, back home: what is open at the moment weighs up to a hundred MB.
      if (Date.now() < due || turn % ROUND.length !== ROUND.length - 1) continue;
      due += every;
      await take();
    }
    inner.close();
    const warm = samples.slice(Math.floor(samples.length / 3));
    const first = warm[0];
    if (first === undefined || warm.length < 3) throw new Error('too short: --minutes 30 is the promise');
    return (['heap', 'inside', 'browser', 'bridge'] as const).map((of) =>
      result({
        ...{
          name: `soak.${of}`,
          unit: 'MB an hour',
          better: 'less',
          against: `limit; ${first[of].toFixed(0)} MB warm`,
        },
        ...{ runs: [Math.max(0.01, slope(warm, of))], againstRuns: [LIMIT] },
      }),
    );
  } finally {
    await browser.close();
    await product.stop();
  }
};
