import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flvOf, tagsOf } from './clips-fake.ts';
import { flvPicture, FLV_START, FlvReader, type FlvTag } from './flv.ts';

const flv = flvOf('160x120', '-bf', '0');
const whole = tagsOf(flv);

test('G1: a clip is its parameters and its pictures with their times', () => {
  expect(whole.map(({ kind }) => kind)).toEqual(['config', ...Array.from({ length: 10 }, () => 'picture')]);
  expect(whole.slice(1).map(({ dts, cts }) => [dts, cts])).toEqual(Array.from({ length: 10 }, (_, i) => [i * 100, 0]));
});

test('G1: wherever the bytes are cut, the same tags come out, each with its last byte', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }), (sizes) => {
      const tags: FlvTag[] = [];
      const reader = new FlvReader((tag) => tags.push(tag));
      for (let at = 0, i = 0; at < flv.length; at += sizes[i++ % sizes.length] ?? 1) {
        reader.push(flv.subarray(at, Math.min(flv.length, at + (sizes[i % sizes.length] ?? 1))));
      }
      expect(tags.map(({ data }) => data)).toEqual(whole.map(({ data }) => data));
    }),
    { numRuns: 30 },
  );
});

test('G1: the raw tags are a stream for another ffmpeg; a tag made here reads as it was', () => {
  expect(tagsOf(Buffer.concat([FLV_START, ...whole.map(({ raw }) => raw)])).length).toBe(whole.length);
  const made = flvPicture(Buffer.from('picture'), 70_000_123, 40, true);
  expect(tagsOf(Buffer.concat([FLV_START, made.raw]))).toEqual([made]);
});

test('G3: time goes on where the format begins again at 0, after 24 days', () => {
  const last = 2 ** 31 - 20;
  const tags = [last, last + 40, last + 80].map((dts) => flvPicture(Buffer.from('x'), dts, 0, false).raw);
  expect(tagsOf(Buffer.concat([FLV_START, ...tags])).map(({ dts }) => dts)).toEqual([last, last + 40, last + 80]);
});

test('G1: what is not FLV is refused', () => {
  expect(() => tagsOf(Buffer.from('RIFF....and more of it'))).toThrow('does not carry FLV');
});
