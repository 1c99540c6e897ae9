// Small clips for tests, drawn and encoded by the system's ffmpeg.
import { spawnSync } from 'node:child_process';
import { FlvReader, type FlvTag } from './flv.ts';

function ffmpeg(args: string[], input?: Uint8Array): Buffer {
  const run = spawnSync('ffmpeg', ['-hide_banner', '-v', 'error', ...args], { input, maxBuffer: 64 * 2 ** 20 });
  if (run.status !== 0) throw new Error(`ffmpeg ${args.join(' ')}: ${String(run.stderr)}`);
  return run.stdout;
}

/** An FLV of a second of 10 pictures a second, `size` such as 320x180; `x264`: options of the encoder. */
export const flvOf = (size: string, ...x264: string[]): Buffer =>
  ffmpeg([
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=10:duration=1`, '-c:v', 'libx264', '-preset', 'veryfast'],
    ...[
      '-pix_fmt',
      'yuv420p',
      '-threads',
      '1',
      '-g',
      '5',
      ...x264,
      '-f',
      'flv',
      '-flvflags',
      'no_duration_filesize',
      'pipe:1',
    ],
  ]);

export function tagsOf(flv: Buffer): FlvTag[] {
  const tags: FlvTag[] = [];
  new FlvReader((tag) => tags.push(tag)).push(flv);
  return tags;
}

/** The pictures a decoder makes of an Annex B stream; throws when it finds anything to complain about. */
export function decodeCount(annexB: Uint8Array): number {
  const args = [
    '-hide_banner',
    '-v',
    'warning',
    '-nostats',
    '-f',
    'h264',
    '-i',
    'pipe:0',
    '-vf',
    'showinfo=checksum=0',
  ];
  const run = spawnSync('ffmpeg', [...args.with(2, 'info'), '-fps_mode', 'passthrough', '-f', 'null', '-'], {
    input: annexB,
    maxBuffer: 64 * 2 ** 20,
  });
  const lines = String(run.stderr).split('\n');
  const complaint = lines.find((line) => /error|corrupt|missing|concealing|no frame|non-existing|invalid/i.test(line));
  if (run.status !== 0 || complaint !== undefined) throw new Error(complaint ?? String(run.stderr));
  return lines.filter((line) => line.includes('Parsed_showinfo') && / n: *\d+ /.test(line)).length;
}
