/**
 * Who comes first on a machine that draws slowly: a key or the city.
 *
 * Owns: when the city has to wait. Guarantees: S21: while keys are pressed the page shows their effect before the city is drawn
 *   again, but never is the city left undrawn for longer than `LONGEST_MS`; drawing because of changes leaves most of the time
 *   to everyone else; where a frame is quick nothing ever waits. Pure.
 * Refuses: to know what a key does; to guess: only what a frame really held up counts.
 */

/** A frame that holds the page up for less than this is no hindrance; ms. Three frames of a 60 Hz screen. */
export const SLOW_MS = 50;
/** So long after a single key the page is its own: its effect is drawn in the meantime; ms. */
export const QUIET_MS = 200;
/** A key within this time of the one before is one of several; ms. */
export const SERIES_MS = 1500;
/** After several the next one is waited for: a hand that chooses and reads presses two or three a second; ms. */
export const REST_MS = 700;
/** However long somebody types, the city is drawn after this; ms. */
export const LONGEST_MS = 2500;
/** After a frame because of changes, so many times what it took are left to the rest of the page. */
const SHARE = 3;
/** How much of the slowest frame is still believed after each quicker one. */
const FORGET = 0.8;

export interface Pace {
  pressed: (now: number) => void;
  /** A frame begun at `at` held the page up for `ms`. */
  drew: (at: number, ms: number) => void;
  /** ms that the city has to wait; 0: draw. */
  wait: (now: number) => number;
  /** Somebody is at the keys and frames are slow: draw coarsely, if at all. */
  hurried: (now: number) => boolean;
  /** Least ms between frames that only changes ask for. */
  gap: () => number;
}

export const createPace = (): Pace => {
  let pressedAt = -Infinity;
  let drawnAt = -Infinity;
  let took = 0;
  let quiet = QUIET_MS;
  const hurried = (now: number): boolean => took >= SLOW_MS && now - pressedAt < quiet;
  return {
    pressed: (now) => {
      // The first key after a pause: what was drawn before it does not count as drawn for those who type.
      if (now - pressedAt >= quiet) drawnAt = Math.max(drawnAt, now);
      quiet = now - pressedAt < SERIES_MS ? REST_MS : QUIET_MS;
      pressedAt = now;
    },
    drew: (at, ms) => {
      drawnAt = at + ms;
      took = Math.max(ms, took * FORGET);
    },
    wait: (now) => (hurried(now) ? Math.max(0, Math.min(quiet - (now - pressedAt), LONGEST_MS - (now - drawnAt))) : 0),
    hurried,
    gap: () => (took >= SLOW_MS ? took * SHARE : 0),
  };
};
