/**
 * The words between the feed's machine, its sockets and the intake.
 *
 * Owns: the shapes. Guarantees: plain data only, so that a test can write down every step. Refuses: nothing.
 */
import type { Frame, Reject } from '../contract/frame.ts';
import type { Link } from '../contract/records.ts';
import type { Header } from '../contract/wire.ts';
import type { Range } from '../base/intervals.ts';

/** What the journal remembers of a log; the start of an `EpochLog`. */
export interface LogMemory {
  epoch: string;
  held: Iterable<Range>;
  broken?: Iterable<Range>;
  gone?: Iterable<Range>;
  snapshot: number | null;
}

/** A message with good numbers, and when it came. */
export interface Message {
  topic: string;
  header: Header;
  body: Uint8Array;
  now: number;
}
/** A request that the machine wants sent. */
export type Ask =
  | { id: string; verb: 'snapshot'; map: Record<string, never> }
  | { id: string; verb: 'replay'; map: { epoch: string; from: number; to: number } };

/** Where the machine's words go. All are called synchronously from an input. */
export interface Effects {
  deliver(frame: Frame): void;
  ask(ask: Ask): void;
  /** The upstream no longer has these numbers. */
  gone(epoch: string, range: Range): void;
  /** Every frame of a snapshot has been delivered. */
  snapshot(epoch: string, seq: number): void;
  /** A message of known numbers that was not taken in. */
  refuse(frame: Frame, reject: Reject): void;
  /** Whether what was delivered has been digested, so that a replay may go on. */
  ready(): boolean;
}

export interface Progress {
  done: number;
  total: number;
  etaMs: number | null;
}

/** The condition of one feed, as far as the feed itself can tell. */
export interface Condition {
  link: Link;
  lastHeard: number;
  epoch: string | null;
  lastSeq: number;
  gapsHealed: number;
  lagMs: number;
  skewMs: number;
  progress: Progress | null;
}
