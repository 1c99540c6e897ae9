/**
 * Owns: the capture time of a picture in ms UTC, from the stream's own time and when the picture arrived.
 * Guarantees: the stream's own spacing is kept (network jitter does not show); follows a camera whose clock runs fast or
 *   slow, so that nothing drifts; not later than the arrival, but for 1 ms a picture in a burst; always later than the
 *   picture before, except when this machine's clock or the stream's time was set.
 * Refuses: to believe what a camera says of the time of day: one that is an hour off is no worse than another.
 *
 * The way: the quickest arrival of the last WINDOW is taken as undelayed. A quicker one counts at once; when all get
 * slower (the camera's clock runs slow), the time follows gently.
 */

/** s; a stall of the network shorter than this does not move the time. */
const WINDOW_S = 30;
/** ms a ms: faster than any clock that can be called one drifts (100 ppm is bad), too slow to be seen. */
const FOLLOW = 0.005;
/** ms; beyond it is not drift: something was set. */
const SET_MS = 2000;

export class MediaClock {
  /** Least offset (arrival − stream time) of each second of arrival. */
  #seconds = new Map<number, number>();
  #offset: number | null = null;
  #media = -Infinity;
  #arrival = 0;
  #pts = -Infinity;

  /** Both in ms; `arrival` is UTC by this machine. */
  at(media: number, arrival: number): number {
    const sample = arrival - media;
    const isSet = media < this.#media || Math.abs(arrival - this.#arrival) > WINDOW_S * 1000;
    if (this.#offset === null || isSet) {
      this.#seconds.clear();
      this.#offset = sample;
    }
    const second = Math.floor(arrival / 1000);
    this.#seconds.set(second, Math.min(this.#seconds.get(second) ?? Infinity, sample));
    let least = Infinity;
    for (const [at, offset] of this.#seconds) {
      if (at <= second - WINDOW_S || at > second) this.#seconds.delete(at);
      else least = Math.min(least, offset);
    }
    if (least <= this.#offset || least - this.#offset > SET_MS) this.#offset = least;
    else this.#offset = Math.min(least, this.#offset + FOLLOW * Math.max(0, arrival - this.#arrival));
    this.#media = media;
    this.#arrival = arrival;
    const pts = Math.round(media + this.#offset);
    // A burst brings the offset down from one picture to the next; a clock that was set brings it down for good.
    this.#pts = pts > this.#pts || pts < this.#pts - SET_MS ? pts : this.#pts + 1;
    return this.#pts;
  }
}
