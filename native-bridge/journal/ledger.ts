/**
 * The ledger: every write to the file, in transactions.
 *
 * Owns: one writing connection, the coverage of every log in memory and on disk.
 * Guarantees: a number of a log goes in once, whoever sends it again; coverage and segments change together.
 * Refuses: to handle errors of the disk (they are thrown; the writer decides).
 */
import { constants, crc32, zstdCompressSync } from 'node:zlib';
import type { Statement } from 'better-sqlite3';
import { Intervals, type Range } from '../base/intervals.ts';
import type { Reject } from '../contract/frame.ts';
import { KIND, PACKING, openWritable, type Connection, type Durability } from './schema.ts';
import { readSegment, SegmentBuilder } from './segment.ts';
import type { AuditPut, Group, OrderPut, Part, QuarantineCount, StatePut } from './group.ts';
import type { LogCoverage } from './types.ts';
import type { ReceiveTime } from '../contract/brand.ts';

/** Smaller segments do not compress well enough to be worth it; compaction joins them later. */
const PACK_FROM_BYTES = 2048;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } };

/** None of the range is in the set; constant time at its end. */
function allNew(held: Intervals, [from, to]: Range): boolean {
  if ((held.last ?? 0) < from) return true;
  const missing = held.missing(from, to, 2);
  return missing.length === 1 && missing[0]?.[0] === from && missing[0][1] === to;
}

interface Log {
  id: number;
  held: Intervals;
}

export interface LogRanges {
  source: string;
  epoch: string;
  ranges: Range[];
}
/** An order without an answer, as it is kept. */
export interface OpenOrder {
  id: string;
  open: number;
  body: Uint8Array;
}

export class Ledger {
  readonly db: Connection;
  readonly #logs = new Map<string, Log>();
  readonly #addLog: Statement<[string, string, number]>;
  readonly #addSegment: Statement<
    [number, number, number, number, number, number, number, number, number, number, number, number, Uint8Array]
  >;
  readonly #countEvents: Statement<[number, number, number]>;
  readonly #cover: Statement<[number, number, number, number]>;
  readonly #uncover: Statement<[number, number, number, number]>;
  readonly #snapshot: Statement<[number, number]>;
  readonly #reject: Statement<
    [string, string, string | null, number | null, string, string, string, number, Uint8Array]
  >;
  readonly #countReject: Statement<[string, string, number]>;
  readonly #putState: Statement<[string, string, Uint8Array]>;
  readonly #dropState: Statement<[string, string]>;
  readonly #fact: Statement<[string, number]>;
  readonly #order: Statement<[string, number, Uint8Array]>;
  readonly #audit: Statement<[number, string, string, Uint8Array]>;

  constructor(file: string, durability: Durability) {
    const db = openWritable(file, durability);
    this.db = db;
    this.#addLog = db.prepare('INSERT INTO log (source, epoch, heard) VALUES (?, ?, ?)');
    this.#addSegment = db.prepare('INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#countEvents = db.prepare('UPDATE log SET events = events + ?, heard = ? WHERE id = ?');
    this.#cover = db.prepare('INSERT INTO coverage VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last');
    this.#uncover = db.prepare('DELETE FROM coverage WHERE log = ? AND kind = ? AND first > ? AND first <= ?');
    this.#snapshot = db.prepare('UPDATE log SET snapshot = ? WHERE id = ?');
    this.#reject = db.prepare(
      'INSERT INTO quarantine (source, topic, epoch, seq, reason, path, detail, heard, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#countReject = db.prepare(
      'INSERT INTO quarantine_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
    );
    this.#putState = db.prepare(
      'INSERT INTO state VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
    );
    this.#dropState = db.prepare('DELETE FROM state WHERE collection = ? AND id = ?');
    this.#fact = db.prepare('INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
    this.#order = db.prepare(
      'INSERT INTO orders (id, open, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET open = excluded.open, body = excluded.body',
    );
    this.#audit = db.prepare('INSERT INTO audit (at, by, act, detail) VALUES (?, ?, ?, ?)');
    this.reload();
  }

  /** Coverage as on disk; also after a transaction that failed. */
  reload(): void {
    this.#logs.clear();
    const ranges = this.db.prepare<[number, number], { first: number; last: number }>(
      'SELECT first, last FROM coverage WHERE log = ? AND kind = ? ORDER BY first',
    );
    for (const log of this.db
      .prepare<[], { id: number; source: string; epoch: string }>('SELECT id, source, epoch FROM log')
      .all()) {
      const held = new Intervals();
      for (const { first, last } of ranges.all(log.id, KIND.held)) held.add(first, last);
      this.#logs.set(`${log.source}\n${log.epoch}`, { id: log.id, held });
    }
  }

  #log(source: string, epoch: string, now: number): Log {
    const key = `${source}\n${epoch}`;
    let log = this.#logs.get(key);
    if (log === undefined) {
      log = { id: Number(this.#addLog.run(source, epoch, now).lastInsertRowid), held: new Intervals() };
      this.#logs.set(key, log);
    }
    return log;
  }

  /** One transaction; answers valid events added by source. */
  commit(groups: readonly Group[]): Record<string, number> {
    const added: Record<string, number> = {};
    this.db.transaction(() => {
      for (const group of groups) {
        for (const part of group.parts) {
          const events = this.#keep(part);
          added[part.source] = (added[part.source] ?? 0) + events;
        }
        for (const { source, epoch, range } of group.broken) this.#note(source, epoch, KIND.broken, range);
        for (const { source, epoch, range } of group.gone) this.#note(source, epoch, KIND.gone, range);
        for (const { source, epoch, seq } of group.snapshots)
          this.#snapshot.run(seq, this.#log(source, epoch, Date.now()).id);
        if (group.rejects.length > 0) this.#quarantine(group.rejects);
      }
    })();
    return added;
  }

  #keep(part: Part): number {
    const log = this.#log(part.source, part.epoch, part.heardTo);
    let bytes = new Uint8Array(part.bytes, 0, part.length);
    let { frames, events, held } = part;
    if (!held.every((range) => allNew(log.held, range))) {
      const rest = this.#without(log, bytes, part);
      ({ bytes, frames, events, held } = rest);
      if (frames === 0) return 0;
    }
    const packed = bytes.length >= PACK_FROM_BYTES;
    const data = packed ? zstdCompressSync(bytes, ZSTD) : bytes;
    const from = held[0]?.[0] ?? 0;
    const to = held.reduce((most, range) => Math.max(most, range[1]), 0);
    this.#addSegment.run(
      part.position,
      log.id,
      from,
      to,
      frames,
      events,
      part.heardFrom,
      part.heardTo,
      part.atFrom,
      part.atTo,
      packed ? PACKING.zstd : PACKING.raw,
      crc32(data),
      data,
    );
    for (const [a, b] of held) {
      log.held.add(a, b);
      this.#store(log.id, KIND.held, log.held.around(a) ?? [a, b]);
    }
    this.#countEvents.run(events, part.heardTo, log.id);
    return events;
  }
  #store(log: number, kind: number, [first, last]: Range): void {
    this.#uncover.run(log, kind, first, last);
    this.#cover.run(log, kind, first, last);
  }
  /** Told twice by whomever: only what is new stays. */
  #without(
    log: Log,
    bytes: Uint8Array,
    part: Part,
  ): { bytes: Uint8Array<ArrayBuffer>; frames: number; events: number; held: Range[] } {
    const builder = new SegmentBuilder(bytes.length + 1024);
    const held: Range[] = [];
    const seen = new Intervals(log.held);
    let events = 0;
    for (const { frame, rejected } of readSegment(bytes, part.source, part.epoch)) {
      if (frame.manner === 'snapshot') {
        builder.add(frame, rejected);
        continue;
      }
      for (const [from, to] of seen.add(frame.from, frame.to)) {
        const inside = rejected.filter((offset) => frame.seq + offset >= from && frame.seq + offset <= to);
        builder.add({ ...frame, from, to }, inside);
        held.push([from, to]);
        events += to - from + 1 - inside.length;
      }
    }
    const { bytes: fresh, length } = builder.finish();
    return { bytes: new Uint8Array(fresh, 0, length), frames: builder.frames, events, held };
  }
  #note(source: string, epoch: string, kind: number, [first, last]: Range): void {
    this.#cover.run(this.#log(source, epoch, Date.now()).id, kind, first, last);
  }
  #quarantine(rejects: readonly Reject[]): void {
    const counts = new Map<string, { source: string; reason: string; count: number }>();
    for (const r of rejects) {
      this.#reject.run(r.source, r.topic, r.epoch, r.seq, r.reason, r.path, r.detail, r.heard, r.raw);
      const key = `${r.source}\n${r.reason}`;
      const entry = counts.get(key) ?? { source: r.source, reason: r.reason, count: 0 };
      entry.count++;
      counts.set(key, entry);
    }
    for (const { source, reason, count } of counts.values()) this.#countReject.run(source, reason, count);
  }

  put({ rows, bytes, mark }: StatePut): void {
    this.db.transaction(() => {
      for (const { collection, id, from, to } of rows) {
        if (to < from) this.#dropState.run(collection, id);
        else this.#putState.run(collection, id, new Uint8Array(bytes, from, to - from));
      }
      if (mark !== null) this.#fact.run('mark', mark);
    })();
  }
  order({ id, open, body }: OrderPut): void {
    this.#order.run(id, open ? 1 : 0, body);
  }
  /** All that can still be read of them; none from a file that refuses. */
  openOrders(): OpenOrder[] {
    try {
      return this.db.prepare<[], OpenOrder>('SELECT id, open, body FROM orders WHERE open = 1 ORDER BY turn').all();
    } catch {
      return [];
    }
  }
  keepOrder({ id, open, body }: OpenOrder): void {
    this.#order.run(id, open, body);
  }
  /** The numbers held, as far as this connection knows. */
  held(): LogRanges[] {
    return [...this.#logs].map(([key, { held }]) => {
      const [source = '', epoch = ''] = key.split('\n');
      return { source, epoch, ranges: [...held] };
    });
  }
  audit({ at, by, act, detail }: AuditPut): void {
    this.#audit.run(at, by, act, detail);
  }

  coverage(): LogCoverage[] {
    const ranges = this.db.prepare<[number], { kind: number; first: number; last: number }>(
      'SELECT kind, first, last FROM coverage WHERE log = ? ORDER BY kind, first',
    );
    const logs = this.db.prepare<
      [],
      { id: number; source: string; epoch: string; snapshot: number | null; heard: number }
    >('SELECT id, source, epoch, snapshot, heard FROM log ORDER BY heard, id');
    return logs.all().map(({ id, source, epoch, snapshot, heard }) => {
      const rows = ranges.all(id);
      const of = (kind: number): Range[] =>
        rows.filter((row) => row.kind === kind).map((row): Range => [row.first, row.last]);
      return {
        source,
        epoch,
        snapshot,
        heard: heard as ReceiveTime,
        held: of(KIND.held),
        broken: of(KIND.broken),
        gone: of(KIND.gone),
      };
    });
  }
  /** Valid events by source, rejects by source and reason, the last position. */
  totals(): { events: Record<string, number>; quarantined: QuarantineCount[]; position: number } {
    const events: Record<string, number> = {};
    for (const row of this.db
      .prepare<[], { source: string; n: number }>('SELECT source, sum(events) AS n FROM log GROUP BY source')
      .all()) {
      events[row.source] = row.n;
    }
    const quarantined = this.db
      .prepare<[], QuarantineCount>('SELECT source, reason, count FROM quarantine_count')
      .all();
    const position = this.db.prepare<[], number>('SELECT max(id) FROM segment').pluck().get() ?? 0;
    const mark = this.db.prepare<[], number>("SELECT value FROM fact WHERE name = 'mark'").pluck().get() ?? 0;
    return { events, quarantined, position: Math.max(position, mark) };
  }
}
