import { Packr, Unpackr } from 'msgpackr';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cameraId, clock, deviceId, eventTime, receiveTime, alarmId } from '../../native-bridge/contract/brand.ts';
import type { BridgeMessage, SiteCard, ViewerMessage } from '../../native-bridge/contract/port.ts';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import { createIntents } from '../store/intents.ts';
import { createVideoHub } from '../store/video-source.ts';
import { createView } from '../store/view.ts';
import { createWorld } from '../store/world.ts';
import { ANSWER_MS } from './commands.ts';
import { startLink } from './link.ts';
import { WELCOME_MS } from './viewer.ts';
import type { Transport, TransportEvents } from './transport.ts';

const site: SiteCard = {
  id: 'demo',
  name: { zh: '演示', en: 'Demo' },
  synthetic: true,
  locale: 'zh',
  timezone: 'Asia/Shanghai',
  centre: { lon: 120.87, lat: 30.03 },
  viewing: { distance: 8, pixelPitch: 1.5 },
  siteUrl: '/site',
  cityUrl: null,
  windows: [],
  departments: [],
  thresholds: {},
};
const device = (id: string, state = 'ok'): DeviceRecord => ({
  id: deviceId(id),
  kind: 'smoke',
  name: id,
  state,
  worst: 0,
  lon: 120,
  lat: 30,
  source: 'fire-iot',
  at: eventTime(1_700_000_000_000),
  heard: receiveTime(1_700_000_000_000),
});

/** A bridge's end made by hand: it keeps what it was told and says what the test says. */
const setUp = () => {
  const packr = new Packr({ useRecords: false });
  const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });
  const tries: { events: TransportEvents; sent: BridgeMessage[]; open: boolean }[] = [];
  const transport: Transport = (events) => {
    const one = { events, sent: [] as BridgeMessage[], open: true };
    tries.push(one);
    return {
      send: (bytes) => void one.sent.push(unpackr.unpack(bytes) as BridgeMessage),
      close: () => {
        if (!one.open) return;
        one.open = false;
        events.closed('closed here');
      },
    };
  };
  let drawn = (): void => undefined;
  let asked = false;
  const world = createWorld(() => 1000);
  const view = createView();
  const intents = createIntents();
  const video = createVideoHub(world.now);
  const link = startLink({
    world,
    view,
    intents,
    video,
    transport,
    role: 'duty',
    window: 'w1',
    wait: (attempt) => 100 * (attempt + 1),
    frames: (callback) => {
      drawn = callback;
      return { ask: () => void (asked = true), stop: () => void (asked = false) };
    },
  });
  const latest = () => {
    const one = tries.at(-1);
    if (!one) throw new Error('no try yet');
    return one;
  };
  const say = (message: ViewerMessage): void => latest().events.message(packr.pack(message));
  const frame = (): void => {
    if (!asked) return;
    asked = false;
    drawn();
  };
  const greet = (run = 'run-1'): void => {
    latest().events.opened();
    say({ t: 'welcome', version: '0', run, now: 5000, drill: false, site });
  };
  return { tries, latest, say, frame, greet, world, view, intents, video, link };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('L2: the first hello has no clock, later ones the run and clock of what is held', () => {
  const { latest, say, greet, world } = setUp();
  greet();
  expect(latest().sent[0]).toEqual({ t: 'hello', version: 1, role: 'duty', window: 'w1' });
  say({ t: 'wipe', clock: clock(7), now: 5000, puts: { device: [device('a')] }, more: false });
  latest().events.closed('gone');
  vi.advanceTimersByTime(100);
  latest().events.opened();
  expect(latest().sent[0]).toMatchObject({ t: 'hello', run: 'run-1', clock: 7 });
  expect(world.all('device').size).toBe(1);
});

test('L2: a picture that comes in pieces is taken whole; one that breaks off changes nothing', () => {
  const { latest, say, greet, world } = setUp();
  greet();
  say({ t: 'wipe', clock: clock(3), now: 5000, puts: { device: [device('old')] }, more: false });
  say({ t: 'wipe', clock: clock(9), now: 5000, puts: { device: [device('a')] }, more: true });
  expect([...world.all('device').keys()]).toEqual(['old']);
  latest().events.closed('gone');
  vi.advanceTimersByTime(100);
  greet();
  expect(latest().sent[0]).toMatchObject({ clock: 3 });
  say({ t: 'wipe', clock: clock(9), now: 5000, puts: { device: [device('a')] }, more: true });
  say({ t: 'wipe', clock: clock(9), now: 5000, puts: { device: [device('b')] }, more: false });
  expect([...world.all('device').keys()]).toEqual(['a', 'b']);
  expect(world.clock()).toBe(9);
});

test('L3: one acknowledgement of the newest clock after the frame, none before', () => {
  const { latest, say, greet, frame } = setUp();
  greet();
  const acks = () => latest().sent.filter((message) => message.t === 'ack');
  say({ t: 'wipe', clock: clock(1), now: 5000, puts: {}, more: false });
  say({
    t: 'delta',
    from: clock(1),
    clock: clock(2),
    now: 5000,
    puts: { device: [device('a')] },
    removes: {},
    coalesced: 0,
  });
  say({ t: 'delta', from: clock(2), clock: clock(4), now: 5000, puts: {}, removes: { device: ['a'] }, coalesced: 1 });
  expect(acks()).toEqual([]);
  frame();
  expect(acks()).toEqual([{ t: 'ack', clock: 4 }]);
});

test('L2: a delta with a hole before it ends the connection, and the next hello asks for everything', () => {
  const { latest, say, greet, world } = setUp();
  greet();
  say({ t: 'wipe', clock: clock(1), now: 5000, puts: { device: [device('a')] }, more: false });
  say({ t: 'delta', from: clock(5), clock: clock(6), now: 5000, puts: {}, removes: { device: ['a'] }, coalesced: 0 });
  expect(latest().open).toBe(false);
  expect(world.all('device').has('a')).toBe(true);
  vi.advanceTimersByTime(100);
  latest().events.opened();
  expect(latest().sent[0]).not.toHaveProperty('clock');
});

test('L4: lost, then tried again and again with growing waits; open again after a welcome', () => {
  const { tries, latest, greet, view } = setUp();
  expect(view.getState().connection).toBe('connecting');
  greet();
  expect(view.getState().connection).toBe('open');
  latest().events.closed('gone');
  expect(view.getState().connection).toBe('lost');
  vi.advanceTimersByTime(100);
  expect(tries.length).toBe(2);
  latest().events.closed('refused');
  vi.advanceTimersByTime(199);
  expect(tries.length).toBe(2);
  vi.advanceTimersByTime(1);
  expect(tries.length).toBe(3);
  greet('run-2');
  expect(view.getState().connection).toBe('open');
});

test('L4: a bridge that takes the connection and says nothing is given up', () => {
  const { tries, latest } = setUp();
  latest().events.opened();
  vi.advanceTimersByTime(WELCOME_MS);
  expect(latest().open).toBe(false);
  vi.advanceTimersByTime(100);
  expect(tries.length).toBe(2);
});

test('L5: answered, refused, timed out, lost: exactly one outcome for each command', async () => {
  const { latest, say, greet, intents } = setUp();
  const ids = [alarmId('a-1')];
  await expect(intents.send('acknowledge', { alarmIds: ids }, 'li')).rejects.toMatchObject({ code: 'not-connected' });
  greet();
  const good = intents.send('acknowledge', { alarmIds: ids }, 'li');
  const bad = intents.send('unshelve', { alarmId: ids[0] ?? alarmId('x') }, 'li');
  const late = intents.send('unshelve', { alarmId: alarmId('b') }, 'li');
  const commands = latest().sent.filter((message) => message.t === 'command');
  expect(commands.map((message) => message.name)).toEqual(['acknowledge', 'unshelve', 'unshelve']);
  say({ t: 'answer', id: commands[0]?.id ?? 0, ok: true, result: { acknowledged: 1, orderIds: [] } });
  say({ t: 'answer', id: commands[1]?.id ?? 0, ok: false, code: 'not-shelved', error: 'it is not shelved' });
  await expect(good).resolves.toEqual({ acknowledged: 1, orderIds: [] });
  await expect(bad).rejects.toMatchObject({ code: 'not-shelved' });
  const lateCheck = expect(late).rejects.toMatchObject({ code: 'timeout' });
  vi.advanceTimersByTime(ANSWER_MS);
  await lateCheck;
  const lost = intents.send('unshelve', { alarmId: alarmId('c') }, 'li');
  const lostCheck = expect(lost).rejects.toMatchObject({ code: 'connection-lost' });
  latest().events.closed('gone');
  await lostCheck;
});

test('L6: cameras are told at the welcome and at each change; frames and boxes reach who wants them', async () => {
  const { latest, say, greet, video } = setUp();
  const cam = cameraId('cam-1');
  const seen: unknown[] = [];
  const release = video.want(cam);
  await Promise.resolve();
  video.onFrame(cam, (header, data) => seen.push([header.fseq, [...data]]));
  video.onBoxes(cam, ({ pts, boxes }) => seen.push([pts, boxes.length]));
  greet();
  const told = () =>
    latest()
      .sent.filter((message) => message.t === 'cameras')
      .map((message) => message.ids);
  expect(told()).toEqual([['cam-1']]);
  say({
    t: 'frame',
    header: { v: 1, cameraId: cam, pts: 9, key: true, codec: 'avc1.42E01E', w: 640, h: 360, fseq: 4 },
    data: new Uint8Array([1, 2]),
  });
  say({ t: 'boxes', cameraId: cam, pts: 9, boxes: [] });
  expect(seen).toEqual([
    [4, [1, 2]],
    [9, 0],
  ]);
  release();
  await Promise.resolve();
  expect(told()).toEqual([['cam-1'], []]);
});

test('L7: bytes that are no message, unknown messages and messages before the welcome end the connection', () => {
  const { tries, latest, say, greet, world } = setUp();
  latest().events.opened();
  say({ t: 'wipe', clock: clock(1), now: 1, puts: { device: [device('a')] }, more: false });
  expect(latest().open).toBe(false);
  vi.advanceTimersByTime(100);
  greet();
  latest().events.message(new Uint8Array([0xc1]));
  expect(latest().open).toBe(false);
  vi.advanceTimersByTime(200);
  greet();
  latest().events.message(new Packr({ useRecords: false }).pack({ t: 'constructor' }));
  expect(latest().open).toBe(false);
  expect(world.all('device').size).toBe(0);
  expect(tries.length).toBe(3);
});
