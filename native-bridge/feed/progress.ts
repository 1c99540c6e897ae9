/**
 * Progress of catching up: "12,400 of 31,000, about 20 s".
 *
 * Owns: the total since the last time nothing was lacking, and the pace. Guarantees: `done` never exceeds `total`; no
 * estimate before there is a pace. Refuses: to guess.
 */
import type { Progress } from './types.ts';

/** Shorter waits are not worth a word. */
const WORTH_TELLING = 100;
const PACE_MS = 10_000;

export class ProgressMeter {
  #done = 0;
  #since = 0;
  #paceDone = 0;
  #paceSince = 0;

  came(fresh: number, now: number): void {
    if (this.#done === 0) {
      this.#since = now;
      this.#paceSince = now;
      this.#paceDone = 0;
    }
    this.#done += fresh;
    if (now - this.#paceSince > PACE_MS) {
      this.#paceSince = now - PACE_MS / 2;
      this.#paceDone = (this.#paceDone + this.#done) / 2;
    }
  }
  /** `lacking`: how many numbers are still to come. */
  of(lacking: number, now: number): Progress | null {
    if (lacking === 0) {
      this.#done = 0;
      return null;
    }
    if (lacking + this.#done < WORTH_TELLING) return null;
    const elapsed = now - this.#paceSince;
    const pace = this.#done > 0 && now > this.#since && elapsed > 0 ? (this.#done - this.#paceDone) / elapsed : 0;
    return { done: this.#done, total: this.#done + lacking, etaMs: pace > 0 ? Math.round(lacking / pace) : null };
  }
}
