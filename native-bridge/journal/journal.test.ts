import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deviceId, eventTime, orderId, receiveTime } from '../contract/brand.ts';
import type { Frame } from '../contract/frame.ts';
import type { DeviceRecord } from '../contract/records.ts';
import type { Range } from '../base/intervals.ts';
import { compact } from './compact.ts';
import { exportLines } from './export.ts';
import { Reading } from './reading.ts';
import { bodyOf, committed, entry, keep, Trial } from './trial.ts';
import type { Journal, StoredOrder } from './types.ts';
import { verify } from './verify.ts';

let trial: Trial;
let dir = '';
beforeEach(() => {
  trial = new Trial();
  dir = trial.dir;
});
afterEach(() => trial.end());
const open = (at = dir): Promise<Journal> => trial.open(at);
const heldOf = (journal: Journal): Range[] => journal.coverage()[0]?.held ?? [];

test('J2 J3 what was appended comes back as it was, once, whoever appends it again', async () => {
  let journal = await open();
  expect(
    await keep(journal, entry(1, 4), entry(5, 3, { topic: 's.other.键', manner: 'replay' }, [1]), entry(20, 2)),
  ).toBe(true);
  await keep(journal, entry(3, 10), entry(1, 4), entry(19, 4));
  expect(journal.stats().bySource).toEqual({ s: 6 + 2 + 5 + 2 });
  await journal.close();
  journal = await open();
  expect(heldOf(journal)).toEqual([
    [1, 12],
    [19, 22],
  ]);
  expect(journal.stats().events).toBe(15);
  const frames: Frame[] = [];
  for await (const { entry: read } of journal.tail(0)) frames.push(read.frame);
  expect(frames[1]).toMatchObject({ topic: 's.other.键', manner: 'replay', seq: 5, n: 3, ts: 1000, heard: 2005 });
  expect(Buffer.from(frames[0]?.body ?? [])).toEqual(bodyOf(1, 4));
  expect(frames.map(({ from, to }) => [from, to])).toEqual([
    [1, 4],
    [5, 7],
    [20, 21],
    [8, 12],
    [19, 19],
    [22, 22],
  ]);
  const reading = new Reading(join(dir, 'fengsui.db'));
  const lines = [
    ...exportLines(reading, { from: 0, to: 1e15, source: null, snapshots: false, damaged: () => undefined }),
  ];
  const verdict = verify(reading);
  reading.close();
  expect(lines.map((line) => line.seq).sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 19, 20, 21, 22,
  ]);
  expect(lines[0]).toMatchObject({ source: 's', epoch: 'e', seq: 1, topic: 's.x', event: { id: 'e1', text: '烟感' } });
  expect(verdict.logs[0]?.gaps).toEqual([{ from: 13, to: 18, why: 'missing' }]);
  expect(verdict.logs[0]?.doubles).toEqual([]);
  expect(verdict.sound).toBe(false);
});

test('J4 gaps have reasons, rejects are counted by source and reason', async () => {
  const journal = await open();
  journal.noteGone('s', 'e', [1, 9]);
  journal.noteSnapshot('s', 'e', 9);
  journal.append(
    entry(10, 5, {}, [2]),
    [
      {
        source: 's',
        topic: 's.x',
        epoch: 'e',
        seq: 12,
        reason: 'shape',
        path: '/ts',
        detail: 'must be number',
        heard: receiveTime(1),
        raw: Buffer.from('{}'),
      },
    ],
    false,
  );
  await keep(journal, { ...entry(15, 2), broken: true }, entry(17, 1));
  await journal.close();
  const again = await open();
  expect(again.coverage()[0]).toMatchObject({
    held: [
      [10, 14],
      [17, 17],
    ],
    broken: [[15, 16]],
    gone: [[1, 9]],
    snapshot: 9,
  });
  expect(again.stats().quarantined).toEqual({ s: { shape: 1 } });
  const reading = new Reading(join(dir, 'fengsui.db'));
  const verdict = verify(reading);
  reading.close();
  expect(verdict.sound).toBe(true);
  expect(verdict.logs[0]?.gaps).toEqual([
    { from: 1, to: 9, why: 'gone' },
    { from: 15, to: 16, why: 'broken' },
  ]);
});

test('J5 J9 state with its mark, orders and audit survive; only what is after the mark is told again', async () => {
  let journal = await open();
  const device: DeviceRecord = {
    id: deviceId('d1'),
    kind: 'smoke',
    name: '烟感',
    state: 'ok',
    worst: 0,
    lon: 1,
    lat: 2,
    source: 's',
    at: eventTime(1),
    heard: receiveTime(2),
    values: { battery: 3 },
  };
  await keep(journal, entry(1, 4));
  const mark = journal.append(entry(5, 4), [], true);
  await committed(journal, mark);
  journal.state.put([
    { collection: 'device', id: 'd1', record: device },
    { collection: 'device', id: 'd2', record: { ...device, id: deviceId('d2') } },
  ]);
  journal.state.put([{ collection: 'device', id: 'd2', record: null }], mark);
  await keep(journal, entry(9, 2));
  const order: StoredOrder = {
    id: 'o1',
    source: 's',
    expires: null,
    wire: {
      orderId: 'o1',
      type: 't',
      target: 'x',
      args: { a: [1] },
      by: 'b',
      at: 1,
      basedOn: { epoch: 'e', seq: 8, at: 2 },
    },
    record: {
      id: orderId('o1'),
      source: 's',
      type: 't',
      target: 'x',
      by: 'b',
      at: receiveTime(1),
      status: 'waiting',
      tries: 0,
    },
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
  expect(journal.orders.recent(10).map(({ id, record }) => [id, record.status])).toEqual([
    ['o2', 'waiting'],
    ['o1', 'accepted'],
  ]);
  const reading = new Reading(join(dir, 'fengsui.db'));
  expect(reading.db.prepare('SELECT at, by, act FROM audit').all()).toEqual([{ at: 7, by: 'b', act: 'acknowledge' }]);
  reading.close();
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
    const lines = [
      ...exportLines(reading, { from: 0, to: 1e15, source: null, snapshots: true, damaged: () => undefined }),
    ];
    expect(verify(reading).sound).toBe(true);
    reading.close();
    return lines;
  };
  const before = read();
  const done = compact(file);
  expect(read()).toEqual(before);
  expect(done.after).toBeLessThan(done.before);
});

test('J7 small segments that the kept state no longer needs are joined while the journal is open, the others stay', async () => {
  const journal = await open();
  const big = (seq: number): ReturnType<typeof entry> =>
    entry(seq, 1, {
      heard: receiveTime(Date.now()),
      body: Buffer.from(JSON.stringify([{ id: `e${seq}`, text: 'x'.repeat(4000) + seq }])),
    });
  let position = 0;
  for (let seq = 1; seq <= 400; seq++) {
    position = journal.append(big(seq), [], true);
    await committed(journal, position);
  }
  const count = (): number => {
    const reading = new Reading(join(dir, 'fengsui.db'));
    const rows = [...reading.segments(0)].length;
    const sound = verify(reading).sound;
    reading.close();
    expect(sound).toBe(true);
    return rows;
  };
  const before = count();
  expect(before).toBeGreaterThan(300);
  journal.state.put([], Math.floor(position / 2));
  for (const end = Date.now() + 20_000; count() > before * 0.7 && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(count()).toBeLessThan(before * 0.7);
  expect(count()).toBeGreaterThanOrEqual(Math.floor(before / 2));
  const seqs: number[] = [];
  for await (const { entry: read } of journal.tail(0)) seqs.push(read.frame.seq);
  expect([seqs.length, seqs[0], seqs.at(-1)]).toEqual([400, 1, 400]);
  expect(seqs).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
}, 30_000);

test('J7 what is older than the profile keeps leaves, but its numbers stay known', async () => {
  let journal = await open();
  // Received in 1970.
  for (let seq = 1; seq <= 40; seq++) await committed(journal, journal.append(entry(seq, 1), [], true));
  const mark = journal.append(entry(41, 1, { heard: receiveTime(Date.now()) }), [], true);
  await committed(journal, mark);
  const rows = (): number => {
    const reading = new Reading(join(dir, 'fengsui.db'));
    const count = [...reading.segments(0)].length;
    reading.close();
    return count;
  };
  expect(rows()).toBe(41);
  journal.state.put([], mark);
  for (const end = Date.now() + 20_000; rows() > 1 && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(rows()).toBe(1);
  const reading = new Reading(join(dir, 'fengsui.db'));
  const verdict = verify(reading);
  expect(reading.db.prepare('SELECT kind, first, last FROM coverage').all()).toEqual([
    { kind: 0, first: 1, last: 41 },
    { kind: 3, first: 1, last: 40 },
  ]);
  reading.close();
  expect(verdict.sound).toBe(true);
  expect(verdict.logs[0]?.gaps).toEqual([{ from: 1, to: 40, why: 'retired' }]);
  await journal.close();
  journal = await open();
  expect(heldOf(journal)).toEqual([[1, 41]]);
}, 30_000);
