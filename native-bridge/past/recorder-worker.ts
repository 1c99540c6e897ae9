/**
 * The recorder's thread: takes a step in, compares it with the one before, writes what differs.
 *
 * Owns: the mirror and the chronicle. Guarantees: every step is answered; it gives way to what must not be late; a file that cannot be read is set aside under its
 *   name with `.damaged` and a fresh one begun; after trouble with the disk a whole picture comes first.
 * Refuses: to stop taking steps in because the disk refuses.
 */
import { existsSync, renameSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Unpackr } from 'msgpackr';
import { giveWay } from '../base/gives-way.ts';
import { Chronicle } from './chronicle.ts';
import type { FromRecorder, RecorderOptions, ToRecorder } from './messages.ts';
import { Mirror, type Change, type KeptPuts } from './mirror.ts';

giveWay();
const options = workerData as RecorderOptions;
const tell = (message: FromRecorder): void => parentPort?.postMessage(message);
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });
/** The disk is asked again after so long, ms of the steps. */
const AGAIN_MS = 10_000;
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

const mirror = new Mirror();
let chronicle: Chronicle | null = null;
let refusedAt = Number.NEGATIVE_INFINITY;
let reason: string | null = null;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
const setAside = (at: number): void => {
  for (const end of ['', '-wal', '-shm']) {
    const name = options.file + end;
    if (existsSync(name)) renameSync(name, `${options.file}.damaged-${at}${end}`);
  }
};
const attempt = (at: number, change: Change | null): string | null => {
  try {
    chronicle ??= new Chronicle(options);
    chronicle.step(at, change, mirror);
    return null;
  } catch (error) {
    chronicle?.close();
    chronicle = null;
    return codeOf(error);
  }
};
const write = (at: number, change: Change | null): void => {
  if (chronicle === null && at - refusedAt < AGAIN_MS) return;
  reason = attempt(at, change);
  if (reason !== null && DAMAGED.has(reason)) {
    try {
      setAside(at);
      reason = attempt(at, change);
    } catch (error) {
      reason = codeOf(error);
    }
  }
  refusedAt = reason === null ? Number.NEGATIVE_INFINITY : at;
};

parentPort?.on('message', (message: ToRecorder) => {
  if (message.t === 'close') {
    chronicle?.close();
    tell({ t: 'closed' });
    return;
  }
  // Ours: packed by the recorder a moment ago.
  const parts = message.parts.map((part) => unpackr.unpack(part) as KeptPuts);
  const removes = message.whole ? mirror.others(parts) : message.removes;
  let change: Change | null = null;
  for (const part of parts) change = joined(change, mirror.take(part, {}));
  change = joined(change, mirror.take({}, removes));
  write(message.at, change);
  tell({ t: 'taken', reason });
});

function joined(one: Change | null, more: Change | null): Change | null {
  if (one === null || more === null) return one ?? more;
  const puts = { ...one.puts };
  for (const [name, list] of entriesOf(more.puts)) puts[name] = [...(puts[name] ?? []), ...list];
  return { puts, removes: { ...one.removes, ...more.removes }, size: one.size + more.size };
}
function entriesOf<T extends object>(of: T): [keyof T & string, NonNullable<T[keyof T]>][] {
  return Object.entries(of) as [keyof T & string, NonNullable<T[keyof T]>][];
}
