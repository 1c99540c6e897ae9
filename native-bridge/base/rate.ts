/**
 * Rate: how many a second, over the last five.
 *
 * Owns: five buckets of a second. Guarantees: constant time, no timer. Refuses: times that run backwards (they count as now).
 */
const SECONDS = 5;

export class RateMeter {
  readonly #buckets = new Array<number>(SECONDS).fill(0);
  #second = 0;

  #move(now: number): void {
    const second = Math.floor(now / 1000);
    if (second <= this.#second) return;
    for (let s = Math.max(this.#second + 1, second - SECONDS + 1); s <= second; s++) this.#buckets[s % SECONDS] = 0;
    this.#second = second;
  }
  add(count: number, now: number): void {
    this.#move(now);
    const at = this.#second % SECONDS;
    this.#buckets[at] = (this.#buckets[at] ?? 0) + count;
  }
  perSecond(now: number): number {
    this.#move(now);
    return this.#buckets.reduce((sum, n) => sum + n, 0) / SECONDS;
  }
}
