import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { curveKeyPair, Dealer, Subscriber } from 'zeromq';
import { decode } from '../platform/codec.ts';
import { writeTinySite } from './tiny-site.ts';

/** Speaks the contract to a drill in a process of its own, with nothing but sockets. */
type Map = Record<string, unknown>;
interface Feed {
  source: string;
  events: string;
  request: string;
  serverKey: string;
}
const scenario = `format: fengsui/scenario@1
id: t
name: { zh: 试, en: T }
minutes: 30
life: { eventsPerSecond: 60 }
opening: { alarms: 5, incidents: 3 }
cast:
  lift: { is: elevator-camera, clip: elevator-people, begin: 20 }
acts:
  - { at: '0:01', act: ride, camera: lift, clip: elevator-ebike }
`;
const client = curveKeyPair();
const open: { close(): void }[] = [];
let dir: string;
let drill: ChildProcess;
let feeds: Feed[];

const start = (...more: string[]): ChildProcess =>
  spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'main.ts'),
      '--site',
      join(dir, 'site'),
      '--scenario',
      join(dir, 't.yaml'),
      '--data',
      join(dir, 'data'),
      ...more,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => child.once('exit', (code) => done(code)));

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'drill-main-'));
  writeTinySite(join(dir, 'site'));
  writeFileSync(join(dir, 't.yaml'), scenario);
  drill = start();
  const line = await new Promise<string>((done) =>
    drill.stdout?.once('data', (bytes: Buffer) => done(bytes.toString())),
  );
  const ready = JSON.parse(line) as { ready: boolean; profile: string };
  expect(ready).toEqual({ ready: true, profile: join(dir, 'data/drill/profile.yaml') });
  feeds = (parse(readFileSync(ready.profile, 'utf8')) as { feeds: Feed[] }).feeds;
}, 15_000);
afterAll(() => {
  for (const socket of open) socket.close();
  drill.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

const feed = (source: string): Feed =>
  feeds.find((one) => one.source === source) ?? { source, events: '', request: '', serverKey: '' };
const keys = (one: Feed) => ({
  curveServerKey: one.serverKey,
  curvePublicKey: client.publicKey,
  curveSecretKey: client.secretKey,
});
function subscribe(source: string, prefix: string): Subscriber {
  const socket = new Subscriber({ linger: 0, receiveTimeout: 5000, ...keys(feed(source)) });
  socket.connect(feed(source).events);
  socket.subscribe(prefix);
  open.push(socket);
  return socket;
}
async function ask(source: string, verb: string, map: Map): Promise<{ status: string; map: Map; body: Map[] }[]> {
  const socket = new Dealer({ linger: 0, receiveTimeout: 5000, ...keys(feed(source)) });
  open.push(socket);
  socket.connect(feed(source).request);
  await socket.send(['1', verb, JSON.stringify(map)]);
  const replies = [];
  for (;;) {
    const [, status, head, body] = await socket.receive();
    replies.push({
      status: String(status),
      map: decode(head ?? Buffer.alloc(0)) as Map,
      body: body === undefined ? [] : (decode(body) as Map[]),
    });
    if (String(status) !== 'chunk') return replies;
  }
}

test('D1 D2: the profile leads to four encrypted sources; the district is alive at the opening', async () => {
  expect(feeds.map((one) => one.source)).toEqual(['fire-iot', 'linkage-110', 'video', 'situation']);
  const streams = new Map<string, number>();
  for (const source of feeds.map((one) => one.source)) {
    const replies = await ask(source, 'snapshot', {});
    expect(replies.at(-1)).toMatchObject({ status: 'end', map: { seq: expect.any(Number) as number } });
    for (const { map, body } of replies.slice(0, -1))
      streams.set(String(map['stream']), (streams.get(String(map['stream'])) ?? 0) + body.length);
  }
  expect(streams.get('fire-iot.device')).toBe(47);
  expect(streams.get('fire-iot.position')).toBe(6);
  expect(streams.get('fire-iot.cab')).toBe(4);
  expect(streams.get('fire-iot.alarm')).toBeGreaterThanOrEqual(4);
  expect(streams.get('linkage-110.incident')).toBeGreaterThanOrEqual(3);
  expect(streams.get('situation.risk')).toBe(7);
});

test('D1 D3: live events follow one another, and a replay gives the same again', async () => {
  const socket = subscribe('fire-iot', 'fire-iot.');
  const live: { topic: string; header: Map; body: Map[] }[] = [];
  let last = 0;
  for (;;) {
    const [topic, head, body] = await socket.receive();
    const header = decode(head ?? Buffer.alloc(0)) as { seq: number; n: number; epoch: string };
    if (String(topic) === 'fire-iot.hb') {
      if (live.length > 20) break;
      continue;
    }
    if (last > 0) expect(header.seq).toBe(last + 1);
    last = header.seq + header.n - 1;
    live.push({ topic: String(topic), header, body: decode(body ?? Buffer.alloc(0)) as Map[] });
  }
  const replies = await ask('fire-iot', 'replay', {
    epoch: live[0]?.header['epoch'],
    from: live[0]?.header['seq'],
    to: last,
  });
  expect(replies.at(-1)).toMatchObject({ status: 'end', map: { seq: last } });
  expect(replies.slice(0, -1).flatMap((reply) => reply.body)).toEqual(live.flatMap((one) => one.body));
});

test('D5: the film begins at a key frame with parameter sets, and its boxes name its frames', async () => {
  const socket = subscribe('video', 'video.frame.cam-1a');
  const boxes = subscribe('fire-iot', 'fire-iot.detection');
  const pts = new Set<unknown>();
  let keyUnit: Buffer | null = null;
  for (let i = 0; i < 60; i++) {
    const [, head, unit] = await socket.receive();
    const header = decode(head ?? Buffer.alloc(0)) as Map;
    pts.add(header['pts']);
    if (header['key'] === true) keyUnit ??= Buffer.from(unit ?? []);
  }
  expect(keyUnit?.subarray(0, 4).toString('hex')).toBe('00000001');
  expect(nalTypes(keyUnit ?? Buffer.alloc(0)).filter((type) => type !== 9)).toEqual([7, 8, 5]);
  let tied = 0;
  for (let i = 0; i < 10; i++) {
    const [, , body] = await boxes.receive();
    for (const box of decode(body ?? Buffer.alloc(0)) as Map[])
      if (box['cameraId'] === 'cam-1a' && pts.has(box['pts'])) tied++;
  }
  expect(tied).toBeGreaterThan(5);
});

test('D12: a camera that is in no story sends from its subscription on, key frame first', async () => {
  const socket = subscribe('video', 'video.frame.cam-room-1');
  const [, head, unit] = await socket.receive();
  expect(decode(head ?? Buffer.alloc(0))).toMatchObject({ cameraId: 'cam-room-1', key: true, fseq: 1 });
  expect(nalTypes(unit ?? Buffer.alloc(0)).filter((type) => type !== 9)).toEqual([7, 8, 5]);
});

/** Of an Annex B unit: 7 and 8 are parameter sets, 5 a picture to begin with, 9 a delimiter. */
function nalTypes(unit: Buffer): number[] {
  const types = [];
  for (let i = 0; i + 3 < unit.length; i++) if (unit.readUIntBE(i, 3) === 1) types.push((unit[i + 3] ?? 0) & 31);
  return types;
}

test('D4 D6: an order is remembered across a restart; the secret key is its owner’s; the end is quick and clean', async () => {
  const order = {
    orderId: 'o-1',
    type: 'holdDoor',
    target: 'lift-2b',
    args: { elevatorId: 'lift-2b', hold: true },
    by: 'duty',
    at: 1,
    basedOn: {},
  };
  expect(await ask('fire-iot', 'command', order)).toMatchObject([{ status: 'accepted' }]);
  expect(await ask('fire-iot', 'command', order)).toMatchObject([{ status: 'duplicate' }]);
  expect(statSync(join(dir, 'data/keys/drill.secret')).mode & 0o777).toBe(0o600);
  const before = Date.now();
  drill.kill('SIGTERM');
  expect(await ended(drill)).toBe(0);
  expect(Date.now() - before).toBeLessThan(2000);

  const keyBefore = feed('fire-iot').serverKey;
  drill = start('--sources', 'fire-iot');
  await new Promise((done) => drill.stdout?.once('data', done));
  feeds = (parse(readFileSync(join(dir, 'data/drill/profile.yaml'), 'utf8')) as { feeds: Feed[] }).feeds;
  expect(feeds.map((one) => [one.source, one.serverKey])).toEqual([['fire-iot', keyBefore]]);
  expect(await ask('fire-iot', 'command', order)).toMatchObject([{ status: 'duplicate' }]);
});

test('D8: a wrong option is one line and exit code 2', async () => {
  const child = start('--speed', 'fast');
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  expect(await ended(child)).toBe(2);
  expect(said.trim()).toBe('--speed: "fast" is not a number from 0.1 to 60');
});
