import { expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { metresBetween } from '../../contract/site-read.ts';
import { STREAMS, type StreamEvent } from '../../contract/wire.ts';
import { begin, order, site } from '../tiny-play.ts';

test('D7: everything said keeps the contract, and ids are unique', () => {
  const run = begin(
    `  - { at: '0:01', act: ride, camera: lift, clip: elevator-ebike }
  - { at: '0:05', act: tower-fire, tower: tower, floor: 6, lookout: look, units: 3 }
  - { at: '0:06', act: overload, block: block }
  - { at: '0:07', act: warning, type: rainstorm, colour: orange, title: 雨, text: 雨, minutes: 5 }`,
    { speed: 4 },
  );
  run.go(60);
  const check = Object.fromEntries(Object.entries(STREAMS).map(([stream, schema]) => [stream, Compile(schema)]));
  const wrong = run.heard.filter(({ stream, event }) => check[stream]?.Check(event) !== true);
  expect(wrong).toEqual([]);
  const ids = run.heard
    .filter(({ stream }) => /reading|cab|position|detection|risk/.test(stream))
    .map(({ event }) => event.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(run.heard.map(({ stream }) => stream)).size).toBe(11);
});

test('D9: the same seed gives the same story, another seed another', () => {
  const tell = (seed: number): string => {
    const run = begin(`  - { at: '0:02', act: unattended, tower: tower, minutes: 4 }`, { seed });
    run.go(20);
    return JSON.stringify(run.heard);
  };
  expect(tell(5)).toBe(tell(5));
  expect(tell(5)).not.toBe(tell(6));
});

test('D9: the ordinary flow keeps its rate, whatever else is said', () => {
  const run = begin('');
  const before = run.heard.length;
  run.go(30);
  const rate = (run.heard.length - before) / 30;
  expect(rate).toBeGreaterThan(38);
  expect(rate).toBeLessThan(43);
});

test('D10: vehicles keep to the roads and to possible speeds', () => {
  const run = begin('');
  expect(order(run, 'openIncident', 'nothing', {})).toMatchObject({ accepted: false });
  const opening = run.of('fire-iot.position');
  run.go(240);
  const last = new Map(opening.map((position) => [position.unitId, position]));
  let moved = 0;
  let ahead = 0;
  for (const here of run.of('fire-iot.position').slice(opening.length)) {
    const before = last.get(here.unitId);
    last.set(here.unitId, here);
    if (before === undefined || here.ts === before.ts) continue;
    const far = metresBetween([before.lon, before.lat], [here.lon, here.lat]);
    moved += far;
    // Forward, along its own heading: with bends in between, nearly all of the way.
    const turn = (here.heading * Math.PI) / 180;
    const [east, north] = [(here.lon - before.lon) * Math.cos((here.lat * Math.PI) / 180), here.lat - before.lat];
    ahead += (east * Math.sin(turn) + north * Math.cos(turn)) * 111_195;
    expect(far / ((here.ts - before.ts) / 1000)).toBeLessThan(20);
    const offRoad = Math.min(
      ...site.roads.edges.map((edge) =>
        toLine([here.lon, here.lat], edge.line[0] ?? [0, 0], edge.line.at(-1) ?? [0, 0]),
      ),
    );
    expect(offRoad).toBeLessThan(3);
  }
  expect(moved).toBeGreaterThan(500);
  expect(ahead / moved).toBeGreaterThan(0.9);
});

test('D10: cabs move floor by floor with closed doors, inside their tower', () => {
  const run = begin('');
  run.go(180);
  const last = new Map<string, StreamEvent['fire-iot.cab']>();
  let moves = 0;
  for (const cab of run.of('fire-iot.cab')) {
    const before = last.get(cab.elevatorId);
    last.set(cab.elevatorId, cab);
    expect(cab.floor).not.toBe(0);
    expect(cab.floor).toBeLessThanOrEqual(22);
    expect(cab.load).toBeLessThanOrEqual(1000);
    if (before === undefined || before.floor === cab.floor) continue;
    moves++;
    const step = cab.floor - before.floor;
    expect([1, -1, 2, -2]).toContain(step);
    if (Math.abs(step) === 2) expect([cab.floor, before.floor].sort()).toEqual([-1, 1]);
    expect([before.door, cab.door]).toEqual(['closed', 'closed']);
    expect(before.direction).toBe(step > 0 ? 'up' : 'down');
  }
  expect(moves).toBeGreaterThan(40);
});

test('D5 D10: the e-bike of the film, its boxes, its cab and its alarm are one story', () => {
  const run = begin(`  - { at: '0:02', act: ride, camera: lift, clip: elevator-ebike, after: charging }`);
  run.go(180);
  const alarms = run.of('fire-iot.alarm');
  const [raised, cleared] = alarms.filter((alarm) => alarm.type === 'e-bike');
  expect(raised).toMatchObject({ deviceId: 'lift-1a', state: 'raised', level: 2, values: { floor: 1 } });
  expect(cleared).toMatchObject({ id: raised?.id, state: 'cleared', values: { floor: 16 } });
  const pts = new Set(run.frames.filter((frame) => frame.cameraId === 'cam-1a').map((frame) => frame.pts));
  const boxes = run.of('fire-iot.detection').filter((box) => box.label === 'e-bike');
  expect(boxes.length).toBeGreaterThan(350);
  expect(boxes.every((box) => pts.has(box.pts) && box.ts === box.pts && box.elevatorId === 'lift-1a')).toBe(true);
  const cabs = run.of('fire-iot.cab').filter((cab) => cab.elevatorId === 'lift-1a');
  for (const box of boxes) expect(cabs.findLast((cab) => cab.ts <= box.ts)?.floor).toBe(box.floor);
  const charging = alarms.filter((alarm) => alarm.type === 'overload');
  expect(charging[0]).toMatchObject({ deviceId: 'meter-1-16', state: 'raised', level: 3 });
  for (const camera of ['cam-1a', 'cam-look']) {
    const own = run.frames.filter((frame) => frame.cameraId === camera);
    expect(own.map((frame) => frame.fseq)).toEqual(own.map((_, i) => i + 1));
    expect(own[0]?.key).toBe(true);
    const gaps = own.slice(1).map((frame, i) => frame.pts - (own[i]?.pts ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(66);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(67);
  }
});

test('D10: an overload cuts its circuit, a low tank refills, each alarm ends', () => {
  const run = begin(
    `  - { at: '0:10', act: overload, block: block, cutAfter: 1, restoreAfter: 3 }
  - { at: '0:10', act: low-tank, tower: tower, fall: 1, minutes: 1 }`,
    { speed: 10 },
  );
  run.go(70);
  const told = run.of('fire-iot.alarm').map((alarm) => `${alarm.deviceId} ${alarm.type} ${alarm.state}`);
  expect(told.filter((text) => text.startsWith('meter-old'))).toEqual([
    'meter-old overload raised',
    'meter-old cut-off raised',
    'meter-old overload cleared',
    'meter-old cut-off cleared',
  ]);
  expect(told.filter((text) => text.startsWith('tank-2'))).toHaveLength(4);
  const breakers = run
    .of('fire-iot.reading')
    .filter((reading) => reading.deviceId === 'meter-old')
    .map((reading) => reading.values['breaker']);
  expect(breakers).toContain('open');
  expect(breakers.at(-1)).toBe('closed');
});

test('D10: a fire in a tower is seen, detected, reported, reached by road, and ends', () => {
  const run = begin(
    `  - { at: '0:05', act: tower-fire, tower: tower, floor: 6, lookout: look, units: 3, controlAfter: 3 }`,
    { speed: 20 },
  );
  run.go(110);
  const fire = run.of('linkage-110.incident').filter((incident) => incident.kind === 'fire');
  expect(fire.map((incident) => incident.status)).toEqual([
    'reported',
    'accepted',
    'dispatched',
    'arrived',
    'controlled',
    'closed',
  ]);
  expect(fire[0]).toMatchObject({ level: 1, buildingId: 'b2', floor: 6 });
  const sent = new Set(
    run
      .of('fire-iot.position')
      .filter((position) => position.status === 'en-route')
      .map((position) => position.unitId),
  );
  expect(sent.size).toBe(3);
  const types = run.of('fire-iot.alarm').map((alarm) => `${alarm.type}/${alarm.state}`);
  for (const word of ['smoke-seen/raised', 'smoke-seen/cleared', 'fire/raised', 'fire/cleared'])
    expect(types).toContain(word);
  expect(new Set(run.of('linkage-110.task').map((task) => task.department)).size).toBeGreaterThanOrEqual(5);
});

/** Metres from a point to a straight piece of road. */
function toLine(p: readonly [number, number], a: readonly [number, number], b: readonly [number, number]): number {
  const squeeze = Math.cos((a[1] * Math.PI) / 180);
  const [px, py, bx, by] = [(p[0] - a[0]) * squeeze, p[1] - a[1], (b[0] - a[0]) * squeeze, b[1] - a[1]];
  const share = Math.max(0, Math.min(1, (px * bx + py * by) / (bx * bx + by * by)));
  return Math.hypot(px - bx * share, py - by * share) * 111_195;
}
