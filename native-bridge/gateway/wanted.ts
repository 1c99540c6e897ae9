/**
 * Owns: which streams the consoles want, from the topic prefixes they subscribe to.
 * Guarantees: who subscribes to exactly one camera's topic wants that camera only, although its name may begin another's
 *   (`cam-1` that of `cam-10` and of `cam-1~sub`): a smaller stream does not run because the large one is watched.
 * Refuses: to count consoles; a prefix is wanted or it is not.
 */
const FRAMES = 'video.frame.';

export class Wanted {
  readonly #topics: ReadonlySet<string>;
  readonly #prefixes = new Set<string>();

  constructor(ids: readonly string[]) {
    this.#topics = new Set(ids.map((id) => FRAMES + id));
  }

  set(prefix: string, wanted: boolean): void {
    if (wanted) this.#prefixes.add(prefix);
    else this.#prefixes.delete(prefix);
  }

  has(id: string): boolean {
    const topic = FRAMES + id;
    if (this.#prefixes.has(topic)) return true;
    for (const prefix of this.#prefixes) if (topic.startsWith(prefix) && !this.#topics.has(prefix)) return true;
    return false;
  }

  /** The streams that a subscription to `prefix` concerns. */
  concerns(prefix: string, id: string): boolean {
    const topic = FRAMES + id;
    return prefix === topic || (topic.startsWith(prefix) && !this.#topics.has(prefix));
  }
}
