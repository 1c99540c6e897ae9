/**
 * Compaction: everything that may be joined is joined as tightly as can be, and the space given back.
 *
 * Owns: `npm run journal -- compact`. Guarantees: as `joining.ts`. Refuses: a file that a bridge has open (SQLITE_BUSY).
 */
import { statSync } from 'node:fs';
import { Joining } from './joining.ts';
import { openWritable } from './schema.ts';

const PLAN = { bytes: 4 * 1024 * 1024, level: 15, rest: true } as const;

export interface Compacted {
  before: number;
  after: number;
  events: number;
}

export function compact(file: string): Compacted {
  const before = statSync(file).size;
  const db = openWritable(file, 'process');
  try {
    // Fails at once when somebody else has it open.
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    const mark = db.prepare<[], number>("SELECT value FROM fact WHERE name = 'mark'").pluck().get() ?? 0;
    const last = db.prepare<[], number>('SELECT max(id) FROM segment').pluck().get() ?? 0;
    const until = mark > 0 ? Math.min(mark, last) : last;
    const joining = new Joining(db, PLAN);
    for (const log of db.prepare<[], number>('SELECT id FROM log').pluck().all()) {
      for (let at: number | null = 0; at !== null;) at = joining.step(log, at, until);
    }
    db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
    const events = db.prepare<[], number>('SELECT coalesce(sum(events), 0) FROM segment').pluck().get() ?? 0;
    return { before, after: statSync(file).size, events };
  } finally {
    db.close();
  }
}
