/**
 * Owns: putting pictures together that a sender cut into several packets (parameter sets repeated before every slice, or
 *   an end-of-picture mark after every slice; servers in use do both).
 * Guarantees: whole pictures out, in order. A sender that keeps its pictures whole costs no delay but one picture's at
 *   the first key frame; one that cuts key frames only costs it at those, one that cuts all at all: the end of a cut
 *   picture is known when the next one begins.
 * Refuses: to join what has different times: that is damage, and left to be found.
 */
import { flvPicture, type FlvTag } from './flv.ts';
import { beginsPicture, hasKey, withoutSets } from './access-units.ts';

export class SliceJoiner {
  /** Which pictures are held until the next begins. */
  #holds: 'first' | 'none' | 'keys' | 'all' = 'first';
  #held: FlvTag | null = null;

  push(tag: FlvTag): FlvTag[] {
    if (tag.kind === 'config') return [...this.#release(), tag];
    const key = hasKey(tag.data);
    const held = this.#held;
    if (beginsPicture(tag.data) === false) {
      this.#holds = key && this.#holds !== 'all' ? 'keys' : 'all';
      if (held?.dts !== tag.dts || held.cts !== tag.cts) return [...this.#release(), tag];
      this.#held = flvPicture(Buffer.concat([held.data, withoutSets(tag.data)]), tag.dts, tag.cts, hasKey(held.data));
      return [];
    }
    const out = this.#release();
    if (held !== null && this.#holds === 'first') this.#holds = 'none';
    if (this.#holds === 'all' || (key && this.#holds !== 'none')) {
      this.#held = tag;
      return out;
    }
    return [...out, tag];
  }

  #release(): FlvTag[] {
    const held = this.#held;
    this.#held = null;
    return held === null ? [] : [held];
  }
}
