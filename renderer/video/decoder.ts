/**
 * One camera's WebCodecs decoder, from key frame to key frame.
 *
 * Owns: configuring, feeding and replacing it. Guarantees: a picture comes out with the header of its unit; a unit whose bytes
 *   are not those its header vouches for, or that reads as damaged, never goes in; after an error nothing comes out until the
 *   next key frame, which gets a new decoder; a format this machine cannot decode is said once per key frame and never kills
 *   the channel.
 * Refuses: to judge the order of units; `sequence.ts` does.
 */
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { crc32 } from './crc32.ts';
import { createSliceCheck } from './h264/slice-check.ts';
import type { TileReason } from './messages.ts';

export interface Decoded {
  frame: VideoFrame;
  header: VideoHeader;
  /** Bridge time, ms. */
  takenAt: number;
  /** `performance.now()` of this worker's machine when the page had it. */
  received: number;
}
export interface DecoderParts {
  /** `behind`: units still in the decoder. The receiver closes the frame. */
  picture: (picture: Decoded, behind: number) => void;
  failed: (reason: TileReason) => void;
}
export interface Decoder {
  /** Null when taken; otherwise why not, and the run is broken. */
  decode: (header: VideoHeader, data: ArrayBuffer, takenAt: number, received: number) => TileReason | null;
  /** Whether the bytes of every unit since the newest key frame were proven whole: by their check value or by reading them. */
  vouched: () => boolean;
  close: () => void;
}

/** Two seconds at 15/s: more in the queue means that this machine cannot keep up. */
const MOST_QUEUED = 30;
/** Decoders that failed in a row, each at a fresh key frame, before the tile says so. */
const MOST_FAILURES = 3;

export const createDecoder = ({ picture, failed }: DecoderParts): Decoder => {
  let decoder: VideoDecoder | null = null;
  let configured = '';
  let serial = 0;
  let failures = 0;
  const slices = createSliceCheck();
  let vouched = true;
  const waiting = new Map<number, Omit<Decoded, 'frame'>>();

  const drop = (): void => {
    const old = decoder;
    decoder = null;
    waiting.clear();
    if (old && old.state !== 'closed') old.close();
  };
  const fail = (error: unknown): TileReason => {
    drop();
    failures += 1;
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unsupported';
    return failures >= MOST_FAILURES ? 'failed' : 'damaged';
  };

  const open = (header: VideoHeader): void => {
    drop();
    const mine = new VideoDecoder({
      output: (frame) => {
        const of = waiting.get(frame.timestamp);
        if (mine !== decoder || !of) {
          frame.close();
          return;
        }
        for (const each of waiting.keys()) if (each <= frame.timestamp) waiting.delete(each);
        failures = 0;
        picture({ ...of, frame }, waiting.size);
      },
      error: (error) => {
        if (mine === decoder) failed(fail(error));
      },
    });
    decoder = mine;
    configured = `${header.codec} ${header.w}x${header.h}`;
    mine.configure({ codec: header.codec, codedWidth: header.w, codedHeight: header.h, optimizeForLatency: true });
  };

  return {
    decode: (header, data, takenAt, received) => {
      if (typeof VideoDecoder === 'undefined') return 'no-webcodecs';
      const bytes = new Uint8Array(data);
      if (header.crc32 !== undefined && crc32(bytes) !== header.crc32) return 'damaged';
      // Software decoders hide damage under older pixels: what can be read is read before. A unit that is as its platform
      // sent it may have reached the platform damaged.
      const soundness = header.codec.startsWith('avc') ? slices.check(bytes) : 'unknown';
      if (soundness === 'damaged') return 'damaged';
      vouched = (vouched || header.key) && (header.crc32 !== undefined || soundness === 'sound');
      try {
        if (header.key && (!decoder || configured !== `${header.codec} ${header.w}x${header.h}`)) open(header);
        if (!decoder) return 'no-key';
        if (decoder.decodeQueueSize > MOST_QUEUED) return 'behind';
        // Timestamps only number the units: two frames of a camera may claim the same time.
        const timestamp = serial++;
        waiting.set(timestamp, { header, takenAt, received });
        decoder.decode(new EncodedVideoChunk({ type: header.key ? 'key' : 'delta', timestamp, data }));
        return null;
      } catch (error) {
        return error instanceof TypeError ? (drop(), 'unsupported') : fail(error);
      }
    },
    vouched: () => vouched,
    close: drop,
  };
};
