// A page of the wall's own size in a real browser, drawn with the flags of the product.
import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../../electron/launcher/debian.mjs';
import { DRAWING } from '../../electron/launcher/shell-browser.ts';

/** Nothing of its own beside what is measured. */
const FLAGS =
  '--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );

/** Whoever opens it closes the browser. */
export const openPage = async (): Promise<{ browser: Browser; page: Page }> => {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...FLAGS, ...DRAWING],
  });
  return { browser, page: await browser.newPage({ viewport: { width: 1920, height: 1080 } }) };
};
