/**
 * Owns: how long to wait before something that died is started again.
 * Guarantees: from FIRST_MS, twice as long each time, never more than MOST_MS; from the beginning again once it went well
 *   for WELL_MS. Refuses: to give up.
 */
export const FIRST_MS = 500;
export const MOST_MS = 30_000;
const WELL_MS = 10_000;

export class Patience {
  #wait = FIRST_MS;
  #wellSince: number | null = null;

  /** Pictures come. */
  well(now: number): void {
    this.#wellSince ??= now;
    if (now - this.#wellSince >= WELL_MS) this.#wait = FIRST_MS;
  }

  /** It died; answers the ms to wait. */
  next(): number {
    const wait = this.#wait;
    this.#wait = Math.min(MOST_MS, wait * 2);
    this.#wellSince = null;
    return wait;
  }
}
