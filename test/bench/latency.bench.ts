// From publishing to a change at a viewer, over real sockets: the viewer here, platform and bridge in processes of their own.
// Readings are coalesced at 20 Hz; alarms go ahead of them. Each reading and alarm carries the time it was published.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PlatformEndpoint } from '../../native-bridge/platform/platform.ts';
import { Bridge, writeProfile } from '../bridge/bridge.ts';
import { Viewer } from '../bridge/viewer.ts';
import { median, type Result } from './result.ts';

export const name = 'latency';

const DEVICES = 50_000;
const RUNS = 3;
const WARM_MS = 1500;
const RUN_MS = 6000;
/** limits.md: events/s and the p99 allowed, ms; what bypasses coalescing. */
const RATES = [
  [1000, 70],
  [5000, 70],
  [20_000, 100],
] as const;
const SWIFT_LIMIT_MS = 15;
type Play = (rate: number, ms: number, run: string) => Promise<void>;

const now = (): number => performance.timeOrigin + performance.now();
const quantile = (sorted: readonly number[], q: number): number => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
};

interface Delays {
  reading: number[];
  alarm: number[];
}
const measure = async (play: Play, viewer: Viewer, rate: number, run: string): Promise<Delays> => {
  const delays: Delays = { reading: [], alarm: [] };
  const heard = new Set<string>();
  await play(rate, WARM_MS, `${run}-warm`);
  viewer.onPut = (collection, record) => {
    if (!('values' in record) || typeof record.values?.['at'] !== 'number') return;
    const delay = now() - record.values['at'];
    if (collection === 'device') delays.reading.push(delay);
    // The delta brings every swift record a second time.
    if (collection === 'alarm' && record.id.startsWith(`a-${run}-`) && !heard.has(record.id)) {
      heard.add(record.id);
      delays.alarm.push(delay);
    }
  };
  await play(rate, RUN_MS, run);
  await new Promise((go) => setTimeout(go, 300));
  viewer.onPut = () => undefined;
  if (viewer.holes.length > 0) throw new Error(`a hole in the deltas: ${viewer.holes[0] ?? ''}`);
  delays.reading.sort((a, b) => a - b);
  delays.alarm.sort((a, b) => a - b);
  return delays;
};

const against = (limit: number, of: string): string => `limit ${limit} ms, ${of}`;

export const run = async (): Promise<Result[]> => {
  const data = mkdtempSync(join(tmpdir(), 'fengsui-latency-'));
  const platform = spawn(process.execPath, [join(import.meta.dirname, 'latency-platform.ts'), String(DEVICES)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: platform.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const play: Play = async (rate, ms, run) => {
    const played = once(lines, 'line');
    platform.stdin.write(`${rate} ${ms} ${run}\n`);
    await played;
  };
  const profile = writeProfile(data, { 'fire-iot': JSON.parse(line) as PlatformEndpoint });
  let bridge: Bridge | null = null;
  try {
    bridge = await Bridge.start(profile, data);
    const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
    await viewer.until(
      () => viewer.all('device').length === DEVICES && viewer.get('feed', 'fire-iot')?.link === 'live',
      60_000,
    );
    const results: Result[] = [];
    for (const [rate, most] of RATES) {
      const runs: Delays[] = [];
      for (let i = 0; i < RUNS; i += 1) runs.push(await measure(play, viewer, rate, `${rate}-${i}`));
      const tell = (what: string, limit: number, figures: number[], word: string): void => {
        const value = median(figures);
        results.push({
          name: `latency.${rate}.${what}`,
          value,
          unit: 'ms',
          against: against(limit, word),
          againstValue: limit,
          ratio: limit / value,
          runs: figures,
        });
      };
      const of = (lane: keyof Delays, q: number): number[] => runs.map((delays) => quantile(delays[lane], q));
      tell('p50', most, of('reading', 0.5), 'p99 of readings');
      tell('p99', most, of('reading', 0.99), 'p99 of readings');
      tell('alarm.p50', SWIFT_LIMIT_MS, of('alarm', 0.5), 'p99 of alarms');
      tell('alarm.p99', SWIFT_LIMIT_MS, of('alarm', 0.99), 'p99 of alarms');
    }
    await viewer.close();
    return results;
  } finally {
    await bridge?.stop('SIGKILL');
    platform.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
};
