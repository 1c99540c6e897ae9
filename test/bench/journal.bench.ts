// `journal.insert`: events into the journal and committed, against the sqlite3 shell's `.import` of the same events as
// rows; `journal.bytes`: bytes an event on disk, as written and after compaction, against the limits asked for.
// FENGSUI_BENCH_EVENTS sets how many (default 1,000,000 here), FENGSUI_BENCH_RUNS how often (3).
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiveTime } from '../../native-bridge/contract/brand.ts';
import { compact } from '../../native-bridge/journal/compact.ts';
import { openJournal } from '../../native-bridge/journal/journal.ts';
import { readingOf } from './publisher.ts';
import { result, type Result } from './result.ts';

export const name = 'journal';
const EVENTS = Number(process.env['FENGSUI_BENCH_EVENTS'] ?? 1_000_000);
const RUNS = Number(process.env['FENGSUI_BENCH_RUNS'] ?? 3);
const BATCH = 64;
/** limits.md: bytes an event, hot and after compaction. */
const HOT_BYTES = 200;
const COMPACT_BYTES = 40;

const events = (from: number): Record<string, unknown>[] =>
  Array.from({ length: BATCH }, (_, i) => readingOf(from + i, 50_000));

async function ours(dir: string, bodies: readonly Buffer[]): Promise<number> {
  const journal = await openJournal({ dir, durability: 'process', retentionDays: 30, maxBytes: 2 ** 36 });
  const begun = performance.now();
  let last = 0;
  const done = new Promise<void>((resolve) => {
    journal.onCommitted(({ position }) => {
      if (last > 0 && position >= last) resolve();
    });
  });
  let seq = 1;
  let position = 0;
  for (const [i, body] of bodies.entries()) {
    const heard = receiveTime(1_795_000_000_000 + seq);
    const frame = {
      source: 'fire-iot',
      epoch: 'bench',
      topic: 'fire-iot.reading',
      seq,
      n: BATCH,
      from: seq,
      to: seq + BATCH - 1,
      ts: heard - 3,
      heard,
      manner: 'live' as const,
      body,
    };
    position = journal.append({ frame, rejected: [], atFrom: heard, atTo: heard, broken: false }, [], false);
    seq += BATCH;
    if (i % 64 === 63) await new Promise(setImmediate);
    while (journal.backlog() > 32 * 1024 * 1024) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  last = position;
  await done;
  const rate = ((seq - 1) / (performance.now() - begun)) * 1000;
  await journal.close();
  return rate;
}

/** A row an event, as the shell's own loader writes them: the time from reading the file to the last row committed. */
function shell(dir: string, csv: string, count: number): number {
  const db = join(dir, 'shell.db');
  const made = spawnSync('sqlite3', [
    db,
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE event (seq INTEGER PRIMARY KEY, heard INTEGER, at INTEGER, topic TEXT, body TEXT);',
  ]);
  if (made.status !== 0) throw new Error('no sqlite3 shell here: apt-get install sqlite3');
  const begun = performance.now();
  const loaded = spawnSync('sqlite3', [db, '-cmd', '.mode csv', `.import ${csv} event`]);
  if (loaded.status !== 0) throw new Error(loaded.stderr.toString());
  return (count / (performance.now() - begun)) * 1000;
}

export async function run(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-insert-'));
  try {
    const messages = Math.ceil(EVENTS / BATCH);
    const bodies: Buffer[] = [];
    const csv = join(dir, 'events.csv');
    const file = openSync(csv, 'w');
    for (let i = 0; i < messages; i++) {
      const batch = events(i * BATCH);
      bodies.push(Buffer.from(JSON.stringify(batch)));
      const lines = batch.map((event, k) => {
        const seq = i * BATCH + k + 1;
        return `${seq},${1_795_000_000_000 + seq},${1_795_000_000_000 + seq},fire-iot.reading,"${JSON.stringify(event).replaceAll('"', '""')}"\n`;
      });
      writeSync(file, lines.join(''));
    }
    closeSync(file);
    const rates: number[] = [];
    const theirs: number[] = [];
    let hot = 0;
    for (let round = 0; round < RUNS; round++) {
      const at = join(dir, `ours-${round}`);
      rates.push(await ours(at, bodies));
      theirs.push(shell(dir, csv, messages * BATCH));
      rmSync(join(dir, 'shell.db'));
      const db = join(at, 'fengsui.db');
      hot = statSync(db).size / (messages * BATCH);
      if (round < RUNS - 1) rmSync(at, { recursive: true });
    }
    const compacted = compact(join(dir, `ours-${RUNS - 1}`, 'fengsui.db'));
    return [
      result({
        name: 'journal.insert',
        unit: 'events/s',
        better: 'more',
        runs: rates,
        against: 'sqlite3 shell .import of the same rows',
        againstRuns: theirs,
      }),
      result({
        name: 'journal.bytes.hot',
        unit: 'bytes',
        better: 'less',
        runs: [hot],
        against: 'limit',
        againstRuns: [HOT_BYTES],
      }),
      result({
        name: 'journal.bytes.compact',
        unit: 'bytes',
        better: 'less',
        runs: [compacted.after / compacted.events],
        against: 'limit',
        againstRuns: [COMPACT_BYTES],
      }),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
