/**
 * What passes between the journal and its writer: groups, and the answers to them.
 *
 * Owns: the shapes of the messages of that one channel. Guarantees: everything is structured-clonable, bulk bytes are
 * transferred. Refuses: nothing.
 */
import type { Reject } from '../contract/frame.ts';
import type { Range } from '../base/intervals.ts';
import type { Durability } from './schema.ts';
import type { LogCoverage, Position } from './types.ts';

/** A sealed segment of one log. */
export interface Part {
  position: Position;
  source: string;
  epoch: string;
  bytes: ArrayBuffer;
  length: number;
  frames: number;
  /** Valid events. */
  events: number;
  heardFrom: number;
  heardTo: number;
  atFrom: number;
  atTo: number;
  /** Numbers that its frames stand for. */
  held: Range[];
}
/** What must be committed together. */
export interface Group {
  /** Position of its last part; everything before it is then committed. */
  position: Position;
  parts: Part[];
  broken: { source: string; epoch: string; range: Range }[];
  gone: { source: string; epoch: string; range: Range }[];
  snapshots: { source: string; epoch: string; seq: number }[];
  rejects: Reject[];
}
/** Packed records one after the other: id lists beside, so that the writer need not unpack. */
export interface StatePut {
  rows: { collection: string; id: string; from: number; to: number }[];
  bytes: ArrayBuffer;
  mark: Position | null;
}
export interface OrderPut {
  id: string;
  open: boolean;
  body: Uint8Array;
  ticket: number;
}
export interface QuarantineCount {
  source: string;
  reason: string;
  count: number;
}
export interface AuditPut {
  at: number;
  by: string;
  act: string;
  detail: Uint8Array;
}

export type ToWriter =
  | { t: 'group'; group: Group }
  | { t: 'state'; put: StatePut }
  | { t: 'order'; put: OrderPut }
  | { t: 'audit'; put: AuditPut }
  /** The log of the file has grown long: begin it anew between two commits. */
  | { t: 'restart' }
  | { t: 'close' };

export type FromWriter =
  | {
      t: 'open';
      coverage: LogCoverage[];
      events: Record<string, number>;
      quarantined: QuarantineCount[];
      position: Position;
      bytes: number;
    }
  /** The groups of one transaction: each has a mark of its own. */
  | { t: 'committed'; positions: Position[]; recorded: boolean; bytes: number; events: Record<string, number> }
  | { t: 'order'; ticket: number; reason: string | null }
  | { t: 'status'; recording: boolean; reason: string | null }
  /** A fresh file in place of a damaged one, and what is in it. */
  | { t: 'begun'; events: Record<string, number> }
  | { t: 'forgotten'; logs: { source: string; epoch: string; ranges: Range[] }[] }
  | { t: 'size'; bytes: number }
  | { t: 'closed' };

export interface WriterOptions {
  file: string;
  durability: Durability;
  retentionDays: number;
  maxBytes: number;
}
