import { expect, test } from 'vitest';
import { deviceId, eventTime, incidentId, receiveTime } from '../../../native-bridge/contract/brand.ts';
import type { PerformanceRecord } from '../../../native-bridge/contract/duty-records.ts';
import type { IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { stepsOf } from './incident-data.ts';
import { figuresOf } from './performance-data.ts';

const MIN = 60_000;
const T0 = 1_764_000_000_000;
const incident = (reached: Record<string, number>, status: IncidentRecord['status']): IncidentRecord => ({
  ...{ id: incidentId('i'), kind: 'fire', level: 3, title: 't', address: 'a', status, lon: 0, lat: 0 },
  ...{ source: 'linkage-110', at: eventTime(T0), heard: receiveTime(T0), alarmIds: [], unitIds: [] },
  reached: reached as IncidentRecord['reached'],
});

test('P9: a step within its limit counts down, one beyond it counts up, one that is done says how it went', () => {
  const times = { acceptMin: 1, arriveMin: 15 };
  const steps = stepsOf(incident({ reported: T0, accepted: T0 + 90_000 }, 'accepted'), times, T0 + 5 * MIN);
  const of = (status: string) => steps.find((step) => step.status === status);
  expect(of('accepted')).toMatchObject({ reached: true, current: true, over: 30_000 });
  expect(of('arrived')).toMatchObject({ reached: false, over: -10 * MIN });
  expect(of('dispatched')?.limit).toBeUndefined();
});
test('P9: a step passed over without a time is reached and has no time to judge', () => {
  const [, accepted] = stepsOf(
    incident({ reported: T0, arrived: T0 + MIN }, 'arrived'),
    { acceptMin: 1 },
    T0 + 9 * MIN,
  );
  expect(accepted).toMatchObject({ reached: true });
  expect(accepted?.over).toBeUndefined();
});

const targets = { alarmsPerHour: 6, alarmsPerHourMax: 12, floodBegins: 10, floodEnds: 5 };
const day = (...counts: number[]): PerformanceRecord => ({
  ...{ id: 'performance', fleeting: 0, chattering: 0, stale: 0 },
  buckets: counts.map((n, i) => ({ at: T0 + i * 10 * MIN, levels: [0, n, 0, n] as [number, number, number, number] })),
  top: [
    { deviceId: deviceId('a'), deviceName: 'a', type: 'fault', count: 9, chattering: true, stale: false },
    { deviceId: deviceId('b'), deviceName: 'b', type: 'offline', count: 1, chattering: false, stale: true },
    { deviceId: deviceId('c'), deviceName: 'c', type: 'offline', count: 1, chattering: false, stale: false },
  ],
});
test('P9: rate, peak, flood and mix are those of the observed time', () => {
  // 2, 12 (flood begins above 10), 6 (still), 4 (over, below 5), 0, 0: two of six.
  const figures = figuresOf(day(1, 6, 3, 2, 0, 0), targets, T0 + 60 * MIN - 1);
  expect(figures).toMatchObject({ total: 24, peak: 12, peakAt: T0 + 10 * MIN, mix: [0, 0.5, 0, 0.5] });
  expect(figures.perHour).toBe(24);
  expect(figures.flood).toBeCloseTo(1 / 3, 2);
  expect(figures.series.map(({ count, flood }) => [count, flood])).toEqual(
    [2, 12, 6, 4, 0, 0].map((count, i) => [count, i === 1 || i === 2]),
  );
  expect(figures.top.map(({ advice }) => advice)).toEqual(['delay', 'repair', 'none']);
});
test('P9: without an alarm every figure is zero, none is a division by nothing', () => {
  expect(figuresOf(day(), targets, T0)).toMatchObject({ total: 0, perHour: 0, peak: 0, flood: 0, mix: [0, 0, 0, 0] });
});
