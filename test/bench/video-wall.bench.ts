// The video of the whole product: nine tiles beside the live map, sixteen on a display of their own. Pictures presented by the
// browser of those the drill's cameras send (15/s each), counted on the very elements of the tiles.
import { VIDEO_LAYOUTS, type VideoLayout } from '../../native-bridge/contract/video-layout.ts';
import { startProduct } from '../e2e/product.ts';
import { openPage } from './open-page.ts';
import { result, type Result } from './result.ts';

export const name = 'video-wall';

const RATE = 15;
const SECONDS = 10;
const SETTLE_MS = 8000;

const shownOf = async (url: string, view: 'duty' | 'video', layout: VideoLayout): Promise<number> => {
  const { browser, page } = await openPage();
  try {
    await page.goto(url.replace('/#', `/?view=${view}#`));
    await page.waitForFunction(() => document.documentElement.dataset['wall'] === 'live', null, { timeout: 120_000 });
    await page.keyboard.press('l');
    await page.keyboard.press(String(VIDEO_LAYOUTS.indexOf(layout) + 1));
    await page.waitForTimeout(SETTLE_MS);
    return await page.evaluate(
      async ([seconds, rate]) => {
        const tiles = [...document.querySelectorAll<HTMLVideoElement>('.video-tile video')];
        let shown = 0;
        let counting = true;
        for (const tile of tiles) {
          const seen = (): void => {
            if (!counting) return;
            shown += 1;
            tile.requestVideoFrameCallback(seen);
          };
          tile.requestVideoFrameCallback(seen);
        }
        await new Promise((go) => setTimeout(go, seconds * 1000));
        counting = false;
        return shown / (tiles.length * seconds * rate);
      },
      [SECONDS, RATE] as const,
    );
  } finally {
    await browser.close();
  }
};

export const run = async (): Promise<Result[]> => {
  const product = await startProduct();
  try {
    const must = { unit: 'of sent', against: 'must (limits.md)', better: 'more' } as const;
    const { url } = product.served;
    return [
      result({ ...must, name: 'video-wall.map.9', runs: [await shownOf(url, 'duty', '9')], againstRuns: [0.9] }),
      result({ ...must, name: 'video-wall.tiles.16', runs: [await shownOf(url, 'video', '16')], againstRuns: [0.99] }),
    ];
  } finally {
    await product.stop();
  }
};
