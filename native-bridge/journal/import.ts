/**
 * Import: lines of an export go into a journal.
 *
 * Owns: reading the lines back into messages. Guarantees: a number that the journal holds stays as it is, so that an import
 *   may be repeated; what comes in is history: for the journal, never for the picture of now.
 * Refuses: a line that is none of an export (it is named, and nothing after it is taken); snapshots are passed over.
 */
import { receiveTime } from '../contract/brand.ts';
import type { ExportLine } from './export.ts';
import { Ledger } from './ledger.ts';
import { OpenGroup } from './open-group.ts';

export interface Imported {
  lines: number;
  /** Events that were new. */
  events: number;
  /** Lines of snapshots. */
  passed: number;
}
/** `message` names the line. */
export class BadLine extends Error {
  constructor(line: number, why: string) {
    super(`line ${String(line)}: ${why}; what stands before it is in, import again when it is mended`);
    this.name = 'BadLine';
  }
}
/** Events of one message are one frame again; a frame needs an end somewhere. */
const MOST_IN_FRAME = 1024;
const GROUP_BYTES = 512 * 1024;

const isCount = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
const isWord = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 256;
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function lineOf(text: string, at: number): ExportLine {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new BadLine(at, 'is no JSON');
  }
  if (typeof read !== 'object' || read === null) throw new BadLine(at, 'is no map');
  const map = read as Record<string, unknown>;
  const { source, epoch, topic, manner, seq, heard, ts, event } = map;
  if (!isWord(source) || !isWord(epoch) || !isWord(topic) || !isWord(manner))
    throw new BadLine(at, 'lacks source, epoch, topic or manner');
  if (!isCount(seq, manner === 'snapshot' ? 0 : 1)) throw new BadLine(at, 'seq is no number of a log');
  if (!isTime(heard) || !isTime(ts)) throw new BadLine(at, 'heard or ts is no time');
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new BadLine(at, 'event is no map');
  return { source, epoch, seq, topic, heard, ts, manner, event };
}
const follows = (last: ExportLine, next: ExportLine): boolean =>
  next.seq === last.seq + 1 &&
  next.source === last.source &&
  next.epoch === last.epoch &&
  next.topic === last.topic &&
  next.heard === last.heard &&
  next.ts === last.ts;
const timeOf = (event: unknown): number =>
  typeof event === 'object' && event !== null && 'ts' in event && isTime(event.ts) ? event.ts : 0;

/** @throws {BadLine} */
export async function importLines(lines: AsyncIterable<string>, file: string): Promise<Imported> {
  const ledger = new Ledger(file, 'process');
  const group = new OpenGroup();
  group.position = ledger.totals().position;
  const result: Imported = { lines: 0, events: 0, passed: 0 };
  let message: ExportLine[] = [];
  const close = (): void => {
    const [first] = message;
    const last = message.at(-1);
    if (!first || !last) return;
    const { source, epoch, topic, seq, ts } = first;
    const times = message.map(({ event }) => timeOf(event)).filter((time) => time > 0);
    group.add({
      frame: {
        ...{ source, epoch, topic, seq, ts, n: message.length, from: seq, to: last.seq, manner: 'history' },
        heard: receiveTime(first.heard),
        body: Buffer.from(JSON.stringify(message.map(({ event }) => event))),
      },
      rejected: [],
      atFrom: times.reduce((least, time) => Math.min(least, time), times[0] ?? 0),
      atTo: times.reduce((most, time) => Math.max(most, time), 0),
      broken: false,
    });
    message = [];
  };
  const commit = (): void => {
    close();
    if (group.bytes === 0) return;
    for (const events of Object.values(ledger.commit([group.seal()]))) result.events += events;
  };
  try {
    for await (const text of lines) {
      result.lines += 1;
      if (text.trim() === '') continue;
      const line = lineOf(text, result.lines);
      if (line.manner === 'snapshot') {
        result.passed += 1;
        continue;
      }
      const last = message.at(-1);
      if (last && (!follows(last, line) || message.length >= MOST_IN_FRAME)) close();
      message.push(line);
      if (group.bytes >= GROUP_BYTES) commit();
    }
    commit();
    ledger.db.pragma('wal_checkpoint(TRUNCATE)');
    return result;
  } catch (error) {
    commit();
    throw error;
  } finally {
    ledger.db.close();
  }
}
