/**
 * How old a picture really is, whatever the camera's clock says.
 *
 * Owns: the estimate of when a frame was taken, by the bridge's clock. Guarantees: E2: a burst of kept frames is as old as
 *   its times say until the camera is seen to keep pace; a camera whose clock is wrong is believed by its pace alone; a
 *   frame that waited on its way is older than its arrival.
 * Refuses: to decide what is live.
 */
/** Frames spread over at least this much time at a real pace prove that a camera is running. ms */
export const PROOF_MS = 300;
/** The camera's clock may drift or be set: only the last so many ms of arrivals say where it stands. */
const KEEP_MS = 20_000;

/** A lead that moves by more than this is a clock that was set, or a stream that began anew. ms */
const JUMP_MS = 5000;

export interface Freshness {
  /** A frame with capture time `pts` was received at `at` (bridge time); the answer is when it was taken, bridge time. */
  note: (pts: number, at: number) => number;
  /** How far the camera's clock is ahead of the bridge's, ms, once it is known; a late stream looks like a slow clock. */
  readonly skew: () => number | null;
}

export const createFreshness = (): Freshness => {
  let first: { pts: number; at: number } | null = null;
  let proven = false;
  /** The largest lead of the camera's clock over ours: the frame that waited least. */
  let best = -Infinity;
  let bestAt = 0;
  return {
    skew: () => (proven ? best : null),
    note: (pts, at) => {
      const lead = pts - at;
      if (proven && Math.abs(lead - best) > JUMP_MS) {
        proven = false;
        first = null;
        best = -Infinity;
      }
      if (lead >= best || at - bestAt > KEEP_MS) {
        best = lead;
        bestAt = at;
      }
      first ??= { pts, at };
      if (!proven) {
        const walked = at - first.at;
        const told = pts - first.pts;
        // A burst: its frames come faster than they were taken; the pace is measured from the newest on.
        if (told > walked * 2 || told < 0) first = { pts, at };
        else proven = walked >= PROOF_MS && told > walked * 0.5;
      }
      if (proven) return Math.min(at, pts - best);
      // Unproven: the camera's clock is believed when it says "old"; a clock ahead says nothing.
      return Math.min(at, pts);
    },
  };
};
