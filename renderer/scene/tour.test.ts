import { expect, test } from 'vitest';
import { alarmId, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import { holdingAlarm, stopsOf, type Round } from './tour.ts';

const home = { x: 0, y: 0, h: 0, heading: 345, pitch: -26, range: 4900 };
const round = (part: Partial<Round>): Round => ({ home, incidents: [], houses: [], kept: [], towns: [], ...part });

test('S14: what is wrong comes first, kept views after it, and a round ends at the whole district', () => {
  const kept = { ...home, x: 7, range: 900 };
  const stops = stopsOf(
    round({
      incidents: [
        { x: 1, y: 0, level: 4, at: eventTime(9) },
        { x: 2, y: 0, level: 1, at: eventTime(5) },
      ],
      houses: [3, 4, 5, 6].map((x, i) => ({ x, y: 0, bikes: i, height: 60 })),
      kept: [kept],
      towns: [{ x: 99, y: 0 }],
    }),
  );
  expect(stops.map(({ x }) => x)).toEqual([2, 1, 6, 5, 4, 7, 0]);
  expect(stops.at(-1)).toEqual(home);
  expect(new Set(stops.map(({ heading }) => heading))).toEqual(new Set([345]));
});
test('S14: towns are visited only when there is too little else', () => {
  expect(stopsOf(round({ towns: [{ x: 1, y: 2 }] })).map(({ x }) => x)).toEqual([1, 0]);
});
test('S14: a grave unacknowledged alarm holds the tour, the worst first; nothing else does', () => {
  const alarm = (id: string, level: 1 | 2 | 3 | 4, part: Partial<AlarmRecord> = {}): AlarmRecord => ({
    ...{ id: alarmId(id), deviceId: deviceId('d'), deviceName: 'd', deviceKind: null, type: 'fire', level },
    ...{ state: 'unacknowledged', active: true, lon: 120, lat: 30, repeats: 0, contactLost: false },
    ...{ source: 'fire-iot', at: eventTime(1), heard: receiveTime(1) },
    ...part,
  });
  expect(holdingAlarm([alarm('a', 3), alarm('b', 1, { state: 'acknowledged' }), alarm('c', 1, { test: true })])).toBe(
    null,
  );
  expect(holdingAlarm([alarm('a', 2), alarm('b', 1), alarm('c', 4)])?.id).toBe('b');
});
