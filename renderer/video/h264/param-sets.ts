/**
 * Parameter sets: what the slices of a stream are made like.
 *
 * Owns: the fields of SPS and PPS that the check of slices needs. Guarantees: null for anything the check does not know:
 *   CABAC, interlace, 8 × 8 transforms, slice groups, chroma other than 4:2:0, data partitions.
 * Refuses: everything after those fields.
 */
import { BitReader, Broken } from './bits.ts';

export interface Sps {
  mbWide: number;
  mbHigh: number;
  frameNumBits: number;
  pocType: number;
  pocBits: number;
  deltaPocZero: boolean;
}
export interface Pps {
  spsId: number;
  bottomPoc: boolean;
  refs: number;
  weighted: boolean;
  deblocking: boolean;
  redundant: boolean;
}

const HIGH = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

export const readSps = (payload: Uint8Array): { id: number; sps: Sps | null } => {
  const r = new BitReader(payload);
  const profile = r.bits(8);
  r.bits(16);
  const id = r.ue(31);
  if (HIGH.has(profile)) {
    const chroma = r.ue(3);
    const [luma, colour] = chroma === 1 ? [r.ue(6), r.ue(6)] : [1, 1];
    if (chroma !== 1 || luma !== 0 || colour !== 0) return { id, sps: null };
    r.flag();
    if (r.flag()) return { id, sps: null };
  }
  const frameNumBits = r.ue(12) + 4;
  const pocType = r.ue(2);
  let [pocBits, deltaPocZero] = [0, false];
  if (pocType === 0) pocBits = r.ue(12) + 4;
  if (pocType === 1) {
    deltaPocZero = r.flag();
    r.se();
    r.se();
    for (let n = r.ue(255); n > 0; n--) r.se();
  }
  r.ue(16);
  r.flag();
  const mbWide = r.ue(1023) + 1;
  const mbHigh = r.ue(1023) + 1;
  const progressive = r.flag();
  return { id, sps: progressive ? { mbWide, mbHigh, frameNumBits, pocType, pocBits, deltaPocZero } : null };
};

export const readPps = (payload: Uint8Array): { id: number; pps: Pps | null } => {
  const r = new BitReader(payload);
  const id = r.ue(255);
  const spsId = r.ue(31);
  if (r.flag()) return { id, pps: null };
  const bottomPoc = r.flag();
  if (r.ue(7) !== 0) return { id, pps: null };
  const refs = r.ue(31) + 1;
  r.ue(31);
  const weighted = r.flag();
  if (r.bits(2) > 2) throw new Broken('weighted_bipred_idc');
  r.se(26);
  r.se(26);
  r.se(12);
  const deblocking = r.flag();
  r.flag();
  const redundant = r.flag();
  if (r.more && r.flag()) return { id, pps: null };
  return { id, pps: { spsId, bottomPoc, refs, weighted, deblocking, redundant } };
};
