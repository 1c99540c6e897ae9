import { expect, test } from 'vitest';
import { alarmId, buildingId, deviceId, eventTime, incidentId, receiveTime, taskId } from '../contract/brand.ts';
import type { AlarmRules } from '../contract/site-duty.ts';
import type { IncidentEvent, TaskEvent } from '../contract/wire.ts';
import { Refused } from './acts.ts';
import { alarm, device, newPicture, newTown, T0, type Town } from './given.ts';

const S = 1000;
const MIN = 60 * S;
const reason = { zh: '理由', en: 'reason' };
const town = (rules: AlarmRules, response = {}): Town => newTown(newPicture(1000, { rules, response }));
const raise = ({ tell }: Town, id: string, on: string, type: Parameters<typeof alarm>[2], at: number, more = {}) =>
  tell('fire-iot.alarm', [alarm(id, on, type, at, more)], at);
const clear = (given: Town, id: string, on: string, type: Parameters<typeof alarm>[2], at: number) =>
  raise(given, id, on, type, at, { state: 'cleared' });
const incident = (id: string, at: number, more: Partial<IncidentEvent> = {}): IncidentEvent => ({
  id: incidentId(id),
  ts: eventTime(at),
  kind: 'fire',
  level: 3,
  title: `title of ${id}`,
  address: 'somewhere',
  lon: 120.87,
  lat: 30.03,
  status: 'reported',
  ...more,
});

test('P10: the worst rule of the table that applies sets the level, and says which; a milder one never does', () => {
  const given = town({
    priority: [
      { id: 'tower', types: ['overload'], places: ['high-rise'], level: 2, reason },
      { id: 'tower-night', types: ['overload'], places: ['high-rise'], from: '22:00', to: '06:00', level: 1, reason },
      { id: 'mild', types: ['fire'], level: 4, reason },
    ],
  });
  // T0 is 00:00 at UTC+8 within that night.
  const night = Math.ceil(T0 / 86_400_000) * 86_400_000 + 16 * 60 * MIN;
  raise(given, 'n', 's-1', 'overload', night, { level: 3 });
  expect(given.theAlarm('n')).toMatchObject({ level: 1, priority: { rule: 'tower-night', from: 3 } });
  raise(given, 'd', 's-2', 'overload', night + 12 * 60 * MIN, { level: 3 });
  expect(given.theAlarm('d')).toMatchObject({ level: 2, priority: { rule: 'tower', from: 3 } });
  raise(given, 'f', 's-1', 'fire', night, { level: 1 });
  expect(given.theAlarm('f').priority).toBeUndefined();
  expect(given.theAlarm('f').level).toBe(1);
});

test('P11: suppressed by a rule within its hours, on the list when the hour is over, counted apart; never a fire', () => {
  const start = Math.ceil(T0 / 86_400_000) * 86_400_000;
  const given = town({ suppress: [{ id: 'works', types: ['offline'], from: '08:00', to: '09:00', reason }] });
  raise(given, 'o', 's-1', 'offline', start + MIN, { level: 4 });
  raise(given, 'f', 's-2', 'fire', start + MIN);
  expect(given.theAlarm('o')).toMatchObject({ state: 'suppressed', suppressedBy: 'works' });
  expect(given.theAlarm('f').state).toBe('unacknowledged');
  expect(given.strip()).toMatchObject({ received: 2, shown: 1, shelved: 1, suppressed: 1, outOfService: 0 });
  given.picture.tick(receiveTime(start + 61 * MIN));
  expect(given.theAlarm('o').state).toBe('unacknowledged');
  expect(given.strip()).toMatchObject({ received: 2, shown: 2, suppressed: 0 });
});

test('P11: out of service takes all but fire off the list, new ones too, and brings back what still stands', () => {
  const given = town({});
  raise(given, 'a', 's-1', 'fault', T0);
  raise(given, 'f', 's-1', 'fire', T0);
  expect(given.picture.acts.outOfService(deviceId('s-1'), '维修', 'li', receiveTime(T0 + 1))).toBe(1);
  raise(given, 'b', 's-1', 'low-battery', T0 + 2);
  expect(['a', 'b', 'f'].map((id) => given.theAlarm(id).state)).toEqual([
    'out-of-service',
    'out-of-service',
    'unacknowledged',
  ]);
  expect(given.strip()).toMatchObject({ received: 3, shown: 1, shelved: 2, outOfService: 2 });
  clear(given, 'b', 's-1', 'low-battery', T0 + 3);
  expect(given.theAlarm('b').state).toBe('normal');
  expect(given.picture.log.get('service', 's-1')).toMatchObject({ by: 'li', reason: '维修' });
  given.picture.acts.inService(deviceId('s-1'));
  expect(given.theAlarm('a').state).toBe('unacknowledged');
  expect(() => given.picture.acts.inService(deviceId('s-1'))).toThrow(Refused);
});

test('P12: what clears within its on-delay calls nobody; what stands longer rises once', () => {
  const given = town({ delays: [{ types: ['fault'], onS: 10 }] });
  raise(given, 'a', 's-1', 'fault', T0);
  expect(given.theAlarm('a')).toMatchObject({ state: 'normal', active: true, rises: 0 });
  clear(given, 'a', 's-1', 'fault', T0 + 5 * S);
  given.picture.tick(receiveTime(T0 + 60 * S));
  expect(given.theAlarm('a').state).toBe('normal');
  expect(given.picture.log.get('performance', 'performance')?.fleeting).toBe(1);
  raise(given, 'a', 's-1', 'fault', T0 + 100 * S);
  given.picture.tick(receiveTime(T0 + 109 * S));
  expect(given.theAlarm('a').state).toBe('normal');
  given.picture.tick(receiveTime(T0 + 110 * S));
  expect(given.theAlarm('a')).toMatchObject({ state: 'unacknowledged', rises: 1 });
  expect(given.strip()).toMatchObject({ received: 1, shown: 1 });
});

test('P12: within its off-delay it never went; after it, it has', () => {
  const given = town({ delays: [{ types: ['fault'], offS: 10 }] });
  raise(given, 'a', 's-1', 'fault', T0);
  clear(given, 'a', 's-1', 'fault', T0 + 1 * S);
  raise(given, 'a', 's-1', 'fault', T0 + 4 * S);
  given.picture.tick(receiveTime(T0 + 30 * S));
  expect(given.theAlarm('a')).toMatchObject({ state: 'unacknowledged', active: true, repeats: 0 });
  clear(given, 'a', 's-1', 'fault', T0 + 40 * S);
  given.picture.tick(receiveTime(T0 + 49 * S));
  expect(given.theAlarm('a').active).toBe(true);
  given.picture.tick(receiveTime(T0 + 50 * S));
  expect(given.theAlarm('a')).toMatchObject({ state: 'returned-unacknowledged', clearedAt: T0 + 40 * S });
});

test('P13: detectors, panel and 110 report of one building are one happening, with its sum and its first-out', () => {
  const given = town({});
  given.tell(
    'fire-iot.device',
    [
      device('s-9', { buildingId: buildingId('b-1'), floor: 12 }),
      device('panel', { kind: 'fire-panel', buildingId: buildingId('b-1') }),
    ],
    T0,
  );
  raise(given, 'a', 's-1', 'fire', T0);
  expect(given.picture.log.count('cluster')).toBe(0);
  raise(given, 'b', 's-9', 'fire', T0 + 20 * S);
  raise(given, 'c', 'panel', 'fire', T0 + 40 * S);
  raise(given, 'elsewhere', 's-3', 'fire', T0 + 41 * S);
  given.tell('linkage-110.incident', [incident('i', T0 + 60 * S, { buildingId: buildingId('b-1') })], T0 + 60 * S);
  const [cluster, ...more] = given.picture.log.all('cluster');
  expect(more).toEqual([]);
  expect(cluster).toMatchObject({
    ...{ id: 'c-a', kind: 'fire', firstOut: 'a', count: 3, open: 3, place: 'building', incidentIds: ['i'] },
    parts: [
      { type: 'fire', deviceKind: 'smoke', count: 2, floors: [12], from: T0, to: T0 + 20 * S },
      { type: 'fire', deviceKind: 'fire-panel', count: 1, floors: [] },
    ],
  });
  expect(given.theAlarm('elsewhere').clusterId).toBe('c-elsewhere');
});

test('P13: after more than ten minutes of quiet it is another happening', () => {
  const given = town({});
  raise(given, 'a', 's-1', 'overload', T0);
  given.picture.tick(receiveTime(T0 + 11 * MIN));
  raise(given, 'b', 's-2', 'overload', T0 + 11 * MIN);
  expect(given.theAlarm('b').clusterId).toBe('c-b');
});

test('P13: a person merges and parts, and that holds after a restart', () => {
  const given = town({});
  raise(given, 'a', 's-1', 'fire', T0);
  raise(given, 'b', 's-2', 'fire', T0 + S);
  raise(given, 'c', 's-3', 'fire', T0 + S);
  const { acts, log } = given.picture;
  acts.merge('c-a', 'c-c', 'li', receiveTime(T0 + 2 * S));
  given.picture.tick(receiveTime(T0 + 2 * S));
  expect(log.get('cluster', 'c-a')).toMatchObject({ count: 3, open: 3, byHand: { by: 'li', act: 'merged' } });
  const own = acts.split(alarmId('b'), 'li', receiveTime(T0 + 3 * S));
  given.picture.tick(receiveTime(T0 + 3 * S));
  expect(given.theAlarm('b').clusterId).toBe(own);
  expect(log.get('cluster', 'c-a')).toMatchObject({ count: 2, open: 2, byHand: { act: 'split' } });
  expect(() => acts.split(alarmId('b'), 'li', receiveTime(T0 + 4 * S))).toThrow(Refused);
  const again = newPicture();
  const rows = (['alarm', 'cluster', 'device'] as const).flatMap((collection) =>
    [...log.all(collection)].map((record) => ({ collection, id: record.id, record })),
  );
  again.restore(rows as Parameters<typeof again.restore>[0], receiveTime(T0 + 5 * S));
  again.tick(receiveTime(T0 + 5 * S));
  expect(again.log.get('cluster', 'c-a')).toMatchObject({ count: 2, open: 2 });
  expect(again.log.get('alarm', 'b')?.clusterId).toBe(own);
});

test('P14: a second report of the same kind and place is linked to the first, and parted by hand', () => {
  const given = town({});
  given.tell('linkage-110.incident', [incident('i1', T0)], T0);
  given.tell('linkage-110.incident', [incident('i2', T0 + MIN, { lon: 120.8712 })], T0 + MIN);
  given.tell('linkage-110.incident', [incident('i3', T0 + MIN, { kind: 'rescue' })], T0 + MIN);
  const { log, acts } = given.picture;
  expect(['i1', 'i2', 'i3'].map((id) => log.get('incident', id)?.repeatOf)).toEqual([undefined, 'i1', undefined]);
  acts.linkReport(incidentId('i2'), null, 'li', receiveTime(T0 + 2 * MIN));
  given.tell('linkage-110.incident', [incident('i2', T0 + 3 * MIN, { status: 'accepted' })], T0 + 3 * MIN);
  expect(log.get('incident', 'i2')?.repeatOf).toBeUndefined();
});

test('P14 P15: a report that has repeats of its own brings them along when it is merged by hand; both logs say so', () => {
  const given = town({});
  given.tell('linkage-110.incident', [incident('i1', T0)], T0);
  given.tell('linkage-110.incident', [incident('i2', T0 + MIN, { kind: 'rescue' })], T0 + MIN);
  given.tell('linkage-110.incident', [incident('i3', T0 + 2 * MIN, { kind: 'rescue' })], T0 + 2 * MIN);
  const { log, acts } = given.picture;
  expect(log.get('incident', 'i3')?.repeatOf).toBe('i2');
  acts.linkReport(incidentId('i2'), incidentId('i1'), 'li', receiveTime(T0 + 3 * MIN));
  expect(['i2', 'i3'].map((id) => log.get('incident', id)?.repeatOf)).toEqual(['i1', 'i1']);
  acts.linkReport(incidentId('i2'), null, 'li', receiveTime(T0 + 4 * MIN));
  expect(['i2', 'i3'].map((id) => log.get('incident', id)?.repeatOf)).toEqual([undefined, 'i1']);
  const said = (id: string): string[] =>
    [...log.all('entry')]
      .filter(({ incidentId, by }) => incidentId === id && by === 'li')
      .sort((a, b) => a.at - b.at)
      .map(({ what }) => what);
  expect([said('i1'), said('i2')]).toEqual([
    ['linked', 'parted'],
    ['joined', 'parted'],
  ]);
});

const task = (at: number, status: TaskEvent['status'], department = 'power'): TaskEvent => ({
  ...{
    id: taskId(`t-${department}`),
    incidentId: incidentId('i'),
    ts: eventTime(at),
    department,
    action: '断电',
    status,
  },
});
test('P14: a task without receipt is marked, then handed up once; a receipt takes the mark away', () => {
  const given = town({}, { receiptMin: 3, escalateMin: 5 });
  given.tell('linkage-110.incident', [incident('i', T0)], T0);
  given.tell('linkage-110.task', [task(T0, 'sent'), task(T0, 'sent', 'gas')], T0);
  const { picture } = given;
  const marks = (): unknown[] => ['power', 'gas'].map((one) => picture.log.get('task', `t-${one}`)?.unanswered);
  picture.tick(receiveTime(T0 + 3 * MIN - 1));
  expect(marks()).toEqual([undefined, undefined]);
  picture.tick(receiveTime(T0 + 3 * MIN));
  expect(marks()).toEqual([1, 1]);
  given.tell('linkage-110.task', [task(T0 + 4 * MIN, 'received', 'gas')], T0 + 4 * MIN);
  picture.tick(receiveTime(T0 + 5 * MIN));
  expect(marks()).toEqual([2, undefined]);
  expect(picture.escalations().map(({ id }) => id)).toEqual(['t-power']);
  picture.tick(receiveTime(T0 + 6 * MIN));
  expect(picture.escalations()).toEqual([]);
});

test('P15: what was done with an alarm before it belonged to an incident stands in its log', () => {
  const given = town({});
  const { picture } = given;
  raise(given, 'a', 's-1', 'fire', T0);
  picture.acts.acknowledge([alarmId('a')], 'li', receiveTime(T0 + S));
  given.tell('linkage-110.incident', [incident('i', T0 + 2 * S, { buildingId: buildingId('b-1') })], T0 + 2 * S);
  picture.acts.confirm(alarmId('a'), 'true', 'wang', receiveTime(T0 + 3 * S));
  const lines = [...picture.log.all('entry')].sort((x, y) => x.at - y.at);
  expect(lines.map(({ what, by, who }) => [what, by, who])).toEqual([
    ['fire', undefined, 'name of s-1'],
    ['acknowledge', 'li', 'name of s-1'],
    ['reported', undefined, undefined],
    ['confirm', 'wang', 'name of s-1'],
  ]);
});

test('P15: the log of an incident tells each fact once, in order, and is never rewritten', () => {
  const given = town({}, { receiptMin: 3 });
  const { picture } = given;
  const told = incident('i', T0 + S, { buildingId: buildingId('b-1') });
  raise(given, 'a', 's-1', 'fire', T0);
  given.tell('linkage-110.incident', [told], T0 + S);
  given.tell('linkage-110.incident', [told], T0 + S, 'replay');
  picture.acts.acknowledge([alarmId('a')], 'li', receiveTime(T0 + 2 * S));
  given.tell('linkage-110.task', [task(T0 + 3 * S, 'sent')], T0 + 3 * S);
  given.tell('linkage-110.incident', [{ ...told, ts: eventTime(T0 + 4 * S), status: 'accepted' }], T0 + 4 * S);
  const lines = (): string[] =>
    [...picture.log.all('entry')]
      .sort((x, y) => x.at - y.at)
      .map(({ kind, what, by }) => `${kind} ${what} ${by ?? ''}`.trim());
  const all = ['alarm fire', 'status reported', 'act acknowledge li', 'task sent', 'status accepted'];
  expect(lines()).toEqual(all);
  const before = [...picture.log.all('entry')];
  given.tell('linkage-110.task', [task(T0 + 3 * S, 'sent')], T0 + 9 * S, 'replay');
  expect([...picture.log.all('entry')]).toEqual(before);
});

test('P16: a handover is signed by two names and keeps the picture the first one signed', () => {
  const given = town({});
  raise(given, 'a', 's-1', 'fire', T0);
  const { acts, log } = given.picture;
  const sign = (as: 'outgoing' | 'incoming', name: string, id?: string): string =>
    acts.handover({ as, name, note: '', mutedUntil: 0, ...(id === undefined ? {} : { id }) }, receiveTime(T0 + MIN));
  const id = sign('outgoing', '李');
  expect(() => sign('incoming', '李', id)).toThrow(Refused);
  acts.acknowledge([alarmId('a')], 'li', receiveTime(T0 + 2 * MIN));
  sign('incoming', '王', id);
  expect(log.get('handover', id)).toMatchObject({
    ...{ outgoing: { name: '李' }, incoming: { name: '王' }, open: { alarms: 1, unacknowledged: 1 } },
  });
  expect(() => sign('incoming', '赵', id)).toThrow(Refused);
});
