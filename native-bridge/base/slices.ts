/**
 * Much work in small slices: a turn of the event loop is never held for longer than a slice and one piece of work.
 *
 * Owns: a queue. Guarantees: pieces are done in the order given, each once; what else the process has to do comes in between;
 *   none is begun while `mayGoOn` says no.
 * Refuses: to know what the work is.
 */
export interface Slices {
  /** Does it in a later turn, after everything given before. */
  add(work: () => void): void;
  /** Whether there is nothing left to do. */
  idle(): boolean;
  /** Forgets what is not done. */
  drop(): void;
}

/** Asked again after so long. */
const PAUSE_MS = 2;

export function createSlices(sliceMs: number, mayGoOn: () => boolean = () => true): Slices {
  let queue: (() => void)[] = [];
  let next = 0;
  let planned = false;
  const slice = (): void => {
    planned = false;
    const until = performance.now() + sliceMs;
    while (next < queue.length) {
      if (!mayGoOn()) return plan(PAUSE_MS);
      queue[next++]?.();
      if (performance.now() >= until) break;
    }
    if (next < queue.length) plan();
    else {
      queue = [];
      next = 0;
    }
  };
  const plan = (pauseMs = 0): void => {
    if (planned) return;
    planned = true;
    if (pauseMs > 0) setTimeout(slice, pauseMs);
    else setImmediate(slice);
  };
  return {
    add(work) {
      queue.push(work);
      plan();
    },
    idle: () => next >= queue.length,
    drop() {
      queue = [];
      next = 0;
    },
  };
}
