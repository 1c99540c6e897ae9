/**
 * How many coefficients each 4 × 4 block had: what the next block's code depends on.
 *
 * Owns: the counts of one picture and which slice a macroblock belongs to. Guarantees: blocks of other slices do not count.
 * Refuses: to read.
 */
export interface Totals {
  readonly wide: number;
  readonly high: number;
  clear: () => void;
  /** `mb` belongs to `slice` from now on, all its counts zero (or 16 when it is raw). */
  enter: (mb: number, slice: number, raw: boolean) => void;
  /** nC of the block at (x, y) in the macroblock; plane 0 luma (4 × 4 blocks), 1 and 2 chroma (2 × 2). */
  expect: (mb: number, plane: 0 | 1 | 2, x: number, y: number) => number;
  set: (mb: number, plane: 0 | 1 | 2, x: number, y: number, total: number) => void;
}

export const createTotals = (wide: number, high: number): Totals => {
  const slices = new Int32Array(wide * high);
  const planes = [4, 2, 2].map((n) => ({ n, counts: new Uint8Array(wide * high * n * n) }));
  const at = (mb: number, plane: 0 | 1 | 2, x: number, y: number): number => {
    const p = planes[plane];
    return p ? (p.counts[mb * p.n * p.n + y * p.n + x] ?? 0) : 0;
  };
  return {
    wide,
    high,
    clear: () => slices.fill(-1),
    enter: (mb, slice, raw) => {
      slices[mb] = slice;
      for (const { n, counts } of planes) counts.fill(raw ? 16 : 0, mb * n * n, (mb + 1) * n * n);
    },
    expect: (mb, plane, x, y) => {
      const n = plane === 0 ? 4 : 2;
      const mine = slices[mb];
      const left =
        x > 0 ? at(mb, plane, x - 1, y) : mb % wide > 0 && slices[mb - 1] === mine ? at(mb - 1, plane, n - 1, y) : -1;
      const above =
        y > 0
          ? at(mb, plane, x, y - 1)
          : mb >= wide && slices[mb - wide] === mine
            ? at(mb - wide, plane, x, n - 1)
            : -1;
      if (left >= 0 && above >= 0) return (left + above + 1) >> 1;
      return Math.max(left, above, 0);
    },
    set: (mb, plane, x, y, total) => {
      const p = planes[plane];
      if (p) p.counts[mb * p.n * p.n + y * p.n + x] = total;
    },
  };
};
