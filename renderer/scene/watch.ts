/**
 * What frames cost while the wall runs, seen in passing.
 *
 * Owns: the last costs and what they come to. Guarantees: S6: a machine that became slow, or quick again, is noticed
 *   without drawing anything for it; one slow frame, or a page that was out of sight, says nothing; after a change the new level is
 *   judged by its own frames, and a finer one is not tried again before `PATIENCE_MS`. Pure.
 * Refuses: to choose (`quality.ts`); to believe that a frame was quicker than the display can tell.
 */

/** So many frames are looked at together: their median. */
export const FRAMES = 8;
/** What is older than this says nothing about now; ms. */
export const FORGET_MS = 120_000;
/** After a coarser level a finer one is not tried for this long; ms. */
export const PATIENCE_MS = 60_000;
/** Two turns of a 60 Hz display: what held the page up for less may have cost next to nothing; ms. */
export const QUICK_MS = 34;
/** Longer than this and the page was not drawing, but asleep or stopped; ms. */
const ABSENT_MS = 15_000;

/** Share of a full-resolution frame's cost at that share of the pixels in each direction: limits.md, 1 / 0.75 / 0.48. */
export const shareOf = (scale: number): number => 0.26 + 0.74 * scale * scale;
/** What smooth edges cost more. */
const SMOOTH = 1.3;

/** A frame at `scale` held the page up for `ms` and was shown at `now`. */
export interface Seen {
  ms: number;
  scale: number;
  smooth: boolean;
  now: number;
}
export interface Watch {
  saw: (frame: Seen) => void;
  /** ms of one full-resolution frame by what was seen; null: not enough, or no more than the last measurement says. */
  cost: (measured: number, now: number) => number | null;
  /** Frames are quicker than the measurement, but how much cannot be seen in passing: measure when there is time. */
  doubts: (measured: number, now: number) => boolean;
  /** The level changed, or was measured: what was seen before is of no use. */
  changed: (coarser: boolean, now: number) => void;
}

export const createWatch = (): Watch => {
  let seen: { cost: number; quick: boolean; at: number }[] = [];
  let coarsenedAt = -Infinity;
  const typical = (now: number): { cost: number; quick: boolean } | null => {
    seen = seen.filter(({ at }) => now - at < FORGET_MS);
    if (seen.length < FRAMES) return null;
    const sorted = [...seen].sort((a, b) => a.cost - b.cost);
    return sorted[FRAMES >> 1] ?? null;
  };
  return {
    saw: ({ ms, scale, smooth, now }) => {
      if (ms > ABSENT_MS) return;
      seen.push({ cost: ms / shareOf(scale) / (smooth ? SMOOTH : 1), quick: ms < QUICK_MS, at: now });
      if (seen.length > FRAMES) seen.shift();
    },
    cost: (measured, now) => {
      const one = typical(now);
      if (one === null || one.quick) return null;
      return one.cost < measured && now - coarsenedAt < PATIENCE_MS ? null : one.cost;
    },
    doubts: (measured, now) => {
      const one = typical(now);
      return one !== null && one.quick && measured > QUICK_MS && now - coarsenedAt >= PATIENCE_MS;
    },
    changed: (coarser, now) => {
      seen = [];
      if (coarser) coarsenedAt = now;
    },
  };
};
