/**
 * Slabs: many messages of many lines one after the other, for the way from the receiving thread to the bridge.
 *
 * Owns: the packing. Guarantees: what `SlabBuilder` took, `readSlab` gives back byte for byte and in order; a slab's
 *   buffers are its own, are transferred and never used again. Refuses: to know what a message says.
 */
export interface Slab {
  bytes: ArrayBuffer;
  /** Per message: line, kind, how many frames, the length of each. */
  index: ArrayBuffer;
  words: number;
}
/** A message of the live stream, or a reply. */
export type Kind = 'message' | 'reply';

const KINDS = ['message', 'reply'] as const satisfies readonly Kind[];
const LEAST_BYTES = 4096;
const LEAST_WORDS = 64;
/** Some hundred small messages, five milliseconds of work; a larger message makes a larger slab. */
const FULL_BYTES = 128 * 1024;
const FULL_WORDS = 8192;

export class SlabBuilder {
  #bytes = new Uint8Array(LEAST_BYTES);
  #at = 0;
  #index = new Uint32Array(LEAST_WORDS);
  #words = 0;

  get empty(): boolean {
    return this.#words === 0;
  }
  get full(): boolean {
    return this.#at >= FULL_BYTES || this.#words >= FULL_WORDS;
  }

  #room(bytes: number, words: number): void {
    if (this.#at + bytes > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + bytes));
      larger.set(this.#bytes.subarray(0, this.#at));
      this.#bytes = larger;
    }
    if (this.#words + words > this.#index.length) {
      const larger = new Uint32Array(Math.max(this.#index.length * 2, this.#words + words));
      larger.set(this.#index.subarray(0, this.#words));
      this.#index = larger;
    }
  }
  add(line: number, kind: Kind, frames: readonly Uint8Array[]): void {
    let size = 0;
    for (const frame of frames) size += frame.byteLength;
    this.#room(size, 3 + frames.length);
    this.#index[this.#words++] = line;
    this.#index[this.#words++] = KINDS.indexOf(kind);
    this.#index[this.#words++] = frames.length;
    for (const frame of frames) {
      this.#index[this.#words++] = frame.byteLength;
      this.#bytes.set(frame, this.#at);
      this.#at += frame.byteLength;
    }
  }
  /** Closes the slab and begins the next, which will be about as large. */
  take(): Slab {
    const slab: Slab = { bytes: this.#bytes.buffer, index: this.#index.buffer, words: this.#words };
    this.#bytes = new Uint8Array(Math.max(LEAST_BYTES, Math.min(FULL_BYTES + LEAST_BYTES, this.#at * 1.25)));
    this.#index = new Uint32Array(Math.max(LEAST_WORDS, Math.min(FULL_WORDS, this.#words * 1.25)));
    this.#at = 0;
    this.#words = 0;
    return slab;
  }
}

/** Frames are views into the slab: who keeps a small one keeps the whole. */
export function readSlab(slab: Slab, take: (line: number, kind: Kind, frames: Buffer[]) => void): void {
  const index = new Uint32Array(slab.index, 0, slab.words);
  let at = 0;
  for (let word = 0; word < index.length;) {
    const line = index[word++] ?? 0;
    const kind = KINDS[index[word++] ?? 0] ?? 'message';
    const frames: Buffer[] = [];
    for (let left = index[word++] ?? 0; left > 0; left--) {
      const length = index[word++] ?? 0;
      frames.push(Buffer.from(slab.bytes, at, length));
      at += length;
    }
    take(line, kind, frames);
  }
}
