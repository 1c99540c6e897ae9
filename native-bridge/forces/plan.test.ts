/**
 * The plan as a whole, on a small town: cover, advice, ways, move-ups.
 */
import { expect, test } from 'vitest';
import { eventTime, incidentId, unitId } from '../contract/brand.ts';
import { COVER_BEYOND, COVER_STEP_S } from '../contract/forces-records.ts';
import { decodePath } from '../contract/site-read.ts';
import { openPlanner } from './plan.ts';
import { TURNOUT_S, type Plan } from './scene.ts';
import { at, EAST, everyone, incident, NOW, seen, SIZE, town, unit, WEST } from './small-town-fake.ts';

const land = town();
const planner = openPlanner(land);
const now = (plan: Plan) => {
  const record = plan.covers.find(({ id }) => id === 'now');
  if (!record) throw new Error('no cover');
  return record;
};
const node = (x: number, y: number): number => (y / 500) * SIZE + x / 500;
const advice = (plan: Plan) => {
  const [record] = plan.advice;
  if (!record) throw new Error('no advice');
  return record;
};

test('W3: the circle is drawn from where engines are, by road, turning out included', () => {
  const cover = now(planner.plan(seen({ units: everyone() })));
  // From the western station 2 km east and 1 km north, at 10 m/s along the streets.
  expect(cover.arrival[node(2500, 11_000)]).toBe(Math.ceil((TURNOUT_S + 300) / COVER_STEP_S));
  expect(cover).toMatchObject({ free: 4, bound: 0, unheard: [], per: 'metres', circleS: 900 });
  expect(cover.circle).toBeLessThan(cover.total);
  expect(cover.urban).toBeLessThan(cover.circle);
  // The eastern engine stands in the middle of town now: there it counts, at its own station it does not.
  const moved = everyone().map((one) =>
    one.id === 'e-pump' ? unit('e-pump', at(10_000, 10_000), { status: 'patrol', speed: 8 }) : one,
  );
  const after = now(planner.plan(seen({ units: moved })));
  expect(after.arrival[node(10_000, 10_000)]).toBeLessThan(cover.arrival[node(10_000, 10_000)] ?? 0);
  expect(after.arrival[node(19_500, 10_000)]).toBeGreaterThan(cover.arrival[node(19_500, 10_000)] ?? 255);
});

test('W3: who is bound or unheard does not count, and is counted aloud', () => {
  const units = everyone().map((one) =>
    one.id === 'e-pump'
      ? { ...one, heard: false }
      : one.id === 'w-pump'
        ? { ...one, status: 'en-route', incidentId: incidentId('i-1') }
        : one,
  );
  const plan = planner.plan(seen({ units }));
  expect(now(plan)).toMatchObject({ free: 2, bound: 1, unheard: ['e-pump'] });
  expect(now(plan).arrival[node(19_500, 10_000)]).toBe(COVER_BEYOND);
  // Had it stayed where it was, it would still cover the east: not known, which is not lost.
  const last = plan.covers.find(({ id }) => id === 'last');
  expect(last?.arrival[node(19_500, 10_000)]).toBe(TURNOUT_S / COVER_STEP_S);
  expect(planner.plan(seen({ units: everyone() })).covers.map(({ id }) => id)).toEqual(['now', 'full']);
  const full = plan.covers.find(({ id }) => id === 'full');
  expect(full?.arrival[node(19_500, 10_000)]).toBe(TURNOUT_S / COVER_STEP_S);
  // One that never reported at all is unheard too.
  expect(now(planner.plan(seen({ units: units.slice(0, 4) }))).unheard).toEqual(['e-pump']);
});

test('W4: advice names each need, the soonest of its kind, its arrival and its way', () => {
  const place = at(3000, 10_000);
  const record = advice(planner.plan(seen({ units: everyone(), incidents: [incident('i-1', place)] })));
  expect(record.needs).toEqual([
    { types: ['pumper', 'foam'], count: 2, have: 0, short: 0 },
    { types: ['water-tender'], count: 1, have: 0, short: 0 },
    { types: ['rescue'], count: 1, have: 0, short: 0 },
  ]);
  const chosen = record.units.filter((one) => one.chosen);
  expect(chosen.map((one) => one.unitId).sort()).toEqual(['w-pump', 'w-pump-2', 'w-rescue', 'w-tender']);
  for (const one of chosen) {
    expect(one.seconds).toBe(TURNOUT_S + 250);
    expect(Math.abs(one.metres - 2500)).toBeLessThan(5);
    const line = decodePath(one.path);
    expect(line[0]?.[0]).toBeCloseTo(WEST[0], 5);
    expect(line.at(-1)?.[0]).toBeCloseTo(place[0], 5);
  }
  // With all of the west gone the west is bare, and the advice says how much that is.
  expect(record.circleAfter).toBeLessThan(record.circle);
  expect(record.circle - record.circleAfter).toBeCloseTo(Math.max(...chosen.map(({ uncovers }) => uncovers)), 0);
});

test('W4: of two about as soon, the one whose leaving uncovers nothing goes', () => {
  // Right between the stations; the east has one engine, the west three that cover.
  const place = at(9900, 10_000);
  const only = incident('i-1', place, { kind: 'other' });
  const units = everyone().map((one) =>
    one.id === 'w-pump' || one.id === 'w-pump-2' ? unit(one.id, at(800, 10_000)) : one,
  );
  const [first] = advice(planner.plan(seen({ units, incidents: [only] }))).units;
  expect(first).toMatchObject({ chosen: true, uncovers: 0 });
  expect(first?.unitId).toMatch(/^w-/);
  // An engine near by that is alone in the east is not the choice although it is a little sooner.
  const nearer = units.map((one) => (one.id === 'e-pump' ? unit(one.id, at(18_500, 10_000)) : one));
  const record = advice(planner.plan(seen({ units: nearer, incidents: [only] })));
  expect(record.units[0]?.unitId).toMatch(/^w-/);
  const east = record.units.find(({ unitId: id }) => id === 'e-pump');
  expect(east?.seconds).toBeLessThan(record.units[0]?.seconds ?? 0);
  expect(east?.reasons).toContain('uncovers');
});

test('W4: what is bound there is counted first, what is missing is said, what comes late is said', () => {
  const there = everyone().map((one) =>
    one.id === 'w-pump' ? { ...one, status: 'en-route', incidentId: incidentId('i-1') } : one,
  );
  const fire = incident('i-1', at(3000, 10_000), {
    unitIds: [unitId('w-pump')],
    level: 3,
    reported: eventTime(NOW - 840_000),
  });
  const record = advice(planner.plan(seen({ units: there, incidents: [fire] })));
  expect(record.needs[0]).toMatchObject({ count: 3, have: 1, short: 0 });
  expect(record.needs[3]).toEqual({ types: ['command'], count: 1, have: 0, short: 1 });
  expect(record.units.map((one) => one.unitId)).not.toContain('w-pump');
  expect(record.units.every((one) => one.reasons.includes('late'))).toBe(true);
});

test('W4: who is bound to a lesser incident is offered for calling off, never chosen', () => {
  const bound = everyone().map((one) =>
    one.id === 'e-pump'
      ? unit('e-pump', at(10_500, 10_000), {
          status: 'en-route',
          speed: 10,
          heading: 270,
          incidentId: incidentId('i-2'),
        })
      : one,
  );
  const worse = incident('i-1', at(10_000, 10_000), { kind: 'other', level: 3 });
  const lesser = incident('i-2', at(5000, 10_000), { kind: 'other', level: 4 });
  const [record] = planner.plan(seen({ units: bound, incidents: [worse, lesser] })).advice;
  const offered = record?.units.find(({ unitId: id }) => id === 'e-pump');
  expect(offered).toMatchObject({ chosen: false, bound: 'i-2' });
  expect(offered?.reasons).toContain('divert');
});

test('W4: water near by, nearest first, none from far away', () => {
  const record = advice(planner.plan(seen({ units: everyone(), incidents: [incident('i-1', at(10_000, 10_000))] })));
  expect(record.water.map(({ placeId, metres }) => [placeId, metres])).toEqual([
    ['h-1', 50],
    ['h-2', 300],
  ]);
});

test('W1, W3: a bound unit has its way and its time of arrival against the promise', () => {
  const fire = incident('i-1', at(5000, 10_000), { reported: eventTime(NOW - 100_000) });
  const rolling = unit('w-pump', at(3000, 10_000), {
    status: 'en-route',
    speed: 10,
    heading: 90,
    incidentId: fire.id,
    heardAt: NOW - 2000,
  });
  const called = unit('w-pump-2', WEST, { status: 'dispatched', incidentId: fire.id, heardAt: NOW - 10_000 });
  const { ways } = planner.plan(seen({ units: [rolling, called], incidents: [fire] }));
  const way = ways.find(({ id }) => id === 'w-pump');
  expect(Math.round(((way?.eta ?? 0) - (NOW - 2000)) / 1000)).toBe(200);
  expect(way?.due).toBe(fire.reported + 900_000);
  const other = ways.find(({ id }) => id === 'w-pump-2');
  expect(Math.round(((other?.eta ?? 0) - NOW) / 1000)).toBe(TURNOUT_S - 10 + 450);
});

test('W5: when the east is bare a move-up is proposed from where it costs nothing; not while somebody stands there', () => {
  expect(planner.plan(seen({ units: everyone() })).moveups).toEqual([]);
  const gone = everyone().map((one) =>
    one.id === 'e-pump' ? { ...one, status: 'on-scene', incidentId: incidentId('i-1') } : one,
  );
  const [move] = planner.plan(seen({ units: gone })).moveups;
  expect(move).toMatchObject({ id: 'east', loses: 0 });
  expect(move?.unitId).toMatch(/^w-/);
  expect(move?.gains).toBeGreaterThan(0);
  expect(decodePath(move?.path ?? []).at(-1)?.[0]).toBeCloseTo(EAST[0], 5);
  const sent = gone.map((one) => (one.id === move?.unitId ? { ...one, status: 'moving-up', movesTo: 'east' } : one));
  expect(planner.plan(seen({ units: sent })).moveups).toEqual([]);
  // The last one in the west is not taken away to cover the east.
  const last = gone.filter(({ id }) => id === 'w-pump' || id === 'e-pump');
  expect(planner.plan(seen({ units: last })).moveups).toEqual([]);
});

test('W3: a closed street makes the circle smaller at once, and opening it makes it whole again', () => {
  const before = now(planner.plan(seen({ units: everyone() })));
  const closures = land.graph.edges.flatMap(({ a, b }, edge) =>
    a % SIZE === 20 && b % SIZE === 21 ? [{ edge, factor: null }] : [],
  );
  const west = everyone().filter(({ id }) => id !== 'e-pump');
  const closed = now(planner.plan(seen({ units: west, closures })));
  const open = now(planner.plan(seen({ units: west })));
  expect(closed.circle).toBeLessThanOrEqual(open.circle);
  const shut = closures.map(({ edge }) => ({ edge, factor: null }));
  const near = land.graph.edges.flatMap(({ a, b }, edge) =>
    a % SIZE === 5 && b % SIZE === 6 ? [{ edge, factor: null }] : [],
  );
  expect(now(planner.plan(seen({ units: west, closures: [...shut, ...near] }))).circle).toBeLessThan(open.circle);
  expect(now(planner.plan(seen({ units: everyone() }))).arrival).toEqual(before.arrival);
});
