/**
 * Owns: batching as platforms do: events of a topic gathered for a moment, then sent as one message.
 * Guarantees: order within a topic; what is urgent leaves with the next tick, the rest with the next batch.
 * Refuses: to keep anything; until `open()` events only become the latest state.
 */
import type { Stream, StreamEvent } from '../contract/wire.ts';
import type { Platform } from '../platform/platform.ts';

type Events = StreamEvent[Stream][];

export class Outbox {
  readonly #platform: Platform;
  readonly #sources: ReadonlySet<string>;
  readonly #waiting = new Map<Stream, Events>();
  readonly #early = new Map<Stream, Events>();
  readonly #urgent = new Set<Stream>();
  #isOpen = false;

  constructor(platform: Platform, sources: readonly string[]) {
    this.#platform = platform;
    this.#sources = new Set(sources);
  }

  put(stream: Stream, event: StreamEvent[Stream], now: boolean): void {
    if (!this.#sources.has(stream.slice(0, stream.indexOf('.')))) return;
    const store = this.#isOpen ? this.#waiting : this.#early;
    const events = store.get(stream);
    if (events === undefined) store.set(stream, [event]);
    else events.push(event);
    if (!this.#isOpen && (events?.length ?? 0) > 50_000) this.#settle(stream);
    if (now && this.#isOpen) this.#urgent.add(stream);
  }

  /** From now on events are published; what was said before is the snapshot. */
  open(): void {
    for (const stream of [...this.#early.keys()]) this.#settle(stream);
    this.#isOpen = true;
  }

  /** What cannot wait. */
  flushUrgent(): void {
    for (const stream of this.#urgent) this.#send(stream);
    this.#urgent.clear();
  }

  flush(): void {
    for (const stream of [...this.#waiting.keys()]) this.#send(stream);
    this.#urgent.clear();
  }

  #send(stream: Stream): void {
    const events = this.#waiting.get(stream);
    this.#waiting.delete(stream);
    if (events !== undefined && events.length > 0) this.#platform.publish(stream, events);
  }

  #settle(stream: Stream): void {
    this.#platform.setState(stream, this.#early.get(stream) ?? []);
    this.#early.delete(stream);
  }
}
