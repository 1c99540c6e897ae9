/**
 * A clip as files that anybody can open.
 *
 * Owns: the picture stream, the boxes as WebVTT or drawn in, the still; MP4 and JPEG through ffmpeg where there is one.
 * Guarantees: V10: pictures are copied, and encoded anew only where boxes are drawn into them; a box stands on exactly its
 *   picture; what could not be made is said.
 * Refuses: to write over files that are there; to hand out pictures without boxes for ones with.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { ClipRecord } from '../contract/clip-record.ts';
import type { Box } from '../contract/port.ts';
import { overlay } from './clip-boxes.ts';
import type { ClipPart } from './clip-file.ts';

/** How boxes go along: a file beside untouched pictures, or drawn into the pictures for good. */
export const BOXES = ['subtitle', 'burned'] as const;
export type BoxesHow = (typeof BOXES)[number];

type Frame = Extract<ClipPart, { t: 'frame' }>;

/** A frame without a successor, or one after a hole, is shown this long. s */
const SLOWEST_S = 1;

const framesOf = (parts: readonly ClipPart[]): Frame[] => parts.filter((part) => part.t === 'frame');
/** Pictures a second, from the middle one of all steps: holes do not count. */
export const rateOf = (parts: readonly ClipPart[]): number => {
  const times = framesOf(parts).map(({ header }) => header.pts);
  const steps = times.slice(1).flatMap((at, i) => (at > (times[i] ?? 0) ? [at - (times[i] ?? 0)] : []));
  const middle = steps.sort((a, b) => a - b)[steps.length >> 1];
  return middle === undefined ? 1 / SLOWEST_S : Math.round(1_000_000 / middle) / 1000;
};
const stamp = (seconds: number): string => {
  const ms = Math.round(seconds * 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${two(h)}:${two(m)}:${two(s)}.${String(ms % 1000).padStart(3, '0')}`;
};

/** Boxes by the number of their picture, in order; those of a picture that is not there belong nowhere. */
const boxesOf = (parts: readonly ClipPart[]): [picture: number, boxes: readonly Box[]][] => {
  const indexOf = new Map(framesOf(parts).map(({ header }, i) => [header.pts, i]));
  const all = parts.flatMap((part) => (part.t === 'boxes' ? [part] : [])).toSorted((a, b) => a.pts - b.pts);
  return all.flatMap(({ pts, boxes }) => {
    const at = indexOf.get(pts);
    return at === undefined ? [] : [[at, boxes] satisfies [number, readonly Box[]]];
  });
};

/** One cue a box, on its own picture; the numbers are label, confidence and x y w h in per cent of the picture. */
export const subtitles = (record: ClipRecord, parts: readonly ClipPart[]): string => {
  const rate = rateOf(parts);
  const lines = ['WEBVTT', '', `NOTE ${record.cameraId} ${new Date(record.from).toISOString()}`, ''];
  for (const [at, found] of boxesOf(parts)) {
    for (const { label, confidence, box } of found) {
      const [x, y, w, h] = box.map((part) => Math.round(part * 1000) / 10) as [number, number, number, number];
      const side = Math.min(100, Math.max(0, x + w / 2)).toFixed(1);
      lines.push(
        `${stamp(at / rate)} --> ${stamp((at + 1) / rate)} position:${side}% line:${Math.min(100, Math.max(0, y)).toFixed(1)}%`,
        `${label} ${Math.round(confidence * 100)}% [${x} ${y} ${w} ${h}]`,
        '',
      );
    }
  }
  return lines.join('\n');
};

/** Number of the picture that stands for the clip; null: none does. */
export const stillOf = (record: ClipRecord, parts: readonly ClipPart[]): number | null => {
  const at = framesOf(parts).findIndex(({ header }) => header.pts === record.still?.pts);
  return at < 0 ? null : at;
};

const ffmpeg = (args: readonly string[], input?: Buffer, cwd?: string): Promise<string | null> =>
  new Promise((done) => {
    const child = spawn('ffmpeg', ['-loglevel', 'error', '-nostdin', '-n', ...args], {
      stdio: [input ? 'pipe' : 'ignore', 'ignore', 'pipe'],
      cwd,
    });
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.once('error', (error) => done(`ffmpeg: ${error.message}`));
    child.once('close', (code) => done(code === 0 ? null : `ffmpeg: ${said.trim().split('\n')[0] ?? String(code)}`));
    // A child that died early has said why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });

/** Words for a person, for why boxes could not be drawn in. */
const unburned = (said: string): string => {
  const instead = 'or take them beside it with --boxes subtitle';
  if (/ENOENT/.test(said))
    return `boxes are drawn in by ffmpeg, and there is none here: install it (Debian: apt-get install ffmpeg), ${instead}`;
  if (/No such filter|libass/i.test(said))
    return `boxes are drawn in by ffmpeg's filter "ass", and this ffmpeg lacks it: install one built with libass, ${instead}`;
  if (/libx264|Unknown encoder/i.test(said))
    return `pictures with boxes are encoded with libx264, and this ffmpeg lacks it: install one that has it, ${instead}`;
  return said;
};

/** The pictures with their boxes in them; null, or why not. */
const burn = async (parts: readonly ClipPart[], input: readonly string[], stream: Buffer, movie: string) => {
  const [first] = framesOf(parts);
  const work = await mkdtemp(join(tmpdir(), 'fengsui-boxes-'));
  try {
    await writeFile(join(work, 'boxes.ass'), overlay(boxesOf(parts), rateOf(parts), first?.header ?? { w: 16, h: 16 }));
    const coded = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'];
    const args = [...input, '-vf', 'ass=boxes.ass', ...coded, '-movflags', '+faststart', movie];
    const said = await ffmpeg(args, stream, work);
    return said === null ? null : unburned(said);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/** Writes into `out` what can be made; answers the files' names and what went wrong, in words. */
export const exportClip = async (
  record: ClipRecord,
  parts: readonly ClipPart[],
  out: string,
  how: BoxesHow = 'subtitle',
): Promise<{ files: string[]; trouble: string[] }> => {
  const files: string[] = [];
  const trouble: string[] = [];
  const [first] = framesOf(parts);
  if (!first) return { files, trouble: ['no picture in it'] };
  const kind = first.header.codec.startsWith('avc') ? 'h264' : 'hevc';
  const stream = Buffer.concat(framesOf(parts).map(({ data }) => data));
  const name = (end: string): string => join(out, `${record.id}.${end}`);
  const input = ['-f', kind, '-framerate', String(rateOf(parts)), '-i', 'pipe:0'];
  const movie = resolve(name(how === 'burned' ? 'boxes.mp4' : 'mp4'));
  if (how === 'burned') {
    const failed = await burn(parts, input, stream, movie);
    if (failed !== null) return { files, trouble: [failed] };
  } else {
    const vtt = name('vtt');
    await writeFile(vtt, subtitles(record, parts), { flag: 'wx' });
    files.push(basename(vtt));
    const failed = await ffmpeg([...input, '-c', 'copy', '-movflags', '+faststart', movie], stream);
    if (failed !== null) {
      trouble.push(failed);
      await writeFile(name(kind), stream, { flag: 'wx' });
      files.push(basename(name(kind)));
      return { files, trouble };
    }
  }
  files.push(basename(movie));
  const still = stillOf(record, parts);
  if (still === null) return { files, trouble };
  const picture = name(how === 'burned' ? 'boxes.jpg' : 'jpg');
  const bad = await ffmpeg(['-i', movie, '-vf', `select=eq(n\\,${still})`, '-frames:v', '1', '-q:v', '2', picture]);
  if (bad === null) files.push(basename(picture));
  else trouble.push(bad);
  return { files, trouble };
};
