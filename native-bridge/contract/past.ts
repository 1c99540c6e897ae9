/**
 * The one time control: what a window asks of the past, and what it is told of where it stands.
 *
 * Owns: these shapes and the speeds. Guarantees: a window in the past has a connection of its own that carries no act.
 * Refuses: now; that is another connection's.
 */

/** How many seconds of the past go by in one; 0: the picture stands still. */
export const SPEEDS = [1, 4, 20, 60] as const;
/** What was shown is kept once in so many ms: the past is true to this. */
export const STEP_MS = 1000;

/** A clip's picture that came so long before the moment still counts as of it, ms: the hole between two of a slow camera. */
export const CLIP_HOLD_MS = 2000;

/** From and to, ms UTC. */
export type Span = readonly [number, number];

/** Where a window stands in the past, as its bridge says. */
export interface PastTime {
  /** The moment that is shown, ms UTC by the bridge's clock. */
  at: number;
  speed: number;
  /** When the console kept what it showed, oldest first; between them it did not run or could not keep. */
  spans: Span[];
  /** `at` lies where nothing was kept: the picture is the last one before, of this time; null: it is of `at` itself. */
  last: number | null;
  /** Something that was kept could not be read: the picture is the last sound one before. */
  damaged: boolean;
}
