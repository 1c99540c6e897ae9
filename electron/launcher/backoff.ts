// How long to wait before reviving something that died. Shared by the launcher and the Electron shell.
// Guarantees: the first revival is at once; waits double up to a bound; a long healthy life forgets old deaths.

export interface Backoff {
  /** Call at a death. @param livedMs how long it lived; @returns ms to wait before starting it again */
  next(livedMs: number): number;
}

const FIRST_MS = 250;
const MOST_MS = 10_000;
/** Lived this long: what killed it is not the start itself. */
const HEALTHY_MS = 60_000;

export const backoff = (mostMs = MOST_MS): Backoff => {
  let deaths = 0;
  return {
    next(livedMs) {
      if (livedMs >= HEALTHY_MS) deaths = 0;
      const wait = deaths === 0 ? 0 : Math.min(mostMs, FIRST_MS * 2 ** (deaths - 1));
      deaths += 1;
      return wait;
    },
  };
};
