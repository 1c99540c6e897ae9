/**
 * Reading the macroblocks of one slice (ITU-T H.264 clauses 7.3.4, 7.3.5 and 9.2).
 *
 * Owns: the syntax of CAVLC slices. Guarantees: answers the number of the macroblock after the last one read; throws `Broken`
 *   at the first thing the standard does not allow. Refuses: pictures.
 */
import { Broken, type BitReader } from './bits.ts';
import {
  CBP_INTER,
  CBP_INTRA,
  CHROMA_DC_TOKEN,
  CHROMA_DC_ZEROS,
  COEFF_TOKEN,
  RUN_BEFORE,
  TOTAL_ZEROS,
} from './cavlc-tables.ts';
import type { Totals } from './totals.ts';

/** For every 16 bits ahead: value × 32 + length of the codeword; 0 where none fits. */
type Code = Uint16Array;
const codeOf = (words: readonly (readonly [word: string, value: number])[]): Code => {
  const code = new Uint16Array(65536);
  for (const [word, value] of words) {
    const from = Number.parseInt(word, 2) << (16 - word.length);
    code.fill(value * 32 + word.length, from, from + (1 << (16 - word.length)));
  }
  return code;
};
const rowOf = (text: string): Code => codeOf(text.split(' ').map((word, i) => [word, i]));
/** Value: coefficients × 4 + trailing ones. */
const tokenOf = (text: string): Code =>
  codeOf(
    text.split('\n').flatMap((line, total) =>
      line
        .trim()
        .split(' ')
        .map((word, ones) => [word, total * 4 + ones] as const),
    ),
  );
const tokens = COEFF_TOKEN.map(tokenOf);
const chromaToken = tokenOf(CHROMA_DC_TOKEN);
const totalZeros = TOTAL_ZEROS.map(rowOf);
const chromaZeros = CHROMA_DC_ZEROS.map(rowOf);
const runBefore = RUN_BEFORE.map(rowOf);

const word = (r: BitReader, code: Code | undefined): number => {
  const entry = code?.[r.peek16()] ?? 0;
  if (entry === 0) throw new Broken('no such codeword');
  r.skip(entry & 31);
  return entry >> 5;
};
/** Six bits: with eight and more coefficients near by the code is of fixed length. */
const fixedToken = (r: BitReader): number => {
  const bits = r.bits(6);
  if (bits === 3) return 0;
  const [total, ones] = [(bits >> 2) + 1, bits & 3];
  if (ones > total) throw new Broken('trailing ones');
  return total * 4 + ones;
};

/** One block of coefficients; answers how many there were. `near`: nC, −1 for the DC of chroma. */
const residual = (r: BitReader, near: number, most: number): number => {
  const token =
    near < 0 ? word(r, chromaToken) : near >= 8 ? fixedToken(r) : word(r, tokens[near < 2 ? 0 : near < 4 ? 1 : 2]);
  const [total, ones] = [token >> 2, token & 3];
  if (total > most) throw new Broken('too many coefficients');
  if (total === 0) return 0;
  r.skip(ones);
  let suffixBits = total > 10 && ones < 3 ? 1 : 0;
  for (let i = ones; i < total; i++) {
    const prefix = r.prefix(15);
    const extra = prefix === 14 && suffixBits === 0 ? 4 : prefix === 15 ? 12 : suffixBits;
    let code = (prefix << suffixBits) + r.bits(extra);
    if (prefix === 15 && suffixBits === 0) code += 15;
    if (i === ones && ones < 3) code += 2;
    const level = (code + 2) >> 1;
    if (suffixBits === 0) suffixBits = 1;
    if (level > 3 << (suffixBits - 1) && suffixBits < 6) suffixBits += 1;
  }
  if (total === most) return total;
  let zeros = word(r, (near < 0 ? chromaZeros : totalZeros)[total - 1]);
  if (zeros + total > most) throw new Broken('too many zeros');
  for (let i = total - 1; i > 0 && zeros > 0; i--) {
    const run = word(r, runBefore[Math.min(zeros, 7) - 1]);
    if (run > zeros) throw new Broken('run');
    zeros -= run;
  }
  return total;
};

const coefficients = (r: BitReader, mb: number, pattern: number, isWhole: boolean, totals: Totals): void => {
  if (isWhole) residual(r, totals.expect(mb, 0, 0, 0), 16);
  for (let quarter = 0; quarter < 4; quarter++) {
    if (!(pattern & (1 << quarter))) continue;
    for (let k = 0; k < 4; k++) {
      const [x, y] = [(quarter & 1) * 2 + (k & 1), (quarter >> 1) * 2 + (k >> 1)];
      totals.set(mb, 0, x, y, residual(r, totals.expect(mb, 0, x, y), isWhole ? 15 : 16));
    }
  }
  const chroma = pattern >> 4;
  if (chroma > 0) for (let plane = 0; plane < 2; plane++) residual(r, -1, 4);
  if (chroma < 2) return;
  for (const plane of [1, 2] as const) {
    for (let k = 0; k < 4; k++) {
      const [x, y] = [k & 1, k >> 1];
      totals.set(mb, plane, x, y, residual(r, totals.expect(mb, plane, x, y), 15));
    }
  }
};

/** Motion of an inter macroblock: reference numbers, then vectors. */
const motion = (r: BitReader, type: number, refs: number): void => {
  const ref = (): void => {
    if (refs === 2) r.flag();
    else if (refs > 2) r.ue(refs - 1);
  };
  // Vectors reach at most 2048 pixels in quarters, differences twice that.
  const vector = (): void => {
    r.se(16384);
    r.se(16384);
  };
  if (type < 3) {
    const parts = type === 0 ? 1 : 2;
    for (let i = 0; i < parts; i++) ref();
    for (let i = 0; i < parts; i++) vector();
    return;
  }
  const subs = Array.from({ length: 4 }, () => r.ue(3));
  if (type === 3) for (let i = 0; i < 4; i++) ref();
  for (const sub of subs) for (let i = 0; i < ([1, 2, 2, 4][sub] ?? 1); i++) vector();
};

const macroblock = (
  r: BitReader,
  mb: number,
  slice: number,
  isIntraSlice: boolean,
  refs: number,
  totals: Totals,
): void => {
  const coded = r.ue(isIntraSlice ? 25 : 30);
  const intra = isIntraSlice ? coded : coded - 5;
  if (intra === 25) {
    r.align();
    for (let i = 0; i < 384; i++) r.bits(8);
    totals.enter(mb, slice, true);
    return;
  }
  totals.enter(mb, slice, false);
  let pattern: number;
  if (intra > 0) {
    r.ue(3);
    pattern = (intra > 12 ? 15 : 0) + (Math.floor((intra - 1) / 4) % 3) * 16;
  } else {
    if (intra === 0) {
      for (let i = 0; i < 16; i++) if (!r.flag()) r.bits(3);
      r.ue(3);
    } else motion(r, coded, refs);
    pattern = (intra === 0 ? CBP_INTRA : CBP_INTER)[r.ue(47)] ?? 0;
  }
  if (pattern === 0 && intra <= 0) return;
  r.se(26);
  coefficients(r, mb, pattern, intra > 0, totals);
};

/** `slice`: a number of its own within the picture. */
export const readMacroblocks = (
  r: BitReader,
  { first, isIntra, refs }: { first: number; isIntra: boolean; refs: number },
  totals: Totals,
  slice: number,
): number => {
  const end = totals.wide * totals.high;
  let mb = first;
  for (;;) {
    if (!isIntra) {
      const skipped = r.ue(end - mb);
      for (let i = 0; i < skipped; i++) totals.enter(mb++, slice, false);
      if (!r.more) return mb;
    }
    if (mb >= end) throw new Broken('too many macroblocks');
    macroblock(r, mb++, slice, isIntra, refs, totals);
    if (!r.more) return mb;
  }
};
