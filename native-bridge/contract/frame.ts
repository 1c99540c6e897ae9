/**
 * A frame: one message of a platform's log on its way feed → decode → journal, its body not yet looked into.
 *
 * Owns: the shape of frames and of rejects.
 * Guarantees: [from, to] are the numbers of the message that this frame stands for; no two frames of one log share
 *   a number, except those marked `duplicate`, which are only counted.
 * Refuses: to say anything about the events inside.
 */
import type { ReceiveTime } from './brand.ts';

export interface Frame {
  source: string;
  epoch: string;
  topic: string;
  /** Number of the first event in `body`. For a snapshot: the number it is the state of. */
  seq: number;
  /** How many events the header promises. */
  n: number;
  /** The numbers meant, a part of [seq, seq + n - 1]; the others came before. */
  from: number;
  to: number;
  /** The upstream's time of publishing, ms. */
  ts: number;
  heard: ReceiveTime;
  /**
   * How it came: `live`; `replay` of what was missed; part of a `snapshot` (events have no numbers of their own);
   * `history`, numbers older than the snapshot that the picture stands on: for the journal, not for the picture;
   * `duplicate`: every number in [from, to] came before, count it and forget it.
   */
  manner: FrameManner;
  body: Uint8Array;
}
export type FrameManner = 'live' | 'replay' | 'history' | 'snapshot' | 'duplicate';

/** Why a message or an event was put into quarantine. */
export type RejectReason =
  /** Not the frames the contract asks for, or a topic that is not ASCII words of this source. */
  | 'frames'
  | 'topic'
  /** The header is no map of the contract. */
  | 'header'
  /** More than `MAX_MESSAGE_BYTES`. */
  | 'too-large'
  /** Neither JSON nor MessagePack. */
  | 'unreadable'
  /** Text that is not UTF-8. */
  | 'utf-8'
  /** A picture whose bytes are not those its header vouches for. */
  | 'damaged'
  /** Not as many events as the header promises. */
  | 'count'
  /** The event breaks the contract of its stream; `path` says where. */
  | 'shape'
  /** Nested too deep to be believed. */
  | 'depth'
  /** GeoJSON that is none. */
  | 'area';

export interface Reject {
  source: string;
  topic: string;
  epoch: string | null;
  /** Number of the event; of the message's first when the whole message is meant; null when unknown. */
  seq: number | null;
  reason: RejectReason;
  /** Where in the event, as a JSON pointer; empty for the whole. */
  path: string;
  /** What was wrong there, in few words, for people. */
  detail: string;
  heard: ReceiveTime;
  /** The bytes as received (of one event in a batch: the event written again), cut at `QUARANTINE_RAW_BYTES`. */
  raw: Uint8Array;
}
export const QUARANTINE_RAW_BYTES = 4096;
