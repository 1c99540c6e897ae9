/**
 * Repair: what can be read of a damaged file goes into the journal.
 *
 * Owns: salvage. Guarantees: every segment whose sum is right comes over once, orders and audit with them; the damaged
 *   file is not changed. Refuses: to guess at what cannot be read.
 */
import Database from 'better-sqlite3';
import { Ledger } from './ledger.ts';
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

export function repair(damaged: string, into: string): Repaired {
  const old = new Database(damaged, { readonly: true, fileMustExist: true });
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
