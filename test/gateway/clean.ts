// What a console may rely on in every stream, as one check.
// Guarantees: fails on a gap, a time that goes back, or anything a decoder complains about.
import { expect } from 'vitest';
import { decodeCount } from '../../native-bridge/gateway/clips-fake.ts';
import type { Picture } from './process.ts';

/** Each picture once, in order: what was said again is left out. */
export function once1(pictures: readonly Picture[]): Picture[] {
  const seen = new Set<number>();
  return pictures.filter(({ header }) => !seen.has(header.fseq) && seen.add(header.fseq));
}
/** What a console may rely on in any run of pictures. */
export function expectClean(pictures: readonly Picture[]): void {
  const run = once1(pictures);
  expect(run[0]?.header.key).toBe(true);
  run.forEach(({ header, at }, i) => {
    const before = run[i - 1];
    if (before === undefined) return;
    expect(header.fseq).toBe(before.header.fseq + 1);
    expect(header.pts).toBeGreaterThan(before.header.pts);
    expect(header.pts).toBeLessThanOrEqual(at + 50);
  });
  // One unit is one picture, and a decoder has nothing to complain about.
  expect(decodeCount(Buffer.concat(run.map(({ unit }) => unit)))).toBe(run.length);
}
