/**
 * Retirement: what is no longer new is joined and packed; what is too old, or too much, leaves.
 *
 * Owns: what is joined, what goes, and when. Guarantees: one small step at a time (a few ms), only what the kept state no longer needs;
 *   the numbers stay known, so that nothing retired is asked for again. Refuses: to touch orders and audit.
 */
import type { Statement } from 'better-sqlite3';
import type { Connection } from './schema.ts';
import { Joining } from './joining.ts';
import { KIND } from './schema.ts';
import type { WriterOptions } from './group.ts';

const DAY_MS = 86_400_000;
/** Segments a step, and how often it looks whether there is anything to do. */
const STEP = 16;
const LOOK_MS = 5000;
/** Rejects are for finding faults, not for keeping. */
const MOST_REJECTS = 250_000;
/** In the pauses of the writer: a quarter of a megabyte takes some 3 ms to join, and an alarm may wait for it. */
const PLAN = { bytes: 256 * 1024, level: 3, rest: false } as const;
const JOIN_MS = 500;
/** One join in so long at most: a tenth of a core. */
const JOIN_PAUSE_MS = 50;
/** After opening, the start of the bridge has the disk to itself. */
const QUIET_MS = 5000;

export class Retirement {
  readonly #db: Connection;
  readonly #options: Pick<WriterOptions, 'retentionDays' | 'maxBytes'>;
  readonly #oldest: Statement<
    [number, number],
    { id: number; log: number; seq_from: number; seq_to: number; heard_to: number }
  >;
  readonly #mark: Statement<[], number>;
  readonly #joining: Joining;
  readonly #logs: Statement<[], number>;
  /** From where each log is to be joined; kept in the file. */
  readonly #joined = new Map<number, number>();
  #joinAt = 0;
  #lookAt = 0;

  constructor(db: Connection, options: Pick<WriterOptions, 'retentionDays' | 'maxBytes'>) {
    this.#db = db;
    this.#options = options;
    this.#oldest = db.prepare(
      'SELECT id, log, seq_from, seq_to, heard_to FROM segment WHERE id <= ? ORDER BY id LIMIT ?',
    );
    this.#joinAt = this.#lookAt = Date.now() + QUIET_MS;
    this.#joining = new Joining(db, PLAN);
    this.#logs = db.prepare<[], number>('SELECT id FROM log').pluck();
    this.#mark = db.prepare<[], number>("SELECT value FROM fact WHERE name = 'mark'").pluck();
  }

  #pragma(name: string): number {
    return Number(this.#db.pragma(name, { simple: true }));
  }

  /** One small thing at a time. */
  step(now: number): void {
    if (now >= this.#joinAt) this.#joinAt = now + (this.#joinOne() ? JOIN_PAUSE_MS : JOIN_MS);
    if (now >= this.#lookAt) this.#retire(now);
  }

  #joinOne(): boolean {
    const mark = this.#mark.get() ?? 0;
    for (const log of this.#logs.all()) {
      const from =
        this.#joined.get(log) ??
        this.#db.prepare<[string], number>('SELECT value FROM fact WHERE name = ?').pluck().get(`joined ${log}`) ??
        0;
      this.#joined.set(log, from);
      if (mark <= from) continue;
      const to = this.#joining.step(log, from, mark);
      if (to === null || to === from) continue;
      this.#joined.set(log, to);
      this.#db
        .prepare<[string, number]>('INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
        .run(`joined ${log}`, to);
      return true;
    }
    return false;
  }

  #retire(now: number): void {
    const used = (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pragma('page_size');
    const tooLarge = used > this.#options.maxBytes;
    const before = now - this.#options.retentionDays * DAY_MS;
    const rows = this.#oldest.all(this.#mark.get() ?? 0, STEP).filter((row) => tooLarge || row.heard_to < before);
    if (rows.length > 0) {
      this.#db.transaction(() => {
        const drop = this.#db.prepare<[number]>('DELETE FROM segment WHERE id = ?');
        // What follows on from a retired range lengthens it: the list stays as short as the history has gaps.
        const lengthen = this.#db.prepare<[number, number, number, number, number]>(
          `UPDATE coverage SET last = max(last, ?) WHERE log = ? AND kind = ? AND last >= ? - 1 AND first =
             (SELECT max(c.first) FROM coverage c WHERE c.log = coverage.log AND c.kind = coverage.kind AND c.first <= ?)`,
        );
        const retire = this.#db.prepare<[number, number, number, number]>(
          'INSERT INTO coverage VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)',
        );
        for (const row of rows) {
          drop.run(row.id);
          if (row.seq_to === 0) continue;
          const { log, seq_from: from, seq_to: to } = row;
          if (lengthen.run(to, log, KIND.retired, from, from).changes === 0) retire.run(log, KIND.retired, from, to);
        }
      })();
    }
    const rejects = this.#db
      .prepare<[number, number]>(
        'DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ? OR heard < ? ORDER BY id LIMIT 256)',
      )
      .run(MOST_REJECTS, before).changes;
    if (this.#pragma('freelist_count') > 64) this.#db.pragma('incremental_vacuum(64)');
    else if (rows.length === 0 && rejects === 0) this.#lookAt = now + LOOK_MS;
  }
}
