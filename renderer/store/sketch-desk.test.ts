import { expect, test } from 'vitest';
import { clock, incidentId } from '../../native-bridge/contract/brand.ts';
import type { Commands } from '../../native-bridge/contract/port.ts';
import { createIntents, type AskBridge } from './intents.ts';
import { createModeDesk } from './mode-desk.ts';
import { createSketchDesk } from './sketch-desk.ts';
import { createView } from './view.ts';
import { createWorld } from './world.ts';

const I = incidentId('i-1');
const stage = () => {
  const world = createWorld();
  world.wipe(clock(1), Date.now(), { incident: [{ id: I, lon: 120.87, lat: 30.03, level: 2 } as never] }, true);
  const view = createView({ connection: 'open', selection: { kind: 'incident', id: I } });
  const asked: [string, unknown][] = [];
  const back: (() => void)[] = [];
  let refused = 0;
  const ask: AskBridge = (name, args, done) => {
    asked.push([name, args]);
    done?.({ sketchId: 's-1' } as Commands[typeof name]['result']);
  };
  const store = { world, view, intents: createIntents() };
  const nothing = (): void => void (refused += 1);
  return {
    ...{ view, asked, back, refused: () => refused },
    desk: createSketchDesk(store, ask, (undo) => back.push(undo), nothing),
    mode: createModeDesk(store, nothing),
  };
};

test('K9: nothing is kept before it is finished; it goes to the incident it was begun on; undo erases it', () => {
  const { view, asked, back, desk, refused } = stage();
  expect(desk.point([120, 30])).toBe(false);
  desk.start('area');
  for (const x of [120.1, 120.2]) expect(desk.point([x, 30])).toBe(true);
  expect([desk.finish(), asked.length, refused()]).toEqual([true, 0, 1]);
  view.setState({ selection: null });
  desk.point([120.2, 30.1]);
  desk.point([120.3, 30.3]);
  desk.less();
  desk.say(' 警戒区 ');
  desk.finish();
  const points = [
    [120.1, 30],
    [120.2, 30],
    [120.2, 30.1],
  ];
  expect(asked).toEqual([['draw', { incidentId: I, shape: 'area', points, text: '警戒区' }]]);
  back.pop()?.();
  expect(asked.at(-1)).toEqual(['erase', { sketchId: 's-1' }]);
  expect(desk.finish()).toBe(false);
});
test('K9: the same shape again puts it away; without an incident and in the past there is nothing to draw on', () => {
  const { view, desk, refused } = stage();
  desk.start('line');
  desk.start('line');
  expect(view.getState().sketching).toBeNull();
  for (const shape of ['point', 'line', 'area']) {
    desk.start();
    expect(view.getState().sketching?.shape).toBe(shape);
  }
  desk.start();
  expect(view.getState().sketching).toBeNull();
  view.setState({ past: { asked: { at: 1, speed: 0 }, time: null, left: 1 } });
  desk.start('point');
  view.setState({ past: null, selection: null });
  desk.start('point');
  expect([view.getState().sketching, refused()]).toEqual([null, 2]);
});
test('K10: the same key leads back to duty, a window of one part stays; areas that cannot be are passed over', () => {
  const { view, mode, refused } = stage();
  mode.consultation();
  mode.field();
  expect(view.getState().mode).toBe('field');
  mode.field();
  expect(view.getState().mode).toBe('duty');
  view.setState({ mode: 'board' });
  mode.consultation();
  expect(view.getState().mode).toBe('board');
  const seen = [1, 2, 3].map(() => (mode.area(), view.getState().area?.kind ?? 'all'));
  expect(seen).toEqual(['around', 'all', 'around']);
  view.setState({ selection: null, area: null });
  mode.area();
  expect([view.getState().area, refused()]).toEqual([null, 1]);
  view.setState({ ownArea: { kind: 'own', name: null, rings: [] } });
  mode.area();
  expect(view.getState().area?.kind).toBe('own');
});
