/**
 * The journal as the bridge sees it: hands groups to the writer's thread and tells what is safe (J1–J9).
 *
 * Owns: the open group, positions, the two threads, the reading connection.
 * Guarantees: appending copies and returns; every group is answered by `onCommitted`, in order; nothing throws.
 * Refuses: to wait; with the disk away, the picture goes on and the recording mark says so.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Reject } from '../contract/frame.ts';
import type { RecordingRecord } from '../contract/records.ts';
import type { Range } from '../base/intervals.ts';
import { Departure } from './departure.ts';
import type { FromWriter, ToWriter, WriterOptions } from './group.ts';
import { OpenGroup } from './open-group.ts';
import { packed, packState } from './packing.ts';
import { Past } from './past.ts';
import { startThreads, type Threads } from './threads.ts';
import {
  RecordingOff,
  type AuditEntry,
  type Committed,
  type Entry,
  type Journal,
  type JournalOptions,
  type JournalStats,
  type LogCoverage,
  type OrderStore,
  type Position,
  type StateRow,
  type StateStore,
  type StoredOrder,
} from './types.ts';

/** A group that is so large leaves at once. */
const GROUP_BYTES = 512 * 1024;
const CLOSE_MS = 1200;
const RESPAWN_MS = 2000;
export const JOURNAL_FILE = 'fengsui.db';

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
  readonly #options: WriterOptions;
  #threads: Threads | null = null;
  readonly #past: Past;
  #coverage: LogCoverage[] = [];
  #events: Record<string, number> = {};
  readonly #quarantined: Record<string, Record<string, number>> = {};
  #bytes = 0;
  #backlog = 0;
  #recording = false;
  #reason: string | null = null;
  #closed = false;
  readonly #group = new OpenGroup();
  readonly #departure = new Departure(() => this.#flush());
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
    this.#past = new Past(file);
    const { durability, retentionDays, maxBytes } = options;
    this.#options = { file, durability, retentionDays, maxBytes };
    this.opened = new Promise((resolve) => {
      this.#onOpen = resolve;
    });
    this.state = {
      read: () => this.#past.read((reading) => reading.state(), [] as StateRow[]),
      mark: () => this.#past.read((reading) => reading.fact('mark') ?? 0, 0),
      // One put is one transaction: records that belong together are never apart on disk.
      put: (changes, mark) => {
        const put = packState(changes, mark ?? null);
        this.#tell({ t: 'state', put }, [put.bytes]);
      },
    };
    this.orders = {
      put: (order) => this.#putOrder(order),
      update: (order) => this.#putOrder(order),
      open: () => this.#past.read((reading) => reading.orders(true, 100_000), [] as StoredOrder[]),
      recent: (limit) => this.#past.read((reading) => reading.orders(false, limit), [] as StoredOrder[]),
    };
    this.#spawn();
  }

  #spawn(): void {
    try {
      this.#threads = startThreads(
        this.#options,
        (message) => this.#hear(message),
        () => this.#fell(),
      );
    } catch {
      this.#fell();
    }
  }
  /** The writer is gone, asked or not. What it had not answered is not recorded. */
  #fell(): void {
    this.#threads = null;
    this.#onOpen();
    this.#onClosed();
    if (this.#closed) return;
    this.#turn(false, 'unavailable');
    this.#settle({ position: this.#group.position, recorded: false });
    this.#departure.abandoned();
    for (const { reject } of this.#tickets.values()) reject(new RecordingOff('unavailable'));
    this.#tickets.clear();
    this.#backlog = 0;
    setTimeout(() => {
      if (!this.#closed) this.#spawn();
    }, RESPAWN_MS).unref();
  }

  #tell(message: ToWriter, transfer: ArrayBuffer[] = []): void {
    this.#threads?.tell(message, transfer);
  }
  #settle(committed: Committed): void {
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
        this.#group.position = Math.max(this.#group.position, message.position);
        this.#bytes = message.bytes;
        return this.#onOpen();
      case 'committed':
        this.#backlog -= message.bytes;
        for (const [source, events] of Object.entries(message.events))
          this.#events[source] = (this.#events[source] ?? 0) + events;
        for (const position of message.positions) this.#settle({ position, recorded: message.recorded });
        return this.#departure.answered(message.positions.at(-1) ?? 0);
      case 'order': {
        const ticket = this.#tickets.get(message.ticket);
        this.#tickets.delete(message.ticket);
        if (message.reason === null) ticket?.resolve();
        else ticket?.reject(new RecordingOff(message.reason));
        return;
      }
      case 'status':
        return this.#turn(message.recording, message.reason);
      case 'begun':
        this.#past.close();
        this.#events = message.events;
        return;
      case 'forgotten':
        for (const { source, epoch, ranges } of message.logs)
          for (const act of this.#forgotten) act(source, epoch, ranges);
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
    if (rejects.length > 0) this.#reject(rejects);
    const position = this.#group.add(entry);
    if (this.#group.bytes >= GROUP_BYTES) this.#flush();
    else if (urgent) this.#departure.urgent();
    else this.#departure.soon();
    return position;
  }
  #reject(rejects: readonly Reject[]): void {
    this.#group.reject(rejects);
    for (const { source, reason } of rejects) this.#count(source, reason, 1);
  }
  quarantine(rejects: readonly Reject[]): void {
    this.#reject(rejects);
    this.#departure.soon();
  }
  noteGone(source: string, epoch: string, range: Range): void {
    this.#group.gone(source, epoch, range);
    this.#departure.soon();
  }
  noteSnapshot(source: string, epoch: string, seq: number): void {
    this.#group.snapshot(source, epoch, seq);
    this.#departure.soon();
  }

  #flush(): void {
    this.#departure.leaves();
    const group = this.#group.seal();
    for (const { length } of group.parts) this.#backlog += length;
    if (this.#threads === null) {
      this.#backlog = 0;
      queueMicrotask(() => this.#settle({ position: group.position, recorded: false }));
      return;
    }
    this.#departure.told(group.position);
    this.#tell(
      { t: 'group', group },
      group.parts.map(({ bytes }) => bytes),
    );
  }

  #putOrder(order: StoredOrder): Promise<void> {
    if (this.#threads === null) return Promise.reject(new RecordingOff(this.#reason ?? 'unavailable'));
    const open = order.record.status === 'waiting' || order.record.status === 'sent';
    const ticket = this.#ticket++;
    return new Promise((resolve, reject) => {
      this.#tickets.set(ticket, { resolve, reject });
      this.#tell({ t: 'order', put: { id: order.id, open, body: packed(order), ticket } });
    });
  }
  audit(entry: AuditEntry): void {
    this.#tell({
      t: 'audit',
      put: { at: entry.at, by: entry.by, act: entry.act, detail: packed(entry.detail) },
    });
  }

  tail(after: Position): AsyncGenerator<{ position: Position; entry: Entry }> {
    return this.#past.tail(after);
  }
  backlog(): number {
    return this.#backlog + this.#group.bytes;
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
    const threads = this.#threads;
    if (threads !== null) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, CLOSE_MS);
        this.#onClosed = () => {
          clearTimeout(late);
          resolve();
        };
        this.#tell({ t: 'close' });
      });
      await threads.end();
    }
    this.#past.close();
  }
}
