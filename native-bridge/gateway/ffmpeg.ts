/**
 * Owns: the command lines of ffmpeg and ffprobe.
 * Guarantees: what comes out is FLV with one H.264 stream without reordered pictures, written picture by picture, its
 *   times those of the input (so all streams made from one input agree on them).
 * Refuses: sound, subtitles and data streams.
 */
import type { Input, VariantConfig } from './config.ts';

/** A camera that says nothing for so long is given up by ffmpeg itself. µs */
const SOCKET_PATIENCE_US = 5_000_000;
/** A key frame at least so often where we encode: it is what a console that joins waits for. s */
const KEY_EVERY_S = 1;

const SAYS = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+warning'];
/** Also the size of every picture, see `sizeSaid`. */
const SAYS_SIZES = [...SAYS.slice(0, -1), 'level+info'];
const OUT = ['-f', 'flv', '-flvflags', 'no_duration_filesize+no_sequence_end', '-flush_packets', '1', 'pipe:1'];

/** Where the pictures come from, for ffmpeg and ffprobe alike. */
function source(input: Input): string[] {
  switch (input.kind) {
    case 'rtsp':
      return [
        ...['-rtsp_transport', input.transport, '-allowed_media_types', 'video'],
        ...['-timeout', String(SOCKET_PATIENCE_US), '-fflags', 'nobuffer', '-fpsprobesize', '0'],
        ...['-i', input.url],
      ];
    case 'file':
      return ['-i', input.file];
    case 'pattern':
      return ['-f', 'lavfi', '-i', `${input.pattern}=size=${input.size}:rate=${String(input.fps)}`];
  }
}

/** Files and patterns play at their own pace, files again and again. */
const paced = (input: Input): string[] =>
  input.kind === 'rtsp' ? [] : input.kind === 'file' ? ['-re', '-stream_loop', '-1'] : ['-re'];

export const probeArgs = (input: Input): string[] => [
  ...['-hide_banner', '-loglevel', 'level+error', '-of', 'json', '-select_streams', 'v:0', '-show_entries'],
  'format=format_name:stream=codec_name,profile,width,height,has_b_frames,pix_fmt,field_order,avg_frame_rate',
  ...source(input),
];

export const copyArgs = (input: Input): string[] => [
  ...SAYS,
  ...paced(input),
  ...source(input),
  ...['-map', '0:v:0', '-copyts', '-c:v', 'copy', ...OUT],
];

const encoder = (kbps: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'high', '-bf', '0'],
  ...['-pix_fmt', 'yuv420p', '-b:v', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`],
  // The input's own times, to the millisecond; no picture is doubled or dropped to make a rate.
  ...['-fps_mode', 'passthrough', '-enc_time_base', '1:1000', ...OUT],
];
const keyEvery = (seconds: number): string[] => [
  ...['-g', '9999', '-force_key_frames', `expr:isnan(prev_forced_t)+gte(t,prev_forced_t+${seconds})`],
];

/** Frame threads would hold back a picture a thread. */
const DECODE = ['-thread_type', 'slice'];
/** Even sizes, and a field pair is one picture. */
const WHOLE = 'yadif=deint=interlaced,showinfo=checksum=0,scale=trunc(iw/2)*2:trunc(ih/2)*2';

/**
 * The size in a line that `showinfo` wrote, or null. An ffmpeg that encodes would press pictures that change their size
 * under way into the size it began with.
 */
export const sizeSaid = (line: string): string | null => / s:(\d+x\d+) i:/.exec(line)?.[1] ?? null;

export const transcodeArgs = (input: Input, kbps: number): string[] => [
  ...SAYS_SIZES,
  ...paced(input),
  ...DECODE,
  ...source(input),
  ...['-map', '0:v:0', '-copyts', '-vf', WHOLE, ...keyEvery(KEY_EVERY_S), ...encoder(kbps)],
];

/** Makes a smaller stream of the main stream, which comes on standard input. */
export function variantArgs(variant: VariantConfig): string[] {
  const rate = variant.kind === 'sub' ? variant.fps : 1 / variant.every;
  // One picture in each of the spans that `rate` cuts a second into; the picture keeps its own time.
  const span = (time: string): string => `floor(${time}*${rate.toFixed(4)}+0.001)`;
  const due = `select='isnan(prev_selected_t)+gt(${span('t')},${span('prev_selected_t')})'`;
  const size = `scale=-2:'min(ih,${variant.height})'`;
  return [
    ...SAYS,
    ...['-fflags', 'nobuffer', '-flags', 'low_delay', '-fpsprobesize', '0', '-analyzeduration', '50000'],
    ...[...DECODE, '-f', 'flv', '-i', 'pipe:0'],
    ...['-map', '0:v:0', '-copyts', '-vf', `${due},${size}`],
    ...(variant.kind === 'sub' ? keyEvery(KEY_EVERY_S) : ['-g', '1']),
    // A still: as good as a picture of half a second of video.
    ...encoder(variant.kind === 'sub' ? variant.kbps : 800),
  ];
}
