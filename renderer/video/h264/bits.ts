/**
 * Reading an H.264 unit bit by bit.
 *
 * Owns: cutting a unit into NAL units, taking out the emulation bytes, bits and Exp-Golomb numbers.
 * Guarantees: reading beyond the end throws `Broken`; nothing outside the NAL unit is read.
 * Refuses: meaning.
 */

/** The stream does not read as H.264. */
export class Broken extends Error {}

/** NAL units of an Annex B access unit, without start codes; emulation bytes still in. */
export const nalUnits = (data: Uint8Array): Uint8Array[] => {
  const starts: number[] = [];
  for (let i = 2; i < data.length; i++) if (data[i] === 1 && data[i - 1] === 0 && data[i - 2] === 0) starts.push(i + 1);
  return starts.map((from, k) => {
    const next = starts[k + 1];
    // Zeros before the next start code are filling, not part of the unit.
    let to = next === undefined ? data.length : next - 3;
    while (to > from && data[to - 1] === 0) to -= 1;
    return data.subarray(from, to);
  });
};

/** The payload after the one-byte header, without emulation bytes. */
export const payloadOf = (nal: Uint8Array): Uint8Array => {
  const out = new Uint8Array(nal.length);
  let [n, zeros] = [0, 0];
  for (let i = 1; i < nal.length; i++) {
    const byte = nal[i] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out[n++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, n);
};

export class BitReader {
  readonly #data: Uint8Array;
  /** Position of the stop bit: the payload ends before it. */
  readonly #end: number;
  #at = 0;

  constructor(payload: Uint8Array) {
    this.#data = payload;
    let last = payload.length - 1;
    while (last >= 0 && payload[last] === 0) last -= 1;
    if (last < 0) throw new Broken('no stop bit');
    const byte = payload[last] ?? 0;
    this.#end = last * 8 + 7 - Math.log2(byte & -byte);
  }
  get at(): number {
    return this.#at;
  }
  /** Whether payload is left before the stop bit. */
  get more(): boolean {
    return this.#at < this.#end;
  }
  /** The next 16 bits without moving; beyond the end zeros. */
  peek16(): number {
    const [byte, shift] = [this.#at >> 3, this.#at & 7];
    const d = this.#data;
    const word = ((d[byte] ?? 0) << 16) | ((d[byte + 1] ?? 0) << 8) | (d[byte + 2] ?? 0);
    return (word >> (8 - shift)) & 0xffff;
  }
  skip(bits: number): void {
    this.#at += bits;
    if (this.#at > this.#end) throw new Broken('ends early');
  }
  /** Up to 16 bits. */
  bits(count: number): number {
    const value = count === 0 ? 0 : this.peek16() >> (16 - count);
    this.skip(count);
    return value;
  }
  flag(): boolean {
    return this.bits(1) === 1;
  }
  /** Zeros before the next one, which is read too. */
  prefix(most: number): number {
    let zeros = 0;
    while (!this.flag()) if (++zeros > most) throw new Broken('prefix');
    return zeros;
  }
  /** ue(v) */
  ue(most = Number.MAX_SAFE_INTEGER): number {
    const zeros = this.prefix(31);
    let value = 1;
    for (let left = zeros; left > 0; left -= 16)
      value = value * 2 ** Math.min(16, left) + this.bits(Math.min(16, left));
    value -= 1;
    if (value > most) throw new Broken(`${String(value)} > ${String(most)}`);
    return value;
  }
  /** se(v) */
  se(most = Number.MAX_SAFE_INTEGER): number {
    const code = this.ue();
    const value = code % 2 === 1 ? (code + 1) / 2 : -code / 2;
    if (Math.abs(value) > most) throw new Broken(`|${String(value)}| > ${String(most)}`);
    return value;
  }
  /** To the next whole byte; the bits between must be zero. */
  align(): void {
    while (this.#at & 7) if (this.flag()) throw new Broken('alignment');
  }
}
