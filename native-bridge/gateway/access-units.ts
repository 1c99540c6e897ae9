/**
 * Owns: making access units as the contract wants them (Annex B, parameter sets before each key frame) out of what the
 *   pipe carries (NAL units after their length, parameter sets perhaps only beside the stream).
 * Guarantees: what the stream says in band goes before what was said beside it; a unit holds exactly one picture as far
 *   as the sender kept pictures together; `key` only where decoding can begin (IDR).
 * Refuses: cut-off NAL units, and pictures whose first slice is missing: `broken`.
 */
import { readSps, type Sps } from './sps.ts';

export type Assembled =
  | { readonly is: 'unit'; readonly unit: Buffer; readonly key: boolean; readonly sps: Sps }
  /** Nothing to send yet: no parameter sets known, or nothing but parameter sets and remarks in it. */
  | { readonly is: 'nothing' }
  | { readonly is: 'broken'; readonly why: string };

const [SLICE, IDR, SEI, SPS, PPS, DELIMITER, FILLER] = [1, 5, 6, 7, 8, 9, 12];
const START = Buffer.from([0, 0, 0, 1]);
const typeOf = (nal: Buffer): number => (nal[0] ?? 0) & 31;
const isSlice = (nal: Buffer): boolean => typeOf(nal) >= SLICE && typeOf(nal) <= IDR;
/** first_mb_in_slice is 0 exactly when its first bit is set. */
const isFirstSlice = (nal: Buffer): boolean => ((nal[1] ?? 0) & 0x80) !== 0;

/** Does the data begin a picture (true), go on with one (false), or hold none (null)? */
export function beginsPicture(data: Buffer): boolean | null {
  const first = split(data)?.find(isSlice);
  return first === undefined ? null : isFirstSlice(first);
}
/** Holds a slice that decoding can begin with. */
export const hasKey = (data: Buffer): boolean => split(data)?.some((nal) => typeOf(nal) === IDR) ?? false;
/** Without parameter sets and delimiters. */
export function withoutSets(data: Buffer): Buffer {
  const rest = split(data)?.filter((nal) => ![SPS, PPS, DELIMITER].includes(typeOf(nal))) ?? [];
  return Buffer.concat(rest.flatMap((nal) => [lengthOf(nal), nal]));
}
function lengthOf(nal: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(nal.length);
  return length;
}

export class AccessUnits {
  #sps: readonly Buffer[] = [];
  #pps: readonly Buffer[] = [];
  /** Stood in a unit without a picture; belongs to the next. */
  #early: Buffer[] = [];
  #said: Sps | null = null;

  /** An AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1). */
  configure(record: Buffer): void {
    let at = 5;
    const sets = (count: number): Buffer[] => {
      const found: Buffer[] = [];
      for (; count > 0 && at + 2 <= record.length; count--) {
        const size = record.readUInt16BE(at);
        found.push(Buffer.from(record.subarray(at + 2, at + 2 + size)));
        at += 2 + size;
      }
      return found;
    };
    const sps = sets((record[at++] ?? 0) & 31);
    const pps = sets(record[at++] ?? 0);
    if (sps.length > 0) this.#learn(sps, pps);
  }

  /** `data`: NAL units, each after its length in four bytes. */
  assemble(data: Buffer): Assembled {
    const nals = split(data);
    if (nals === null) return { is: 'broken', why: 'a NAL unit is cut off' };
    const inBand = (type: number): Buffer[] =>
      nals.filter((nal) => typeOf(nal) === type).map((nal) => Buffer.from(nal));
    const [sps, pps] = [inBand(SPS), inBand(PPS)];
    if (sps.length > 0) this.#learn(sps, pps);
    else if (pps.length > 0) this.#pps = pps;
    const first = nals.find(isSlice);
    if (first === undefined) {
      this.#early.push(...nals.filter((nal) => typeOf(nal) === SEI).map((nal) => Buffer.from(nal)));
      if (this.#early.length > 16) this.#early = [];
      return { is: 'nothing' };
    }
    if (!isFirstSlice(first)) return { is: 'broken', why: 'a picture without its first slice' };
    if (this.#said === null || this.#pps.length === 0) return { is: 'nothing' };
    const key = nals.some((nal) => typeOf(nal) === IDR);
    const content = nals.filter((nal) => ![SPS, PPS, DELIMITER, FILLER].includes(typeOf(nal)));
    const sets = key ? [...this.#sps, ...this.#pps] : pps;
    const parts = [...nals.filter((nal) => typeOf(nal) === DELIMITER).slice(0, 1), ...sets, ...this.#early, ...content];
    this.#early = [];
    const unit = Buffer.concat(parts.flatMap((nal) => [START, nal]));
    return { is: 'unit', unit, key, sps: this.#said };
  }

  #learn(sps: readonly Buffer[], pps: readonly Buffer[]): void {
    this.#sps = sps;
    if (pps.length > 0) this.#pps = pps;
    this.#said = readSps(sps[0] ?? Buffer.alloc(0));
  }
}

function split(data: Buffer): Buffer[] | null {
  const nals: Buffer[] = [];
  for (let at = 0; at < data.length;) {
    if (at + 4 > data.length) return null;
    const end = at + 4 + data.readUInt32BE(at);
    if (end > data.length) return null;
    if (end > at + 4) nals.push(data.subarray(at + 4, end));
    at = end;
  }
  return nals;
}
