import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportLines, type ExportLine } from './export.ts';
import { BadLine, importLines } from './import.ts';
import { Reading } from './reading.ts';
import { entry, keep, Trial } from './trial.ts';
import { verify } from './verify.ts';

let trial: Trial;
beforeEach(() => {
  trial = new Trial();
});
afterEach(() => trial.end());
const file = (dir: string): string => join(dir, 'fengsui.db');
async function* lines(all: readonly unknown[]): AsyncGenerator<string> {
  for (const one of all) yield await Promise.resolve(typeof one === 'string' ? one : JSON.stringify(one));
}
const read = (dir: string): { lines: ExportLine[]; verdict: ReturnType<typeof verify> } => {
  const reading = new Reading(file(dir));
  const options = { from: 0, to: 1e15, source: null, snapshots: false, damaged: () => undefined };
  const told = { lines: [...exportLines(reading, options)], verdict: verify(reading) };
  reading.close();
  return told;
};

test('J11 an export imported elsewhere is the same events, once, and none of them for the picture of now', async () => {
  const journal = await trial.open(trial.dir);
  await keep(journal, entry(1, 40), entry(41, 3, { topic: 's.other.键', manner: 'replay' }), entry(60, 2));
  await journal.close();
  const from = read(trial.dir);
  const other = join(trial.dir, 'other');
  mkdirSync(other);
  expect(await importLines(lines(from.lines), file(other))).toEqual({ lines: 45, events: 45, passed: 0 });
  expect(await importLines(lines(from.lines), file(other))).toEqual({ lines: 45, events: 0, passed: 0 });
  const to = read(other);
  expect(to.lines).toEqual(from.lines.map((line) => ({ ...line, manner: 'history' })));
  expect(to.verdict.logs).toEqual(from.verdict.logs);
  const again = await trial.open(other);
  for await (const { entry: kept } of again.tail(0)) expect(kept.frame.manner).toBe('history');
  expect(again.coverage()[0]?.held).toEqual([
    [1, 43],
    [60, 61],
  ]);
  await again.close();
}, 20_000);

test('J11 a line that is none of an export is named; what stands before it is in', async () => {
  const good = {
    source: 's',
    epoch: 'e',
    seq: 1,
    topic: 's.x',
    heard: 2000,
    ts: 1000,
    manner: 'live',
    event: { id: 'a' },
  };
  const bad: [unknown, string][] = [
    ['{', 'no JSON'],
    [{ ...good, seq: 0 }, 'seq'],
    [{ ...good, source: '' }, 'source'],
    [{ ...good, heard: 'now' }, 'heard'],
    [{ ...good, event: [1] }, 'event'],
    ['7', 'no map'],
  ];
  for (const [line, why] of bad) {
    const attempt = importLines(lines([good, '', line, { ...good, seq: 2 }]), file(trial.dir));
    await expect(attempt).rejects.toThrow(BadLine);
    await expect(attempt).rejects.toThrow(new RegExp(`line 3: .*${why}`));
  }
  expect(read(trial.dir).lines.map(({ seq }) => seq)).toEqual([1]);
});

test('J11 snapshots of an export are passed over', async () => {
  const line = {
    source: 's',
    epoch: 'e',
    seq: 9,
    topic: 's.x',
    heard: 1,
    ts: 1,
    manner: 'snapshot',
    event: { id: 'a' },
  };
  expect(await importLines(lines([line]), file(trial.dir))).toEqual({ lines: 1, events: 0, passed: 1 });
  expect(read(trial.dir).lines).toEqual([]);
});
