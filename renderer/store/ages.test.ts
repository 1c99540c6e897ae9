import { expect, test } from 'vitest';
import { eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { SiteCard } from '../../native-bridge/contract/port.ts';
import type { FeedRecord, Heard } from '../../native-bridge/contract/records.ts';
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';
import { ageOfRecord, countOf, heardUntil, limitsOf } from './ages.ts';

const NOW = 1_800_000_000_000;
const MIN = 60_000;
const feed = (link: FeedRecord['link'], lastHeard: number): FeedRecord => ({
  id: 'fire-iot',
  link,
  lastHeard: receiveTime(lastHeard),
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
  rate: 1,
});
const heard = (ago: number): Heard => ({ source: 'fire-iot', at: eventTime(NOW - ago), heard: receiveTime(NOW - ago) });
const limits = AGE_LIMITS.vehicle;

test('H2: a record that is young by its kind is stale once its source is lost', () => {
  expect(ageOfRecord(heard(1000), AGE_LIMITS.smoke, feed('live', NOW), true, NOW)).toBe('fresh');
  expect(ageOfRecord(heard(1000), AGE_LIMITS.smoke, feed('lost', NOW - 14 * MIN), true, NOW)).toBe('stale');
});
test('H2: without the bridge every source is as old as its last word', () => {
  expect(heardUntil(feed('live', NOW - 5000), false, NOW)).toBe(NOW - 5000);
  expect(ageOfRecord(heard(1000), AGE_LIMITS.smoke, feed('live', NOW - MIN), false, NOW)).toBe('stale');
  expect(ageOfRecord(heard(1000), AGE_LIMITS.smoke, undefined, true, NOW)).toBe('stale');
});
test('its own kind makes a record late and stale while the source is live', () => {
  expect(ageOfRecord(heard(20_000), limits, feed('live', NOW), true, NOW)).toBe('late');
  expect(ageOfRecord(heard(121_000), limits, feed('live', NOW), true, NOW)).toBe('stale');
});
test('H1, H3: of 24, 18 known available, 6 unheard; the silent ones never count, whatever they said last', () => {
  const units = [
    ...Array.from({ length: 18 }, () => heard(1000)),
    ...Array.from({ length: 6 }, (_, i) => heard((9 + i) * MIN)),
  ];
  const count = countOf(units, {
    is: () => true,
    spoke: () => true,
    age: (unit) => ageOfRecord(unit, limits, feed('live', NOW), true, NOW),
    heard: (unit) => unit.at,
    now: NOW,
  });
  expect(count).toEqual({ known: 18, total: 24, unheard: 6, silentFor: 14 * MIN });
});
test('H1: what never spoke is unheard, for no known time', () => {
  const count = countOf([heard(0)], {
    is: () => true,
    spoke: () => false,
    age: () => 'fresh',
    heard: (unit) => unit.at,
    now: NOW,
  });
  expect(count).toEqual({ known: 0, total: 1, unheard: 1, silentFor: null });
});
test('a profile’s limits go before the house’s', () => {
  const site = { thresholds: { staleness: { vehicle: { stale: 5000 } } } } as Partial<SiteCard> as SiteCard;
  expect(limitsOf(site, 'vehicle')).toEqual({ ...AGE_LIMITS.vehicle, stale: 5000 });
  expect(limitsOf(site, 'cab')).toEqual(AGE_LIMITS.cab);
  expect(limitsOf(null, 'cab')).toEqual(AGE_LIMITS.cab);
});
