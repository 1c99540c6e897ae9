/**
 * Repair: what can be read of a damaged file goes into the journal.
 *
 * Owns: salvage. Guarantees: every segment whose sum is right comes over once, rejects, orders and audit with them; the
 *   damaged file is not changed. Refuses: to guess at what cannot be read.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Reject } from '../contract/frame.ts';
import { Ledger } from './ledger.ts';
import { openWritable, PAGE_BYTES } from './schema.ts';
import { readSegment } from './segment.ts';
import { unpackSegment, type SegmentRow } from './reading.ts';
import type { Range } from '../base/intervals.ts';

export interface Repaired {
  segments: number;
  events: number;
  known: number;
  lost: number;
}

/** Rows of a damaged table one by one: a page that cannot be read costs its own rows only. */
function* rowsOf<Row>(db: Database.Database, table: string, key: string): Generator<Row | null> {
  let last: number;
  try {
    last = db.prepare<[], number>(`SELECT max(${key}) FROM ${table}`).pluck().get() ?? 0;
  } catch {
    return;
  }
  const next = db.prepare<[number], Row & Record<string, number>>(
    `SELECT * FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT 1`,
  );
  for (let at = 0; at < last;) {
    try {
      const row = next.get(at);
      if (row === undefined) return;
      at = row[key] ?? at + 1;
      yield row;
    } catch {
      at++;
      yield null;
    }
  }
}

/**
 * A file whose first page is destroyed is no database any more; the page holds nothing but where the tables begin, and
 * that is the same in every journal. A copy gets the page of a fresh one.
 */
function openDamaged(damaged: string, folder: string): Database.Database {
  const open = (file: string): Database.Database => new Database(file, { readonly: true, fileMustExist: true });
  const first = open(damaged);
  try {
    first.prepare('SELECT id FROM log LIMIT 1').all();
    return first;
  } catch {
    first.close();
  }
  const fresh = join(folder, 'fresh.db');
  openWritable(fresh, 'process').close();
  const copy = join(folder, 'copy.db');
  copyFileSync(damaged, copy);
  const size = Math.floor(statSync(copy).size / PAGE_BYTES);
  const page = readFileSync(fresh).subarray(0, PAGE_BYTES);
  // Of the header: how long the file is, and no list of free pages.
  page.writeUInt32BE(size, 28);
  page.writeUInt32BE(0, 32);
  page.writeUInt32BE(0, 36);
  const target = openSync(copy, 'r+');
  writeSync(target, page, 0, PAGE_BYTES, 0);
  closeSync(target);
  if (existsSync(`${damaged}-wal`)) copyFileSync(`${damaged}-wal`, `${copy}-wal`);
  return new Database(copy, { fileMustExist: true });
}

/** Makes `into`, and its folder, when there is none. */
export function repair(damaged: string, into: string): Repaired {
  if (!existsSync(damaged)) throw new Error(`${damaged}: there is no such file`);
  mkdirSync(dirname(into), { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(dirname(into), 'repair-'));
  try {
    return salvage(openDamaged(damaged, folder), into);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function salvage(old: Database.Database, into: string): Repaired {
  const ledger = new Ledger(into, 'process');
  const result: Repaired = { segments: 0, events: 0, known: 0, lost: 0 };
  try {
    const names = new Map<number, { source: string; epoch: string }>();
    for (const row of rowsOf<{ id: number; source: string; epoch: string }>(old, 'log', 'id'))
      if (row !== null) names.set(row.id, row);
    let position = ledger.totals().position;
    for (const row of rowsOf<SegmentRow>(old, 'segment', 'id')) {
      const name = row === null ? undefined : names.get(row.log);
      if (row === null || name === undefined) {
        result.lost++;
        continue;
      }
      try {
        const bytes = new Uint8Array(unpackSegment(row));
        const held: Range[] = [];
        for (const { frame } of readSegment(bytes, name.source, name.epoch))
          if (frame.manner !== 'snapshot') held.push([frame.from, frame.to]);
        const added = ledger.commit([
          {
            position: ++position,
            broken: [],
            gone: [],
            snapshots: [],
            rejects: [],
            parts: [
              {
                ...name,
                position,
                bytes: bytes.buffer,
                length: bytes.length,
                frames: row.frames,
                events: row.events,
                heardFrom: row.heard_from,
                heardTo: row.heard_to,
                atFrom: row.at_from,
                atTo: row.at_to,
                held,
              },
            ],
          },
        ]);
        const events = added[name.source] ?? 0;
        result.events += events;
        if (events > 0) result.segments++;
        else result.known++;
      } catch {
        result.lost++;
      }
    }
    const known = ledger.db.prepare<[string, string | null, number | null, string, number], number>(
      'SELECT 1 FROM quarantine WHERE source = ? AND epoch IS ? AND seq IS ? AND reason = ? AND heard = ? LIMIT 1',
    );
    for (const row of rowsOf<Reject>(old, 'quarantine', 'id')) {
      if (row === null || known.get(row.source, row.epoch, row.seq, row.reason, row.heard) !== undefined) continue;
      ledger.commit([{ position, parts: [], broken: [], gone: [], snapshots: [], rejects: [row] }]);
    }
    for (const row of rowsOf<{ id: string; open: number; body: Buffer }>(old, 'orders', 'turn')) {
      if (row !== null)
        ledger.db
          .prepare('INSERT OR IGNORE INTO orders (id, open, body) VALUES (?, ?, ?)')
          .run(row.id, row.open, row.body);
    }
    for (const row of rowsOf<{ at: number; by: string; act: string; detail: Buffer }>(old, 'audit', 'id')) {
      if (row !== null) ledger.audit(row);
    }
  } finally {
    old.close();
    ledger.db.close();
  }
  return result;
}
