/**
 * `npm run journal`: looks into a journal from outside, also while the bridge writes it.
 *
 * Owns: the command line. Guarantees: reading commands never change or block the file; a bad word ends with one line
 * and exit 2. Refuses: `repair`, `compact` and `import` on a journal that a bridge has open.
 */
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { compact } from './compact.ts';
import { exportLines } from './export.ts';
import { importLines } from './import.ts';
import { JOURNAL_FILE } from './journal.ts';
import { FolderInUse, holdFolder } from './lock.ts';
import { Reading } from './reading.ts';
import { repair } from './repair.ts';
import { troubleOf } from './trouble.ts';
import { verify } from './verify.ts';

const USAGE = `npm run journal -- <command> [--data <dir>] [--file <file>] [--json]
  stats                                    what is in it, bytes an event
  verify                                   every number of every log there, once: prints every gap (exit 1 when not sound)
  export [--from t] [--to t] [--source s]  events as received, in order, NDJSON; t is ISO 8601 or ms; --snapshots adds those
  import <file of lines>                   events of an export, once each; from standard input when the file is -
  quarantine [--source s] [--limit n]      what was refused, newest first, with reason and bytes
  repair --file <damaged file>             saves what can be read of a file set aside into the journal
  compact                                  joins and compresses what is old enough, gives the space back`;

class Wrong extends Error {}
const { positionals, values } = ((): ReturnType<typeof read> => {
  try {
    return read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
})();
function read() {
  return parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: '.data' },
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
      from: { type: 'string' },
      to: { type: 'string' },
      source: { type: 'string' },
      limit: { type: 'string', default: '100' },
      snapshots: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}
const timeOf = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(ms))
    throw new Wrong(`--${name}: "${text}" is no time; write 2026-05-01T08:00:00+08:00 or ms since 1970`);
  return ms;
};
const print = (line: string): void => {
  try {
    process.stdout.write(`${line}\n`);
  } catch {
    process.exit(0);
  }
};
// `… | head` closes the pipe: that is an end, not an error.
process.stdout.on('error', () => process.exit(0));

const journalFile = resolve(values.data, 'journal', JOURNAL_FILE);
function open(): Reading {
  const file = values.file === undefined ? journalFile : resolve(values.file);
  if (!existsSync(file))
    throw new Wrong(`${file}: there is no journal; --data <dir> names the data folder of the bridge`);
  return new Reading(file);
}

function stats(): number {
  const reading = open();
  const logs = reading.db
    .prepare<[], { source: string; epoch: string; events: number; segments: number; bytes: number; heard: number }>(
      `SELECT l.source, l.epoch, l.events, l.heard, count(s.id) AS segments, coalesce(sum(length(s.data)), 0) AS bytes
       FROM log l LEFT JOIN segment s ON s.log = l.id GROUP BY l.id ORDER BY l.source, l.id`,
    )
    .all();
  const quarantine = reading.db
    .prepare<[], { source: string; reason: string; count: number }>('SELECT * FROM quarantine_count')
    .all();
  const orders = reading.db.prepare<[], number>('SELECT count(*) FROM orders').pluck().get() ?? 0;
  const file = reading.db.name;
  const size = (end: string): number => (existsSync(file + end) ? statSync(file + end).size : 0);
  const bytes = size('') + size('-wal');
  const events = logs.reduce((sum, log) => sum + log.events, 0);
  if (values.json) print(JSON.stringify({ events, bytes, logs, quarantine, orders }));
  else {
    const kept = logs.reduce((sum, log) => sum + log.bytes, 0);
    print(
      `${events} events in ${kept} bytes${events > 0 ? `, ${(kept / events).toFixed(1)} each` : ''}; ${orders} orders; the file with the picture's state ${bytes} bytes`,
    );
    for (const log of logs)
      print(
        `${log.source}  ${log.epoch}  ${log.events} events in ${log.segments} segments of ${log.bytes} bytes, last ${new Date(log.heard).toISOString()}`,
      );
    for (const { source, reason, count } of quarantine) print(`quarantine  ${source}  ${reason}  ${count}`);
  }
  reading.close();
  return 0;
}

function check(): number {
  const reading = open();
  const verdict = verify(reading);
  reading.close();
  if (values.json) print(JSON.stringify(verdict));
  else {
    for (const log of verdict.logs) {
      print(
        `${log.source}  ${log.epoch}  ${log.held} of ${log.top} numbers, ${log.events} valid events, ${log.gaps.length} gaps, ${log.doubles.length} doubles`,
      );
      for (const { from, to, why } of log.gaps) print(`  gap ${from}-${to} ${why}`);
      for (const [from, to] of log.doubles) print(`  double ${from}-${to}`);
      for (const [from, to] of log.unbacked) print(`  claimed but not there ${from}-${to}`);
    }
    for (const { segment, why } of verdict.damaged) print(`damaged segment ${segment}: ${why}`);
    print(verdict.sound ? 'sound' : 'not sound');
  }
  return verdict.sound ? 0 : 1;
}

async function exportAll(): Promise<number> {
  const options = {
    from: timeOf('from', values.from, 0),
    to: timeOf('to', values.to, Number.MAX_SAFE_INTEGER),
    source: values.source ?? null,
    snapshots: values.snapshots,
    damaged: (segment: number, why: string) => console.error(`damaged segment ${segment}: ${why}`),
  };
  const reading = open();
  let lines: string[] = [];
  for (const line of exportLines(reading, options)) {
    lines.push(JSON.stringify(line));
    if (lines.length < 1000) continue;
    if (!process.stdout.write(`${lines.join('\n')}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    lines = [];
  }
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  reading.close();
  return 0;
}

function quarantine(): number {
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new Wrong(`--limit: "${values.limit}" is no count; for instance 100`);
  const reading = open();
  const rows = reading.db
    .prepare<
      [string | null, string | null, number],
      {
        source: string;
        topic: string;
        epoch: string | null;
        seq: number | null;
        reason: string;
        path: string;
        detail: string;
        heard: number;
        raw: Buffer;
      }
    >('SELECT * FROM quarantine WHERE ? IS NULL OR source = ? ORDER BY id DESC LIMIT ?')
    .all(values.source ?? null, values.source ?? null, limit);
  for (const row of rows) {
    if (values.json) print(JSON.stringify({ ...row, raw: row.raw.toString('base64') }));
    else {
      const text = row.raw
        .toString('latin1')
        .replace(/[^\x20-\x7e]/g, '.')
        .slice(0, 120);
      print(
        `${new Date(row.heard).toISOString()}  ${row.source}  ${row.topic}  ${row.epoch ?? '-'} ${row.seq ?? '-'}  ${row.reason} ${row.path}  ${row.detail}  ${text}`,
      );
    }
  }
  reading.close();
  return 0;
}

async function importFile(name: string | undefined): Promise<number> {
  if (name === undefined) throw new Wrong('import: say which file; - is standard input');
  if (name !== '-' && !existsSync(name)) throw new Wrong(`import: there is no file ${name}`);
  mkdirSync(dirname(journalFile), { recursive: true, mode: 0o700 });
  const input = name === '-' ? process.stdin : createReadStream(name);
  const done = await importLines(createInterface({ input, crlfDelay: Infinity }), journalFile);
  if (values.json) print(JSON.stringify(done));
  else
    print(
      `${done.lines} lines, ${done.events} events new, ${done.lines - done.events - done.passed} known, ${done.passed} of snapshots passed over`,
    );
  return 0;
}

let release = (): void => undefined;
async function run(): Promise<number> {
  const [command, name] = positionals;
  if (values.help || command === undefined) {
    print(USAGE);
    return command === undefined && !values.help ? 2 : 0;
  }
  if (command === 'stats') return stats();
  if (command === 'verify') return check();
  if (command === 'export') return exportAll();
  if (command === 'quarantine') return quarantine();
  // These write: with a bridge on the same folder there would be two writers.
  if (command === 'import' || command === 'repair' || command === 'compact') release = holdFolder(resolve(values.data));
  if (command === 'import') return importFile(name);
  if (command === 'repair') {
    if (values.file === undefined) throw new Wrong('repair: say --file <damaged file>');
    const saved = repair(resolve(values.file), journalFile);
    print(
      `${saved.segments} segments with ${saved.events} events saved, ${saved.known} known already, ${saved.lost} segments beyond repair`,
    );
    return saved.lost > 0 ? 1 : 0;
  }
  if (command === 'compact') {
    if (!existsSync(journalFile)) throw new Wrong(`${journalFile}: there is no journal`);
    const done = compact(journalFile);
    print(
      `${done.before} bytes before, ${done.after} after; ${done.events} events, ${done.events > 0 ? (done.after / done.events).toFixed(1) : '-'} bytes each`,
    );
    return 0;
  }
  throw new Wrong(`"${command}" is no command\n${USAGE}`);
}
try {
  process.exitCode = await run();
  release();
} catch (error) {
  const { message } = error instanceof Error ? error : new Error(String(error));
  // Not even the tables that tell what is there.
  const damaged = troubleOf(error) === 'corrupt' ? ': start the console, which sets it aside, then journal repair' : '';
  console.error(`${damaged === '' ? '' : `${values.file ?? journalFile}: `}${message}${damaged}`);
  process.exitCode = error instanceof Wrong || error instanceof FolderInUse ? 2 : 1;
}
