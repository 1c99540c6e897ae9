import { expect, test } from 'vitest';
import { alarmId, clock, deviceId, eventTime, incidentId, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { ClusterRecord } from '../../native-bridge/contract/duty-records.ts';
import type { AlarmRecord, IncidentRecord } from '../../native-bridge/contract/records.ts';
import { createDesk } from './desk.ts';
import { createIntents, type Send } from './intents.ts';
import { mergeOffers } from './merge-desk.ts';
import { createView } from './view.ts';
import { createWorld } from './world.ts';

const heard = (at: number) => ({ source: 'linkage-110', at: eventTime(at), heard: receiveTime(at) });
const incident = (id: string, at: number, over: Partial<IncidentRecord> = {}): IncidentRecord => ({
  ...heard(at),
  ...{ id: incidentId(id), kind: 'fire', level: 2, title: id, address: id, lon: 120.8, lat: 30, status: 'accepted' },
  ...{ reached: { reported: eventTime(at) }, alarmIds: [], unitIds: [] },
  ...over,
});
const alarm = (id: string, clusterId: string): AlarmRecord => ({
  ...heard(1),
  ...{ id: alarmId(id), deviceId: deviceId(id), deviceName: id, deviceKind: 'smoke', type: 'fire', level: 1 },
  ...{ state: 'unacknowledged', active: true, repeats: 0, contactLost: false, lon: 120.8, lat: 30, clusterId },
});
const cluster = (id: string, first: string, count: number): ClusterRecord => ({
  ...heard(1),
  ...{
    id,
    kind: 'fire',
    level: 1,
    firstOut: alarmId(first),
    place: 'building',
    lastAt: eventTime(1),
    open: count,
    count,
  },
  ...{ lon: 120.8, lat: 30, parts: [], incidentIds: [] },
});
const setUp = (incidents: IncidentRecord[], alarms: AlarmRecord[] = [], clusters: ClusterRecord[] = []) => {
  const [world, view, intents] = [createWorld(() => 5000), createView(), createIntents()];
  world.wipe(clock(1), 5000, { incident: incidents, alarm: alarms, cluster: clusters }, true);
  const sent: unknown[] = [];
  let parts = 0;
  const send: Send = (name, args) => {
    sent.push([name, args]);
    return Promise.resolve((name === 'split' ? { clusterId: `new-${(parts += 1)}` } : {}) as never);
  };
  intents.connect(send);
  return { world, view, sent, desk: createDesk({ world, view, intents }, 'li') };
};
const settle = (): Promise<void> => new Promise((go) => setTimeout(go, 0));

test('K8: the later report joins the earlier one, whichever is in view, and what joins is looked at in the first', async () => {
  const [first, later] = [incident('i1', 1000), incident('i2', 2000)];
  const { desk, view, sent } = setUp([first, later]);
  view.setState({ selection: { kind: 'incident', id: later.id } });
  desk.duty.askMerge();
  expect(view.getState().ask).toBe('merge');
  desk.duty.merging.join(later, first);
  desk.duty.merging.join(first, later);
  await settle();
  expect(sent).toEqual(Array(2).fill(['linkReport', { incidentId: 'i2', repeatOf: 'i1' }]));
  expect(view.getState().selection).toEqual({ kind: 'incident', id: 'i1' });
});

test('K8: undo parts them again, and gives back the repeats that came along', async () => {
  const brought = incident('i3', 3000, { repeatOf: incidentId('i2') });
  const { desk, sent } = setUp([incident('i1', 1000), incident('i2', 2000), brought]);
  desk.duty.merging.link(incidentId('i2'), incidentId('i1'));
  await settle();
  desk.duty.undo();
  await settle();
  expect(sent.slice(1)).toEqual([
    ['linkReport', { incidentId: 'i2', repeatOf: null }],
    ['linkReport', { incidentId: 'i3', repeatOf: 'i2' }],
  ]);
});

test('K8: merged happenings are parted again alarm by alarm into the one they were', async () => {
  const { desk, sent } = setUp([], [alarm('a', 'c-1'), alarm('b', 'c-2'), alarm('c', 'c-2')]);
  desk.duty.merging.gather('c-1', 'c-2');
  await settle();
  desk.duty.undo();
  await settle();
  await settle();
  expect(sent).toEqual([
    ['merge', { into: 'c-1', from: 'c-2' }],
    ['split', { alarmId: 'b' }],
    ['split', { alarmId: 'c' }],
    ['merge', { into: 'new-1', from: 'new-2' }],
  ]);
});

test('K8: offered are open incidents that stand by themselves, nearest first, and the repeats of this one to be parted', () => {
  const all = [
    incident('here', 1000),
    incident('far', 1000, { lon: 120.9 }),
    incident('near', 1000, { lon: 120.801 }),
    incident('closed', 1000, { status: 'closed' }),
    incident('mine', 1000, { repeatOf: incidentId('here') }),
    incident('other’s', 1000, { repeatOf: incidentId('far') }),
  ];
  const { world } = setUp(
    all,
    [alarm('a', 'c-1'), alarm('b', 'c-2')],
    [cluster('c-1', 'a', 2), cluster('c-2', 'b', 1)],
  );
  const told = (offers: ReturnType<typeof mergeOffers>): string[] =>
    offers.map(
      (one) =>
        `${one.act} ${one.act === 'gather' ? one.clusterId : one.act === 'split' ? one.alarm.id : one.incident.id}`,
    );
  expect(told(mergeOffers(world, all[0], undefined))).toEqual(['part mine', 'join near', 'join far']);
  expect(told(mergeOffers(world, all[4], undefined))).toEqual(['part mine', 'join near', 'join far']);
  // An alarm without an incident: its happening.
  expect(told(mergeOffers(world, undefined, world.get('alarm', 'a')))).toEqual(['split a', 'gather c-2']);
});

test('K1: with nothing to merge the key leaves a notice', () => {
  const { desk, view } = setUp([incident('i1', 1000)]);
  view.setState({ selection: { kind: 'incident', id: incidentId('i1') } });
  desk.duty.askMerge();
  expect(view.getState().ask).toBeNull();
  expect(desk.notices.getState().list.map(({ code }) => code)).toEqual(['nothing']);
});
