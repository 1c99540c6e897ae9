/**
 * Owns: looking at a source before it is taken, and judging whether consoles can show it as it is.
 * Guarantees: a verdict in words: copy, transcode or refuse, and why. Never waits longer than PATIENCE_MS.
 * Refuses: to guess: a source that does not answer is a fault, not a verdict.
 */
import { execFile } from 'node:child_process';
import type { Input } from './config.ts';
import { plain } from './child.ts';
import { probeArgs } from './ffmpeg.ts';

const PATIENCE_MS = 12_000;

export interface Facts {
  readonly format: string;
  readonly codec: string;
  readonly pixels: string;
  /** Pictures that wait for an earlier one to be shown. */
  readonly reorder: number;
  /** `progressive`, `unknown`, or an order of fields. */
  readonly fields: string;
}
export interface Plan {
  readonly do: 'copy' | 'transcode' | 'refuse';
  /** Why not as it is; empty when copied. */
  readonly why: string;
}

const NAMES: Readonly<Record<string, string>> = {
  hevc: 'H.265',
  mjpeg: 'Motion JPEG',
  mpeg4: 'MPEG-4 Part 2',
  av1: 'AV1',
};

/** Rejects with what ffprobe said, not yet redacted. */
export function probe(input: Input, signal: AbortSignal): Promise<Facts> {
  return new Promise((done, fail) => {
    const options = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', signal, maxBuffer: 1 << 20 } as const;
    execFile('ffprobe', probeArgs(input), options, (error, out, said) => {
      if (error !== null) {
        const [last = ''] = said.trim().split('\n').slice(-1);
        fail(
          new Error(error.killed === true ? `no answer in ${PATIENCE_MS / 1000} s` : plain(last) || 'ffprobe failed'),
        );
        return;
      }
      const facts = readFacts(out);
      if (facts === null) fail(new Error('no video in it'));
      else done(facts);
    });
  });
}

/** ffprobe's JSON; null when there is no video stream in it. */
export function readFacts(json: string): Facts | null {
  const said = JSON.parse(json) as {
    format?: { format_name?: string };
    streams?: { codec_name?: string; pix_fmt?: string; has_b_frames?: number; field_order?: string }[];
  };
  const [stream] = said.streams ?? [];
  if (stream?.codec_name === undefined) return null;
  return {
    format: said.format?.format_name ?? '',
    codec: stream.codec_name,
    pixels: stream.pix_fmt ?? 'unknown',
    reorder: stream.has_b_frames ?? 0,
    fields: stream.field_order ?? 'unknown',
  };
}

/** What stands against showing it as it is; null when nothing does. */
export function objection({ format, codec, pixels, reorder, fields }: Facts): string | null {
  if (format === 'lavfi') return 'a test pattern';
  if (codec !== 'h264') return `${NAMES[codec] ?? codec}, consoles show H.264`;
  if (reorder > 0) return `pictures out of order (B-frames, ${reorder}), which costs their time in delay`;
  if (!['yuv420p', 'yuvj420p', 'unknown'].includes(pixels))
    return `pixel format ${pixels}, consoles show 4:2:0 of 8 bits`;
  if (!['progressive', 'unknown'].includes(fields)) return 'interlaced';
  if (format === 'h264') return 'a bare stream without times';
  return null;
}

/** A test pattern is encoded whatever `unfit` says: there is no other way. */
export function decide(why: string | null, unfit: 'transcode' | 'refuse', input: Input): Plan {
  if (why === null) return { do: 'copy', why: '' };
  return { do: input.kind === 'pattern' ? 'transcode' : unfit, why };
}
