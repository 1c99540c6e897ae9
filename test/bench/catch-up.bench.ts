// `catch-up`: a bridge that knows nothing joins a platform with a long log while 1,000 events/s go on live: how fast the
// log is in the journal, against `ingest.batched` of the same run, and how late the live ones are at a viewer meanwhile:
// `live` over everything, the snapshot of 50,000 devices and their readings included: until it is there nobody knows what
// a reading belongs to; `replay` once the link says live; `back` over everything for a bridge that knew the devices and
// was away while the log grew. What was published before the window had its first picture is not counted.
// FENGSUI_BENCH_CATCH_UP sets how long the log is (default 1,000,000), FENGSUI_BENCH_RUNS how many runs (3).
import { spawn } from 'node:child_process';
import { once as first } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PlatformEndpoint } from '../../native-bridge/platform/platform.ts';
import { Bridge, writeProfile } from '../bridge/bridge.ts';
import { Viewer } from '../bridge/viewer.ts';
import { once } from './ingest.bench.ts';
import { result, type Result } from './result.ts';

export const name = 'catch-up';
const EVENTS = Number(process.env['FENGSUI_BENCH_CATCH_UP'] ?? 1_000_000);
const RUNS = Number(process.env['FENGSUI_BENCH_RUNS'] ?? 3);
const DEVICES = 50_000;
const LIVE = 1000;
/** limits.md: live p99 while catching up. */
const LIMIT_MS = 200;
const now = (): number => performance.timeOrigin + performance.now();

async function trial(back: boolean): Promise<{ rate: number; live: number; replay: number }> {
  const data = mkdtempSync(join(tmpdir(), 'fengsui-catch-'));
  const platform = spawn(
    process.execPath,
    [join(import.meta.dirname, 'catch-up-platform.ts'), String(EVENTS), String(LIVE), String(DEVICES)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let bridge: Bridge | null = null;
  try {
    const lines = createInterface({ input: platform.stdout });
    const [line] = (await first(lines, 'line')) as [string];
    const profile = writeProfile(data, { 'fire-iot': JSON.parse(line) as PlatformEndpoint });
    if (back) {
      bridge = await Bridge.start(profile, data);
      for (let known = 0; known < DEVICES; known = (await bridge.health()).picture.devices)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await bridge.stop();
    }
    const made = first(lines, 'line');
    platform.stdin.write('log\n');
    await made;
    platform.stdin.write('live\n');
    bridge = await Bridge.start(profile, data);
    const began = now();
    const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
    const opened = now();
    const delays: { at: number; late: number }[] = [];
    let stood = 0;
    // A device that is told again, by the snapshot say, brings the reading it had once more: that one is not news.
    const newest = new Map<string, number>();
    viewer.onPut = (collection, record) => {
      if (collection === 'feed' && 'link' in record && record.link === 'live' && stood === 0) stood = now();
      if (collection !== 'device' || !('values' in record)) return;
      const at = record.values?.['at'];
      if (typeof at !== 'number' || at <= (newest.get(record.id) ?? opened)) return;
      newest.set(record.id, at);
      delays.push({ at, late: now() - at });
    };
    let took = 0;
    while (took === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const feed = (await bridge.health()).feeds.find(({ source }) => source === 'fire-iot');
      if (feed && feed.journaled >= EVENTS && feed.journaled >= feed.lastSeq - LIVE / 10) took = now() - began;
      if (now() - began > 300_000) throw new Error(`not caught up: ${JSON.stringify(feed)}`);
    }
    if (viewer.holes.length > 0) throw new Error(`a hole in the deltas: ${viewer.holes[0] ?? ''}`);
    await viewer.close();
    const p99 = (from: number): number => {
      const lates = delays.filter(({ at }) => at > from).map(({ late }) => late);
      const value = lates.sort((a, b) => a - b)[Math.floor(lates.length * 0.99)];
      if (value === undefined) throw new Error('no live event was seen');
      return value;
    };
    const [live, replay] = [p99(0), p99(stood)];
    if (process.env['FENGSUI_BENCH_TELL'])
      console.error(JSON.stringify({ took, stood: stood - began, events: delays.length, live, replay }));
    return { rate: (EVENTS / took) * 1000, live, replay };
  } finally {
    await bridge?.stop('SIGKILL');
    platform.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
}

export async function run(): Promise<Result[]> {
  const rates: number[] = [];
  const lives: number[] = [];
  const replays: number[] = [];
  const backs: number[] = [];
  const batched: number[] = [];
  for (let round = 0; round < RUNS; round += 1) {
    const { rate, live, replay } = await trial(false);
    rates.push(rate);
    lives.push(live);
    replays.push(replay);
    backs.push((await trial(true)).live);
    batched.push(await once({ mode: 'whole', batch: 64, total: EVENTS }));
  }
  return [
    result({
      ...{ name: 'catch-up', unit: 'events/s', better: 'more', runs: rates },
      ...{ against: 'ingest.batched, as many events', againstRuns: batched },
    }),
    result({
      ...{ name: 'catch-up.live.p99', unit: 'ms', better: 'less', runs: lives },
      ...{ against: 'limit', againstRuns: [LIMIT_MS] },
    }),
    result({
      ...{ name: 'catch-up.back.p99', unit: 'ms', better: 'less', runs: backs },
      ...{ against: 'limit', againstRuns: [LIMIT_MS] },
    }),
    result({
      ...{ name: 'catch-up.replay.p99', unit: 'ms', better: 'less', runs: replays },
      ...{ against: 'limit', againstRuns: [LIMIT_MS] },
    }),
  ];
}
