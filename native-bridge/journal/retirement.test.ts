import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ledger } from './ledger.ts';
import { OpenGroup } from './open-group.ts';
import { Joining } from './joining.ts';
import { Reading, framesOf } from './reading.ts';
import { Retirement } from './retirement.ts';
import { entry } from './trial.ts';
import { verify } from './verify.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fengsui-retirement-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const SEGMENTS = 120;
const MB = 1024 * 1024;

test('J7 what is too much leaves, the oldest first, its space with it; what the kept state still needs stays', () => {
  const file = join(dir, 'fengsui.db');
  const ledger = new Ledger(file, 'process');
  const open = new OpenGroup();
  const positions: number[] = [];
  for (let seq = 1; seq <= SEGMENTS; seq++) {
    // Does not compress: 20 kB a segment, 2.5 MB in all.
    const body = Buffer.from(
      JSON.stringify([{ id: `e${seq}`, ts: seq, text: randomBytes(20_000).toString('base64') }]),
    );
    positions.push(open.add(entry(seq, 1, { body })));
    ledger.commit([open.seal()]);
  }
  const needed = 100;
  ledger.put({ rows: [], bytes: new ArrayBuffer(0), mark: positions[needed - 1] ?? 0 });
  const pages = (name: string): number => Number(ledger.db.pragma(name, { simple: true }));
  const used = (): number => (pages('page_count') - pages('freelist_count')) * pages('page_size');
  expect(used()).toBeGreaterThan(2.3 * MB);
  const stepsOf = (maxBytes: number): void => {
    const retirement = new Retirement(ledger.db, { retentionDays: 36_500, maxBytes });
    for (let i = 0, now = Date.now() + 10_000; i < 40; i++, now += 10_000) retirement.step(now);
  };
  const verdict = () => {
    const reading = new Reading(file);
    const [log] = verify(reading).logs;
    reading.close();
    return log;
  };
  stepsOf(1.6 * MB);
  expect(used()).toBeLessThanOrEqual(1.6 * MB);
  expect(pages('freelist_count')).toBeLessThanOrEqual(64);
  const some = verdict();
  expect(some?.held).toBeGreaterThan(SEGMENTS / 3);
  expect(some?.gaps).toEqual([{ from: 1, to: SEGMENTS - (some?.held ?? 0), why: 'retired' }]);
  // Known for ever, so that nobody asks for them again.
  expect(ledger.held()).toEqual([{ source: 's', epoch: 'e', ranges: [[1, SEGMENTS]] }]);
  // However little is allowed, what came after the mark is not touched.
  stepsOf(1000);
  expect(verdict()?.gaps).toEqual([{ from: 1, to: needed, why: 'retired' }]);
  ledger.db.close();
});

test('J7 J12 what is joined while it is read is told once: nothing is left out, nothing comes twice', () => {
  const file = join(dir, 'fengsui.db');
  const ledger = new Ledger(file, 'process');
  const open = new OpenGroup();
  let position = 0;
  for (let seq = 1; seq <= 200; seq++) {
    const body = Buffer.from(JSON.stringify([{ id: `e${seq}`, ts: seq, text: 'x'.repeat(500) }]));
    // Another log comes in between.
    position = open.add(entry(seq, 1, { body, epoch: seq % 3 === 0 ? 'other' : 'e' }));
    ledger.commit([open.seal()]);
  }
  for (const [step, times] of [
    [10, 1],
    [50, 3],
  ] as const) {
    const reading = new Reading(file);
    const joining = new Joining(ledger.db, { bytes: step * 600, level: 1, rest: true });
    const told: number[] = [];
    let count = 0;
    for (const row of reading.segments(0)) {
      for (const { frame } of framesOf(row)) told.push(frame.seq);
      count += 1;
      // In the midst of a run: what has been read and what has not become one.
      if (count % 40 !== 0) continue;
      for (let i = 0, at: number | null = 0; i < times && at !== null; i += 1) at = joining.step(1, at, position);
      for (let i = 0, at: number | null = 0; i < times && at !== null; i += 1) at = joining.step(2, at, position);
    }
    reading.close();
    expect(told.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  }
  ledger.db.close();
});
