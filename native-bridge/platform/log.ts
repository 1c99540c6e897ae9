/**
 * Owns: the numbered log of one source: epoch, numbers from 1 without gaps, and the messages still kept.
 * Guarantees: `from(seq)` gives consecutive chunks of one topic each, starting exactly at `seq`.
 * Refuses: to reach back beyond what it keeps (by events and by bytes): it says where the oldest is.
 */
import { decode, encode, type Encoding } from './codec.ts';

/** One message of the log: `body` is an array of `n` events, the first of them number `seq`. */
export interface Entry {
  readonly topic: string;
  readonly seq: number;
  readonly n: number;
  readonly ts: number;
  readonly body: Buffer;
}

export interface Keep {
  readonly events: number;
  readonly bytes: number;
}

export class EventLog {
  readonly epoch: string;
  readonly #keep: Keep;
  readonly #encoding: Encoding;
  #entries: Entry[] = [];
  /** Entries before `#head` are given up; the array is compacted now and then. */
  #head = 0;
  #events = 0;
  #bytes = 0;
  #seq = 0;

  constructor(epoch: string, keep: Keep, encoding: Encoding) {
    this.epoch = epoch;
    this.#keep = keep;
    this.#encoding = encoding;
  }

  /** Number of the last event, 0 when there is none. */
  get seq(): number {
    return this.#seq;
  }

  /** The oldest number that can still be replayed; one more than `seq` when nothing is kept. */
  get oldest(): number {
    return this.#entries[this.#head]?.seq ?? this.#seq + 1;
  }

  append(topic: string, n: number, ts: number, body: Buffer): Entry {
    const entry: Entry = { topic, seq: this.#seq + 1, n, ts, body };
    this.#seq += n;
    this.#entries.push(entry);
    this.#events += n;
    this.#bytes += body.length;
    while (this.#events > this.#keep.events || this.#bytes > this.#keep.bytes) {
      const old = this.#entries[this.#head];
      if (old === undefined || old === entry) break;
      this.#head++;
      this.#events -= old.n;
      this.#bytes -= old.body.length;
    }
    if (this.#head > 4096 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }

  /** The entry that holds `seq`, cut so that it begins there and ends at `to`; null when it is gone or not yet there. */
  at(seq: number, to: number): Entry | null {
    let low = this.#head;
    let high = this.#entries.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry === undefined) return null;
      if (entry.seq > seq) high = middle - 1;
      else if (entry.seq + entry.n <= seq) low = middle + 1;
      else return this.#cut(entry, seq, to);
    }
    return null;
  }

  #cut(entry: Entry, from: number, to: number): Entry {
    const last = Math.min(to, entry.seq + entry.n - 1);
    if (from === entry.seq && last === entry.seq + entry.n - 1) return entry;
    const events = decode(entry.body) as object[];
    const part = events.slice(from - entry.seq, last - entry.seq + 1);
    return { ...entry, seq: from, n: part.length, body: encode(part, this.#encoding) };
  }
}
