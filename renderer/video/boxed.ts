/**
 * How many tiles of this window show the box of an e-bike right now.
 *
 * Owns: the count. Guarantees: a tile that goes is no longer counted; listeners hear changes only.
 * Refuses: to set anything; the wall does (`data-boxed`).
 */
const showing = new Set<object>();
const listeners = new Set<(count: number) => void>();

export const boxedCount = (): number => showing.size;

/** Returns the way to stop listening. */
export const onBoxed = (listener: (count: number) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** `tile`: any object that stands for the tile. */
export const setBoxed = (tile: object, boxed: boolean): void => {
  if (showing.has(tile) === boxed) return;
  if (boxed) showing.add(tile);
  else showing.delete(tile);
  for (const listener of listeners) listener(showing.size);
};
