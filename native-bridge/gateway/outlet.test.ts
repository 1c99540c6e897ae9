import { expect, test } from 'vitest';
import type { VideoHeader } from '../contract/wire.ts';
import { flvOf, tagsOf } from './clips-fake.ts';
import { flvPicture } from './flv.ts';
import { Outlet } from './outlet.ts';

const [config, ...pictures] = tagsOf(flvOf('320x180', '-bf', '0'));
const [bigger, ...biggerPictures] = tagsOf(flvOf('480x270', '-bf', '0'));

function open() {
  const sent: VideoHeader[] = [];
  const said: string[] = [];
  const outlet = new Outlet({
    cameraId: 'c',
    isWatched: () => true,
    send: (header) => sent.push(header),
    say: (what, words) => said.push(`${words} ${JSON.stringify(what)}`),
  });
  if (config) outlet.take(config, 0, 0);
  const play = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const tag = pictures[i];
      if (tag) outlet.take(tag, 1000 + i * 100, 1000 + i * 100);
    }
  };
  return { outlet, sent, said, play };
}

test('G6: begins with a key frame; numbers follow one another', () => {
  const { sent, play } = open();
  play(2, 10);
  expect(sent.map(({ fseq, key, pts }) => [fseq, key, pts])).toEqual([
    [0, true, 1500],
    [1, false, 1600],
    [2, false, 1700],
    [3, false, 1800],
    [4, false, 1900],
  ]);
});

test('G6: after damage a number is left out, and nothing leaves up to the next key frame', () => {
  const { outlet, sent, said, play } = open();
  play(0, 2);
  outlet.damage('RTP: missed 3 packets');
  play(2, 6);
  expect(sent.map(({ fseq, key }) => [fseq, key])).toEqual([
    [0, true],
    [1, false],
    [3, true],
  ]);
  expect(said).toContain('damaged: waiting for a key frame {"why":"RTP: missed 3 packets"}');
  expect(outlet.status(1500).damaged).toBe(1);
});

test('G6: said again is the newest group of pictures, under its old numbers and times; the run goes on', () => {
  const { outlet, sent, play } = open();
  play(0, 8);
  const before = sent.splice(0);
  outlet.sayAgain(1800);
  outlet.sayAgain(1900);
  expect(sent).toEqual(before.slice(5));
  play(8, 9);
  expect(sent.at(-1)?.fseq).toBe(8);
  outlet.sayAgain(2400);
  expect(sent.length).toBe(3 + 1 + 4);
});

test('G6: pictures of a camera that ended do not greet a newcomer as its present', () => {
  const { outlet, sent, play } = open();
  play(0, 3);
  outlet.begin();
  sent.splice(0);
  outlet.sayAgain(5000);
  expect(sent).toEqual([]);
});

test('G2: another size under way is in the header from its key frame on, and said once', () => {
  const { outlet, sent, said, play } = open();
  play(0, 5);
  for (const tag of [bigger, ...biggerPictures]) if (tag) outlet.take(tag, 2000 + tag.dts, 2000 + tag.dts);
  expect(sent.map(({ w }) => w)).toEqual([320, 320, 320, 320, 320, ...biggerPictures.map(() => 480)]);
  expect(said.map((line) => line.split(' {')[0])).toEqual(['pictures come', 'the pictures are of another kind']);
});

test('G6: a picture that no message can hold is left out, in words', () => {
  const { outlet, sent, said, play } = open();
  play(0, 2);
  const huge = Buffer.alloc(1_100_000, 0xff);
  huge.writeUInt32BE(huge.length - 4, 0);
  huge[4] = 0x41;
  outlet.take(flvPicture(huge, 200, 0, false), 1200, 1200);
  play(3, 5);
  expect(sent.length).toBe(2);
  expect(said.at(-1)).toMatch(/larger than a message may be/);
});

test('G9: figures of the last ten seconds', () => {
  const { outlet, play } = open();
  play(0, 10);
  expect(outlet.status(1900)).toMatchObject({ gop: 5, size: '320x180', frames: 10, damaged: 0 });
  expect(outlet.status(60_000)).toMatchObject({ fps: 0, kbps: 0 });
});
