import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmId, deviceId, eventTime, receiveTime } from '../../../native-bridge/contract/brand.ts';
import type { AlarmRecord } from '../../../native-bridge/contract/records.ts';
import { groupAlarms } from './alarms.ts';

const alarm = (id: string, level: 1 | 2 | 3 | 4, state: AlarmRecord['state'] = 'unacknowledged'): AlarmRecord => ({
  id: alarmId(id),
  deviceId: deviceId('d'),
  deviceName: '',
  deviceKind: 'smoke',
  type: 'fire',
  level,
  state,
  active: true,
  repeats: 0,
  contactLost: false,
  lon: 0,
  lat: 0,
  source: 'fire-iot',
  at: eventTime(0),
  heard: receiveTime(0),
});
const level = fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<1 | 2 | 3 | 4>;

test('S2: grouping hides no open alarm: the counts add up, and each group shows its worst', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }), level }), {
        maxLength: 80,
      }),
      (points) => {
        const spots = points.map(({ x, y, level: worst }, i) => ({
          alarm: alarm(`a${i}`, worst),
          x,
          y,
          footX: x,
          footY: y,
        }));
        const groups = groupAlarms(spots, 30);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
        for (const spot of spots) {
          const mine = groups.filter((group) => Math.hypot(group.x - spot.x, group.y - spot.y) < 30);
          expect(mine.some((group) => group.worst.level <= spot.alarm.level)).toBe(true);
        }
      },
    ),
  );
});
test('S2: a group flashes while one of its alarms is unacknowledged', () => {
  const [group] = groupAlarms(
    [
      { alarm: alarm('a', 1, 'acknowledged'), x: 0, y: 0, footX: 0, footY: 0 },
      { alarm: alarm('b', 3), x: 5, y: 0, footX: 5, footY: 0 },
    ],
    30,
  );
  expect(group).toMatchObject({ count: 2, unacknowledged: true });
  expect(group?.worst.level).toBe(1);
});

test('S2: grouping is the same as by looking at every group in turn, off the screen too', () => {
  const point = fc.record({
    x: fc.integer({ min: -200, max: 400 }),
    y: fc.integer({ min: -200, max: 400 }),
    level,
  });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 120 }), (points) => {
      const spots = points.map(({ x, y, level: worst }, i) => ({
        ...{ alarm: alarm(`a${i}`, worst), x, y, footX: x, footY: y },
      }));
      const slow: { x: number; y: number; count: number }[] = [];
      for (const { x, y } of [...spots].sort((a, b) => a.alarm.level - b.alarm.level)) {
        const near = slow.find((group) => Math.hypot(group.x - x, group.y - y) < 30);
        if (near) near.count += 1;
        else slow.push({ x, y, count: 1 });
      }
      expect(groupAlarms(spots, 30).map(({ x, y, count }) => ({ x, y, count }))).toEqual(slow);
    }),
  );
});
