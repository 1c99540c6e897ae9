// `past`: keeping what the wall shows, and going back to it, with 50,000 devices, 500 vehicles and 300 readings a second for
// an hour of the picture's time: bytes a day against the share of the disk they may have, the bridge's thread a step, and
// opening a moment, going 10 s on and 10 s back. FENGSUI_BENCH_PAST_STEPS sets another number of steps (seconds).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { manualClock } from '../../native-bridge/base/clock.ts';
import { silentLog } from '../../native-bridge/base/log.ts';
import { deviceId, eventTime, receiveTime, unitId } from '../../native-bridge/contract/brand.ts';
import { PROFILE_DEFAULTS } from '../../native-bridge/contract/site.ts';
import { createMoment } from '../../native-bridge/past/moment.ts';
import { Reading } from '../../native-bridge/past/reading.ts';
import { createRecorder } from '../../native-bridge/past/recorder.ts';
import { PAST_FILE } from '../../native-bridge/past/schema.ts';
import { createChangeLog } from '../../native-bridge/picture/change-log.ts';
import { result, type Result } from './result.ts';

export const name = 'past';
const DEVICES = 50_000;
const VEHICLES = 500;
const READINGS = 300;
const STEPS = Number(process.env['FENGSUI_BENCH_PAST_STEPS'] ?? 3600);
const T0 = 1_790_000_000_000;
const DAY_MS = 24 * 3600_000;
/** One step may cost the thread that hears the platforms no more than a slice of its other work, ms. */
const STEP_MS = 8;
/** As the start of the console: a whole picture in a second. And a key answers within a tenth. ms */
const OPEN_MS = 1000;
const MOVE_MS = 100;

export async function run(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-bench-past-'));
  const file = join(dir, PAST_FILE);
  const clock = manualClock(T0);
  const log = createChangeLog();
  const random = (below: number): number => Math.floor(Math.random() * below);
  for (let i = 0; i < DEVICES; i++)
    log.put('device', {
      ...{
        id: deviceId(`330604-sm-${String(i).padStart(6, '0')}`),
        kind: 'smoke',
        name: `${i % 900}幢${i % 30}层烟感`,
      },
      ...{ lon: 120.7 + (i % 997) / 3000, lat: 29.8 + (i % 991) / 3000, state: 'ok', worst: 0, source: 'fire-iot' },
      ...{ buildingId: `b-${i % 20_000}` as never, floor: i % 30, values: { obscuration: 0.1, battery: 98 } },
      ...{ at: eventTime(T0), heard: receiveTime(T0) },
    });
  /** As they come on the wire: a tenth of a metre. */
  const degrees = (exact: number): number => Math.round(exact * 1e6) / 1e6;
  const step = (): void => {
    const now = clock.now();
    for (let i = 0; i < READINGS; i++) {
      const place = log.find('device', `330604-sm-${String(random(DEVICES)).padStart(6, '0')}`);
      if (!place?.record) continue;
      place.record.values = { obscuration: random(40) / 10, battery: 60 + random(40) };
      place.record.at = eventTime(now - random(900));
      place.record.heard = now;
      log.touch(place);
    }
    for (let i = 0; i < VEHICLES; i++)
      log.put('unit', {
        ...{ id: unitId(`u-${i}`), kind: 'engine', status: 'available', source: 'fire-iot' },
        ...{
          lon: degrees(120.8 + Math.sin(now / 60_000 + i) / 50),
          lat: degrees(30 + Math.cos(now / 60_000 + i) / 50),
        },
        ...{ heading: Math.round(now / 100 + i) % 360, speed: 9, at: eventTime(now), heard: now },
      } as never);
  };
  try {
    const recorder = createRecorder({ file, maxAgeMs: 1e12, maxBytes: 2 ** 40, picture: log, clock, log: silentLog });
    const reading = new Reading(file);
    const until = (): number => reading.chapters().at(-1)?.until ?? 0;
    const costs: number[] = [];
    const once = async (): Promise<void> => {
      const before = performance.eventLoopUtilization();
      recorder.step();
      do await new Promise((go) => setTimeout(go, 1));
      while (until() < clock.now());
      costs.push(performance.eventLoopUtilization(before).active);
    };
    await once();
    const first = reading.chapters().reduce((sum, { id }) => sum + id, 0);
    for (let i = 0; i < STEPS; i++) {
      clock.advance(1000);
      step();
      await once();
    }
    await recorder.close();
    const bytes = reading.bytes();
    const [moments, moves, backs] = [[] as number[], [] as number[], [] as number[]];
    for (let i = 0; i < 9; i++) {
      const fresh = new Reading(file);
      const moment = createMoment(fresh);
      const at = T0 + 10_000 + random((STEPS - 30) * 1000);
      const timed = (to: number): number => {
        const began = performance.now();
        moment.go(to);
        return performance.now() - began;
      };
      moments.push(timed(at));
      moves.push(timed(at + 10_000));
      backs.push(timed(at));
      fresh.close();
    }
    reading.close();
    const perDay = (bytes / (STEPS * 1000)) * DAY_MS;
    const { maxBytes, pastDays } = PROFILE_DEFAULTS.journal;
    const share = maxBytes / 4 / pastDays;
    const one = (case_: string, unit: string, runs: number[], against: string, limit: number): Result =>
      result({ name: `past.${case_}`, unit, runs, against, againstRuns: [limit], better: 'less' });
    if (first !== 1) throw new Error('the first chapter is not the first');
    return [
      one('bytes', 'MB/day', [perDay / 1e6], `a quarter of the journal's disk over ${pastDays} days`, share / 1e6),
      one('step', 'ms', costs.slice(1), 'a slice of other work', STEP_MS),
      one('open', 'ms', moments, 'a second', OPEN_MS),
      one('on', 'ms', moves, '10 s on within a tenth', MOVE_MS),
      one('back', 'ms', backs, '10 s back within a tenth', MOVE_MS),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
