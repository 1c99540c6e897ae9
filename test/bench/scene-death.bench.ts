// `scene.death`: the graphics process is killed outright, again and again, under the whole product: how long until the same city
// is complete again, without a hand. The issue asks for five seconds.
import { startProduct } from '../e2e/product.ts';
import { openPage } from './open-page.ts';
import { result, type Result } from './result.ts';

export const name = 'scene-death';

const TIMES = 4;
const LIMIT_MS = 5000;
const BETWEEN_MS = 3000;

export const run = async (): Promise<Result[]> => {
  const product = await startProduct();
  const { browser, page } = await openPage();
  try {
    await page.goto(product.served.url.replace('/#', '/?view=duty#'));
    const completed = (): Promise<number> => page.evaluate(() => performance.getEntriesByName('scene:complete').length);
    const more = (than: number): Promise<unknown> =>
      page.waitForFunction((n) => performance.getEntriesByName('scene:complete').length > n, than, {
        polling: 20,
        timeout: 60_000,
      });
    await more(0);
    const devtools = await browser.newBrowserCDPSession();
    const times: number[] = [];
    for (let i = 0; i < TIMES; i += 1) {
      await page.waitForTimeout(BETWEEN_MS);
      const before = await completed();
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      const graphics = processInfo.find(({ type }) => type === 'GPU');
      if (!graphics) throw new Error('there is no graphics process');
      const killed = performance.now();
      process.kill(graphics.id, 'SIGKILL');
      await more(before);
      times.push(performance.now() - killed);
    }
    return [
      result({
        ...{ name, unit: 'ms', better: 'less', against: 'limit: five seconds' },
        ...{ runs: times, againstRuns: [LIMIT_MS] },
      }),
    ];
  } finally {
    await browser.close();
    await product.stop();
  }
};
