import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clock, incidentId, receiveTime, unitId } from '../../native-bridge/contract/brand.ts';
import type { AdviceRecord } from '../../native-bridge/contract/forces-records.ts';
import { createIntents } from './intents.ts';
import { ARMED_MS, createSendDesk } from './send-desk.ts';
import { createView } from './view.ts';
import { createWorld } from './world.ts';

const I = incidentId('i-1');
const advised = (id: string, chosen: boolean): AdviceRecord['units'][number] => ({
  unitId: unitId(id),
  type: 'pumper',
  crew: 6,
  status: 'standby',
  seconds: 100,
  metres: 1000,
  reasons: [],
  uncovers: 0,
  chosen,
  path: [],
});
const advice: AdviceRecord = {
  id: I,
  at: receiveTime(1),
  needs: [],
  units: [advised('a', true), advised('b', true), advised('c', false)],
  per: 'addresses',
  total: 10,
  circle: 9,
  circleAfter: 8,
  water: [],
};
const stage = () => {
  const world = createWorld();
  const view = createView({ connection: 'open', selection: { kind: 'incident', id: I } });
  world.wipe(clock(1), Date.now(), { advice: [advice] }, true);
  const sent: [string, string[]][] = [];
  const nothing = vi.fn();
  const desk = createSendDesk(
    { world, view, intents: createIntents() },
    (incident, units) => void sent.push([incident, units]),
    nothing,
  );
  return { world, view, sent, nothing, desk };
};
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('K4: the first press lays out what is advised, the second sends exactly that, a third sends nothing more', () => {
  const { view, sent, desk } = stage();
  desk.dispatch();
  expect(sent).toEqual([]);
  expect(view.getState().armed?.unitIds).toEqual(['a', 'b']);
  desk.dispatch();
  expect(sent).toEqual([['i-1', ['a', 'b']]]);
  expect(view.getState().armed).toBeNull();
  expect(desk.confirm()).toBe(false);
  expect(sent).toHaveLength(1);
});
test('K4: what the hand has changed goes, not what is advised meanwhile', () => {
  const { world, sent, desk } = stage();
  desk.toggle(unitId('c'));
  desk.toggle(unitId('a'));
  world.wipe(clock(2), Date.now(), { advice: [{ ...advice, units: [advised('x', true)] }] }, true);
  expect(desk.confirm()).toBe(true);
  expect(sent).toEqual([['i-1', ['b', 'c']]]);
});
test('K4: it lapses with time, with another selection, and with the contact', () => {
  const { view, sent, desk } = stage();
  desk.dispatch();
  vi.advanceTimersByTime(ARMED_MS + 1);
  expect(view.getState().armed).toBeNull();
  desk.dispatch();
  view.setState({ selection: { kind: 'incident', id: incidentId('i-2') } });
  expect(view.getState().armed).toBeNull();
  view.setState({ selection: { kind: 'incident', id: I } });
  desk.dispatch();
  view.setState({ connection: 'lost' });
  expect(desk.confirm()).toBe(false);
  expect(sent).toEqual([]);
});
test('nothing advised, nothing laid out: it is said', () => {
  const { view, nothing, desk } = stage();
  view.setState({ selection: null });
  desk.dispatch();
  expect(nothing).toHaveBeenCalledOnce();
  expect(desk.cancel()).toBe(false);
});
