import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, grey, outline, planesOf, stamp, yuvOf, type Planes } from './planes.ts';

describe('painting into planes', () => {
  const picture = (format: 'I420' | 'NV12', w = 64, h = 36): Planes => {
    const [luma, chroma] = [w * h, (w / 2) * (h / 2)];
    const layout =
      format === 'I420'
        ? [
            { offset: 0, stride: w },
            { offset: luma, stride: w / 2 },
            { offset: luma + chroma, stride: w / 2 },
          ]
        : [
            { offset: 0, stride: w },
            { offset: luma, stride: w },
          ];
    const planes = planesOf(format, new Uint8Array(luma + 2 * chroma).fill(100), w, h, layout, 'bt709');
    if (!planes) throw new Error('no planes');
    return planes;
  };
  const read = (p: Planes, x: number, y: number): number[] => [
    p.data[p.y.offset + y * p.y.stride + x] ?? -1,
    p.data[p.u.offset + (y >> 1) * p.u.stride + (x >> 1) * p.step] ?? -1,
    p.data[p.v.offset + (y >> 1) * p.v.stride + (x >> 1) * p.step] ?? -1,
  ];
  it.each(['I420', 'NV12'] as const)('%s: an outline is painted around the box and nowhere else', (format) => {
    const p = picture(format);
    outline(p, 20, 10, 20, 12, 2, [200, 50, 220], 0, 1);
    for (const [x, y] of [
      [18, 8],
      [41, 23],
      [30, 8],
      [18, 15],
    ] as const)
      expect(read(p, x, y)).toEqual([200, 50, 220]);
    for (const [x, y] of [
      [30, 15],
      [10, 5],
      [50, 30],
      [22, 12],
    ] as const)
      expect(read(p, x, y)).toEqual([100, 100, 100]);
  });
  it('never writes outside the picture, wherever the box lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -99, max: 99, noNaN: true }),
        fc.double({ min: -99, max: 99, noNaN: true }),
        fc.integer({ min: 0, max: 200 }),
        (x, y, size) => {
          const p = picture('I420');
          const around = new Uint8Array(p.data.length + 400).fill(7);
          around.set(p.data, 200);
          p.data = around.subarray(200, 200 + p.data.length);
          outline(p, x, y, size, size, 3, [1, 2, 3], size % 5, 0.5);
          fill(p, x, y, size, size, [1, 2, 3]);
          stamp(p, { w: 9, h: 9, alpha: new Uint8Array(81).fill(255) }, x, y, [1, 2, 3]);
          return around.subarray(0, 200).every((b) => b === 7) && around.subarray(-200).every((b) => b === 7);
        },
      ),
    );
  });
  it('grey has no colour and half the light', () => {
    const p = picture('NV12');
    grey(p);
    expect(read(p, 10, 10)).toEqual([Math.floor(16 + 84 * 0.55), 128, 128]);
  });
  it("colours are the standard's", () => {
    expect(yuvOf('#ffffff', 'bt709')).toEqual([235, 128, 128]);
    expect(yuvOf('#ff0000', 'bt709')).toEqual([63, 102, 240]);
    expect(yuvOf('#ff0000', 'bt601')).toEqual([81, 90, 240]);
  });
  it('says nothing of formats it does not know', () => {
    expect(planesOf('RGBA', new Uint8Array(4), 1, 1, [{ offset: 0, stride: 4 }], 'bt709')).toBeNull();
  });
});
