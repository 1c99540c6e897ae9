// Looks at the running console every five seconds: one status line, and a window that no longer listens is shown afresh.
// Guarantees: a window that is slow to start is given its time.
import type { Health } from '../../native-bridge/contract/health.ts';
import { askHealth, statusLine } from './health.ts';
import type { Shell } from './shell.ts';

const EVERY_MS = 5000;
/** A page that draws without a GPU may be busy for seconds; one without any connection for so long is not coming back. */
const UNHEARD_MS = 45_000;

const LIVE_LOOK_MS = 250;

/** Says once how long the wall took to become live, from the start of this process. @returns stops looking */
export const announceLive = (shell: Shell | undefined, say: (text: string) => void): (() => void) => {
  if (!shell) return () => {};
  const timer = setInterval(() => {
    shell.isLive().then(
      (live) => {
        if (!live || !timer.hasRef()) return;
        timer.unref();
        clearInterval(timer);
        say(`the wall is live, ${(performance.now() / 1000).toFixed(1)} s after the start`);
      },
      () => {},
    );
  }, LIVE_LOOK_MS);
  return () => {
    clearInterval(timer);
  };
};

/** @returns stops watching */
export const watch = (port: number, shell: Shell | undefined, say: (text: string) => void): (() => void) => {
  let before: Health | undefined;
  let lastViewer = Date.now();
  const look = async (): Promise<void> => {
    const now = await askHealth(port);
    say(statusLine(now, before));
    before = now ?? before;
    if (!now || now.viewers.length > 0) lastViewer = Date.now();
    if (shell && Date.now() - lastViewer > UNHEARD_MS) {
      lastViewer = Date.now();
      say('no window is connected; it is shown afresh');
      await shell.refresh();
    }
  };
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    look()
      .catch((error: unknown) => {
        say(`watching failed: ${String(error)}`);
      })
      .finally(() => {
        running = false;
      });
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
  };
};
