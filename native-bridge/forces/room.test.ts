/**
 * The room with its real thread, on the demonstration site.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { eventTime, incidentId, receiveTime, unitId } from '../contract/brand.ts';
import type { ClosureRecord } from '../contract/forces-records.ts';
import type { FeedRecord, IncidentRecord, UnitRecord } from '../contract/records.ts';
import type { VehiclesFile } from '../contract/site-files.ts';
import { AGE_LIMITS } from '../contract/staleness.ts';
import { openForces, type ForcesRoom, type Planned } from './room.ts';

const DEMO = fileURLToPath(new URL('../../resources/sites/demo', import.meta.url));
const { vehicles } = JSON.parse(readFileSync(`${DEMO}/vehicles.json`, 'utf8')) as VehiclesFile;

const FEED: FeedRecord = {
  ...{ id: 'fire-iot', link: 'live', epoch: 'e', lastSeq: 1, received: 1, journaled: 1, duplicates: 0, gapsHealed: 0 },
  ...{ quarantined: 0, lagMs: 0, skewMs: 0, encrypted: true, rate: 1, lastHeard: receiveTime(Date.now()) },
};
const unitOf = (id: string, lon: number, lat: number, more: Partial<UnitRecord> = {}): UnitRecord => ({
  ...{ id: unitId(id), lon, lat, heading: 0, speed: 0, status: 'standby', source: 'fire-iot' },
  ...{ at: eventTime(Date.now()), heard: receiveTime(Date.now()) },
  ...more,
});
const fire = (): IncidentRecord => ({
  ...{ id: incidentId('i-1'), kind: 'fire', level: 4, title: 'fire', address: '', lon: 120.9672, lat: 29.9372 },
  ...{ status: 'accepted', reached: { reported: eventTime(Date.now()) }, alarmIds: [], unitIds: [] },
  ...{ source: 'linkage-110', at: eventTime(Date.now()), heard: receiveTime(Date.now()) },
});

let rooms: ForcesRoom[] = [];
afterEach(async () => {
  await Promise.all(rooms.map((room) => room.close()));
  rooms = [];
});
const stage = (folder = DEMO) => {
  const units = new Map(vehicles.map(({ id, lon, lat }) => [id, unitOf(id, lon, lat)]));
  const incidents = new Map<string, IncidentRecord>();
  const closures = new Map<string, ClosureRecord>();
  const told: { [C in keyof Planned]: Map<string, Planned[C]> } = {
    cover: new Map(),
    advice: new Map(),
    way: new Map(),
    moveup: new Map(),
  };
  const puts: string[] = [];
  let feed = FEED;
  const room = openForces({
    picture: {
      units: () => units.values(),
      incidents: () => incidents.values(),
      closures: () => closures.values(),
      feed: (source) => (source === feed.id ? feed : undefined),
      put: (collection, record) => {
        told[collection].set(record.id, record);
        puts.push(`${collection}/${record.id}`);
      },
      remove: (collection, id) => void told[collection].delete(id),
    },
    ...{
      folder,
      circleS: 900,
      limits: AGE_LIMITS.vehicle,
      clock: systemClock,
      log: silentLog,
      changed: () => undefined,
    },
  });
  rooms.push(room);
  const until = async (good: () => boolean, ms = 15_000): Promise<number> => {
    const began = Date.now();
    while (!good()) {
      if (Date.now() - began > ms) throw new Error(`not within ${ms} ms: ${String(good)}`);
      await new Promise((go) => setTimeout(go, 5));
    }
    return Date.now() - began;
  };
  return { room, units, incidents, closures, told, puts, until, setFeed: (next: FeedRecord) => void (feed = next) };
};

test('W6: who is sent leaves the circle, the advice and the map within a second', async () => {
  const { room, units, incidents, told, until } = stage();
  incidents.set('i-1', fire());
  await until(() => told.advice.has('i-1'));
  const before = told.cover.get('now');
  const chosen = told.advice.get('i-1')?.units.filter((one) => one.chosen) ?? [];
  expect(before).toMatchObject({ free: 30, bound: 0, unheard: [], per: 'addresses' });
  expect(chosen.map(({ type }) => type).sort()).toEqual(['pumper', 'pumper', 'rescue', 'water-tender']);
  for (const { unitId: id } of chosen) {
    const unit = units.get(id);
    if (unit) units.set(id, { ...unit, status: 'dispatched', incidentId: incidentId('i-1') });
  }
  room.look();
  const ms = await until(() => told.way.size === chosen.length);
  expect(ms).toBeLessThan(1000);
  const after = told.cover.get('now');
  expect(after).toMatchObject({ free: 27, bound: 3 });
  expect(after?.circle).toBeLessThan(before?.circle ?? 0);
  expect(told.advice.get('i-1')?.units.some((one) => one.chosen)).toBe(false);
  expect(told.moveup.get('st-fenghui')?.gains).toBeGreaterThan(0);
  // It ends: what no longer holds is taken away.
  incidents.clear();
  for (const [id, { incidentId: _bound, ...unit }] of units) units.set(id, { ...unit, status: 'standby' });
  await until(() => told.way.size === 0 && told.advice.size === 0 && told.moveup.size === 0);
}, 30_000);

test('W6: nothing new, nothing told', async () => {
  const { puts, told, until, units } = stage();
  await until(() => told.cover.has('full'));
  await new Promise((go) => setTimeout(go, 1200));
  expect(puts).toEqual(['cover/now', 'cover/full']);
  // A report from the same place is not news either.
  const [first] = units.values();
  if (first) units.set(first.id, { ...first, heard: receiveTime(Date.now()), at: eventTime(Date.now()) });
  await new Promise((go) => setTimeout(go, 900));
  expect(puts).toHaveLength(2);
}, 30_000);

test('W3: a source that is lost leaves all its units unheard: not known, not covered', async () => {
  const { setFeed, told, until } = stage();
  await until(() => told.cover.get('now')?.free === 30);
  setFeed({ ...FEED, link: 'lost', lastHeard: receiveTime(Date.now() - AGE_LIMITS.feed.stale - 1) });
  await until(() => told.cover.get('now')?.unheard.length === 30, 12_000);
  expect(told.cover.get('now')).toMatchObject({ free: 0, circle: 0 });
  expect(told.cover.get('last')?.circle).toBeGreaterThan(10_000);
  setFeed(FEED);
  await until(() => !told.cover.has('last') && told.cover.get('now')?.free === 30, 12_000);
}, 30_000);

test('W1: closed roads are taken in, and a site without roads does no harm', async () => {
  const { closures, told, until } = stage();
  await until(() => told.cover.has('now'));
  const before = told.cover.get('now')?.circle ?? 0;
  for (let edge = 0; edge < 2000; edge++)
    closures.set(String(edge), { id: String(edge), factor: null, reason: 'test', by: 'test', at: receiveTime(1) });
  await until(() => (told.cover.get('now')?.circle ?? before) < before);
  const bare = stage(fileURLToPath(new URL('.', import.meta.url)));
  await new Promise((go) => setTimeout(go, 1500));
  bare.room.look();
  expect(bare.puts).toEqual([]);
}, 30_000);
