/**
 * Reception: what the frames of a message say, before anyone believes it.
 *
 * Owns: splitting messages and replies into topic, header and body; the checks of both headers.
 * Guarantees (F7, F12): every message is one of the kinds below; nothing throws. Refuses: to look into bodies of events.
 */
import { crc32 } from 'node:zlib';
import { QUARANTINE_RAW_BYTES, type Reject, type RejectReason } from '../contract/frame.ts';
import type { ReceiveTime } from '../contract/brand.ts';
import { isHeader, isVideoHeader } from '../contract/header-checks.ts';
import { MAX_MESSAGE_BYTES, type Header, type VideoHeader } from '../contract/wire.ts';
import { unpackAny } from '../base/packing.ts';

/** Printable ASCII, no blanks. */
const TOPIC = /^[\x21-\x7e]{1,256}$/;
const EMPTY = new Uint8Array();

export type Reception =
  | { kind: 'events'; topic: string; header: Header; body: Uint8Array }
  | { kind: 'heartbeat'; header: Header }
  | { kind: 'video'; header: VideoHeader; data: Uint8Array }
  /** `header` when the numbers could be read although. */
  | { kind: 'reject'; reject: Reject; topic: string; header: Header | null };

const sizeOf = (frames: readonly Uint8Array[]): number => frames.reduce((sum, frame) => sum + frame.byteLength, 0);

/** All of the message, cut: what was received, for whoever looks for the fault. */
function rawOf(frames: readonly Uint8Array[]): Uint8Array {
  const raw = Buffer.alloc(Math.min(sizeOf(frames), QUARANTINE_RAW_BYTES));
  let at = 0;
  for (const frame of frames) {
    if (at >= raw.length) break;
    const part = frame.subarray(0, raw.length - at);
    raw.set(part, at);
    at += part.length;
  }
  return raw;
}

function readMap(bytes: Uint8Array): unknown {
  try {
    return unpackAny(bytes);
  } catch {
    return null;
  }
}

export class Receiver {
  readonly #source: string;
  readonly #heartbeat: string;
  readonly #prefix: string;

  constructor(source: string) {
    this.#source = source;
    this.#heartbeat = `${source}.hb`;
    this.#prefix = `${source}.`;
  }

  rejectOf(
    frames: readonly Uint8Array[],
    topic: string,
    header: Header | null,
    reason: RejectReason,
    detail: string,
    now: number,
  ): Reject {
    return {
      source: this.#source,
      topic: topic.slice(0, 256),
      epoch: header?.epoch ?? null,
      seq: header?.seq ?? null,
      reason,
      path: '',
      detail,
      heard: now as ReceiveTime,
      raw: rawOf(frames),
    };
  }
  #reject(
    frames: readonly Uint8Array[],
    topic: string,
    header: Header | null,
    reason: RejectReason,
    detail: string,
    now: number,
  ): Reception {
    return { kind: 'reject', reject: this.rejectOf(frames, topic, header, reason, detail, now), topic, header };
  }

  /** A message of the live stream. */
  message(frames: readonly Buffer[], now: number): Reception {
    const topic = frames[0]?.toString('latin1', 0, 257) ?? '';
    if (!TOPIC.test(topic) || !topic.startsWith(this.#prefix)) {
      return this.#reject(frames, '', null, 'topic', 'not a topic of this source', now);
    }
    const second = frames[1];
    if (second === undefined || frames.length > 3)
      return this.#reject(frames, topic, null, 'frames', `${frames.length} frames`, now);
    const map = readMap(second);
    if (topic.startsWith('video.frame.')) {
      if (!isVideoHeader(map) || topic !== `video.frame.${map.cameraId}`) {
        return this.#reject(
          [frames[0] ?? EMPTY, second],
          topic,
          null,
          'header',
          'not a video header of this camera',
          now,
        );
      }
      const data = frames[2] ?? EMPTY;
      // What is missing is a gap in the camera's numbers, and makes whoever watches ask for a key frame.
      if (map.crc32 !== undefined && crc32(data) !== map.crc32)
        return this.#reject(
          frames,
          topic,
          null,
          'damaged',
          `picture ${map.fseq}: its bytes are not those of crc32`,
          now,
        );
      return { kind: 'video', header: map, data };
    }
    const header = isHeader(map) ? map : null;
    if (header === null) return this.#reject(frames, topic, null, 'header', 'not a header of version 1', now);
    if (topic === this.#heartbeat) return { kind: 'heartbeat', header };
    const size = sizeOf(frames);
    if (size > MAX_MESSAGE_BYTES) return this.#reject(frames, topic, header, 'too-large', `${size} bytes`, now);
    const body = frames[2];
    if (body === undefined) return this.#reject(frames, topic, header, 'frames', 'no body', now);
    if (header.seq === 0) return this.#reject(frames, topic, null, 'header', 'numbers begin at 1', now);
    return { kind: 'events', topic, header, body };
  }

  /** A chunk of a replay: header and topic in one map. */
  replayed(frames: readonly Buffer[], map: Record<string, unknown>, body: Uint8Array, now: number): Reception {
    const topic = typeof map['topic'] === 'string' ? map['topic'] : '';
    const header = isHeader(map) ? map : null;
    if (!TOPIC.test(topic) || !topic.startsWith(this.#prefix)) {
      return this.#reject(frames, '', header, 'topic', 'not a topic of this source', now);
    }
    if (header === null || header.seq === 0)
      return this.#reject(frames, topic, null, 'header', 'not a header of version 1', now);
    const size = sizeOf(frames);
    if (size > MAX_MESSAGE_BYTES) return this.#reject(frames, topic, header, 'too-large', `${size} bytes`, now);
    return { kind: 'events', topic, header, body };
  }
}

/** A reply: `[id, status, map, …body]`. Null when it is none. */
export function replyOf(
  frames: readonly Buffer[],
): { id: string; status: string; map: Record<string, unknown>; body: Uint8Array } | null {
  const [id, status, third, body] = frames;
  if (id === undefined || status === undefined) return null;
  const map = third === undefined || third.length === 0 ? {} : readMap(third);
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return null;
  return {
    id: id.toString('latin1', 0, 64),
    status: status.toString('latin1', 0, 32),
    map: map as Record<string, unknown>,
    body: body ?? EMPTY,
  };
}
