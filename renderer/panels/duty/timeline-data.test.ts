import { expect, test } from 'vitest';
import type { EntryRecord } from '../../../native-bridge/contract/duty-records.ts';
import { laneOf, marksOf, stepOf } from './timeline-data.ts';

const entry = (at: number, kind: EntryRecord['kind'], text?: string): EntryRecord =>
  ({ id: `${at}/${kind}`, incidentId: 'i', kind, what: 'x', at, heard: at, ...(text ? { text } : {}) }) as never;

test('P16: every line of the log stands in one lane; orders that move units stand with the units', () => {
  const lanes = [
    entry(0, 'status'),
    entry(0, 'alarm'),
    entry(0, 'report'),
    entry(0, 'unit'),
    entry(0, 'order', 'divert'),
  ].map(laneOf);
  expect(lanes).toEqual(['status', 'report', 'report', 'force', 'force']);
  expect([entry(0, 'order', 'task'), entry(0, 'act'), entry(0, 'call'), entry(0, 'task')].map(laneOf)).toEqual(
    Array.from({ length: 4 }, () => 'task'),
  );
});
test('P16: what falls on one place is one mark that holds all; before the beginning and after now stand at the ends', () => {
  const entries = [
    entry(-5, 'status'),
    entry(100, 'alarm'),
    entry(101, 'alarm'),
    entry(101, 'unit'),
    entry(2000, 'task'),
  ];
  const marks = marksOf(entries, 0, 1000, 20);
  expect(marks.map(({ lane, share, entries: held }) => [lane, share, held.length])).toEqual([
    ['status', 0, 1],
    ['report', 0.1, 2],
    ['force', 0.101, 1],
    ['task', 1, 1],
  ]);
  expect(marks.flatMap(({ entries: held }) => held)).toHaveLength(entries.length);
});
test('P16: the line of time has steps that a person reads, few enough', () => {
  expect([stepOf(4 * 60_000, 8), stepOf(50 * 60_000, 8), stepOf(26 * 3_600_000, 8)].map((ms) => ms / 60_000)).toEqual([
    1, 10, 240,
  ]);
});
