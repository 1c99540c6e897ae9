/**
 * Intervals: a set of whole numbers kept as sorted, disjoint, inclusive ranges that do not touch.
 *
 * Owns: which numbers of a log are held. Guarantees: adding answers exactly what was new; extending the last range
 * costs nothing. Refuses: fractions and numbers beyond `Number.MAX_SAFE_INTEGER` (the caller checks them).
 */
export type Range = readonly [from: number, to: number];

export class Intervals {
  /** Flat pairs: from, to, from, to, … */
  readonly #edges: number[] = [];
  #count = 0;

  constructor(ranges: Iterable<Range> = []) {
    for (const [from, to] of ranges) this.add(from, to);
  }

  /** How many numbers are in the set. */
  get count(): number {
    return this.#count;
  }
  /** How many ranges they form. */
  get size(): number {
    return this.#edges.length / 2;
  }
  get last(): number | null {
    return this.#edges.at(-1) ?? null;
  }
  get first(): number | null {
    return this.#edges[0] ?? null;
  }

  /** Index of the first range whose end is at or beyond `n`. */
  #find(n: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if ((this.#edges[mid * 2 + 1] as number) < n) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  has(n: number): boolean {
    const i = this.#find(n);
    return i < this.size && (this.#edges[i * 2] as number) <= n;
  }

  /** The ranges of [from, to] that are not in the set, in order; `limit` bounds how many are told. */
  missing(from: number, to: number, limit = Number.POSITIVE_INFINITY): Range[] {
    const out: Range[] = [];
    let at = from;
    for (let i = this.#find(from); i < this.size && at <= to && out.length < limit; i++) {
      const start = this.#edges[i * 2] as number;
      if (start > to) break;
      if (start > at) out.push([at, start - 1]);
      at = Math.max(at, (this.#edges[i * 2 + 1] as number) + 1);
    }
    if (at <= to && out.length < limit) out.push([at, to]);
    return out;
  }

  /** Adds [from, to] and answers the ranges that were new. */
  add(from: number, to: number): Range[] {
    if (to < from) return [];
    const end = this.last;
    if (end === null || from > end) {
      if (end !== null && from === end + 1) this.#edges[this.#edges.length - 1] = to;
      else this.#edges.push(from, to);
      this.#count += to - from + 1;
      return [[from, to]];
    }
    const fresh = this.missing(from, to);
    if (fresh.length === 0) return fresh;
    for (const [a, b] of fresh) this.#count += b - a + 1;
    // Ranges that touch [from, to] melt into one.
    const start = this.#find(from - 1);
    let stop = start;
    let low = from;
    let high = to;
    while (stop < this.size && (this.#edges[stop * 2] as number) <= to + 1) {
      low = Math.min(low, this.#edges[stop * 2] as number);
      high = Math.max(high, this.#edges[stop * 2 + 1] as number);
      stop++;
    }
    this.#edges.splice(start * 2, (stop - start) * 2, low, high);
    return fresh;
  }

  /** Takes [from, to] out of the set. */
  remove(from: number, to: number): void {
    if (to < from) return;
    const kept: number[] = [];
    const start = this.#find(from);
    let stop = start;
    while (stop < this.size && (this.#edges[stop * 2] as number) <= to) {
      const a = this.#edges[stop * 2] as number;
      const b = this.#edges[stop * 2 + 1] as number;
      this.#count -= Math.min(b, to) - Math.max(a, from) + 1;
      if (a < from) kept.push(a, from - 1);
      if (b > to) kept.push(to + 1, b);
      stop++;
    }
    this.#edges.splice(start * 2, (stop - start) * 2, ...kept);
  }

  /** The range that holds `n`, if any. */
  around(n: number): Range | null {
    const i = this.#find(n);
    const from = this.#edges[i * 2];
    return from !== undefined && from <= n ? [from, this.#edges[i * 2 + 1] as number] : null;
  }

  *[Symbol.iterator](): Generator<Range> {
    for (let i = 0; i < this.#edges.length; i += 2) yield [this.#edges[i] as number, this.#edges[i + 1] as number];
  }
}
