/**
 * Owns: the frame number that is burned into a clip so that a test can read it back from pixels.
 * Guarantees: eighteen square cells at the bottom left: white, black, twelve bits of the number with the
 * highest first, four check bits; `readMark` gives the number only when the check holds.
 * Refuses: numbers from 4096 on; guessing a smeared cell.
 */

/** Side of a cell and distance from the left and bottom edge, in pixels of the 640 × 360 picture. */
export const markCell = 10;
export const markLeft = 8;
export const markTop = 360 - 8 - markCell;
export const markCells = 18;

const checkOf = (n: number): number => ((n & 15) ^ ((n >> 4) & 15) ^ ((n >> 8) & 15) ^ 0b1010) & 15;

/** The cells from left to right, true = white. */
export function markBits(frame: number): boolean[] {
  if (!Number.isInteger(frame) || frame < 0 || frame > 4095)
    throw new RangeError(`frame ${frame} does not fit into twelve bits`);
  const word = (frame << 4) | checkOf(frame);
  const bits = [true, false];
  for (let bit = 15; bit >= 0; bit--) bits.push(((word >> bit) & 1) === 1);
  return bits;
}

/**
 * The frame number in a picture, or null when the strip is not cleanly there. `light(x, y)` gives 0–255 at
 * fractions of the picture's width and height, so that a scaled picture reads alike.
 */
export function readMark(light: (x: number, y: number) => number): number | null {
  const at = (cell: number): number =>
    light((markLeft + (cell + 0.5) * markCell) / 640, (markTop + markCell / 2) / 360);
  const [white, black] = [at(0), at(1)];
  if (white - black < 100) return null;
  let word = 0;
  for (let cell = 2; cell < markCells; cell++) {
    const share = (at(cell) - black) / (white - black);
    if (share > 0.3 && share < 0.7) return null;
    word = (word << 1) | (share >= 0.7 ? 1 : 0);
  }
  const frame = word >> 4;
  return (word & 15) === checkOf(frame) ? frame : null;
}
