/**
 * How long to wait before the next try.
 *
 * Owns: the series. Guarantees: never longer than `LONGEST_MS`; each wait is drawn from the upper half of its step, so
 *   that windows that fell together do not return together, and none returns at once for ever.
 * Refuses: to give up.
 */
/** A revived bridge listens within a second; a wall must not look dead for longer than it is. */
export const FIRST_MS = 150;
export const LONGEST_MS = 3000;

export const waitBefore = (attempt: number, random: () => number = Math.random): number => {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return step / 2 + (step / 2) * random();
};
