import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Reading, framesOf } from '../../native-bridge/journal/reading.ts';
import { Console, eventually, feedOf, Platform } from './python.ts';

let data = '';
let platform: Platform;
let console_: Console | null = null;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'fengsui-upstream-'));
  platform = await new Platform('--curve', 'new').start();
});
afterEach(async () => {
  await console_?.close();
  console_ = null;
  await platform.stop();
  rmSync(data, { recursive: true, force: true });
});
const start = async (): Promise<Console> => {
  console_ = await Console.open(data, [feedOf(platform)]);
  const opened = console_;
  await eventually(
    () => opened.feed().link === 'live',
    () => opened.feed(),
  );
  return opened;
};
const reading = (id: number): Record<string, unknown> => ({
  id: `r${id}`,
  deviceId: `d${id % 7}`,
  ts: Date.now(),
  values: { current: id },
});
const readings = (from: number, count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, i) => reading(from + i));
const topic = 'fire-iot.reading';

/** How often each number of an epoch is on disk as a valid event. */
function onDisk(epoch: string): Map<number, number> {
  const file = new Reading(join(data, 'journal/fengsui.db'));
  const times = new Map<number, number>();
  for (const row of file.segments(0)) {
    if (row.epoch !== epoch) continue;
    for (const { frame, rejected } of framesOf(row)) {
      if (frame.manner === 'snapshot') continue;
      for (let n = frame.from; n <= frame.to; n++)
        if (!rejected.includes(n - frame.seq)) times.set(n, (times.get(n) ?? 0) + 1);
    }
  }
  file.close();
  return times;
}
function expectOnce(epoch: string, upTo: number, but: number[] = []): void {
  const times = onDisk(epoch);
  const wrong: string[] = [];
  for (let n = 1; n <= upTo; n++)
    if ((times.get(n) ?? 0) !== (but.includes(n) ? 0 : 1)) wrong.push(`${n}: ${times.get(n) ?? 0}`);
  expect(wrong).toEqual([]);
  expect(times.size).toBe(upTo - but.length);
}

test('F1 J2 a publisher in Python: loss, doubles, swaps, batches, JSON and MessagePack, over CURVE: each event once', async () => {
  const c = await start();
  expect(c.feed().encrypted).toBe(true);
  await platform.act({ do: 'publish', topic, events: readings(1, 100) });
  await platform.act({
    do: 'publish',
    topic,
    events: readings(101, 640),
    batch: 64,
    packing: 'msgpack',
    lose: [2, 3, 7],
    twice: [0, 5],
  });
  await platform.act({ do: 'publish', topic, events: readings(741, 60), batch: 3, swap: true });
  const last = await platform.act({ do: 'publish', topic: 'fire-iot.future.x', events: [{ any: 'thing' }], lose: [0] });
  expect(last).toBe(801);
  await eventually(
    () => c.feed().journaled === last,
    () => c.feed(),
  );
  expectOnce('epoch-1', last);
  const feed = c.feed();
  expect(feed.quarantined).toBe(0);
  expect(feed.duplicates).toBeGreaterThanOrEqual(128);
  expect(feed.received - feed.duplicates).toBe(last);
  expect(feed.gapsHealed).toBeGreaterThanOrEqual(3);
  const seen = c.observations.flatMap((o) => (o.stream === 'fire-iot.reading' ? o.events.map((e) => e?.id) : []));
  expect(new Set(seen).size).toBe(800);
  expect(seen.length).toBe(800);
});

test('F4 a new epoch brings a snapshot; a log that no longer reaches back is believed', async () => {
  const device = { id: 'd1', kind: 'smoke', name: '烟感', lon: 120.87, lat: 30.03, state: 'ok' };
  await platform.act({ do: 'snapshot', chunks: { 'fire-iot.device': [device] } });
  const c = await start();
  await platform.act({ do: 'publish', topic, events: readings(1, 10) });
  await platform.act({ do: 'epoch', name: 'epoch-2' });
  await platform.act({ do: 'publish', topic, events: readings(1, 20) });
  await eventually(
    () => c.feed().epoch === 'epoch-2' && c.feed().journaled === 30 && c.feed().link === 'live',
    () => c.feed(),
  );
  // A snapshot is taken in piece by piece, between what is live.
  const snapshots = () =>
    c.observations.filter((o) => o.manner === 'snapshot' && o.stream === 'fire-iot.device').length;
  await eventually(
    () => snapshots() === 2,
    () => snapshots(),
  );
  await platform.act({ do: 'trim', oldest: 26 });
  await platform.act({ do: 'publish', topic, events: readings(21, 10), lose: [0, 1, 2, 3, 4, 5, 6] });
  await eventually(
    () => c.feed().journaled === 35 && c.feed().link === 'live',
    () => c.feed(),
  );
  const held = [...onDisk('epoch-2').keys()].sort((x, y) => x - y);
  expect(held).toEqual(Array.from({ length: 30 }, (_, i) => i + 1).filter((n) => n < 21 || n > 25));
});

test('F6 silence for three seconds is lost; the same platform back on its endpoint is caught up with', async () => {
  const c = await start();
  await platform.act({ do: 'publish', topic, events: readings(1, 10) });
  await eventually(
    () => c.feed().journaled === 10,
    () => c.feed(),
  );
  await platform.act({ do: 'heartbeat', on: false });
  await eventually(
    () => c.feed().link === 'lost',
    () => c.feed(),
    4500,
  );
  await platform.act({
    do: 'publish',
    topic,
    events: readings(11, 500),
    batch: 10,
    lose: Array.from({ length: 50 }, (_, i) => i),
  });
  await platform.act({ do: 'heartbeat', on: true, skew: -60_000 });
  await eventually(
    () => c.feed().link === 'live' && c.feed().journaled === 510,
    () => c.feed(),
  );
  expectOnce('epoch-1', 510);
  expect(c.feed().skewMs).toBeLessThan(-59_000);
  expect(c.feed().lagMs).toBeLessThan(1000);
}, 30_000);

test('F5 a console that was away asks only for what it does not hold', async () => {
  const first = await start();
  await platform.act({ do: 'publish', topic, events: readings(1, 300) });
  await eventually(
    () => first.feed().journaled === 300,
    () => first.feed(),
  );
  await first.close();
  await platform.act({ do: 'publish', topic, events: readings(301, 300) });
  const snapshots = platform.asked('snapshot').length;
  const second = await start();
  await eventually(
    () => second.feed().journaled === 600,
    () => second.feed(),
  );
  expectOnce('epoch-1', 600);
  expect(platform.asked('snapshot').length).toBe(snapshots);
  expect(Math.min(...platform.asked('replay').map((map) => Number(map['from'])))).toBe(301);
  expect(await second.intake.restore(0)).toBe(600);
});

test('F7 D3 malformed bytes of every sort are quarantined with their reason, neighbours count, and the feed lives on', async () => {
  const c = await start();
  const hex = (text: string | Buffer): string => Buffer.from(text).toString('hex');
  const header = (seq: number, n = 1): string => JSON.stringify({ v: 1, epoch: 'epoch-1', seq, n, ts: Date.now() });
  await platform.act({
    do: 'publish',
    topic,
    events: [reading(1), { id: 'x' }, reading(3), 'text', null, reading(6)],
    batch: 6,
  });
  for (const frames of [
    [hex(topic)],
    [hex(topic), hex('{"v":2}'), hex('{}')],
    [hex(topic), hex('nonsense'), hex('{}')],
    [hex(topic), hex(''), hex('')],
    [hex(topic), hex(Buffer.from([0xc1, 0xff])), hex('{}')],
    [hex(topic), hex(header(1)), hex('{}'), hex('more')],
    [hex('fire-iot.\x00\xff'), hex(header(1)), hex('{}')],
    [hex(topic), hex('['.repeat(200_000)), hex('{}')],
    [hex(topic), hex(Buffer.alloc(100_000, 0x91)), hex('{}')],
    [''],
  ])
    await platform.act({ do: 'raw', frames });
  // A message of two MiB with a good header, and one whose body is no text at all: both have numbers.
  await platform.act({ do: 'publish', topic, events: [{ ...reading(7), note: 'x'.repeat(2 * 1024 * 1024) }] });
  await platform.act({ do: 'publish', topic, events: [{ ...reading(8), note: 'x'.repeat(900_000) }] });
  const last = await platform.act({ do: 'publish', topic, events: readings(9, 4) });
  await eventually(
    () => c.feed().journaled === last - 4 && c.feed().link === 'live',
    () => [c.feed(), c.journal.stats()],
  );
  expectOnce('epoch-1', last, [2, 4, 5, 7]);
  const reasons = c.journal.stats().quarantined['fire-iot'] ?? {};
  expect(reasons['shape']).toBe(3);
  expect(reasons['too-large']).toBe(1);
  expect(reasons['header']).toBeGreaterThanOrEqual(5);
  expect(reasons['frames']).toBeGreaterThanOrEqual(2);
  expect(reasons['topic']).toBeGreaterThanOrEqual(1);
});

test('F3 live goes on at once while a platform does not answer, and what is missing comes when it does', async () => {
  const c = await start();
  await platform.act({ do: 'mute', on: true });
  await platform.act({ do: 'publish', topic, events: readings(1, 50), batch: 5, lose: [4] });
  await eventually(
    () => c.feed().journaled === 45,
    () => c.feed(),
    3000,
  );
  await platform.act({ do: 'mute', on: false });
  await eventually(
    () => c.feed().journaled === 50 && c.feed().link === 'live',
    () => c.feed(),
    20_000,
  );
  expectOnce('epoch-1', 50);
}, 40_000);

test('a flood of 200,000 events, a tenth of them wrong: the valid once on disk, each broken one in quarantine', async () => {
  const c = await start();
  await platform.act({ do: 'flood', topic, count: 100_000, batch: 1, wrong: 0.1 });
  await platform.act({ do: 'flood', topic, count: 100_000, batch: 4000, wrong: 0.1 });
  await eventually(
    () => c.feed().journaled === 180_000,
    () => c.feed(),
    40_000,
  );
  await eventually(
    () => c.feed().link === 'live',
    () => c.feed(),
  );
  expect(c.feed().quarantined).toBe(20_000);
  const times = onDisk('epoch-1');
  expect(times.size).toBe(180_000);
  expect([...times.values()].every((n) => n === 1)).toBe(true);
}, 60_000);

test('F8 a wrong server key gives no data and no crash; keys are for their owner only', async () => {
  const wrong = { ...feedOf(platform), serverKey: 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7' };
  console_ = await Console.open(data, [wrong]);
  await platform.act({ do: 'publish', topic, events: readings(1, 10) });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(console_.feed().received).toBe(0);
  expect(console_.feed().link).toBe('lost');
  expect(statSync(join(data, 'keys/console.secret')).mode & 0o777).toBe(0o600);
  const before = performance.now();
  await console_.close();
  expect(performance.now() - before).toBeLessThan(2000);
});

test('orders reach the platform once, whatever is repeated', async () => {
  const c = await start();
  const order = {
    orderId: 'o-1',
    type: 'acknowledge',
    target: 'a-1',
    args: {},
    by: 'duty',
    at: Date.now(),
    basedOn: { epoch: 'epoch-1', seq: 0, at: 0 },
  };
  expect(await c.intake.command('fire-iot', order)).toEqual({ status: 'accepted' });
  expect(await c.intake.command('fire-iot', order)).toEqual({ status: 'duplicate' });
  await platform.act({ do: 'mute', on: true });
  await expect(c.intake.command('fire-iot', order)).rejects.toThrow('no answer');
});
