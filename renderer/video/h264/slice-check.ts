/**
 * Is this access unit whole?
 *
 * Owns: reading every macroblock of CAVLC-coded I and P slices without making a picture of them.
 * Guarantees: a unit that is cut off, or whose damage upsets the code, is `damaged`: software decoders paint over such damage
 *   with older pixels and say nothing. A sound unit is never called damaged.
 * Refuses: to vouch for what it cannot read (CABAC, B slices, interlace): that is `unknown`. Damage that reads as other
 *   valid code for exactly as many macroblocks goes unseen.
 */
import { BitReader, Broken, nalUnits, payloadOf } from './bits.ts';
import { readMacroblocks } from './macroblocks.ts';
import { readPps, readSps, type Pps, type Sps } from './param-sets.ts';
import { createTotals } from './totals.ts';

export type Soundness = 'sound' | 'damaged' | 'unknown';

export interface SliceCheck {
  /** Units of one camera in the order they were sent: parameter sets are remembered. */
  check: (unit: Uint8Array) => Soundness;
}

interface Slice {
  first: number;
  isIntra: boolean;
  refs: number;
}

/** Null: a kind of slice that is not read here. */
const readHeader = (
  r: BitReader,
  nal: { type: number; ref: number },
  find: (pps: number) => { sps: Sps; pps: Pps } | null,
): (Slice & { sps: Sps }) | null => {
  const first = r.ue();
  const kind = r.ue(9) % 5;
  const sets = find(r.ue(255));
  if (!sets || (kind !== 0 && kind !== 2)) return null;
  const { sps, pps } = sets;
  const isIntra = kind === 2;
  r.bits(sps.frameNumBits);
  if (nal.type === 5) r.ue(65535);
  if (sps.pocType === 0) {
    r.bits(sps.pocBits);
    if (pps.bottomPoc) r.se();
  }
  if (sps.pocType === 1 && !sps.deltaPocZero) {
    r.se();
    if (pps.bottomPoc) r.se();
  }
  if (pps.redundant && r.ue(127) > 0) return null;
  let { refs } = pps;
  if (!isIntra) {
    if (r.flag()) refs = r.ue(31) + 1;
    if (r.flag()) while (r.ue(3) !== 3) r.ue();
    if (pps.weighted) readWeights(r, refs);
  }
  if (nal.ref !== 0) readMarking(r, nal.type === 5);
  r.se(77);
  if (pps.deblocking && r.ue(2) !== 1) {
    r.se(6);
    r.se(6);
  }
  return { first, isIntra, refs, sps };
};

const readWeights = (r: BitReader, refs: number): void => {
  r.ue(7);
  r.ue(7);
  for (let i = 0; i < refs; i++) {
    for (const numbers of [2, 4]) if (r.flag()) for (let k = 0; k < numbers; k++) r.se(128);
  }
};
const readMarking = (r: BitReader, isIdr: boolean): void => {
  if (isIdr) {
    r.bits(2);
    return;
  }
  if (!r.flag()) return;
  for (let act = r.ue(6); act !== 0; act = r.ue(6)) {
    if (act !== 5) r.ue();
    if (act === 3) r.ue();
  }
};

export const createSliceCheck = (): SliceCheck => {
  const spss = new Map<number, Sps | null>();
  const ppss = new Map<number, Pps | null>();
  const find = (id: number): { sps: Sps; pps: Pps } | null => {
    const pps = ppss.get(id);
    const sps = pps ? spss.get(pps.spsId) : null;
    return pps && sps ? { sps, pps } : null;
  };
  let totals = createTotals(0, 0);

  const read = (unit: Uint8Array): Soundness => {
    let next = 0;
    let size = -1;
    let slices = 0;
    for (const nal of nalUnits(unit)) {
      const header = nal[0] ?? 0;
      if (header & 0x80) throw new Broken('forbidden bit');
      const type = header & 31;
      if (type === 7) {
        const { id, sps } = readSps(payloadOf(nal));
        spss.set(id, sps);
      }
      if (type === 8) {
        const { id, pps } = readPps(payloadOf(nal));
        ppss.set(id, pps);
      }
      if (type >= 2 && type <= 4) return 'unknown';
      if (type !== 1 && type !== 5) continue;
      const r = new BitReader(payloadOf(nal));
      const slice = readHeader(r, { type, ref: (header >> 5) & 3 }, find);
      if (!slice) return 'unknown';
      const { sps } = slice;
      size = sps.mbWide * sps.mbHigh;
      if (slice.first !== next) throw new Broken('a slice is missing');
      if (totals.wide !== sps.mbWide || totals.high !== sps.mbHigh) totals = createTotals(sps.mbWide, sps.mbHigh);
      if (slices === 0) totals.clear();
      next = readMacroblocks(r, slice, totals, slices);
      slices += 1;
    }
    if (slices === 0) return 'damaged';
    return next === size ? 'sound' : 'damaged';
  };
  return {
    check: (unit) => {
      try {
        return read(unit);
      } catch (error) {
        if (error instanceof Broken) return 'damaged';
        throw error;
      }
    },
  };
};
