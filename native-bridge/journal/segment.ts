/**
 * Segments: the messages of one log as received, one after the other in one blob.
 *
 * Owns: the format. Guarantees: what `SegmentBuilder` wrote, `readSegment` gives back byte for byte, topics and
 *   numbers included: a segment can be understood without the rest of the file.
 * Refuses: damaged bytes (an error that says so; the caller passes over the segment).
 *
 * A frame: flags, number (zigzag against the one expected), n, [from, to offsets], receive time (zigzag against the
 * frame before), publishing time (zigzag against receive time), [topic], [rejected offsets], body. All numbers are
 * LEB128; flags: bits 0–1 manner, 2 rejects, 3 part of the numbers only, 4 topic as in the frame before.
 */
import type { ReceiveTime } from '../contract/brand.ts';
import type { Frame, FrameManner } from '../contract/frame.ts';
import type { Entry } from './types.ts';

const MANNERS = ['live', 'replay', 'history', 'snapshot'] as const satisfies readonly FrameManner[];
const REJECTS = 4;
const PART = 8;
const SAME_TOPIC = 16;

export class SegmentBuilder {
  #buffer: Buffer;
  #at = 0;
  #expected = 0;
  #heard = 0;
  #topic = '';
  frames = 0;

  constructor(capacity: number) {
    this.#buffer = Buffer.from(new ArrayBuffer(capacity));
  }
  get length(): number {
    return this.#at;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#buffer.length * 2, this.#at + bytes)));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
  #number(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#at++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#at++] = rest;
  }
  /** Zigzag: small numbers of either sign stay short. */
  #signed(value: number): void {
    this.#number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  add(frame: Frame, rejected: readonly number[]): void {
    const same = frame.topic === this.#topic && this.frames > 0;
    const whole = frame.manner === 'snapshot' || (frame.from === frame.seq && frame.to === frame.seq + frame.n - 1);
    // A topic has at most three bytes a UTF-16 unit, a LEB128 number at most eight bytes.
    this.#room(80 + frame.topic.length * 3 + rejected.length * 8 + frame.body.byteLength);
    const manner = MANNERS.indexOf(frame.manner as (typeof MANNERS)[number]);
    this.#number(
      (manner < 0 ? 0 : manner) | (rejected.length > 0 ? REJECTS : 0) | (whole ? 0 : PART) | (same ? SAME_TOPIC : 0),
    );
    this.#signed(frame.seq - this.#expected);
    this.#number(frame.n);
    if (!whole) {
      this.#number(frame.from - frame.seq);
      this.#number(frame.to - frame.seq);
    }
    const heard = Math.round(frame.heard);
    this.#signed(heard - this.#heard);
    this.#signed(Math.round(frame.ts) - heard);
    if (!same) {
      const bytes = Buffer.byteLength(frame.topic);
      this.#number(bytes);
      this.#at += this.#buffer.write(frame.topic, this.#at, 'utf8');
    }
    if (rejected.length > 0) {
      this.#number(rejected.length);
      for (const offset of rejected) this.#number(offset);
    }
    this.#number(frame.body.byteLength);
    this.#buffer.set(frame.body, this.#at);
    this.#at += frame.body.byteLength;
    this.#expected = frame.seq + frame.n;
    this.#heard = heard;
    this.#topic = frame.topic;
    this.frames++;
  }

  /** The bytes, in a buffer of their own that may be transferred; the builder is spent. */
  finish(): { bytes: ArrayBuffer; length: number } {
    return { bytes: this.#buffer.buffer as ArrayBuffer, length: this.#at };
  }
}

/** What a reader needs of a frame; event times are not in the frame itself. */
export type StoredFrame = Pick<Entry, 'frame' | 'rejected'>;

/** Reads every frame of an unpacked segment. Bodies are views into `bytes`. */
export function* readSegment(bytes: Uint8Array, source: string, epoch: string): Generator<StoredFrame> {
  let at = 0;
  const number = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 56) throw new Error('damaged segment');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  };
  const signed = (): number => {
    const value = number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error('damaged segment');
    at += length;
    return bytes.subarray(at - length, at);
  };
  let expected = 0;
  let heardBefore = 0;
  let topic = '';
  while (at < bytes.length) {
    const flags = number();
    const seq = expected + signed();
    const n = number();
    const from = seq + ((flags & PART) === 0 ? 0 : number());
    const to = (flags & PART) === 0 ? seq + n - 1 : seq + number();
    const heard = heardBefore + signed();
    const ts = heard + signed();
    if ((flags & SAME_TOPIC) === 0) topic = Buffer.from(take(number())).toString('utf8');
    const rejected: number[] = [];
    if ((flags & REJECTS) !== 0) for (let left = number(); left > 0; left--) rejected.push(number());
    const body = take(number());
    const manner = MANNERS[flags & 3] ?? 'live';
    yield {
      frame: { source, epoch, topic, seq, n, from, to, ts, heard: heard as ReceiveTime, manner, body },
      rejected,
    };
    expected = seq + n;
    heardBefore = heard;
  }
}
