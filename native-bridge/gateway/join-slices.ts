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
  /**
   * Which pictures are held until the next begins: the first key frame, to see whether this sender cuts; when it does,
   * also the pictures after it up to the first other one, to see whether it cuts those too.
   */
  #holds: 'first' | 'second' | 'none' | 'keys' | 'all' = 'first';
  #held: FlvTag | null = null;

  push(tag: FlvTag): FlvTag[] {
    const held = this.#held;
    const begins = tag.kind === 'config' ? null : beginsPicture(tag.data);
    const goesOn = held !== null && tag.kind === 'picture' && held.dts === tag.dts && held.cts === tag.cts;
    if (begins === null) return goesOn ? [] : [...this.#release(), tag];
    const key = hasKey(tag.data);
    if (!begins) {
      if (!key || this.#holds === 'all') this.#holds = 'all';
      else this.#holds = this.#holds === 'first' || this.#holds === 'second' ? 'second' : 'keys';
      if (!goesOn) return [...this.#release(), tag];
      this.#held = flvPicture(Buffer.concat([held.data, withoutSets(tag.data)]), tag.dts, tag.cts, hasKey(held.data));
      return [];
    }
    const out = this.#release();
    if (held !== null && this.#holds === 'first') this.#holds = 'none';
    if (held !== null && this.#holds === 'second' && !hasKey(held.data)) this.#holds = 'keys';
    const holdsThis = this.#holds === 'all' || this.#holds === 'second' || (key && this.#holds !== 'none');
    if (!holdsThis) return [...out, tag];
    this.#held = tag;
    return out;
  }

  #release(): FlvTag[] {
    const held = this.#held;
    this.#held = null;
    return held === null ? [] : [held];
  }
}
