import { expect, test } from 'vitest';
import { buildingId, eventTime, incidentId, receiveTime } from '../contract/brand.ts';
import type { IncidentEvent } from '../contract/wire.ts';
import { alarm, newTown, T0 } from './given.ts';

const MIN = 60_000;
const report = (id: string, at: number, more: Partial<IncidentEvent> = {}): IncidentEvent => ({
  ...{ id: incidentId(id), ts: eventTime(at), kind: 'fire', level: 3, title: id, address: 'somewhere' },
  ...{ lon: 120.87, lat: 30.03, status: 'reported', ...more },
});
const I = incidentId('i');

test('P22: a suspected false call is held back with a reason, stays so over news of it, and counts again by hand', () => {
  const given = newTown();
  const { acts, log } = given.picture;
  given.tell('linkage-110.incident', [report('i', T0)], T0);
  acts.suspend(I, 'silent', 'li', receiveTime(T0 + MIN));
  acts.suspend(I, 'silent', 'wang', receiveTime(T0 + 2 * MIN));
  given.tell('linkage-110.incident', [report('i', T0 + 3 * MIN, { status: 'accepted' })], T0 + 3 * MIN);
  expect(log.get('incident', 'i')).toMatchObject({ status: 'accepted', suspended: { by: 'li', reason: 'silent' } });
  acts.suspend(I, null, 'li', receiveTime(T0 + 4 * MIN));
  expect(log.get('incident', 'i')?.suspended).toBeUndefined();
  const told = [...log.all('entry')]
    .filter(({ kind }) => kind === 'report')
    .map(({ what, by }) => `${what} ${by ?? ''}`);
  expect(told).toEqual(['suspended li', 'resumed li']);
  given.tell('linkage-110.incident', [report('i', T0 + 5 * MIN, { status: 'closed' })], T0 + 5 * MIN);
  expect(() => acts.suspend(I, 'silent', 'li', receiveTime(T0 + 6 * MIN))).toThrow('closed');
});

test('P22: an alarm at the place lifts it at once and the log says so; with an alarm there it cannot be held back', () => {
  const given = newTown();
  const { acts, log } = given.picture;
  given.tell('linkage-110.incident', [report('i', T0, { buildingId: buildingId('b-1') })], T0);
  acts.suspend(I, 'no-sign', 'li', receiveTime(T0 + 1000));
  given.tell('fire-iot.alarm', [alarm('a', 's-1', 'fire', T0 + 2000)], T0 + 2000);
  const incident = log.get('incident', 'i');
  expect(incident?.alarmIds).toEqual(['a']);
  expect(incident?.suspended).toBeUndefined();
  expect([...log.all('entry')].some(({ what }) => what === 'borne-out')).toBe(true);
  expect(() => acts.suspend(I, 'no-sign', 'li', receiveTime(T0 + 3000))).toThrow('bear');
});

test('P22: a caller whose two last reports came to nothing is marked, never held back by the console itself', () => {
  const given = newTown();
  const { log } = given.picture;
  for (const [i, id] of ['one', 'two'].entries()) {
    const at = T0 + i * MIN;
    given.tell('linkage-110.incident', [report(id, at, { caller: '某', lon: 120.8 + i / 10 })], at);
    given.tell('linkage-110.incident', [report(id, at + 1000, { status: 'closed', lon: 120.8 + i / 10 })], at + 1000);
  }
  given.tell('linkage-110.incident', [report('three', T0 + 5 * MIN, { caller: '某', lon: 120.6 })], T0 + 5 * MIN);
  given.tell('linkage-110.incident', [report('four', T0 + 5 * MIN, { caller: '另', lon: 120.5 })], T0 + 5 * MIN);
  expect(log.get('incident', 'three')).toMatchObject({ suspect: 'repeat-caller' });
  expect(log.get('incident', 'three')?.suspended).toBeUndefined();
  expect(log.get('incident', 'four')?.suspect).toBeUndefined();
});
