import { crc32 } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { curveKeyPair, Dealer, Subscriber } from 'zeromq';
import { setTimeout as sleep } from 'node:timers/promises';
import { decode, encode } from './codec.ts';
import { startPlatform, type Platform, type PlatformOptions } from './platform.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

type Map = Record<string, unknown>;
const server = curveKeyPair();

async function start(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  const platform = await startPlatform({ sources: ['fire-iot', 'video'], epoch: 'e1', ...options });
  open.push(platform);
  return platform;
}
function secure(
  platform: Platform,
  source: string,
): { curveServerKey: string; curvePublicKey: string; curveSecretKey: string } | object {
  const key = platform.endpoints[source]?.serverKey;
  if (key === undefined) return {};
  const client = curveKeyPair();
  return { curveServerKey: key, curvePublicKey: client.publicKey, curveSecretKey: client.secretKey };
}
function dealer(platform: Platform, source = 'fire-iot'): Dealer {
  const socket = new Dealer({ linger: 0, receiveTimeout: 3000, ...secure(platform, source) });
  socket.connect(platform.endpoints[source]?.request ?? '');
  open.push(socket);
  return socket;
}
async function subscriber(platform: Platform, prefix: string, source = 'fire-iot'): Promise<Subscriber> {
  const socket = new Subscriber({ linger: 0, receiveTimeout: 3000, ...secure(platform, source) });
  socket.connect(platform.endpoints[source]?.events ?? '');
  socket.subscribe(prefix);
  open.push(socket);
  await sleep(150);
  return socket;
}
async function ask(socket: Dealer, verb: string, map: Map): Promise<{ status: string; map: Map; body: Map[] }[]> {
  await socket.send(['7', verb, JSON.stringify(map)]);
  const replies: { status: string; map: Map; body: Map[] }[] = [];
  for (;;) {
    const [id, status, head, body] = await socket.receive();
    expect(id?.toString()).toBe('7');
    replies.push({
      status: String(status),
      map: decode(head ?? Buffer.alloc(0)) as Map,
      body: body === undefined ? [] : (decode(body) as Map[]),
    });
    if (String(status) !== 'chunk') return replies;
  }
}
const readings = (from: number, n: number): Map[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `r${from + i}`,
    deviceId: `d${(from + i) % 10}`,
    ts: 1,
    values: { a: from + i },
  }));

test('T1: events are numbered from 1 without gaps, whatever their topic, in three frames', async () => {
  const platform = await start({ curve: server });
  const sub = await subscriber(platform, 'fire-iot.');
  platform.publish('fire-iot.reading', readings(1, 3));
  platform.publish('fire-iot.alarm', [{ id: 'a1' }]);
  const first = await nextOf(sub, 'fire-iot.reading');
  expect(first.header).toMatchObject({ v: 1, epoch: 'e1', seq: 1, n: 3 });
  expect(first.body).toHaveLength(3);
  const second = await nextOf(sub, 'fire-iot.alarm');
  expect(second.header).toMatchObject({ seq: 4, n: 1 });
});

test('T1: thousands of messages in one go are all sent, in order', async () => {
  const platform = await start({ curve: server });
  const sub = await subscriber(platform, 'fire-iot.reading');
  for (let i = 1; i <= 5000; i++) platform.publish('fire-iot.reading', readings(i, 1));
  for (let i = 1; i <= 5000; i++) {
    const [, head] = await sub.receive();
    expect((decode(head ?? Buffer.alloc(0)) as Map)['seq']).toBe(i);
  }
});

test('T1: a heartbeat carries the last number and no event', async () => {
  const platform = await start({ heartbeatMs: 50 });
  const sub = await subscriber(platform, 'fire-iot.hb');
  platform.publish('fire-iot.reading', readings(1, 5));
  const beats: Map[] = [];
  while (beats.length < 10 && beats.at(-1)?.['seq'] !== 5)
    beats.push(decode((await sub.receive())[1] ?? Buffer.alloc(0)) as Map);
  expect(beats.at(-1)).toMatchObject({ v: 1, epoch: 'e1', seq: 5, n: 0 });
  platform.beat();
  expect(await sub.receive()).toHaveLength(2);
});

test('T2: a snapshot is the newest event of each thing, as of the number in its end', async () => {
  const platform = await start({ curve: server });
  platform.setState(
    'fire-iot.device',
    Array.from({ length: 1200 }, (_, i) => ({ id: `d${i}`, kind: 'smoke' })),
  );
  platform.publish('fire-iot.reading', readings(1, 25));
  const replies = await ask(dealer(platform), 'snapshot', {});
  const end = replies.at(-1);
  expect(end).toMatchObject({ status: 'end', map: { epoch: 'e1', seq: 25 } });
  const of = (stream: string): Map[] => replies.filter((r) => r.map['stream'] === stream).flatMap((r) => r.body);
  expect(of('fire-iot.device')).toHaveLength(1200);
  expect(
    of('fire-iot.reading')
      .map((r) => r['id'])
      .sort(),
  ).toEqual(readings(16, 10).map((r) => r['id']));
  const some = await ask(dealer(platform), 'snapshot', { streams: ['reading'] });
  expect(some.slice(0, -1).every((r) => r.map['stream'] === 'fire-iot.reading')).toBe(true);
});

test('T3: a replay begins and ends exactly where it was asked to, one topic a chunk, consecutive numbers', async () => {
  const platform = await start();
  platform.publish('fire-iot.reading', readings(1, 10));
  platform.publish('fire-iot.alarm', [{ id: 'a1' }]);
  platform.publish('fire-iot.reading', readings(12, 10));
  const replies = await ask(dealer(platform), 'replay', { epoch: 'e1', from: 4, to: 13 });
  expect(replies.map((r) => [r.status, r.map['topic'], r.map['seq'], r.map['n']])).toEqual([
    ['chunk', 'fire-iot.reading', 4, 7],
    ['chunk', 'fire-iot.alarm', 11, 1],
    ['chunk', 'fire-iot.reading', 12, 2],
    ['end', undefined, 13, undefined],
  ]);
  expect(replies[0]?.body[0]).toMatchObject({ id: 'r4' });
  expect(replies[2]?.body.at(-1)).toMatchObject({ id: 'r13' });
});

test('T3: what the log no longer holds, or another epoch, is gone', async () => {
  const platform = await start({ keep: { events: 20 } });
  for (let i = 0; i < 10; i++) platform.publish('fire-iot.reading', readings(i * 5 + 1, 5));
  const socket = dealer(platform);
  expect(await ask(socket, 'replay', { epoch: 'e1', from: 10 })).toMatchObject([
    { status: 'gone', map: { epoch: 'e1', oldest: 31 } },
  ]);
  expect((await ask(socket, 'replay', { epoch: 'e1', from: 31 })).at(-1)).toMatchObject({
    status: 'end',
    map: { seq: 50 },
  });
  expect(await ask(socket, 'replay', { epoch: 'e0', from: 31 })).toMatchObject([{ status: 'gone' }]);
  platform.restartLog('fire-iot', 'e2');
  platform.publish('fire-iot.reading', readings(1, 1));
  expect(await ask(socket, 'replay', { epoch: 'e1', from: 31 })).toMatchObject([
    { status: 'gone', map: { epoch: 'e2', oldest: 1 } },
  ]);
});

test('T4: an order sent twice acts once; a refused one says why', async () => {
  const acted: string[] = [];
  const platform = await start({
    curve: server,
    onCommand: (_source, order) => {
      acted.push(order.orderId);
      return order.type === 'acknowledge' ? { accepted: true } : { accepted: false, reason: 'unknown type' };
    },
  });
  const socket = dealer(platform);
  const order = { orderId: 'o1', type: 'acknowledge', target: 'a1', args: {}, by: 'duty', at: 1, basedOn: {} };
  expect(await ask(socket, 'command', order)).toMatchObject([{ status: 'accepted', map: { orderId: 'o1' } }]);
  expect(await ask(socket, 'command', order)).toMatchObject([{ status: 'duplicate', map: { orderId: 'o1' } }]);
  expect(await ask(socket, 'command', { ...order, orderId: 'o2', type: 'fly' })).toMatchObject([
    { status: 'rejected', map: { orderId: 'o2', reason: 'unknown type' } },
  ]);
  expect(acted).toEqual(['o1', 'o2']);
});

test('T5: video goes only to who asked for that camera, and takes no number; who asks is told', async () => {
  const told: [string, string, boolean][] = [];
  const platform = await start({ curve: server, onSubscription: (...about) => told.push(about) });
  const header = {
    v: 1 as const,
    cameraId: 'cam-1' as never,
    pts: 5,
    key: true,
    codec: 'avc1.42E01E',
    w: 640,
    h: 360,
    fseq: 1,
  };
  expect(platform.video(header, Buffer.from([0, 0, 0, 1]))).toBe(false);
  const sub = await subscriber(platform, 'video.frame.cam-1', 'video');
  expect(platform.isWatched('cam-1')).toBe(true);
  expect(platform.isWatched('cam-2')).toBe(false);
  expect(platform.video(header, Buffer.from([0, 0, 0, 1]))).toBe(true);
  const [topic, head, unit] = await sub.receive();
  expect([String(topic), decode(head ?? Buffer.alloc(0)), [...(unit ?? [])]]).toEqual([
    'video.frame.cam-1',
    { ...header, crc32: crc32(Buffer.from([0, 0, 0, 1])) },
    [0, 0, 0, 1],
  ]);
  expect(platform.seq('video')).toBe(0);
  sub.unsubscribe('video.frame.cam-1');
  await expect.poll(() => platform.isWatched('cam-1')).toBe(false);
  expect(told).toEqual([
    ['video', 'video.frame.cam-1', true],
    ['video', 'video.frame.cam-1', false],
  ]);
});

test('T6: a wrong server key hears nothing; with a gate only named clients are let in', async () => {
  const known = curveKeyPair();
  const platform = await start({ curve: server, allowedClients: [known.publicKey] });
  const hears = async (serverKey: string, client: { publicKey: string; secretKey: string }): Promise<boolean> => {
    const socket = new Dealer({
      linger: 0,
      receiveTimeout: 700,
      sendTimeout: 0,
      curveServerKey: serverKey,
      curvePublicKey: client.publicKey,
      curveSecretKey: client.secretKey,
    });
    open.push(socket);
    socket.connect(platform.endpoints['fire-iot']?.request ?? '');
    await socket.send(['1', 'keyframe', '{}']).catch(() => undefined);
    return socket.receive().then(
      () => true,
      () => false,
    );
  };
  expect(await hears(server.publicKey, known)).toBe(true);
  expect(await hears(server.publicKey, curveKeyPair())).toBe(false);
  expect(await hears(curveKeyPair().publicKey, known)).toBe(false);
});

test('T7: nothing sent is larger than 1 MiB; JSON when asked; malformed requests harm nothing', async () => {
  const platform = await start({ encoding: 'json' });
  const sub = await subscriber(platform, 'fire-iot.reading');
  const big = readings(1, 3000).map((r) => ({ ...r, pad: 'x'.repeat(1000) }));
  platform.publish('fire-iot.reading', big);
  let seq = 1;
  while (seq <= 3000) {
    const [topic, head, body] = await sub.receive();
    expect((topic?.length ?? 0) + (head?.length ?? 0) + (body?.length ?? 0)).toBeLessThan(1024 * 1024);
    expect(body?.[0]).toBe(0x5b);
    const header = decode(head ?? Buffer.alloc(0)) as { seq: number; n: number };
    expect(header.seq).toBe(seq);
    seq += header.n;
  }
  const socket = dealer(platform);
  await socket.send(['only-an-id']);
  await socket.send(['7', 'snapshot', Buffer.from([0xc1, 0xff])]);
  while (String((await socket.receive())[1]) !== 'end');
  expect(await ask(socket, 'dance', {})).toMatchObject([{ status: 'error' }]);
  await socket.send(['7', 'keyframe', encode({ cameraId: 'c' }, 'msgpack')]);
  expect(String((await socket.receive())[1])).toBe('ok');
});

async function nextOf(sub: Subscriber, wanted: string): Promise<{ header: Map; body: Map[] }> {
  for (;;) {
    const [topic, head, body] = await sub.receive();
    if (String(topic) !== wanted) continue;
    return { header: decode(head ?? Buffer.alloc(0)) as Map, body: decode(body ?? Buffer.alloc(0)) as Map[] };
  }
}
