/**
 * Network truth: how late messages come and how far the upstream's clock is off, from their own times.
 *
 * Owns: the estimate of skew and delay of one feed.
 * Guarantees: the quickest message of the last minute travelled between nothing and one round trip; within that the
 *   clocks are believed, what is left is skew, and what is slower than the quickest is delay. Refuses: to know better.
 */
const BUCKET_MS = 30_000;
/** More than any reordering. */
const STEP_MS = 1000;
/** Believed until a round trip was measured. */
const ROUND_TRIP_MS = 200;

export class DelayMeter {
  #oldLeast = Number.POSITIVE_INFINITY;
  #least = Number.POSITIVE_INFINITY;
  #bucketEnd = 0;
  #roundTrip = Number.POSITIVE_INFINITY;
  #recent = 0;
  #recentAt = 0;
  #lastTs = 0;

  /** A live message or heartbeat: the upstream's time and ours. */
  heard(ts: number, now: number): void {
    // Messages do not go back in time: the upstream's clock was set, and what was learnt is void.
    if (ts < this.#lastTs - STEP_MS) {
      this.#least = Number.POSITIVE_INFINITY;
      this.#oldLeast = Number.POSITIVE_INFINITY;
      this.#recent = 0;
    }
    this.#lastTs = ts;
    if (now >= this.#bucketEnd) {
      // After a long silence both buckets are old.
      this.#oldLeast = now - this.#bucketEnd > BUCKET_MS ? Number.POSITIVE_INFINITY : this.#least;
      this.#least = Number.POSITIVE_INFINITY;
      this.#bucketEnd = now + BUCKET_MS;
    }
    const apart = now - ts;
    if (apart < this.#least) this.#least = apart;
    const over = apart - this.#floor();
    // The worst of about the last second, fading: a single late message is seen, not remembered.
    const faded = this.#recent * 0.5 ** ((now - this.#recentAt) / 1000);
    this.#recent = Math.max(over, faded);
    this.#recentAt = now;
  }
  /** Time from a request to the first word of its answer. */
  roundTrip(ms: number): void {
    if (ms >= 0 && ms < this.#roundTrip) this.#roundTrip = ms;
  }
  #floor(): number {
    return Math.min(this.#least, this.#oldLeast);
  }
  /** How long the quickest message took, as near as can be known. */
  #transit(): number {
    const most = Number.isFinite(this.#roundTrip) ? this.#roundTrip : ROUND_TRIP_MS;
    return Math.min(Math.max(this.#floor(), 0), most);
  }
  /** Publishing to receiving, skew removed, ms. */
  lagMs(now: number): number {
    if (!Number.isFinite(this.#floor())) return 0;
    return Math.round(this.#recent * 0.5 ** (Math.max(0, now - this.#recentAt) / 1000) + this.#transit());
  }
  /** The upstream's clock minus ours, ms. */
  skewMs(): number {
    return Number.isFinite(this.#floor()) ? Math.round(this.#transit() - this.#floor()) || 0 : 0;
  }
}
