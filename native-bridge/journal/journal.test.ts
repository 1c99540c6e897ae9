import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deviceId, eventTime, orderId, receiveTime } from '../contract/brand.ts';
import type { Frame } from '../contract/frame.ts';
import type { DeviceRecord } from '../contract/records.ts';
import type { Range } from '../base/intervals.ts';
import { openJournal } from './journal.ts';
import { Reading } from './reading.ts';
import { repair } from './repair.ts';
import { compact } from './compact.ts';
import { exportLines } from './export.ts';
import { RecordingOff, type Entry, type Journal, type StoredOrder } from './types.ts';
import { verify } from './verify.ts';

let dir = '';
const opened: Journal[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fengsui-journal-'));
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  rmSync(dir, { recursive: true, force: true });
});
const open = async (at = dir): Promise<Journal> => {
  const journal = await openJournal({ dir: at, durability: 'process', retentionDays: 30, maxBytes: 2 ** 34 });
  opened.push(journal);
  return journal;
};
const bodyOf = (seq: number, n: number): Buffer => Buffer.from(JSON.stringify(Array.from({ length: n }, (_, i) => ({ id: `e${seq + i}`, ts: seq + i, text: '烟感' }))));
const entry = (seq: number, n: number, more: Partial<Frame> = {}, rejected: number[] = []): Entry => ({
  frame: {
    source: 's', epoch: 'e', topic: 's.x', seq, n, from: seq, to: seq + n - 1, ts: 1000, heard: receiveTime(2000 + seq), manner: 'live', body: bodyOf(seq, n), ...more,
  },
  rejected, atFrom: 5, atTo: 6, broken: false,
});
const committed = (journal: Journal, position: number): Promise<boolean> =>
  new Promise((resolve) => journal.onCommitted((done) => {
    if (done.position >= position) resolve(done.recorded);
  }));
const keep = async (journal: Journal, ...entries: Entry[]): Promise<boolean> => {
  const position = entries.map((each) => journal.append(each, [], false)).at(-1) ?? 0;
  return committed(journal, position);
};
const until = async (check: () => boolean): Promise<void> => {
  for (const end = Date.now() + 10_000; !check(); ) {
    if (Date.now() > end) throw new Error('did not happen in 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const heldOf = (journal: Journal): Range[] => journal.coverage()[0]?.held ?? [];

test('J2 J3 what was appended comes back as it was, once, whoever appends it again', async () => {
  let journal = await open();
  expect(await keep(journal, entry(1, 4), entry(5, 3, { topic: 's.other.键', manner: 'replay' }, [1]), entry(20, 2))).toBe(true);
  await keep(journal, entry(3, 10), entry(1, 4), entry(19, 4));
  expect(journal.stats().bySource).toEqual({ s: 6 + 2 + 5 + 2 });
  await journal.close();
  journal = await open();
  expect(heldOf(journal)).toEqual([[1, 12], [19, 22]]);
  expect(journal.stats().events).toBe(15);
  const frames: Frame[] = [];
  for await (const { entry: read } of journal.tail(0)) frames.push(read.frame);
  expect(frames[1]).toMatchObject({ topic: 's.other.键', manner: 'replay', seq: 5, n: 3, ts: 1000, heard: 2005 });
  expect(Buffer.from(frames[0]?.body ?? [])).toEqual(bodyOf(1, 4));
  expect(frames.map(({ from, to }) => [from, to])).toEqual([[1, 4], [5, 7], [20, 21], [8, 12], [19, 19], [22, 22]]);
  const reading = new Reading(join(dir, 'fengsui.db'));
  const lines = [...exportLines(reading, { from: 0, to: 1e15, source: null, snapshots: false, damaged: () => undefined })];
  const verdict = verify(reading);
  reading.close();
  expect(lines.map((line) => line.seq).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 19, 20, 21, 22]);
  expect(lines[0]).toMatchObject({ source: 's', epoch: 'e', seq: 1, topic: 's.x', event: { id: 'e1', text: '烟感' } });
  expect(verdict.logs[0]?.gaps).toEqual([{ from: 13, to: 18, why: 'missing' }]);
  expect(verdict.logs[0]?.doubles).toEqual([]);
  expect(verdict.sound).toBe(false);
});

test('J4 gaps have reasons, rejects are counted by source and reason', async () => {
  const journal = await open();
  journal.noteGone('s', 'e', [1, 9]);
  journal.noteSnapshot('s', 'e', 9);
  journal.append(entry(10, 5, {}, [2]), [{ source: 's', topic: 's.x', epoch: 'e', seq: 12, reason: 'shape', path: '/ts', detail: 'must be number', heard: receiveTime(1), raw: Buffer.from('{}') }], false);
  await keep(journal, { ...entry(15, 2), broken: true }, entry(17, 1));
  await journal.close();
  const again = await open();
  expect(again.coverage()[0]).toMatchObject({ held: [[10, 14], [17, 17]], broken: [[15, 16]], gone: [[1, 9]], snapshot: 9 });
  expect(again.stats().quarantined).toEqual({ s: { shape: 1 } });
  const reading = new Reading(join(dir, 'fengsui.db'));
  const verdict = verify(reading);
  reading.close();
  expect(verdict.sound).toBe(true);
  expect(verdict.logs[0]?.gaps).toEqual([{ from: 1, to: 9, why: 'gone' }, { from: 15, to: 16, why: 'broken' }]);
});

test('J5 J9 state with its mark, orders and audit survive; only what is after the mark is told again', async () => {
  let journal = await open();
  const device: DeviceRecord = { id: deviceId('d1'), kind: 'smoke', name: '烟感', state: 'ok', worst: 0, lon: 1, lat: 2, source: 's', at: eventTime(1), heard: receiveTime(2), values: { battery: 3 } };
  await keep(journal, entry(1, 4));
  const mark = journal.append(entry(5, 4), [], true);
  await committed(journal, mark);
  journal.state.put([{ collection: 'device', id: 'd1', record: device }, { collection: 'device', id: 'd2', record: { ...device, id: deviceId('d2') } }]);
  journal.state.put([{ collection: 'device', id: 'd2', record: null }], mark);
  await keep(journal, entry(9, 2));
  const order: StoredOrder = {
    id: 'o1', source: 's', expires: null,
    wire: { orderId: 'o1', type: 't', target: 'x', args: { a: [1] }, by: 'b', at: 1, basedOn: { epoch: 'e', seq: 8, at: 2 } },
    record: { id: orderId('o1'), source: 's', type: 't', target: 'x', by: 'b', at: receiveTime(1), status: 'waiting', tries: 0 },
  };
  await journal.orders.put(order);
  await journal.orders.put({ ...order, id: 'o2' });
  await journal.orders.update({ ...order, record: { ...order.record, status: 'accepted' } });
  journal.audit({ at: receiveTime(7), by: 'b', act: 'acknowledge', detail: { ids: ['a'] } });
  await journal.close();
  journal = await open();
  expect(journal.state.read()).toEqual([{ collection: 'device', id: 'd1', record: device }]);
  expect(journal.state.mark()).toBe(mark);
  const seqs: number[] = [];
  for await (const { entry: read } of journal.tail(journal.state.mark())) seqs.push(read.frame.seq);
  expect(seqs).toEqual([9]);
  expect(journal.orders.open().map(({ id }) => id)).toEqual(['o2']);
  expect(journal.orders.recent(10).map(({ id, record }) => [id, record.status])).toEqual([['o2', 'waiting'], ['o1', 'accepted']]);
  const reading = new Reading(join(dir, 'fengsui.db'));
  expect(reading.db.prepare('SELECT at, by, act FROM audit').all()).toEqual([{ at: 7, by: 'b', act: 'acknowledge' }]);
  reading.close();
});

describe('J6 trouble with the disk', () => {
  test('a file that is no database is set aside with its name told, and recording begins anew', async () => {
    writeFileSync(join(dir, 'fengsui.db'), 'nothing of the kind '.repeat(1000));
    const journal = await open();
    expect(journal.status().recording).toBe(true);
    const aside = readdirSync(dir).find((name) => name.startsWith('fengsui.db.corrupt-'));
    expect(aside).toBeDefined();
    expect(journal.status().reason).toBe(`corrupt-set-aside: ${aside}`);
    expect(await keep(journal, entry(1, 2))).toBe(true);
  });

  test('a damaged file: the feed goes on, and repair saves what can be read', async () => {
    const first = await open();
    for (let seq = 1; seq < 4000; seq += 40) await keep(first, entry(seq, 40));
    await first.close();
    const file = join(dir, 'fengsui.db');
    const damaged = join(dir, 'damaged.db');
    copyFileSync(file, damaged);
    const target = openSync(damaged, 'r+');
    writeSync(target, Buffer.alloc(3000, 0xaa), 0, 3000, Math.floor(statSync(damaged).size / 2));
    closeSync(target);
    for (const name of readdirSync(dir)) if (name.startsWith('fengsui.db')) rmSync(join(dir, name));
    const saved = repair(damaged, file);
    expect(saved.events).toBeGreaterThan(2000);
    expect(saved.events).toBeLessThanOrEqual(4000);
    expect(repair(damaged, file)).toMatchObject({ events: 0 });
    const journal = await open();
    expect(journal.stats().events).toBe(saved.events);
    expect(await keep(journal, entry(10_001, 1))).toBe(true);
  });

  test('a folder that cannot be: nothing is recorded, everything is answered, nothing throws', async () => {
    writeFileSync(join(dir, 'file'), '');
    const journal = await open(join(dir, 'file'));
    expect(journal.status()).toMatchObject({ recording: false, reason: 'unavailable' });
    expect(await keep(journal, entry(1, 2))).toBe(false);
    expect(journal.state.read()).toEqual([]);
    await expect(journal.orders.put({ id: 'o', record: { status: 'waiting' } } as StoredOrder)).rejects.toBeInstanceOf(RecordingOff);
  });

  const small = join(tmpdir(), `fengsui-small-${process.pid}`);
  mkdirSync(small, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]).status === 0;
  test.skipIf(!mounted)('a full disk: recording stops with its reason, resumes by itself, and what was missed is named', async () => {
    try {
      const journal = await open(small);
      const forgotten: Range[] = [];
      journal.onForgotten((_source, _epoch, ranges) => forgotten.push(...ranges));
      writeFileSync(join(small, 'ballast'), Buffer.alloc(2 * 1024 * 1024));
      let seq = 1;
      // Bytes that do not compress.
      for (; journal.status().recording; seq++) {
        const body = Buffer.from(JSON.stringify(Array.from({ length: 4000 }, () => Math.random())));
        await keep(journal, entry(seq, 1, { body }));
      }
      expect(journal.status().reason).toBe('disk-full');
      expect(await keep(journal, entry(seq, 1))).toBe(false);
      rmSync(join(small, 'ballast'));
      await until(() => journal.status().recording);
      await until(() => forgotten.length > 0);
      expect(forgotten.at(-1)?.[1]).toBe(seq);
      expect(await keep(journal, entry(seq, 1))).toBe(true);
      await journal.close();
      const reading = new Reading(join(small, 'fengsui.db'));
      const verdict = verify(reading);
      reading.close();
      expect(verdict.logs[0]?.gaps.map(({ from, to }) => [from, to])).toEqual(forgotten.map(([from, to]) => [from, Math.min(to, seq - 1)]));
      expect(verdict.damaged).toEqual([]);
    } finally {
      rmSync(join(small, 'ballast'), { force: true });
    }
  }, 30_000);
  afterAll(() => {
    if (mounted) spawnSync('umount', ['-l', small]);
    rmSync(small, { recursive: true, force: true });
  });
  test.skipIf(mounted)('(no right to mount here: the full disk is not tried)', () => expect(existsSync(small)).toBe(true));
});

test('compaction keeps every byte, number and place, and gives room back', async () => {
  const journal = await open();
  for (let seq = 1; seq < 2000; seq += 2) {
    journal.append(entry(seq, 2, {}, seq % 400 === 1 ? [1] : []), [], true);
    if (seq % 50 === 1) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await keep(journal, entry(2001, 1));
  await journal.close();
  const file = join(dir, 'fengsui.db');
  const read = (): unknown[] => {
    const reading = new Reading(file);
    const lines = [...exportLines(reading, { from: 0, to: 1e15, source: null, snapshots: true, damaged: () => undefined })];
    expect(verify(reading).sound).toBe(true);
    reading.close();
    return lines;
  };
  const before = read();
  const done = compact(file);
  expect(read()).toEqual(before);
  expect(done.after).toBeLessThan(done.before);
});
