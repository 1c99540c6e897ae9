import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clipNames, openClip } from '../../native-bridge/drill/clip.ts';
import {
  CHROMA_DC_TOKEN,
  CHROMA_DC_ZEROS,
  COEFF_TOKEN,
  RUN_BEFORE,
  TOTAL_ZEROS,
} from '../../renderer/video/h264/cavlc-tables.ts';
import { createSliceCheck } from '../../renderer/video/h264/slice-check.ts';

const folder = join(import.meta.dirname, '../../resources/video');

describe('whole or damaged', () => {
  it('every table is a prefix code', () => {
    for (const table of [...COEFF_TOKEN, CHROMA_DC_TOKEN, ...TOTAL_ZEROS, ...CHROMA_DC_ZEROS, ...RUN_BEFORE]) {
      const words = table.split(/\s+/);
      for (const a of words) expect(words.filter((b) => b.startsWith(a))).toEqual([a]);
    }
  });

  it.each(clipNames(folder))('%s: every unit as encoded is sound', (name) => {
    const clip = openClip(folder, name);
    const { check } = createSliceCheck();
    for (let i = 0; i < clip.frames; i++) expect([i, check(clip.unit(i))]).toEqual([i, 'sound']);
  });

  it('a unit that was cut anywhere is damaged, and the next whole one is sound again', () => {
    const clip = openClip(folder, 'elevator-ebike');
    const { check } = createSliceCheck();
    let missed = 0;
    let cuts = 0;
    for (let i = 90; i < 210; i++) {
      const unit = clip.unit(i);
      expect(check(unit)).toBe('sound');
      for (const share of [0.2, 0.5, 0.8, 0.97]) {
        cuts += 1;
        if (check(unit.subarray(0, Math.floor(unit.length * share))) !== 'damaged') missed += 1;
      }
    }
    expect(cuts).toBe(480);
    expect(missed).toBe(0);
  });

  it('bytes that were overwritten are noticed, but for those that read as another picture', () => {
    const clip = openClip(folder, 'elevator-ebike');
    let missed = 0;
    let all = 0;
    for (let i = 60; i < 240; i++) {
      const { check } = createSliceCheck();
      check(clip.unit(Math.floor(i / 30) * 30));
      const unit = Uint8Array.from(clip.unit(i));
      for (let k = Math.floor(unit.length * 0.3); k < unit.length; k += 11) unit[k] = (unit[k] ?? 0) ^ 0x5a;
      all += 1;
      if (check(unit) !== 'damaged') missed += 1;
    }
    // A frame of a still cab is a hundred bytes of vectors: some damage there is valid code.
    expect(missed / all).toBeLessThan(0.05);
  });

  it('what it cannot read it does not vouch for', () => {
    const { check } = createSliceCheck();
    expect(check(openClip(folder, 'elevator-ebike').unit(1))).toBe('unknown');
    expect(check(Uint8Array.of(0, 0, 0, 1, 9, 0x10))).toBe('damaged');
    expect(check(new Uint8Array(0))).toBe('damaged');
  });
});
