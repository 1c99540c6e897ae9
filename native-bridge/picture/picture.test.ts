import { beforeEach, expect, test } from 'vitest';
import {
  buildingId,
  cameraId,
  detectionId,
  deviceId,
  elevatorId,
  eventTime,
  incidentId,
  receiveTime,
  unitId,
} from '../contract/brand.ts';
import { alarm, device, feed, newPicture, newTown, T0, type Town } from './given.ts';
import type { Picture } from './picture.ts';

let picture: Picture;
let tell: Town['tell'];
let theAlarm: Town['theAlarm'];
beforeEach(() => {
  ({ picture, tell, theAlarm } = newTown());
});

test('P1: since N gives each changed record once with its newest state, and removals', () => {
  const from = picture.log.clock();
  for (let i = 0; i < 5; i += 1) {
    tell(
      'fire-iot.reading',
      [{ id: `r${i}`, deviceId: deviceId('s-1'), ts: eventTime(T0 + i), values: { battery: i } }],
      T0 + i,
    );
  }
  tell('fire-iot.device', [device('s-3', { state: 'removed' })], T0 + 9);
  const changes = picture.log.since(from);
  expect(changes?.puts.device?.map(({ id, values }) => [id, values])).toEqual([['s-1', { battery: 4 }]]);
  expect(changes?.removes).toEqual({ device: ['s-3'] });
  expect(changes?.clock).toBe(picture.log.clock());
  expect(picture.log.since(changes?.clock ?? 0)?.size).toBe(0);
});

test('P1: a reader older than the oldest remembered removal starts afresh, a newer one does not', () => {
  ({ picture, tell } = newTown(newPicture(10)));
  tell(
    'fire-iot.device',
    Array.from({ length: 40 }, (_, i) => device(`d${i}`)),
    T0,
  );
  const before = picture.log.clock();
  for (let i = 0; i < 20; i += 1) tell('fire-iot.device', [device(`d${i}`, { state: 'removed' })], T0 + i);
  expect(picture.log.since(before)).toBeNull();
  expect(picture.log.since(picture.log.clock() - 2)?.removes.device).toHaveLength(2);
  expect(picture.log.since(picture.log.clock() + 1)).toBeNull();
  expect(picture.log.count('device')).toBe(25);
});

test('P2: late readings, positions and cab moves overwrite nothing; a clock set right is believed again', () => {
  const position = (at: number, lon: number) => ({
    id: `p${at}`,
    unitId: unitId('u-1'),
    ts: eventTime(at),
    lon,
    lat: 30,
    heading: 0,
    speed: 1,
    status: 'driving',
  });
  tell('fire-iot.position', [position(T0 + 1000, 120.5)], T0 + 1000);
  tell('fire-iot.position', [position(T0 + 500, 120.4)], T0 + 1100, 'replay');
  expect(picture.log.get('unit', 'u-1')?.lon).toBe(120.5);
  tell('fire-iot.position', [position(T0 + 3_600_000, 120.6)], T0 + 1200);
  tell('fire-iot.position', [position(T0 + 1300, 120.7)], T0 + 1300);
  expect(picture.log.get('unit', 'u-1')?.lon).toBe(120.7);
});

test('P2: a reading that comes before its device shows when the registry names it', () => {
  tell('fire-iot.reading', [{ id: 'r', deviceId: deviceId('new'), ts: eventTime(T0), values: { battery: 7 } }], T0);
  expect(picture.log.get('device', 'new')).toBeUndefined();
  tell('fire-iot.device', [device('new')], T0 + 1, 'snapshot');
  expect(picture.log.get('device', 'new')?.values).toEqual({ battery: 7 });
});

test('P1: a device that a snapshot tells again as it was is no change; one that differs is', () => {
  tell('fire-iot.device', [device('one'), device('two')], T0);
  const reading = (id: string) => ({
    id: `r-${id}`,
    deviceId: deviceId(id),
    ts: eventTime(T0),
    values: { battery: 7 },
  });
  tell('fire-iot.reading', [reading('one'), reading('two')], T0 + 1);
  const before = picture.log.clock();
  tell('fire-iot.device', [device('one'), { ...device('two'), name: 'other' }], T0 + 60_000, 'snapshot');
  expect(picture.log.since(before)?.puts.device?.map(({ id, name }) => [id, name])).toEqual([['two', 'other']]);
});

const seen = (at: number, label: 'e-bike' | 'person' = 'e-bike') => ({
  id: detectionId(`d-${label}-${at}`),
  cameraId: cameraId('cam-lift'),
  ts: eventTime(at),
  pts: at,
  label,
  confidence: 0.9,
  box: [0.1, 0.2, 0.3, 0.4] as [number, number, number, number],
  track: label,
  elevatorId: elevatorId('el-1'),
});
const cab = (at: number, floor: number, door: 'open' | 'closed' | 'held') => ({
  id: `c-${at}`,
  elevatorId: elevatorId('el-1'),
  ts: eventTime(at),
  floor,
  direction: 'idle' as const,
  door,
  load: 100,
});

test('P6: an e-bike rides from floor 1 to 12: in, out, the floor watched afterwards; a held door leaves a mark', () => {
  tell('fire-iot.cab', [cab(T0, 1, 'open')], T0);
  tell('fire-iot.detection', [seen(T0 + 100), seen(T0 + 100, 'person')], T0 + 100);
  tell('fire-iot.cab', [cab(T0 + 1000, 1, 'closed')], T0 + 1000);
  tell('fire-iot.detection', [seen(T0 + 5000)], T0 + 5000);
  picture.tick(receiveTime(T0 + 6000));
  expect(picture.log.get('cab', 'el-1')?.riders.map(({ label }) => label)).toContain('e-bike');
  tell('fire-iot.cab', [cab(T0 + 9000, 12, 'held')], T0 + 9000);
  tell('fire-iot.cab', [cab(T0 + 9500, 13, 'closed')], T0 + 9500);
  picture.tick(receiveTime(T0 + 12_000));
  expect(picture.log.get('cab', 'el-1')?.riders).toEqual([]);
  const marks = () => [...picture.log.all('mark')].map(({ kind, floor }) => [kind, floor]);
  expect(marks()).toEqual([
    ['e-bike-in', 1],
    ['door-held', 12],
    ['e-bike-out', 12],
  ]);
  tell(
    'fire-iot.reading',
    [
      { id: 'r1', deviceId: deviceId('p-1'), ts: eventTime(T0 + 60_000), values: { power: 180, temp: 30, sockets: 1 } },
      { id: 'r2', deviceId: deviceId('p-1'), ts: eventTime(T0 + 61_000), values: { power: 190, temp: 30, sockets: 1 } },
    ],
    T0 + 61_000,
  );
  expect(marks().slice(3)).toEqual([['charging', 12]]);
  picture.tick(receiveTime(T0 + 13 * 3_600_000));
  // Who boarded is counted by the day.
  expect(marks()).toEqual([['e-bike-in', 1]]);
  picture.tick(receiveTime(T0 + 25 * 3_600_000));
  expect(marks()).toEqual([]);
});

test('P6: once the door has shut again, what is not seen within a second has left; who is still seen has not', () => {
  tell('fire-iot.cab', [cab(T0, 1, 'open')], T0);
  tell('fire-iot.detection', [seen(T0 + 100), seen(T0 + 100, 'person')], T0 + 100);
  tell('fire-iot.cab', [cab(T0 + 1000, 1, 'closed')], T0 + 1000);
  tell('fire-iot.detection', [seen(T0 + 1500, 'person')], T0 + 1500);
  const labels = () => picture.log.get('cab', 'el-1')?.riders.map(({ label }) => label);
  picture.riders(receiveTime(T0 + 1900));
  expect(labels()).toEqual(['e-bike', 'person']);
  picture.riders(receiveTime(T0 + 2100));
  expect(labels()).toEqual(['person']);
  picture.riders(receiveTime(T0 + 9000));
  expect(labels()).toEqual(['person']);
  picture.riders(receiveTime(T0 + 11_000));
  expect(labels()).toEqual([]);
});

test('P6: while nothing is heard of the source nobody gets out', () => {
  tell('fire-iot.cab', [cab(T0, 1, 'closed')], T0);
  tell('fire-iot.detection', [seen(T0 + 100)], T0 + 100);
  picture.feed(feed('lost'));
  picture.tick(receiveTime(T0 + 60_000));
  expect(picture.log.get('cab', 'el-1')?.riders).toHaveLength(1);
});

test('every box of a frame is told once, with the others of its frame', () => {
  tell('fire-iot.detection', [seen(T0), seen(T0, 'person'), seen(T0 + 66)], T0 + 70);
  expect(picture.boxes.take().map(({ pts, boxes }) => [pts, boxes.length])).toEqual([
    [T0, 2],
    [T0 + 66, 1],
  ]);
  expect(picture.boxes.take()).toEqual([]);
});

const incident = (at: number, status: 'reported' | 'accepted' | 'closed') => ({
  id: incidentId('i-1'),
  ts: eventTime(at),
  kind: 'fire',
  level: 2 as const,
  title: 't',
  address: 'a',
  lon: 120.87,
  lat: 30.03,
  buildingId: buildingId('b-1'),
  status,
});

test('P7: first times are kept in whatever order they come; alarms of the place and time belong to it', () => {
  tell('fire-iot.alarm', [alarm('a', 's-1', 'fire', T0), alarm('o', 's-2', 'low-battery', T0)], T0);
  tell('linkage-110.incident', [incident(T0 + 2000, 'accepted')], T0 + 2000);
  tell('linkage-110.incident', [incident(T0 + 1000, 'reported')], T0 + 3000, 'replay');
  const held = () => picture.log.get('incident', 'i-1');
  expect(held()).toMatchObject({
    status: 'accepted',
    reached: { reported: T0 + 1000, accepted: T0 + 2000 },
    alarmIds: ['a'],
  });
  expect(theAlarm('a').incidentId).toBe('i-1');
  tell('fire-iot.alarm', [alarm('later', 's-2', 'fire', T0 + 60_000)], T0 + 60_000);
  expect(held()?.alarmIds).toEqual(['a', 'later']);
  tell(
    'fire-iot.position',
    [{ id: 'p', unitId: unitId('u-1'), ts: eventTime(T0), lon: 120, lat: 30, heading: 0, speed: 0, status: 'x' }],
    T0,
  );
  picture.carried(
    {
      orderId: 'o',
      type: 'dispatch',
      target: 'i-1',
      args: { unitIds: ['u-1'] },
      by: 'li',
      at: T0,
      basedOn: { epoch: 'e1', seq: 1, at: T0 },
    },
    receiveTime(T0),
  );
  expect([held()?.unitIds, picture.log.get('unit', 'u-1')?.incidentId]).toEqual([['u-1'], 'i-1']);
  tell('linkage-110.incident', [incident(T0 + 90_000, 'closed')], T0 + 90_000);
  expect([picture.summary().incidents, picture.log.get('unit', 'u-1')?.incidentId]).toEqual([0, undefined]);
});

test('a warning leaves when it expires', () => {
  tell(
    'situation.warning',
    [
      {
        id: 'w',
        ts: eventTime(T0),
        type: 'rainstorm',
        colour: 'orange',
        title: 't',
        text: 'x',
        area: { type: 'Polygon' },
        expires: eventTime(T0 + 1000),
      },
    ],
    T0,
  );
  expect(picture.log.count('warning')).toBe(1);
  picture.tick(receiveTime(T0 + 1001));
  expect(picture.log.count('warning')).toBe(0);
});
