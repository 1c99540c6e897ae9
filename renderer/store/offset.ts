/**
 * How far the bridge's clock is ahead of this window's.
 *
 * Owns: the estimate. Guarantees: a message that had to wait (a busy window) does not set the clock back: of the
 *   estimates of the last `KEEP_MS` the largest counts, since waiting only makes one smaller.
 * Refuses: to correct for the way itself; on one machine it is far below a frame.
 */
/** A clock that was really set back is believed after this long. ms */
export const KEEP_MS = 20_000;

export interface Offset {
  /** `theirs` was true at the latest when it arrived at `ours`. */
  note: (theirs: number, ours: number) => void;
  ms: () => number;
  /** Another bridge: start anew. */
  reset: () => void;
}

export const createOffset = (): Offset => {
  let best: number | null = null;
  let bestAt = 0;
  let next = 0;
  return {
    note: (theirs, ours) => {
      const ahead = theirs - ours;
      if (best === null || ahead >= best) {
        best = ahead;
        bestAt = ours;
        next = Number.NEGATIVE_INFINITY;
        return;
      }
      next = Math.max(next, ahead);
      if (ours - bestAt > KEEP_MS) {
        best = next;
        bestAt = ours;
        next = Number.NEGATIVE_INFINITY;
      }
    },
    ms: () => best ?? 0,
    reset: () => {
      best = null;
    },
  };
};
