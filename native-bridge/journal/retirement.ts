/**
 * Retirement: the oldest segments and rejects leave when they are too old or the file too large.
 *
 * Owns: what goes and when. Guarantees: one small step at a time (a few ms), only what the kept state no longer needs;
 *   the numbers stay known, so that nothing retired is asked for again. Refuses: to touch orders and audit.
 */
import type { Statement } from 'better-sqlite3';
import type { Connection } from './schema.ts';
import { KIND } from './schema.ts';
import type { WriterOptions } from './group.ts';

const DAY_MS = 86_400_000;
/** Segments a step, and how often it looks whether there is anything to do. */
const STEP = 16;
const LOOK_MS = 5000;
/** Rejects are for finding faults, not for keeping. */
const MOST_REJECTS = 250_000;

export class Retirement {
  readonly #db: Connection;
  readonly #options: Pick<WriterOptions, 'retentionDays' | 'maxBytes'>;
  readonly #oldest: Statement<
    [number, number],
    { id: number; log: number; seq_from: number; seq_to: number; heard_to: number }
  >;
  readonly #mark: Statement<[], number>;
  #lookAt = 0;

  constructor(db: Connection, options: Pick<WriterOptions, 'retentionDays' | 'maxBytes'>) {
    this.#db = db;
    this.#options = options;
    this.#oldest = db.prepare(
      'SELECT id, log, seq_from, seq_to, heard_to FROM segment WHERE id <= ? ORDER BY id LIMIT ?',
    );
    this.#mark = db.prepare<[], number>("SELECT value FROM fact WHERE name = 'mark'").pluck();
  }

  #pragma(name: string): number {
    return Number(this.#db.pragma(name, { simple: true }));
  }

  step(now: number): void {
    if (now < this.#lookAt) return;
    const used = (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pragma('page_size');
    const tooLarge = used > this.#options.maxBytes;
    const before = now - this.#options.retentionDays * DAY_MS;
    const rows = this.#oldest.all(this.#mark.get() ?? 0, STEP).filter((row) => tooLarge || row.heard_to < before);
    if (rows.length > 0) {
      this.#db.transaction(() => {
        const drop = this.#db.prepare<[number]>('DELETE FROM segment WHERE id = ?');
        const retire = this.#db.prepare<[number, number, number, number]>(
          'INSERT INTO coverage VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)',
        );
        for (const row of rows) {
          drop.run(row.id);
          if (row.seq_to > 0) retire.run(row.log, KIND.retired, row.seq_from, row.seq_to);
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
