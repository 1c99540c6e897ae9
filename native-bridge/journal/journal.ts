/**
 * The journal as the bridge sees it: hands groups to the writer's thread and tells what is safe (J1–J9).
 *
 * Owns: the open group, positions, the two threads, the reading connection.
 * Guarantees: appending copies and returns; every group is answered by `onCommitted`, in order; nothing throws.
 * Refuses: to wait; with the disk away, the picture goes on and the recording mark says so.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Packr } from 'msgpackr';
import type { Reject } from '../contract/frame.ts';
import type { RecordingRecord } from '../contract/records.ts';
import type { Range } from '../base/intervals.ts';
import type { FromWriter, Group, Part, ToWriter, WriterOptions } from './group.ts';
import { Reading, framesOf } from './reading.ts';
import { SegmentBuilder } from './segment.ts';
import {
  RecordingOff,
  type AuditEntry, type Committed, type Entry, type Journal, type JournalOptions, type JournalStats, type LogCoverage,
  type OrderStore, type Position, type StateChange, type StateRow, type StateStore, type StoredOrder,
} from './types.ts';

/** A group leaves after so long at the latest, or when it is so large. */
const GROUP_MS = 10;
const GROUP_BYTES = 512 * 1024;
/** Urgent groups follow each other no faster: a flood of alarms is written in groups too. */
const URGENT_MS = 2;
const CLOSE_MS = 1500;
const RESPAWN_MS = 2000;
export const JOURNAL_FILE = 'fengsui.db';

/** Records are read back by any msgpack reader: plain maps, no extensions. */
const packr = new Packr({ useRecords: false, variableMapSize: true });
const sources = import.meta.url.endsWith('.ts');
const threadOf = (name: string): URL => new URL(sources ? `./${name}-worker.ts` : `./${name}-worker.js`, import.meta.url);

interface OpenPart extends Omit<Part, 'position' | 'bytes' | 'length' | 'frames'> {
  builder: SegmentBuilder;
}
const emptyGroup = (): Omit<Group, 'position' | 'parts'> => ({ broken: [], gone: [], snapshots: [], rejects: [] });

/** Resolves when the file is open, or when it is clear that it will not open now. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const file = join(options.dir, JOURNAL_FILE);
  try {
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  } catch {
    // The writer meets the same trouble and says it.
  }
  const journal = new ThreadedJournal(file, options);
  await journal.opened;
  return journal;
}

class ThreadedJournal implements Journal {
  readonly opened: Promise<void>;
  readonly #file: string;
  readonly #options: WriterOptions;
  #writer: Worker | null = null;
  #keeper: Worker | null = null;
  #reading: Reading | null = null;
  #coverage: LogCoverage[] = [];
  #events: Record<string, number> = {};
  readonly #quarantined: Record<string, Record<string, number>> = {};
  #bytes = 0;
  #backlog = 0;
  #position: Position = 0;
  #settledTo: Position = 0;
  #recording = false;
  #reason: string | null = null;
  #closed = false;
  readonly #parts = new Map<string, OpenPart>();
  #openBytes = 0;
  #extra = emptyGroup();
  #timer: NodeJS.Timeout | null = null;
  #flushedAt = 0;
  #usual = 4096;
  #ticket = 0;
  readonly #tickets = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  readonly #committed: ((committed: Committed) => void)[] = [];
  readonly #forgotten: ((source: string, epoch: string, ranges: Range[]) => void)[] = [];
  readonly #statusActs: ((status: RecordingRecord) => void)[] = [];
  #onOpen: () => void = () => undefined;
  #onClosed: () => void = () => undefined;
  readonly state: StateStore;
  readonly orders: OrderStore;

  constructor(file: string, options: JournalOptions) {
    this.#file = file;
    const { durability, retentionDays, maxBytes } = options;
    this.#options = { file, durability, retentionDays, maxBytes };
    this.opened = new Promise((resolve) => {
      this.#onOpen = resolve;
    });
    this.state = {
      read: () => this.#read((reading) => reading.state(), [] as StateRow[]),
      mark: () => this.#read((reading) => reading.fact('mark') ?? 0, 0),
      put: (changes, mark) => this.#putState(changes, mark),
    };
    this.orders = {
      put: (order) => this.#putOrder(order),
      update: (order) => this.#putOrder(order),
      open: () => this.#read((reading) => reading.orders(true, 100_000), [] as StoredOrder[]),
      recent: (limit) => this.#read((reading) => reading.orders(false, limit), [] as StoredOrder[]),
    };
    this.#spawn();
  }

  #spawn(): void {
    try {
      const writer = new Worker(threadOf('writer'), { workerData: this.#options });
      writer.on('message', (message: FromWriter) => this.#hear(message));
      writer.on('error', () => undefined);
      writer.on('exit', () => this.#fell());
      this.#writer = writer;
      const keeper = new Worker(threadOf('keeper'), { workerData: { file: this.#file } });
      keeper.on('message', () => this.#tell({ t: 'restart' }));
      keeper.on('error', () => undefined);
      keeper.unref();
      this.#keeper = keeper;
    } catch {
      this.#fell();
    }
  }
  /** The writer is gone, asked or not. What it had not answered is not recorded. */
  #fell(): void {
    this.#writer = null;
    void this.#keeper?.terminate();
    this.#keeper = null;
    this.#onOpen();
    this.#onClosed();
    if (this.#closed) return;
    this.#turn(false, 'unavailable');
    this.#settle({ position: this.#position, recorded: false });
    for (const { reject } of this.#tickets.values()) reject(new RecordingOff('unavailable'));
    this.#tickets.clear();
    this.#backlog = 0;
    setTimeout(() => {
      if (!this.#closed) this.#spawn();
    }, RESPAWN_MS).unref();
  }

  #tell(message: ToWriter, transfer: ArrayBuffer[] = []): void {
    this.#writer?.postMessage(message, transfer);
  }
  #settle(committed: Committed): void {
    if (committed.position > this.#settledTo) this.#settledTo = committed.position;
    for (const act of this.#committed) act(committed);
  }
  #turn(recording: boolean, reason: string | null): void {
    if (this.#recording === recording && this.#reason === reason) return;
    this.#recording = recording;
    this.#reason = reason;
    for (const act of this.#statusActs) act(this.status());
  }

  #hear(message: FromWriter): void {
    switch (message.t) {
      case 'open':
        this.#coverage = message.coverage;
        this.#events = message.events;
        for (const { source, reason, count } of message.quarantined) this.#count(source, reason, count);
        this.#position = Math.max(this.#position, message.position);
        this.#bytes = message.bytes;
        return this.#onOpen();
      case 'committed':
        this.#backlog -= message.bytes;
        for (const [source, events] of Object.entries(message.events)) this.#events[source] = (this.#events[source] ?? 0) + events;
        return this.#settle({ position: message.position, recorded: message.recorded });
      case 'order': {
        const ticket = this.#tickets.get(message.ticket);
        this.#tickets.delete(message.ticket);
        if (message.reason === null) ticket?.resolve();
        else ticket?.reject(new RecordingOff(message.reason));
        return;
      }
      case 'status':
        return this.#turn(message.recording, message.reason);
      case 'forgotten':
        for (const { source, epoch, ranges } of message.logs) for (const act of this.#forgotten) act(source, epoch, ranges);
        return;
      case 'size':
        this.#bytes = message.bytes;
        return;
      case 'closed':
        return this.#onClosed();
    }
  }
  #count(source: string, reason: string, count: number): void {
    const reasons = (this.#quarantined[source] ??= {});
    reasons[reason] = (reasons[reason] ?? 0) + count;
  }

  append(entry: Entry, rejects: readonly Reject[], urgent: boolean): Position {
    const { frame, rejected } = entry;
    if (rejects.length > 0) this.#addRejects(rejects);
    if (entry.broken) {
      if (frame.manner !== 'snapshot') this.#extra.broken.push({ source: frame.source, epoch: frame.epoch, range: [frame.from, frame.to] });
    } else {
      const key = `${frame.source}\n${frame.epoch}`;
      let part = this.#parts.get(key);
      if (part === undefined) {
        part = {
          builder: new SegmentBuilder(Math.max(this.#usual, frame.body.byteLength + 512)),
          source: frame.source, epoch: frame.epoch, events: 0,
          heardFrom: Math.round(frame.heard), heardTo: 0, atFrom: 0, atTo: 0, held: [],
        };
        this.#parts.set(key, part);
      }
      const before = part.builder.length;
      part.builder.add(frame, rejected);
      this.#openBytes += part.builder.length - before;
      part.heardTo = Math.round(frame.heard);
      if (entry.atTo > 0) {
        part.atFrom = Math.round(part.atFrom === 0 ? entry.atFrom : Math.min(part.atFrom, entry.atFrom));
        part.atTo = Math.round(Math.max(part.atTo, entry.atTo));
      }
      if (frame.manner !== 'snapshot') {
        part.events += frame.to - frame.from + 1 - rejected.length;
        const last = part.held.at(-1);
        if (last !== undefined && last[1] + 1 === frame.from) part.held[part.held.length - 1] = [last[0], frame.to];
        else part.held.push([frame.from, frame.to]);
      }
    }
    if (this.#openBytes >= GROUP_BYTES || (urgent && performance.now() - this.#flushedAt >= URGENT_MS)) {
      this.#flush();
      return this.#position;
    }
    this.#soon();
    return this.#position + this.#parts.size;
  }
  #addRejects(rejects: readonly Reject[]): void {
    for (const reject of rejects) {
      this.#extra.rejects.push(reject);
      this.#count(reject.source, reject.reason, 1);
      this.#openBytes += reject.raw.byteLength;
    }
  }
  quarantine(rejects: readonly Reject[]): void {
    this.#addRejects(rejects);
    this.#soon();
  }
  noteGone(source: string, epoch: string, range: Range): void {
    this.#extra.gone.push({ source, epoch, range });
    this.#soon();
  }
  noteSnapshot(source: string, epoch: string, seq: number): void {
    this.#extra.snapshots.push({ source, epoch, seq });
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), GROUP_MS);
  }
  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flushedAt = performance.now();
    const parts: Part[] = [];
    const transfer: ArrayBuffer[] = [];
    for (const { builder, ...part } of this.#parts.values()) {
      const { bytes, length } = builder.finish();
      parts.push({ ...part, position: ++this.#position, bytes, length, frames: builder.frames });
      transfer.push(bytes);
      this.#backlog += length;
      // The next buffers are about as large as the last.
      this.#usual = Math.min(GROUP_BYTES + 65_536, Math.max(4096, Math.round(length * 1.25)));
    }
    this.#parts.clear();
    this.#openBytes = 0;
    const group: Group = { position: this.#position, parts, ...this.#extra };
    this.#extra = emptyGroup();
    if (this.#writer === null) {
      this.#backlog = 0;
      queueMicrotask(() => this.#settle({ position: group.position, recorded: false }));
      return;
    }
    this.#tell({ t: 'group', group }, transfer);
  }

  /** One put is one transaction: records that belong together are never apart on disk. */
  #putState(changes: readonly StateChange[], mark?: Position): void {
    const packed = changes.map((change) => (change.record === null ? null : packr.pack(change.record)));
    const bytes = new Uint8Array(packed.reduce((sum, record) => sum + (record?.length ?? 0), 0));
    let end = 0;
    const rows = changes.map(({ collection, id }, i) => {
      const record = packed[i] ?? null;
      if (record === null) return { collection, id, from: 0, to: -1 };
      bytes.set(record, end);
      end += record.length;
      return { collection, id, from: end - record.length, to: end };
    });
    this.#tell({ t: 'state', put: { rows, bytes: bytes.buffer, mark: mark ?? null } }, [bytes.buffer]);
  }
  #putOrder(order: StoredOrder): Promise<void> {
    if (this.#writer === null) return Promise.reject(new RecordingOff(this.#reason ?? 'unavailable'));
    const open = order.record.status === 'waiting' || order.record.status === 'sent';
    const ticket = this.#ticket++;
    return new Promise((resolve, reject) => {
      this.#tickets.set(ticket, { resolve, reject });
      this.#tell({ t: 'order', put: { id: order.id, open, body: new Uint8Array(packr.pack(order)), ticket } });
    });
  }
  audit(entry: AuditEntry): void {
    this.#tell({ t: 'audit', put: { at: entry.at, by: entry.by, act: entry.act, detail: new Uint8Array(packr.pack(entry.detail)) } });
  }

  #read<T>(act: (reading: Reading) => T, without: T): T {
    try {
      this.#reading ??= new Reading(this.#file);
      return act(this.#reading);
    } catch {
      // No file, or none that can be read: the recording mark says so already.
      this.#reading?.close();
      this.#reading = null;
      return without;
    }
  }
  async *tail(after: Position): AsyncGenerator<{ position: Position; entry: Entry }> {
    let reading: Reading;
    try {
      reading = new Reading(this.#file);
    } catch {
      return;
    }
    try {
      for (const row of reading.segments(after)) {
        try {
          for (const { frame, rejected } of framesOf(row)) {
            yield { position: row.id, entry: { frame, rejected, atFrom: row.at_from, atTo: row.at_to, broken: false } };
          }
        } catch {
          // Damaged: `journal verify` names it.
        }
        await new Promise(setImmediate);
      }
    } catch {
      // The file became unreadable on the way: what was read is delivered.
    } finally {
      reading.close();
    }
  }

  backlog(): number {
    return this.#backlog + this.#openBytes;
  }
  coverage(): readonly LogCoverage[] {
    return this.#coverage;
  }
  onCommitted(act: (committed: Committed) => void): void {
    this.#committed.push(act);
  }
  onForgotten(act: (source: string, epoch: string, ranges: Range[]) => void): void {
    this.#forgotten.push(act);
  }
  onStatus(act: (status: RecordingRecord) => void): void {
    this.#statusActs.push(act);
  }
  stats(): JournalStats {
    return {
      events: Object.values(this.#events).reduce((sum, n) => sum + n, 0),
      bySource: { ...this.#events },
      quarantined: this.#quarantined,
      bytes: this.#bytes,
      backlog: this.backlog(),
    };
  }
  status(): RecordingRecord {
    const { events, bytes } = this.stats();
    return { id: 'recording', recording: this.#recording, reason: this.#reason, file: JOURNAL_FILE, events, bytes };
  }
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    const writer = this.#writer;
    if (writer !== null) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, CLOSE_MS);
        this.#onClosed = () => {
          clearTimeout(late);
          resolve();
        };
        this.#tell({ t: 'close' });
      });
      await writer.terminate();
    }
    await this.#keeper?.terminate();
    this.#reading?.close();
    this.#reading = null;
  }
}
