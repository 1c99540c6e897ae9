import { expect, test } from 'vitest';
import { alarmId, buildingId, incidentId } from '../../native-bridge/contract/brand.ts';
import { keepCompany, type Channel } from './companions.ts';
import { createView } from './view.ts';

/** Three windows on one channel: what one says the others hear, copied as between processes. */
const room = () => {
  const said: string[] = [];
  const all: Channel[] = [];
  const window = () => {
    const channel: Channel = {
      postMessage: (message) => {
        said.push((message as { t: string }).t);
        for (const other of all)
          if (other !== channel) other.onmessage?.({ data: structuredClone(message) } as MessageEvent);
      },
      onmessage: null,
      close: () => undefined,
    };
    all.push(channel);
    const view = createView();
    return { view, stop: keepCompany(view, channel) };
  };
  return { said, windows: [window(), window(), window()] as const };
};
const chosen = { kind: 'alarm', id: alarmId('a') } as const;

test('W6: what is chosen in one window is chosen in those that follow, and nothing echoes', () => {
  const { said, windows } = room();
  const [one, two, three] = windows;
  three.view.setState({ follow: false });
  one.view.setState({ selection: chosen, openBuilding: buildingId('b'), openFloor: 12 });
  expect(two.view.getState()).toMatchObject({ selection: chosen, openBuilding: 'b', openFloor: 12 });
  expect(three.view.getState().selection).toBeNull();
  expect(said).toEqual(['chosen']);
  // What the free one chooses is its own affair.
  three.view.setState({ selection: { kind: 'building', id: buildingId('c') } });
  expect(two.view.getState().selection).toEqual(chosen);
  expect(said).toEqual(['chosen']);
  // Back to the district: the others let go too, and go home.
  const { home } = two.view.getState();
  one.view.setState({ selection: null, openBuilding: null, openFloor: null });
  expect(two.view.getState()).toMatchObject({ selection: null, openBuilding: null, home: home + 1 });
  // What a window chose by itself, because nobody did, moves no other.
  const byItself = { kind: 'incident', id: incidentId('i') } as const;
  one.view.setState({ ownChoice: byItself });
  one.view.setState({ selection: byItself });
  expect(two.view.getState().selection).toBeNull();
  one.view.setState({ selection: chosen });
  expect(two.view.getState().selection).toEqual(chosen);
});

test('W6: a mute is one for the room, also where the selection is not followed', () => {
  const { windows } = room();
  const [one, , three] = windows;
  three.view.setState({ follow: false });
  one.view.setState({ mutedUntil: 5000 });
  expect(three.view.getState().mutedUntil).toBe(5000);
  three.view.setState({ mutedUntil: 0 });
  expect(one.view.getState().mutedUntil).toBe(0);
});

test('W6: the moment of the past is one for all windows that follow, and going back to now too', () => {
  const { said, windows } = room();
  const [one, two, three] = windows;
  three.view.setState({ follow: false });
  one.view.setState({ past: { asked: { at: 1000, speed: 4 }, time: null, left: 9000 } });
  expect(two.view.getState().past?.asked).toEqual({ at: 1000, speed: 4 });
  expect(three.view.getState().past).toBeNull();
  expect(said).toEqual(['moment']);
  two.view.setState({ past: null });
  expect(one.view.getState().past).toBeNull();
});
