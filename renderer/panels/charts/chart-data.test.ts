import { expect, test } from 'vitest';
import { eventTime, receiveTime } from '../../../native-bridge/contract/brand.ts';
import type { FeedRecord, RiskRecord, TallyRecord } from '../../../native-bridge/contract/records.ts';
import { ALARM_TYPES } from '../../../native-bridge/contract/wire.ts';
import { alarmsPerHour, GROUPS, rateNow, riskByField } from './chart-data.ts';

const H = 3_600_000;
const NOW = 500_000 * H + 1234;
const tally = (hoursAgo: number, type: TallyRecord['type'], count: number): TallyRecord => ({
  id: `${hoursAgo}/${type}`,
  hour: (500_000 - hoursAgo) * H,
  type,
  count,
});
const feed = (id: string, rate: number, link: FeedRecord['link'] = 'live'): FeedRecord => ({
  id,
  link,
  rate,
  lastHeard: receiveTime(NOW),
  epoch: 'e',
  lastSeq: 1,
  received: 1,
  journaled: 1,
  duplicates: 0,
  gapsHealed: 0,
  quarantined: 0,
  lagMs: 5,
  skewMs: 0,
  encrypted: true,
});
const risk = (zoneId: string, field: string, score: number): RiskRecord => ({
  id: `${zoneId}/${field}`,
  zoneId,
  field,
  score,
  colour: 'blue',
  source: 'situation',
  at: eventTime(NOW),
  heard: receiveTime(NOW),
});

test('C1: an hour without alarms is a zero, an hour before the first tally is absent', () => {
  const bars = alarmsPerHour(
    [tally(3, 'fire', 2), tally(3, 'smoke-seen', 1), tally(1, 'cut-off', 4), tally(30, 'fire', 99)],
    NOW,
    12,
  );
  expect(bars.map((bar) => [bar.hour / H - 500_000, bar.fire, bar.electrical])).toEqual([
    [-3, 3, 0],
    [-2, 0, 0],
    [-1, 0, 4],
    [0, 0, 0],
  ]);
});
test('C1: every type of the wire falls into a group, so the stack is the whole', () => {
  const [bar] = alarmsPerHour(
    ALARM_TYPES.map((type) => tally(0, type, 1)),
    NOW,
    12,
  );
  expect(GROUPS.reduce((n, group) => n + (bar?.[group] ?? 0), 0)).toBe(ALARM_TYPES.length);
});
test('C2: a second in which a source was lost is a gap', () => {
  expect(rateNow([feed('a', 3), feed('b', 4)], true, NOW).rate).toBe(7);
  expect(rateNow([feed('a', 3), feed('b', 4, 'lost')], true, NOW).rate).toBe(null);
  expect(rateNow([feed('a', 3)], false, NOW).rate).toBe(null);
  expect(rateNow([], true, NOW).rate).toBe(null);
});
test('C3: the district’s index where there is one, else the worst zone; a field nobody reports stays open', () => {
  const bars = riskByField([
    risk('z1', '危化', 90),
    risk('district', 'chemical', 40),
    risk('z1', '消防', 10),
    risk('z2', 'fire', 70),
  ]);
  expect(bars.map((bar) => bar.risk?.score ?? null)).toEqual([40, null, 70, null, null, null, null]);
});
