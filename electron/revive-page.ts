// A window's page comes back by itself: after a crash, a failed load, or when it answers no more.
// Guarantees: bounded backoff; a page that was closed on purpose is left alone. A page that draws without a GPU may be
// busy for seconds, so only a long silence counts.
import type { BrowserWindow } from 'electron';
import { backoff } from './launcher/backoff.ts';

export const UNRESPONSIVE_MS = 15_000;

export const revivePage = (window: BrowserWindow, load: () => Promise<void>, note: (text: string) => void): void => {
  const pause = backoff();
  let born = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let hung: NodeJS.Timeout | undefined;

  const again = (why: string): void => {
    if (window.isDestroyed() || timer) return;
    const wait = pause.next(Date.now() - born);
    note(`the page is loaded again: ${why}`);
    timer = setTimeout(() => {
      timer = undefined;
      born = Date.now();
      if (!window.isDestroyed()) load().catch(() => {}); // a failed load is reported by did-fail-load
    }, wait);
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') again(reason);
  });
  window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    // -3: a load that another one replaced.
    if (isMainFrame && code !== -3) again(description);
  });
  window.on('unresponsive', () => {
    hung ??= setTimeout(() => {
      hung = undefined;
      if (!window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
    }, UNRESPONSIVE_MS);
  });
  window.on('responsive', () => {
    clearTimeout(hung);
    hung = undefined;
  });
  window.on('closed', () => {
    clearTimeout(timer);
    clearTimeout(hung);
  });
};
