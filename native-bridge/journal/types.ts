/**
 * What the journal promises to the other rooms.
 *
 * Owns: the interface; `journal.ts` makes it, workers of its own do the writing.
 * Guarantees (J1–J9 in README.md): nothing here throws into the caller's path; what `onCommitted` told survives
 *   kill -9; a number of a log is kept once.
 * Refuses: to understand events; bodies are bytes here.
 */
import type { ReceiveTime } from '../contract/brand.ts';
import type { Frame, Reject } from '../contract/frame.ts';
import type { Collection, OrderRecord, RecordOf, RecordingRecord } from '../contract/records.ts';
import type { WireOrder } from '../contract/wire.ts';
import type { Range } from '../base/intervals.ts';

export interface JournalOptions {
  /** The folder of the journal itself, `D/journal`; made when absent. */
  dir: string;
  /** `process`: survives the death of the process; `power-loss`: also a pulled plug. */
  durability: 'process' | 'power-loss';
  retentionDays: number;
  /** Above this the oldest events go first. */
  maxBytes: number;
}

/** Place in the journal: rises with every group committed. 0 is before everything. */
export type Position = number;

/** A frame with what decode found in it, ready to be kept. */
export interface Entry {
  frame: Frame;
  /** Offsets in the body (0 … n-1) of events that broke the contract; their numbers count as received. */
  rejected: readonly number[];
  /** Earliest and latest event time in it, ms; 0, 0 when it has none. */
  atFrom: number;
  atTo: number;
  /** Nothing in it could be read: its numbers are known broken, the body is not kept here. */
  broken: boolean;
}

export interface Committed {
  /** Everything appended up to here is on disk, or will never be (`recorded` false). */
  position: Position;
  recorded: boolean;
}

/** What is known of one log of one source. */
export interface LogCoverage {
  source: string;
  epoch: string;
  /** Numbers kept (also those that retention took away since). */
  held: Range[];
  /** Numbers received but unreadable as a whole message. */
  broken: Range[];
  /** Numbers the upstream said it no longer has. */
  gone: Range[];
  /** The last complete snapshot of this log: the state as of this number; null when there was none. */
  snapshot: number | null;
  /** When it was last written to. */
  heard: ReceiveTime;
}

/** A record of the picture as kept: `record` is what was put, read back from MessagePack. */
export type StateRow = { [C in Collection]: { collection: C; id: string; record: RecordOf[C] } }[Collection];
/** `record` null removes it. */
export type StateChange = { [C in Collection]: { collection: C; id: string; record: RecordOf[C] | null } }[Collection];

export interface StateStore {
  /** Every record as last put. Empty when there is no journal to read. Blocks for about 100 ms per 50,000 records. */
  read(): StateRow[];
  /** The mark that came with the last complete put: the state holds every event up to it. */
  mark(): Position;
  /**
   * Keeps changed records, all of one call or none. Give `mark` with the last part of a flush: then every event delivered up to that position
   * is in the records put so far, and after a restart only later ones are applied again. The bridge does not wait.
   */
  put(changes: readonly StateChange[], mark?: Position): void;
}

/** An order as kept, with what is sent upstream. */
export interface StoredOrder {
  id: string;
  source: string;
  wire: WireOrder;
  record: OrderRecord;
  /** Until then it is worth sending, ms; null: for ever. */
  expires: number | null;
}
export interface OrderStore {
  /** Kept before it is sent: resolves when on disk; rejects with a `RecordingOff` when it cannot be. */
  put(order: StoredOrder): Promise<void>;
  /** Keeps the new record of an order; same promise. */
  update(order: StoredOrder): Promise<void>;
  /** Orders not yet answered or expired, oldest first. */
  open(): StoredOrder[];
  /** The newest orders of any status, newest first. */
  recent(limit: number): StoredOrder[];
}

/** An act of a person, for ever. */
export interface AuditEntry {
  at: ReceiveTime;
  by: string;
  act: string;
  /** Plain data; what was asked and what came of it. */
  detail: unknown;
}

export interface JournalStats {
  /** Valid events on disk, in all and by source. */
  events: number;
  bySource: Record<string, number>;
  /** Rejects since the file began, by source and then by reason. */
  quarantined: Record<string, Record<string, number>>;
  /** Bytes of the file and its log. */
  bytes: number;
  /** Bytes handed to the writer and not yet committed. */
  backlog: number;
}

export interface Journal {
  /**
   * Keeps one frame. Copies the bytes: the caller's buffer is free afterwards. `urgent` sends the group off at once
   * (alarms, detections); otherwise it leaves at the end of this turn of the event loop or when the group is full.
   * Answers the position of the group it will be committed with.
   */
  append(entry: Entry, rejects: readonly Reject[], urgent: boolean): Position;
  /** Rejects of messages without a usable header. */
  quarantine(rejects: readonly Reject[]): void;
  /** Called once per committed group, in order, also when recording is off. */
  onCommitted(act: (committed: Committed) => void): void;
  /** Numbers the upstream no longer has; and the end of a snapshot. Committed in order with the frames. */
  noteGone(source: string, epoch: string, range: Range): void;
  noteSnapshot(source: string, epoch: string, seq: number): void;
  /** Numbers that were appended but not recorded (disk full, …): called when recording works again. */
  onForgotten(act: (source: string, epoch: string, ranges: Range[]) => void): void;
  /** As found when opened. */
  coverage(): readonly LogCoverage[];
  /** Frames after the position, as they were appended, for the start. Holes and unreadable groups are passed over. */
  tail(after: Position): AsyncIterable<{ position: Position; entry: Entry }>;
  readonly state: StateStore;
  readonly orders: OrderStore;
  audit(entry: AuditEntry): void;
  stats(): JournalStats;
  /** Bytes appended and not yet committed. */
  backlog(): number;
  status(): RecordingRecord;
  /** Called when `status()` changes. */
  onStatus(act: (status: RecordingRecord) => void): void;
  /** Commits what is waiting and closes; resolves within 1.5 s whatever happens. */
  close(): Promise<void>;
}

/** The order or act could not be kept; `reason` as in the recording record. */
export class RecordingOff extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`not recording: ${reason}`);
    this.name = 'RecordingOff';
    this.reason = reason;
  }
}
