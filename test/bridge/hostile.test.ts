import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packr } from 'msgpackr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Publisher } from 'zeromq';
import { startPlatform, type Platform } from '../../native-bridge/platform/platform.ts';
import { Bridge, writeProfile } from './bridge.ts';
import { Viewer } from './viewer.ts';

let data = '';
let platform: Platform;
let raw: Publisher;
let bridge: Bridge;

const device = { id: 'd-1', kind: 'smoke', name: 'one', lon: 120.8, lat: 30, state: 'ok' };
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'fengsui-hostile-'));
  platform = await startPlatform({ sources: ['fire-iot'] });
  platform.setState('fire-iot.device', [device]);
  raw = new Publisher({ linger: 0 });
  await raw.bind('tcp://127.0.0.1:*');
  const own = { events: raw.lastEndpoint ?? '', request: 'tcp://127.0.0.1:9' };
  const profile = writeProfile(data, { ...platform.endpoints, 'linkage-110': own });
  mkdirSync(join(data, 'site'), { recursive: true });
  writeFileSync(join(data, 'site', 'buildings.json'), '0123456789');
  writeFileSync(join(data, 'site', '.secret.json'), 'secret');
  writeFileSync(join(data, 'site', 'site.yaml'), 'id: x');
  writeFileSync(join(data, 'site', 'people.json'), '{}');
  bridge = await Bridge.start(profile, data);
});
afterAll(async () => {
  await bridge.stop('SIGKILL');
  raw.close();
  await platform.close();
  rmSync(data, { recursive: true, force: true });
});
const open = (): Promise<Viewer> => Viewer.open(bridge.ready.port, bridge.ready.token);
const fireLives = async (viewer: Viewer): Promise<void> => {
  const ts = Date.now();
  platform.publish('fire-iot.reading', [{ id: `r-${ts}`, deviceId: 'd-1', ts, values: { obscuration: ts % 1000 } }]);
  await viewer.until(() => viewer.get('device', 'd-1')?.at === ts);
};

test('malformed bytes of many sorts: the bridge lives, the neighbour feed goes on, what can be named is quarantined', async () => {
  const viewer = await open();
  await viewer.until(
    () => viewer.get('feed', 'fire-iot')?.link === 'live' && viewer.get('device', 'd-1') !== undefined,
  );
  const packr = new Packr({ useRecords: false });
  const header = (seq: number, more: object = {}) =>
    JSON.stringify({ v: 1, epoch: 'x', seq, n: 1, ts: Date.now(), ...more });
  const topic = 'linkage-110.incident';
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const good = {
    id: 'i-1',
    ts: Date.now(),
    kind: 'fire',
    level: 2,
    title: 't',
    address: 'a',
    lon: 120,
    lat: 30,
    status: 'reported',
  };
  const noise = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7919) % 256));
  const messages: (string | Buffer)[][] = [
    [''],
    [topic],
    [topic, ''],
    ['', '', ''],
    [topic, '{', '{}'],
    [topic, header(1), '{'],
    [topic, header(1), ''],
    [topic, header(1), deep],
    [topic, noise, noise],
    [topic, header(1), noise],
    [topic, header(1), Buffer.from([0xc1])],
    [topic, header(1), 'null'],
    [topic, header(1), '5'],
    [topic, header(1), '"text"'],
    [topic, header(1), '[]'],
    [topic, header(1), JSON.stringify([null, 5, 'x', [], {}])],
    [topic, header(1, { n: 3 }), JSON.stringify([good])],
    [topic, header(-1), '{}'],
    [topic, header(1.5), '{}'],
    [topic, header(2 ** 60), '{}'],
    [topic, header(1, { v: 2 }), '{}'],
    [topic, header(1, { epoch: '' }), '{}'],
    [topic, header(1, { n: 1e9 }), '{}'],
    [topic, header(1, { ts: 'now' }), '{}'],
    [topic, header(2), JSON.stringify({ ...good, lat: 91 })],
    [topic, header(3), JSON.stringify({ ...good, level: '2' })],
    [topic, header(4), JSON.stringify({ ...good, floor: 0 })],
    [topic, header(5), JSON.stringify({ ...good, ts: 5 })],
    [topic, header(6), JSON.stringify({ ...good, id: '' })],
    [topic, header(7), '{"__proto__": {"polluted": 1}, "id": "p"}'],
    [topic, header(8), Buffer.from('{"id":"\xff\xfe"}', 'latin1')],
    [topic, header(9), Buffer.alloc(2 * 1024 * 1024, 0x20)],
    [topic, header(10), JSON.stringify(good), 'a fourth frame'],
    ['\u0000\u0001', header(11), '{}'],
    ['linkage-110.', header(12), '{}'],
    [topic, packr.pack({ v: 1, epoch: 'x', seq: 13, ts: 1 }), packr.pack([good, { ...good, lon: 'x' }])],
    ['linkage-110.future', header(14), '{"any": "thing"}'],
    ['linkage-110.hb', '{'],
    ['linkage-110.hb', noise],
  ];
  for (let round = 0; round < 3; round += 1) {
    for (const frames of messages) await raw.send(frames);
    await fireLives(viewer);
  }
  await raw.send([topic, header(50), JSON.stringify({ ...good, id: 'i-good' })]);
  await viewer.until(() => viewer.get('incident', 'i-good') !== undefined);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  const health = await bridge.health();
  expect(health.feeds.find(({ source }) => source === 'linkage-110')?.quarantined).toBeGreaterThan(15);
  expect(health.feeds.find(({ source }) => source === 'fire-iot')?.quarantined).toBe(0);
  expect(bridge.process.exitCode).toBeNull();
  expect(bridge.errors).not.toMatch(/nobody caught|not applied/);
  await viewer.close();
});

test('T5: what is not in the protocol gets an error and ends the connection, and no other', async () => {
  const other = await open();
  const packr = new Packr({ useRecords: false });
  const wrong: [string, Uint8Array | string][] = [
    ['unreadable', new Uint8Array([0xc1, 0xff, 0x00])],
    ['unreadable', packr.pack([1, 2])],
    ['unreadable', packr.pack({ no: 'name' })],
    ['unreadable', new Uint8Array()],
    ['unknown-message', packr.pack({ t: 'toString' })],
    ['unknown-message', packr.pack({ t: 'wipe' })],
    ['bad-message', packr.pack({ t: 'ack', clock: 'now' })],
    ['bad-message', packr.pack({ t: 'cameras', ids: 'all' })],
    ['bad-message', packr.pack({ t: 'command', name: 'acknowledge' })],
    ['bad-message', packr.pack({ t: 'hello', version: 1, role: 'king', window: 'w' })],
    ['version', packr.pack({ t: 'hello', version: 99, role: 'duty', window: 'w' })],
  ];
  for (const [code, bytes] of wrong) {
    const viewer = await open();
    viewer.raw(bytes);
    await viewer.until(() => viewer.closed !== null);
    expect(viewer.answers.at(-1)).toMatchObject({ ok: false, code });
  }
  const silent = new Viewer(bridge.ready.port, bridge.ready.token);
  await once(silent.socket, 'open');
  silent.say({ t: 'ack', clock: 1 });
  await silent.until(() => silent.closed !== null);
  expect(silent.answers).toMatchObject([{ code: 'no-hello' }]);
  const text = await open();
  text.raw('hello');
  await text.until(() => text.closed !== null);
  expect(text.closed).toMatch(/^1003/);
  const huge = await open();
  huge.raw(new Uint8Array(3 * 1024 * 1024));
  await huge.until(() => huge.closed !== null);
  await fireLives(other);
  await other.close();
});

test('T7: a WebSocket needs the token, the exact origin and a loopback host', async () => {
  const { port, token } = bridge.ready;
  const good = {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    protocol: `fengsui.${token}`,
    path: '/port',
  };
  const attempt = async (change: Partial<Record<keyof typeof good, string | undefined>>): Promise<number> => {
    const { origin, host, protocol, path } = { ...good, ...change };
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path ?? ''}`, protocol === undefined ? [] : [protocol], {
      ...(origin === undefined ? {} : { origin }),
      headers: { host: host ?? '' },
    });
    const status = await new Promise<number>((done) => {
      socket.on('open', () => done(101));
      socket.on('unexpected-response', (_request, { statusCode }) => done(statusCode ?? 0));
      socket.on('error', () => undefined);
    });
    socket.terminate();
    return status;
  };
  expect(await attempt({})).toBe(101);
  expect(await attempt({ origin: undefined })).toBe(403);
  expect(await attempt({ origin: 'null' })).toBe(403);
  expect(await attempt({ origin: 'http://evil.example' })).toBe(403);
  expect(await attempt({ origin: `http://localhost:${port}` })).toBe(403);
  expect(await attempt({ origin: `https://127.0.0.1:${port}` })).toBe(403);
  expect(await attempt({ host: `evil.example:${port}`, origin: `http://evil.example:${port}` })).toBe(403);
  expect(await attempt({ protocol: undefined })).toBe(401);
  expect(await attempt({ protocol: `fengsui.${token}x` })).toBe(401);
  expect(await attempt({ path: '/other' })).toBe(404);
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, failed) => {
    const { port } = bridge.ready;
    const ask = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += String(chunk)));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    ask.on('error', failed);
    ask.end();
  });

test('T7: files in one piece or in ranges, nothing hidden, nothing outside, loopback hosts only', async () => {
  const whole = await get('/site/buildings.json');
  expect([whole.status, whole.body]).toEqual([200, '0123456789']);
  expect(String(whole.headers['content-security-policy'])).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
  const part = await get('/site/buildings.json', { range: 'bytes=2-4' });
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
  expect((await get('/site/buildings.json', { range: 'bytes=-3' })).body).toBe('0123456789');
  expect((await get('/site/buildings.json', { range: 'bytes=50-' })).status).toBe(416);
  const etag = String(whole.headers['etag']);
  expect((await get('/site/buildings.json', { 'if-none-match': etag })).status).toBe(304);
  for (const path of [
    '/site/.secret.json',
    '/site/%2e%73ecret.json',
    '/site/site.yaml',
    '/site/people.json',
    '/site/%70eople.json',
    '/site/PEOPLE.json',
    '/site/../journal/fengsui.db',
    '/site/%2e%2e/profile.yaml',
    '/site/..%2fprofile.yaml',
    '/%00',
    '/%',
    '/city/none',
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
  expect((await get('/health', { host: 'evil.example' })).status).toBe(403);
  expect((await get('/health', { origin: 'http://evil.example' })).status).toBe(403);
  expect((await get('/health', {}, 'POST')).status).toBe(405);
});

test('T8: health has the promised shape and metrics are Prometheus text; counts only', async () => {
  const health = await bridge.health();
  expect(Object.keys(health).sort()).toEqual([
    'drill',
    'feeds',
    'journal',
    'orders',
    'picture',
    'uptimeMs',
    'version',
    'viewers',
  ]);
  const feed = health.feeds[0];
  expect(
    Object.keys(feed ?? {})
      .filter((name) => name !== 'progress')
      .sort(),
  ).toEqual([
    'duplicates',
    'encrypted',
    'epoch',
    'gapsHealed',
    'journaled',
    'lagMs',
    'lastSeq',
    'link',
    'quarantined',
    'received',
    'skewMs',
    'source',
  ]);
  const { body } = await get('/metrics');
  expect(body).toMatch(/^fengsui_feed_link\{source="fire-iot",link="live"\} 1$/m);
  expect(body).toMatch(/^fengsui_picture_devices 1$/m);
  // Heard to applied, the journal in between: as many in the last bucket as were counted, and some were.
  const counted = /^fengsui_applied_ms_count (\d+)$/m.exec(body)?.[1];
  expect(Number(counted)).toBeGreaterThan(0);
  expect(/^fengsui_applied_ms_bucket\{le="\+Inf"\} (\d+)$/m.exec(body)?.[1]).toBe(counted);
  expect(body).not.toMatch(/d-1|王/);
});
