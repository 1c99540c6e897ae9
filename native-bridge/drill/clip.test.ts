import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { clipNames, openClip } from './clip.ts';
import { markBits, markCell, markLeft, markTop, readMark } from './clips/frame-mark.ts';

const folder = join(import.meta.dirname, '../../resources/video');
const names = clipNames(folder);
const temporary = mkdtempSync(join(tmpdir(), 'clip-'));
afterAll(() => rmSync(temporary, { recursive: true }));

describe('the clips of resources/video', () => {
  it('are at least six and together no more than 6 MB', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    expect(bytes).toBeLessThanOrEqual(6 * 1024 * 1024);
  });

  it.each(names)('%s: units cover the stream, key frames each two seconds bring their parameter sets', (name) => {
    const clip = openClip(folder, name);
    expect([clip.w, clip.h, clip.fps, clip.codec]).toEqual([640, 360, 15, 'avc1.42E01E']);
    expect(clip.frames / clip.fps).toBeGreaterThanOrEqual(20);
    expect(clip.frames / clip.fps).toBeLessThanOrEqual(40);
    let bytes = 0;
    for (let i = 0; i < clip.frames; i++) {
      const types = nalTypes(clip.unit(i));
      bytes += clip.unit(i).length;
      expect(clip.isKey(i)).toBe(i % 30 === 0);
      expect(types).toEqual(clip.isKey(i) ? [9, 7, 8, 5] : [9, 1]);
    }
    expect(bytes).toBe(statSync(join(folder, `${name}.h264`)).size);
    // profile_idc 66, constraint flags 0–2, level 3.0: what the codec string says
    const unit = clip.unit(0);
    const sps = unit.indexOf(Buffer.from([0, 0, 1, 0x67])) + 4;
    expect([...unit.subarray(sps, sps + 3)]).toEqual([0x42, 0xe0, 0x1e]);
  });

  it.each(names)('%s: every box lies within the frame and every section is cut at key frames', (name) => {
    const clip = openClip(folder, name);
    let seen = 0;
    for (let i = 0; i < clip.frames; i++) {
      for (const { box, confidence } of clip.boxes(i)) {
        const [x, y, w, h] = box;
        expect(Math.min(x, y, w, h)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + w, y + h)).toBeLessThanOrEqual(1.0002);
        expect(confidence).toBeGreaterThan(0.3);
        expect(confidence).toBeLessThan(1);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(50);
    for (const [from, to] of Object.values(clip.sections)) {
      expect(clip.isKey(from)).toBe(true);
      expect(to === clip.frames || clip.isKey(to)).toBe(true);
    }
  });

  it('elevator-ebike: the e-bike is there while it rides and neither before nor after', () => {
    const clip = openClip(folder, 'elevator-ebike');
    const has = (i: number): boolean => clip.boxes(i).some(({ label }) => label === 'e-bike');
    const [from = 0, to = 0] = clip.sections['ride'] ?? [];
    for (let i = from; i < to; i++) {
      expect(has(i)).toBe(true);
      expect(clip.fact(i)?.door).toBe('closed');
    }
    expect(has(0)).toBe(false);
    expect(has(clip.frames - 1)).toBe(false);
    expect(clip.fact(from)?.floor).toBe(1);
  });
});

describe('openClip', () => {
  it('refuses a truth that is not of this stream', () => {
    const name = names[0] ?? '';
    copyFileSync(join(folder, `${name}.truth.json`), join(temporary, `${name}.truth.json`));
    writeFileSync(join(temporary, `${name}.h264`), readFileSync(join(folder, `${name}.h264`)).subarray(0, -1));
    expect(() => openClip(temporary, name)).toThrow(/stream of \d+ bytes/);
  });

  it('has no frame beyond the last', () => {
    const clip = openClip(folder, names[0] ?? '');
    expect(() => clip.unit(clip.frames)).toThrow(RangeError);
  });
});

describe('the frame mark', () => {
  const picture =
    (frame: number, spoil = -1) =>
    (x: number, y: number): number => {
      const cell = Math.floor((x * 640 - markLeft) / markCell);
      const inside = y * 360 >= markTop && y * 360 < markTop + markCell;
      if (cell === spoil) return 128;
      return inside && markBits(frame)[cell] ? 240 : 16;
    };
  it('reads back every number it can carry', () => {
    for (let frame = 0; frame < 4096; frame += 7) expect(readMark(picture(frame))).toBe(frame);
  });
  it('says nothing of a smeared strip', () => {
    for (let cell = 2; cell < 18; cell++) expect(readMark(picture(1234, cell))).toBeNull();
    expect(readMark(() => 90)).toBeNull();
  });
  it('refuses what does not fit', () => {
    expect(() => markBits(4096)).toThrow(RangeError);
  });
});

function nalTypes(unit: Buffer): number[] {
  const types: number[] = [];
  const mark = Buffer.from([0, 0, 1]);
  for (let i = unit.indexOf(mark); i >= 0; i = unit.indexOf(mark, i + 3)) types.push((unit[i + 3] ?? 0) & 31);
  return types;
}
