import { expect, test } from 'vitest';
import { flvOf, tagsOf } from './clips-fake.ts';
import { readSps } from './sps.ts';

/** The SPS in a decoder configuration record. */
function spsOf(flv: Buffer): Buffer {
  const record = tagsOf(flv)[0]?.data ?? Buffer.alloc(0);
  return record.subarray(8, 8 + record.readUInt16BE(6));
}
/** High, 1920x1080 with cropping, no VUI: written by another encoder. */
const FOREIGN = Buffer.from('67640028acd940780227e5c044000003000400000300c83c60c658', 'hex');

test.each([
  ['320x180', ['-profile:v', 'baseline', '-bf', '0'], { codec: /^avc1\.42C0/, w: 320, h: 180, reorder: 0 }],
  ['322x182', ['-profile:v', 'main', '-bf', '0'], { codec: /^avc1\.4D40/, w: 322, h: 182, reorder: 0 }],
  ['1280x720', ['-profile:v', 'high', '-bf', '0'], { codec: /^avc1\.6400/, w: 1280, h: 720, reorder: 0 }],
  [
    '640x360',
    ['-profile:v', 'main', '-bf', '2', '-b_strategy', '0'],
    { codec: /^avc1\.4D40/, w: 640, h: 360, reorder: 2 },
  ],
  [
    '320x240',
    ['-flags', '+ildct+ilme', '-profile:v', 'main', '-bf', '0'],
    { codec: /^avc1\.4D/, w: 320, h: 240, reorder: 0 },
  ],
])('G2 G4: size, codec and order of pictures as the encoder meant them: %s %j', (size, x264, meant) => {
  const { codec, ...read } = readSps(spsOf(flvOf(size, ...x264))) ?? { codec: '' };
  expect(codec).toMatch(meant.codec);
  expect(read).toEqual({ w: meant.w, h: meant.h, reorder: meant.reorder });
});

test('G2: cropped 1088 lines are 1080', () => {
  expect(readSps(FOREIGN)).toMatchObject({ codec: 'avc1.640028', w: 1920, h: 1080 });
});

test('G2: what is cut off or something else is no SPS', () => {
  expect(readSps(FOREIGN.subarray(0, 7))).toBeNull();
  expect(readSps(Buffer.from('68ebe3cb22c0', 'hex'))).toBeNull();
  expect(readSps(Buffer.alloc(0))).toBeNull();
});
