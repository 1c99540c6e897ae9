// The console side of the ingest benchmarks, in a process of its own: takes all there is and tells how long it took.
// `whole`: feed, decode, journal, picture, delta at 20 Hz to a window; `bare`: zeromq.js receiving and nothing else;
// `naive`: JSON, one INSERT and one WebSocket send an event, to the same window: that of a batch is what it is of single
// messages, as both keep and show every event. One JSON line at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { Packr } from 'msgpackr';
import { WebSocketServer, type WebSocket } from 'ws';
import { Dealer, Subscriber } from 'zeromq';
import { systemClock } from '../../native-bridge/base/clock.ts';
import { openLog } from '../../native-bridge/base/log.ts';
import { deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';
import { openJournal } from '../../native-bridge/journal/journal.ts';
import type { Journal } from '../../native-bridge/journal/types.ts';
import { NOTHING_KNOWN } from '../../native-bridge/picture/desk.ts';
import { createFlush, SLICE_MS } from '../../native-bridge/picture/flush.ts';
import { createPicture } from '../../native-bridge/picture/picture.ts';
import { openIntake } from '../../native-bridge/stages.ts';
import { profileOf } from '../upstream/python.ts';
import { noJournal } from './no-journal.ts';

export interface Task {
  mode: 'whole' | 'bare' | 'naive';
  events: string;
  request: string;
  serverKey: string | null;
  journal: 'process' | 'power-loss' | 'none';
  total: number;
  devices: number;
}
const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const data = mkdtempSync(join(tmpdir(), 'fengsui-ingest-'));
const tell = (what: Record<string, unknown>): void => {
  rmSync(data, { recursive: true, force: true });
  process.stdout.write(`${JSON.stringify(what)}\n`, () => process.exit(0));
};
/** From the first message to the last, ms. */
let begun = 0;
const perSecond = (): number => Math.round((task.total / (performance.now() - begun)) * 1000);

/** A window that is connected, as the bridge sees it. */
async function openWindow(): Promise<WebSocket> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const joined = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  const workerData = typeof address === 'object' ? address?.port : 0;
  const thread = new Worker(new URL('window-worker.ts', import.meta.url), { workerData });
  await new Promise((resolve) => thread.once('message', resolve));
  return joined;
}

async function whole(): Promise<void> {
  const window = await openWindow();
  const journal: Journal =
    task.journal === 'none'
      ? noJournal()
      : await openJournal({
          dir: join(data, 'journal'),
          durability: task.journal,
          retentionDays: 30,
          maxBytes: 2 ** 36,
        });
  const limits = { floodBegins: 10, floodEnds: 5, chattering: 5, box: AGE_LIMITS.box, utcOffsetHours: 8 };
  const picture = createPicture({ site: NOTHING_KNOWN, limits });
  const flush = createFlush({
    log: picture.log,
    memory: picture.memory,
    put: (changes, mark) => journal.state.put(changes, mark),
    start: 0,
  });
  const now = Date.now();
  picture.observe([
    {
      source: 'fire-iot',
      stream: 'fire-iot.device',
      epoch: 'bench',
      seq: 0,
      manner: 'snapshot',
      heard: receiveTime(now),
      events: Array.from({ length: task.devices }, (_, i) => ({
        id: deviceId(`dev-${String(i).padStart(6, '0')}`),
        ts: eventTime(now - 1e6),
        kind: 'electricity' as const,
        name: `智慧用电 ${i}`,
        lon: 120.5 + (i % 300) / 1000,
        lat: 29.8 + (i % 400) / 1000,
        floor: (i % 30) + 1,
        state: 'ok',
      })),
    },
  ]);
  const serverKey = task.serverKey === null ? {} : { serverKey: task.serverKey };
  const profile = profileOf([
    {
      source: 'fire-iot',
      kind: 'zmq',
      events: task.events,
      request: task.request,
      crs: 'wgs84',
      insecure: false,
      ...serverKey,
    },
  ]);
  const intake = openIntake({ profile, data, journal, clock: systemClock, log: openLog('error') });
  let applied = 0;
  let deltas = 0;
  let clock = picture.log.clock();
  const packr = new Packr({ useRecords: false, variableMapSize: true });
  const slices = setInterval(() => flush.slice(), SLICE_MS);
  let drawn = true;
  window.on('message', () => {
    drawn = true;
  });
  const delta = setInterval(() => {
    if (!drawn) return;
    const changes = picture.log.since(clock);
    if (changes === null || changes.size === 0) return;
    clock = changes.clock;
    const bytes = packr.pack(changes);
    deltas += bytes.length;
    drawn = false;
    window.send(bytes);
  }, 50);
  intake.onObservations((observations, position) => {
    if (begun === 0) begun = performance.now();
    picture.observe(observations);
    flush.applied(position);
    for (const seen of observations) applied += seen.events.length;
    if (applied < task.total) return;
    const rate = perSecond();
    clearInterval(slices);
    clearInterval(delta);
    const [feed] = intake.feeds();
    const { bytes } = process.memoryUsage.rss() ? journal.stats() : { bytes: 0 };
    const rss = Math.round(process.memoryUsage.rss() / 1e6);
    void intake
      .close()
      .then(() => journal.close())
      .then(() =>
        tell({
          rate,
          journaled: feed?.journaled,
          received: feed?.received,
          healed: feed?.gapsHealed,
          deltas,
          bytes,
          rss,
        }),
      );
  });
  intake.start();
}

async function bare(take: (frames: Buffer[]) => void): Promise<void> {
  const keys = { curveServerKey: task.serverKey };
  const sub = new Subscriber({ linger: 0, receiveHighWaterMark: 100_000, ...(task.serverKey === null ? {} : keys) });
  sub.subscribe('fire-iot.');
  sub.connect(task.events);
  const dealer = new Dealer({ linger: 0 });
  dealer.connect(task.request);
  await dealer.send(['1', 'snapshot', '{}']);
  let events = 0;
  for await (const frames of sub) {
    if (frames.length < 3) continue;
    if (begun === 0) begun = performance.now();
    take(frames);
    events += (JSON.parse(frames[1]?.toString() ?? '{}') as { n: number }).n;
    if (events >= task.total) break;
  }
  tell({ rate: perSecond() });
}

async function naive(): Promise<void> {
  const db = new Database(join(data, 'naive.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec('CREATE TABLE event (id INTEGER PRIMARY KEY, topic TEXT, body TEXT)');
  const insert = db.prepare('INSERT INTO event (topic, body) VALUES (?, ?)');
  const window = await openWindow();
  const seen = new Map<string, unknown>();
  await bare((frames) => {
    const topic = frames[0]?.toString() ?? '';
    const read = JSON.parse(frames[2]?.toString() ?? '') as { deviceId: string } | { deviceId: string }[];
    for (const event of Array.isArray(read) ? read : [read]) {
      const text = JSON.stringify(event);
      insert.run(topic, text);
      seen.set(event.deviceId, event);
      window.send(text);
    }
  });
}

if (task.mode === 'whole') await whole();
else if (task.mode === 'naive') await naive();
else await bare(() => undefined);
