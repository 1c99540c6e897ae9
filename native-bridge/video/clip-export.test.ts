import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cameraId, detectionId, receiveTime } from '../contract/brand.ts';
import type { ClipRecord } from '../contract/clip-record.ts';
import { exportClip, rateOf, stillOf, subtitles } from './clip-export.ts';
import type { ClipPart } from './clip-file.ts';

/** Frames 120 to 180 of the drawn clip, its truth read by hand: this room knows no drill. */
const clips = resolve(import.meta.dirname, '../../resources/video');
interface Truth {
  codec: string;
  units: [number, number, 0 | 1][];
  boxes: { label: 'e-bike'; track: string; box: [number, number, number, number]; confidence: number }[][];
}
const truth = JSON.parse(readFileSync(join(clips, 'elevator-ebike.truth.json'), 'utf8')) as Truth;
const stream = readFileSync(join(clips, 'elevator-ebike.h264'));
const [FROM, TO] = [120, 180];
const pts = (i: number): number => 9_000_000 + Math.round((i * 1000) / 15);
const parts: ClipPart[] = [];
for (let i = FROM; i < TO; i++) {
  const [at, length, key] = truth.units[i] ?? [0, 0, 0];
  const header = {
    v: 1,
    cameraId: cameraId('cam-1'),
    pts: pts(i),
    key: key === 1,
    codec: truth.codec,
    w: 640,
    h: 360,
    fseq: i,
  };
  parts.push({ t: 'frame', header: { ...header, v: 1 }, data: stream.subarray(at, at + length), at: pts(i) });
  const boxes = (truth.boxes[i] ?? []).map((box) => ({ ...box, detectionId: detectionId(`d${i}`) }));
  if (boxes.length > 0) parts.push({ t: 'boxes', pts: pts(i), boxes });
}
const record: ClipRecord = {
  ...{ id: 'cam-1-x', cameraId: cameraId('cam-1'), from: receiveTime(pts(FROM)), to: receiveTime(pts(TO)) },
  ...{ firstPts: pts(FROM), lastPts: pts(TO - 1), frames: TO - FROM, bytes: 1, why: ['e-bike'], alarmIds: [] },
  ...{ still: { pts: pts(165), detectionId: detectionId('d165'), confidence: 0.9 }, state: 'kept', trouble: null },
};

test('V10: a box stands on exactly its picture, whatever was missing before it', () => {
  expect(rateOf(parts)).toBeCloseTo(15, 0);
  const holed = parts.filter((part) => part.t !== 'frame' || part.header.fseq < 150 || part.header.fseq >= 160);
  expect(rateOf(holed)).toBe(rateOf(parts));
  expect(stillOf(record, holed)).toBe(35);
  const rate = rateOf(holed);
  const starts = subtitles(record, holed)
    .split('\n')
    .filter((line) => line.includes('-->'));
  const withBox = holed.flatMap((part) =>
    part.t === 'frame' && (truth.boxes[part.header.fseq]?.length ?? 0) > 0 ? [part.header.fseq] : [],
  );
  const indexes = new Set(starts.map((line) => Math.round(Number(line.slice(6, 12)) * rate)));
  expect(indexes.size).toBe(withBox.length);
  expect(subtitles(record, holed)).toMatch(/^WEBVTT\n/);
});

test.runIf(existsSync('/usr/bin/ffmpeg'))(
  'V10: the MP4 holds the very pictures, and the still is made of it',
  async () => {
    const out = mkdtempSync(join(tmpdir(), 'export-'));
    const { files, trouble } = await exportClip(record, parts, out);
    expect(trouble).toEqual([]);
    expect(files).toEqual(['cam-1-x.vtt', 'cam-1-x.mp4', 'cam-1-x.jpg']);
    const back = execFileSync('ffmpeg', [
      '-loglevel',
      'error',
      '-i',
      join(out, 'cam-1-x.mp4'),
      '-c',
      'copy',
      '-bsf:v',
      'h264_mp4toannexb',
      '-f',
      'framemd5',
      '-',
    ]);
    const packets = back
      .toString()
      .split('\n')
      .filter((line) => /^0,/.test(line));
    expect(packets).toHaveLength(TO - FROM);
    expect(readFileSync(join(out, 'cam-1-x.jpg')).subarray(0, 2).toString('hex')).toBe('ffd8');
    // What is there is not written over.
    await expect(exportClip(record, parts, out)).rejects.toThrow(/EEXIST/);
    rmSync(out, { recursive: true });
  },
);

/** One picture of a movie as red, green and blue. */
const pictureOf = (movie: string, n: number): Buffer =>
  execFileSync(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-i', movie, '-vf', `select=eq(n\\,${n})`, '-frames:v', '1'],
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    ],
    { maxBuffer: 2 ** 24 },
  );
/** Share of a box's lower edge and sides that is of the e-bike's orange. */
const outlined = (rgb: Buffer, [x, y, w, h]: readonly [number, number, number, number]): number => {
  const orange = (px: number, py: number): boolean => {
    const at = 3 * (Math.round(py) * 640 + Math.round(px));
    return Math.hypot((rgb[at] ?? 0) - 255, (rgb[at + 1] ?? 0) - 171, (rgb[at + 2] ?? 0) - 102) < 70;
  };
  const places = Array.from({ length: 60 }, (_, i) => 0.2 + i / 80).flatMap((part) => [
    [x * 640 - 2, (y + part * h) * 360],
    [(x + w) * 640 + 2, (y + part * h) * 360],
    [(x + part * w) * 640, (y + h) * 360 + 2],
  ]);
  return places.filter(([px = 0, py = 0]) => orange(px, py)).length / places.length;
};

test.runIf(existsSync('/usr/bin/ffmpeg'))(
  'V10: boxes burned in are in the pixels of exactly their picture, with a hole before it as well',
  async () => {
    const out = mkdtempSync(join(tmpdir(), 'export-'));
    // Boxes of every other picture: what is on the one must not be on the next.
    const holed = parts.filter(
      (part) =>
        (part.t !== 'frame' || part.header.fseq < 130 || part.header.fseq >= 150) &&
        (part.t !== 'boxes' || Math.round((part.pts - pts(0)) * 0.015) % 2 === 1),
    );
    const { files, trouble } = await exportClip(record, holed, out, 'burned');
    expect([files, trouble]).toEqual([['cam-1-x.boxes.mp4', 'cam-1-x.boxes.jpg'], []]);
    const shares = [164, 165, 166, 167].map((frame) => {
      const box = truth.boxes[frame]?.find(({ label }) => label === 'e-bike')?.box;
      if (!box) throw new Error('no e-bike in the truth');
      return outlined(pictureOf(join(out, 'cam-1-x.boxes.mp4'), frame - FROM - 20), box);
    });
    const [even, odd] = [shares.filter((_, i) => i % 2 === 0), shares.filter((_, i) => i % 2 === 1)];
    expect(Math.min(...odd), shares.join(' ')).toBeGreaterThan(0.9);
    expect(Math.max(...even), shares.join(' ')).toBeLessThan(0.1);
    rmSync(out, { recursive: true });
  },
);

test('V10: without ffmpeg boxes cannot be burned in: that is said with the way out, and no other pictures are handed out', async () => {
  const out = mkdtempSync(join(tmpdir(), 'export-'));
  const path = process.env['PATH'];
  process.env['PATH'] = out;
  try {
    const { files, trouble } = await exportClip(record, parts, out, 'burned');
    expect(files).toEqual([]);
    expect(trouble).toEqual([expect.stringMatching(/there is none here: install it .*--boxes subtitle$/)]);
    expect(readdirSync(out)).toEqual([]);
  } finally {
    process.env['PATH'] = path;
    rmSync(out, { recursive: true });
  }
});
