/**
 * Owns: reading an H.264 sequence parameter set (ITU-T H.264, 7.3.2.1 and annex E).
 * Guarantees: the size as shown (cropped), the RFC 6381 codec string, and what it says about the order of pictures.
 * Refuses: what is no whole SPS: null.
 */

export interface Sps {
  /** Such as `avc1.42E01E`. */
  readonly codec: string;
  readonly w: number;
  readonly h: number;
  /**
   * Pictures that may have to wait for an earlier one to be shown; 0 when the stream says that none does, null when it
   * does not say.
   */
  readonly reorder: number | null;
}

/** Profiles that say more about colour (7.3.2.1.1). */
const HIGH = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** `nal` with its header byte, without start code. */
export function readSps(nal: Uint8Array): Sps | null {
  const [head = 0, profile = 0, flags = 0, level = 0] = nal;
  if ((head & 31) !== 7 || nal.length < 5) return null;
  const bits = new Bits(withoutEmulation(nal.subarray(4)));
  try {
    const { w, h, reorder } = body(bits, profile);
    const codec = `avc1.${[profile, flags, level].map((n) => n.toString(16).padStart(2, '0').toUpperCase()).join('')}`;
    // Constrained baseline (66 with flag 1) and everything without B slices never reorders.
    return { codec, w, h, reorder: profile === 66 && (flags & 0x40) !== 0 ? 0 : reorder };
  } catch {
    return null;
  }
}

function body(bits: Bits, profile: number): { w: number; h: number; reorder: number | null } {
  bits.ue(); // id
  let chroma = 1;
  if (HIGH.has(profile)) {
    chroma = bits.ue();
    if (chroma === 3) bits.u(1);
    bits.ue();
    bits.ue();
    bits.u(1);
    if (bits.u(1)) for (let i = 0; i < (chroma === 3 ? 12 : 8); i++) if (bits.u(1)) skipScaling(bits, i < 6 ? 16 : 64);
  }
  bits.ue(); // frame number length
  const order = bits.ue();
  if (order === 0) bits.ue();
  else if (order === 1) {
    bits.u(1);
    bits.ue();
    bits.ue();
    for (let n = bits.ue(); n > 0; n--) bits.ue();
  }
  bits.ue(); // reference frames
  bits.u(1);
  const columns = bits.ue() + 1;
  const rows = bits.ue() + 1;
  const isFrames = bits.u(1);
  if (!isFrames) bits.u(1);
  bits.u(1);
  const crop = bits.u(1) ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * (2 - isFrames);
  const w = columns * 16 - unitX * (left + right);
  const h = rows * 16 * (2 - isFrames) - unitY * (top + bottom);
  if (w < 1 || h < 1 || w > 16384 || h > 16384) throw new RangeError('no such size');
  // With order type 2 the order shown is the order sent (8.2.1.3).
  return { w, h, reorder: order === 2 ? 0 : bits.u(1) ? vuiReorder(bits) : null };
}

function vuiReorder(bits: Bits): number | null {
  if (bits.u(1) && bits.u(8) === 255) bits.u(32);
  if (bits.u(1)) bits.u(1);
  if (bits.u(1)) {
    bits.u(4);
    if (bits.u(1)) bits.u(24);
  }
  if (bits.u(1)) {
    bits.ue();
    bits.ue();
  }
  if (bits.u(1)) {
    bits.u(32);
    bits.u(32);
    bits.u(1);
  }
  const nal = bits.u(1);
  if (nal) skipHrd(bits);
  const vcl = bits.u(1);
  if (vcl) skipHrd(bits);
  if (nal || vcl) bits.u(1);
  bits.u(1);
  if (!bits.u(1)) return null;
  bits.u(1);
  for (let i = 0; i < 4; i++) bits.ue();
  return bits.ue();
}

function skipHrd(bits: Bits): void {
  const count = bits.ue() + 1;
  bits.u(8);
  for (let i = 0; i < count; i++) {
    bits.ue();
    bits.ue();
    bits.u(1);
  }
  bits.u(20);
}

function skipScaling(bits: Bits, size: number): void {
  let next = 8;
  for (let i = 0, last = 8; i < size; i++) {
    if (next !== 0) next = (last + bits.se() + 256) % 256;
    if (next !== 0) last = next;
  }
}

/** Takes out the byte 3 that keeps start codes apart (7.4.1). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const [i, byte] of bytes.entries()) {
    if (!(byte === 3 && bytes[i - 1] === 0 && bytes[i - 2] === 0)) out.push(byte);
  }
  return Uint8Array.from(out);
}

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  /** Up to 32 bits, unsigned. */
  u(count: number): number {
    let value = 0;
    for (; count > 0; count--, this.#at++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError('the SPS is cut off');
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }
  ue(): number {
    let zeros = 0;
    while (this.u(1) === 0) if (++zeros > 31) throw new RangeError('no such number');
    return 2 ** zeros - 1 + this.u(zeros);
  }
  se(): number {
    const n = this.ue();
    return n % 2 === 1 ? (n + 1) / 2 : -n / 2;
  }
}
