import { expect, test } from 'vitest';
import { alarmId, eventTime, incidentId, receiveTime, taskId, unitId } from '../contract/brand.ts';
import type { OrderRecord } from '../contract/records.ts';
import type { AutomaticRule, Plan } from '../contract/site-plans.ts';
import type { TaskEvent, WireOrder } from '../contract/wire.ts';
import { Refused } from './acts.ts';
import { alarm, device, newPicture, newTown, T0, type Town } from './given.ts';

const S = 1000;
const MIN = 60 * S;
const reason = { zh: '理由', en: 'reason' };
const RULES: AutomaticRule[] = [
  { id: 'room', types: ['unattended'], afterS: 30, tell: ['property'], reason },
  { id: 'timber', types: ['overload'], places: ['timber'], tell: ['resident', 'contractor'], reason },
];
const PLAN: Plan = {
  id: 'fire',
  name: reason,
  lists: [{ id: 'cuts', name: reason, items: [{ id: 'power', name: { zh: '断电', en: 'Power' } }] }],
};
const town = (): Town => newTown(newPicture(1000, { response: { automatic: RULES, receiptMin: 3 }, plans: [PLAN] }));
const I1 = incidentId('i-1');
const I2 = incidentId('i-2');
const withIncidents = (): Town => {
  const given = town();
  for (const id of [I1, I2])
    given.tell(
      'linkage-110.incident',
      [
        {
          ...{
            id,
            ts: eventTime(T0),
            kind: 'fire',
            level: 3,
            title: id,
            address: 'a',
            lon: 120.87,
            status: 'reported',
          },
          // Too far apart to be one fire.
          lat: id === I1 ? 30.03 : 30.09,
        },
      ],
      T0,
    );
  return given;
};
const position = ({ tell }: Town, at: number, status: string, more = {}): void =>
  tell(
    'fire-iot.position',
    [
      {
        ...{ id: `p-${at}`, unitId: unitId('u-1'), ts: eventTime(at), lon: 120.87, lat: 30.03, heading: 0, speed: 9 },
        ...{ status, ...more },
      },
    ],
    at,
  );
const wire = (id: string, type: string, target: string, args: WireOrder['args']): WireOrder => ({
  ...{ orderId: id, type, target, args, by: 'li', at: T0, basedOn: { epoch: 'e1', seq: 1, at: T0 } },
});
const log = ({ picture }: Town): string[] =>
  [...picture.log.all('entry')].map(({ incidentId: id, kind, what, who, by }) => [id, kind, what, who ?? by].join(' '));
const due = ({ picture }: Town, at: number): string[] =>
  picture.automatic(at).map(({ rule, alarm: { id }, to }) => `${rule} ${id} ${to}`);

test('P17: told once for each rising and each one told, after its time, only where the rule says', () => {
  const given = town();
  given.tell(
    'fire-iot.device',
    [device('room', { kind: 'control-room' }), device('old', { blockId: 'k-1' as never })],
    T0,
  );
  given.tell('fire-iot.alarm', [alarm('u', 'room', 'unattended', T0), alarm('x', 's-2', 'overload', T0)], T0);
  given.tell('fire-iot.alarm', [alarm('o', 'old', 'overload', T0)], T0);
  expect(due(given, T0 + S)).toEqual(['timber o resident', 'timber o contractor']);
  expect(due(given, T0 + 29 * S)).toEqual([]);
  expect(due(given, T0 + 30 * S)).toEqual(['room u property']);
  expect(due(given, T0 + 31 * S)).toEqual([]);
  // It cleared and rose again: that is news.
  given.tell('fire-iot.alarm', [alarm('u', 'room', 'unattended', T0 + MIN, { state: 'cleared' })], T0 + MIN);
  expect(due(given, T0 + MIN)).toEqual([]);
  given.tell('fire-iot.alarm', [alarm('u', 'room', 'unattended', T0 + 2 * MIN)], T0 + 2 * MIN);
  expect(due(given, T0 + 3 * MIN)).toEqual(['room u property']);
});

test('P17: never a test, never what is shelved, old or out of contact; after a restart not what was told before', () => {
  const given = town();
  given.tell('fire-iot.device', [device('old', { blockId: 'k-1' as never })], T0);
  given.tell('fire-iot.alarm', [alarm('t', 'old', 'overload', T0, { test: true })], T0);
  expect(due(given, T0 + S)).toEqual([]);
  given.tell('fire-iot.alarm', [alarm('o', 'old-2', 'overload', T0)], T0);
  given.tell('fire-iot.device', [device('old-2', { blockId: 'k-1' as never })], T0);
  given.picture.acts.shelve(alarmId('o'), 30, '维修', 'li', receiveTime(T0));
  expect(due(given, T0 + S)).toEqual([]);
  given.picture.acts.unshelve(alarmId('o'));
  expect(due(given, T0 + 16 * MIN)).toEqual([]);
  const order: OrderRecord = {
    ...{ id: 'o-1' as never, source: 'fire-iot', type: 'notify', target: 'o', by: 'console', tries: 1 },
    ...{ at: receiveTime(T0 + S), status: 'accepted', detail: 'resident' },
  };
  given.picture.order(order);
  expect(due(given, T0 + 2 * S)).toEqual(['timber o contractor']);
});

test('P18: called off and diverted, once for each order, also when the order is told again', () => {
  const given = withIncidents();
  const { picture } = given;
  const unit = () => picture.log.get('unit', 'u-1');
  position(given, T0, 'standby');
  picture.carried(wire('o-1', 'dispatch', I1, { unitIds: ['u-1'] }), receiveTime(T0 + S));
  expect(unit()?.incidentId).toBe(I1);
  const divert = wire('o-2', 'divert', I2, { from: I1, unitIds: ['u-1'] });
  picture.carried(divert, receiveTime(T0 + 2 * S));
  expect(unit()?.incidentId).toBe(I2);
  picture.carried(wire('o-3', 'recall', I2, { unitIds: ['u-1'] }), receiveTime(T0 + 3 * S));
  expect([unit()?.incidentId, unit()?.status]).toEqual([undefined, 'returning']);
  // A restart tells what was accepted again.
  picture.carried(divert, receiveTime(T0 + 2 * S));
  expect(unit()?.incidentId).toBeUndefined();
  expect(log(given).filter((line) => line.includes(' unit '))).toEqual([
    'i-1 unit sent u-1',
    'i-1 unit recalled u-1',
    'i-2 unit sent u-1',
    'i-2 unit recalled u-1',
  ]);
});

test('P18: who was told to move up does so until it says that it is elsewhere', () => {
  const given = town();
  const moves = (): string | undefined => given.picture.log.get('unit', 'u-1')?.movesTo?.placeId;
  position(given, T0, 'standby');
  given.picture.carried(wire('o-1', 'moveUp', 'u-1', { unitId: 'u-1', placeId: 'st-2' }), receiveTime(T0 + S));
  expect(moves()).toBe('st-2');
  position(given, T0 + 2 * S, 'standby');
  position(given, T0 + 5 * MIN, 'moving-up');
  expect(moves()).toBe('st-2');
  position(given, T0 + 9 * MIN, 'standby');
  expect(moves()).toBeUndefined();
});

test('O8: only units that are bound there are called off; only free ones move up', () => {
  const given = withIncidents();
  const { acts } = given.picture;
  position(given, T0, 'en-route', { incidentId: I1 });
  expect(() => acts.needUnits([unitId('u-1')], I1)).not.toThrow();
  expect(() => acts.needUnits([unitId('u-1')], I2)).toThrow(Refused);
  expect(() => acts.needUnits([unitId('u-1')], null)).toThrow('i-1');
  expect(() => acts.needUnits([unitId('u-9')], null)).toThrow('no unit u-9');
});

test('P19: ticked, taken back and ticked again, each with its line; an unknown item is refused', () => {
  const given = withIncidents();
  const { acts, log: book } = given.picture;
  const tick = (done: boolean, at: number, itemId = 'power'): void =>
    acts.tick({ incidentId: I1, planId: 'fire', itemId, done }, 'li', receiveTime(at));
  tick(true, T0 + 1);
  tick(true, T0 + 2);
  tick(false, T0 + 3);
  tick(true, T0 + 4);
  expect(book.get('tick', 'i-1/fire/power')).toMatchObject({ done: true, by: 'li', at: T0 + 4 });
  expect(log(given).filter((line) => line.includes('ticked'))).toEqual([
    'i-1 act ticked li',
    'i-1 act unticked li',
    'i-1 act ticked li',
  ]);
  expect(() => tick(true, T0, 'gas')).toThrow(Refused);
});

test('P19: taken in hand by one, then another; the next report of the linkage leaves it so', () => {
  const given = withIncidents();
  const { acts, log: book } = given.picture;
  acts.own({ incidentId: I1, mine: true }, 'li', receiveTime(T0 + 1));
  acts.own({ incidentId: I1, mine: true }, 'wang', receiveTime(T0 + 2));
  given.tell(
    'linkage-110.incident',
    [
      {
        ...{ id: I1, ts: eventTime(T0 + S), kind: 'fire', level: 2, title: 't', address: 'a', lon: 120.87, lat: 30.03 },
        status: 'accepted',
      },
    ],
    T0 + S,
  );
  expect(book.get('incident', I1)?.owner).toEqual({ by: 'wang', at: T0 + 2 });
  acts.own({ incidentId: I1, mine: false }, 'wang', receiveTime(T0 + 3));
  expect(book.get('incident', I1)?.owner).toBeUndefined();
  expect(log(given).filter((line) => line.includes(' act '))).toEqual([
    'i-1 act taken li',
    'i-1 act taken wang',
    'i-1 act let-go wang',
  ]);
});

test('P20: called, answered, acknowledged, each with its time; unanswered calls and work orders are marked too', () => {
  const given = withIncidents();
  const { picture } = given;
  const say = (id: string, at: number, status: TaskEvent['status'], more: Partial<TaskEvent>): void =>
    given.tell(
      'linkage-110.task',
      [{ id: taskId(id), ts: eventTime(at), department: 'd', action: 'x', status, ...more }],
      at,
    );
  const call = { incidentId: I1, recipient: 'chief' };
  say('c', T0, 'sent', call);
  say('w', T0, 'sent', { alarmId: alarmId('a') });
  picture.tick(receiveTime(T0 + 4 * MIN));
  expect([picture.log.get('task', 'c')?.unanswered, picture.log.get('task', 'w')?.unanswered]).toEqual([1, 1]);
  say('c', T0 + 5 * MIN, 'received', call);
  say('c', T0 + 6 * MIN, 'done', call);
  expect(picture.log.get('task', 'c')).toMatchObject({
    recipient: 'chief',
    reached: { sent: T0, received: T0 + 5 * MIN, done: T0 + 6 * MIN },
  });
  expect(picture.log.get('task', 'c')?.unanswered).toBeUndefined();
  expect(log(given).filter((line) => line.includes(' call '))).toEqual([
    'i-1 call sent chief',
    'i-1 call unanswered chief',
    'i-1 call received chief',
    'i-1 call done chief',
  ]);
  say('w', T0 + 7 * MIN, 'done', { alarmId: alarmId('a') });
  expect(picture.log.get('task', 'w')).toMatchObject({ alarmId: 'a', status: 'done' });
  picture.tick(receiveTime(T0 + 8 * MIN + 86_400_000));
  expect(picture.log.get('task', 'w')).toBeUndefined();
});
