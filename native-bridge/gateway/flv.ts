/**
 * Owns: the pipe format between ffmpeg and the gateway: FLV tags with H.264, read and written.
 * Guarantees: a picture comes out as soon as its last byte is in (its size stands before it); time in ms, unwrapped
 *   past the 31 bits of the format; bytes may be cut anywhere.
 * Refuses: what is not FLV with H.264: throws, and the reader is of no more use.
 */

export interface FlvTag {
  /** `config`: an AVCDecoderConfigurationRecord; `picture`: NAL units, each after its length in four bytes. */
  readonly kind: 'config' | 'picture';
  readonly data: Buffer;
  /** Decoding time, ms. */
  readonly dts: number;
  /** Composition time minus decoding time, ms: not 0 when pictures are shown in another order than sent. */
  readonly cts: number;
  /** The whole tag with its trailer, for another ffmpeg. */
  readonly raw: Buffer;
}

const VIDEO = 9;
const H264 = 7;
const HEADER = 9;
const TAG_HEADER = 11;
const TRAILER = 4;
const WRAP = 2 ** 31;

/** What stands before the first tag of a stream with video only. */
export const FLV_START = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, HEADER, 0, 0, 0, 0]);

/** A picture's tag; `dts` in ms, `data` NAL units after their lengths. */
export function flvPicture(data: Buffer, dts: number, cts: number, key: boolean): FlvTag {
  const size = data.length + 5;
  const raw = Buffer.alloc(TAG_HEADER + size + TRAILER);
  const short = dts % WRAP;
  raw[0] = VIDEO;
  raw.writeUIntBE(size, 1, 3);
  raw.writeUIntBE(short % 2 ** 24, 4, 3);
  raw[7] = Math.floor(short / 2 ** 24);
  raw[TAG_HEADER] = ((key ? 1 : 2) << 4) | H264;
  raw[TAG_HEADER + 1] = 1;
  raw.writeIntBE(cts, TAG_HEADER + 2, 3);
  data.copy(raw, TAG_HEADER + 5);
  raw.writeUInt32BE(TAG_HEADER + size, TAG_HEADER + size);
  return { kind: 'picture', data: raw.subarray(TAG_HEADER + 5, TAG_HEADER + size), dts, cts, raw };
}

export class FlvReader {
  readonly #take: (tag: FlvTag) => void;
  #parts: Buffer[] = [];
  #have = 0;
  #need = FLV_START.length;
  #began = false;
  #turns = 0;
  #last = 0;

  constructor(take: (tag: FlvTag) => void) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#have += chunk.length;
    if (this.#have < this.#need) return;
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    let at = 0;
    for (; bytes.length - at >= this.#need; at += this.#step(bytes.subarray(at)));
    this.#parts = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#have = bytes.length - at;
  }

  /** Reads what `#need` promised to be there; answers the bytes that are done with. */
  #step(bytes: Buffer): number {
    if (!this.#began) {
      if (bytes.toString('latin1', 0, 3) !== 'FLV') throw new Error('the pipe does not carry FLV');
      this.#began = true;
      this.#need = TAG_HEADER;
      return FLV_START.length;
    }
    const whole = TAG_HEADER + bytes.readUIntBE(1, 3) + TRAILER;
    if (bytes.length < whole) {
      this.#need = whole;
      return 0;
    }
    this.#need = TAG_HEADER;
    if (((bytes[0] ?? 0) & 31) === VIDEO && whole >= TAG_HEADER + 5 + TRAILER) this.#video(bytes.subarray(0, whole));
    return whole;
  }

  #video(raw: Buffer): void {
    if (((raw[TAG_HEADER] ?? 0) & 15) !== H264) throw new Error('the pipe carries video that is not H.264');
    const type = raw[TAG_HEADER + 1];
    if (type !== 0 && type !== 1) return;
    const short = raw.readUIntBE(4, 3) + ((raw[7] ?? 0) & 0x7f) * 2 ** 24;
    if (short < this.#last - WRAP / 2) this.#turns++;
    this.#last = short;
    this.#take({
      kind: type === 0 ? 'config' : 'picture',
      data: raw.subarray(TAG_HEADER + 5, raw.length - TRAILER),
      dts: short + this.#turns * WRAP,
      cts: raw.readIntBE(TAG_HEADER + 2, 3),
      raw,
    });
  }
}
