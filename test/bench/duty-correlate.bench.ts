// `duty.correlate`: alarms into happenings. 50,000 alarms of a district in a flood, told one by one to the real picture with
// the rules of the demonstration; the whole must take at most 2 s, the slowest alarm at most 5 ms (limits.md).
import { join } from 'node:path';
import { loadProfile } from '../../native-bridge/config.ts';
import {
  alarmId,
  buildingId,
  deviceId,
  elevatorId,
  eventTime,
  receiveTime,
} from '../../native-bridge/contract/brand.ts';
import type { Observation } from '../../native-bridge/contract/observation.ts';
import { ALARM_TYPES, type AlarmEvent, type DeviceEvent } from '../../native-bridge/contract/wire.ts';
import { createPicture } from '../../native-bridge/picture/picture.ts';
import { result, type Result } from './result.ts';

export const name = 'duty.correlate';
const ALARMS = 50_000;
const BUILDINGS = 2000;
const DEVICES = 20_000;
const RUNS = 5;
const LIMIT_MS = 2000;
const WORST_MS = 5;
const T0 = 1_764_000_000_000;
const KINDS = ['smoke', 'electricity', 'water-tank', 'control-room', 'fire-panel'] as const;

const profile = loadProfile(join(import.meta.dirname, '../../resources/sites/demo/site.yaml'));

/** A third of the devices stand in no building: they are joined by nearness, the dearest way. */
const device = (i: number): DeviceEvent => ({
  id: deviceId(`d-${i}`),
  kind: KINDS[i % KINDS.length] ?? 'smoke',
  name: `设备 ${i}`,
  lon: 120.6 + (i % 200) * 0.002,
  lat: 29.9 + Math.floor(i / 200) * 0.002,
  state: 'ok',
  ...(i % 3 === 0 ? {} : { buildingId: buildingId(`b-${i % BUILDINGS}`), floor: (i % 30) + 1 }),
});
const alarm = (i: number): AlarmEvent => ({
  id: alarmId(`a-${i}`),
  deviceId: deviceId(`d-${(i * 7919) % DEVICES}`),
  ts: eventTime(T0 + i * 2),
  type: ALARM_TYPES[(i * 31) % ALARM_TYPES.length] ?? 'fault',
  level: ((i % 4) + 1) as 1 | 2 | 3 | 4,
  state: 'raised',
});
const seen = (stream: 'fire-iot.device' | 'fire-iot.alarm', events: unknown[], at: number, seq: number): Observation =>
  ({ source: 'fire-iot', stream, epoch: 'bench', seq, manner: 'live', heard: receiveTime(at), events }) as Observation;

/**
 * Of each alarm the fastest of all runs: its own work, without the collector's pauses and what else ran on the machine.
 * It says where our own code is slow; what an officer would wait is `worst`.
 */
const best = new Float64Array(ALARMS).fill(Infinity);

const once = (): { whole: number; worst: number } => {
  const picture = createPicture({
    site: { cameras: [], elevators: new Map([[elevatorId('e'), buildingId('b-1')]]) },
    limits: { floodBegins: 10, floodEnds: 5, chattering: 5, box: profile.thresholds.staleness.box, utcOffsetHours: 8 },
    rules: { ...profile.alarms, delays: [], suppress: [] },
    onTrouble: (_stream, error) => {
      throw error;
    },
  });
  picture.observe([
    seen(
      'fire-iot.device',
      Array.from({ length: DEVICES }, (_, i) => device(i)),
      T0,
      1,
    ),
  ]);
  const told = Array.from({ length: ALARMS }, (_, i) => seen('fire-iot.alarm', [alarm(i)], T0 + i * 2, i + 2));
  let worst = 0;
  const began = performance.now();
  told.forEach((one, i) => {
    const before = performance.now();
    picture.observe([one]);
    const took = performance.now() - before;
    worst = Math.max(worst, took);
    best[i] = Math.min(best[i] ?? Infinity, took);
  });
  const whole = performance.now() - began;
  const strip = picture.log.get('strip', 'strip');
  if (strip?.received !== ALARMS) throw new Error(`received ${strip?.received ?? 0} of ${ALARMS}`);
  if (picture.log.count('cluster') < 100) throw new Error('nothing was joined');
  return { whole, worst };
};

export const run = (): Promise<Result[]> => {
  once();
  const runs = Array.from({ length: RUNS }, once);
  const shared = { unit: 'ms', better: 'less', against: 'limit' } as const;
  return Promise.resolve([
    result({ name, ...shared, runs: runs.map(({ whole }) => whole), againstRuns: [LIMIT_MS] }),
    result({ name: `${name}.worst`, ...shared, runs: runs.map(({ worst }) => worst), againstRuns: [WORST_MS] }),
    result({ name: `${name}.work`, ...shared, runs: [Math.max(...best)], againstRuns: [WORST_MS] }),
  ]);
};
