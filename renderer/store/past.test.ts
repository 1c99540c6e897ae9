import { expect, test } from 'vitest';
import { clock, deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import type { PastTime } from '../../native-bridge/contract/past.ts';
import type { SiteCard } from '../../native-bridge/contract/port.ts';
import type { DeviceRecord } from '../../native-bridge/contract/records.ts';
import { createIntents } from './intents.ts';
import { createNowAndPast } from './now-and-past.ts';
import { createPastDesk } from './past-desk.ts';
import { createView } from './view.ts';

const device = (id: string): DeviceRecord => ({
  ...{ id: deviceId(id), kind: 'smoke', name: id, state: 'ok', worst: 0, lon: 0, lat: 0, source: 's' },
  ...{ at: eventTime(0), heard: receiveTime(0) },
});
const card = (id: string): SiteCard => ({ id }) as SiteCard;
const time = (at: number, speed = 0, end = 50_000): PastTime => ({
  ...{ at, speed, spans: [[1000, end]], last: null, damaged: false },
});
const setUp = () => {
  let local = 100_000;
  const worlds = createNowAndPast(() => local);
  worlds.live.greet('now', card('site'), false, 100_000);
  worlds.live.wipe(clock(1), 100_000, { device: [device('a'), device('b')] }, true);
  return { worlds, pass: (ms: number) => (local += ms) };
};

test('N1: who listens is told of the change of worlds as of a wipe, and of the shown world alone', () => {
  const { worlds } = setUp();
  const heard: string[] = [];
  worlds.world.listen('device', ({ wiped, puts, removes }) =>
    heard.push(`${wiped ? 'wipe ' : ''}${puts.map(({ id }) => id).join()}${removes.map((id) => ` -${id}`).join('')}`),
  );
  worlds.past.greet('past-1', card('site'), false, 0);
  worlds.past.wipe(clock(1), 0, { device: [device('a')] }, true);
  expect(heard).toEqual([]);
  worlds.show('past');
  expect([...worlds.world.all('device').keys()]).toEqual(['a']);
  worlds.live.apply({ from: clock(1), clock: clock(2), puts: { device: [device('c')] }, removes: {}, coalesced: 0 }, 0);
  worlds.past.apply({ from: clock(1), clock: clock(2), puts: {}, removes: { device: ['a'] }, coalesced: 0 }, 0);
  const version = worlds.world.version('device');
  worlds.show('live');
  expect(heard).toEqual(['wipe a', ' -a', 'wipe a,b,c']);
  expect(worlds.world.version('device')).toBeGreaterThan(version);
  worlds.show('live');
  expect(heard.length).toBe(3);
});

test('N2: now goes on unseen', () => {
  const { worlds } = setUp();
  worlds.show('past');
  worlds.live.apply({ from: clock(1), clock: clock(2), puts: { device: [device('c')] }, removes: {}, coalesced: 0 }, 0);
  expect(worlds.live.get('device', 'c')?.id).toBe('c');
  expect(worlds.world.get('device', 'c')).toBeUndefined();
});

test('N3: time stands or runs as the bridge says, and never past the end of what was kept', () => {
  const { worlds, pass } = setUp();
  worlds.stand(time(20_000));
  worlds.show('past');
  pass(5000);
  expect(worlds.world.now()).toBe(20_000);
  worlds.stand(time(20_000, 4));
  pass(5000);
  expect(worlds.world.now()).toBe(40_000);
  // What the past's messages carry as "now" sets no clock.
  worlds.past.wipe(clock(9), 77_000, {}, true);
  expect(worlds.world.now()).toBe(40_000);
  pass(500_000);
  expect(worlds.world.now()).toBe(50_000);
  worlds.show('live');
  expect(worlds.world.now()).toBe(610_000);
});

test('N4: nothing leaves while the past is shown, whatever the connection', async () => {
  let past = true;
  const intents = createIntents(() => past);
  const sent: string[] = [];
  intents.connect((name) => {
    sent.push(name);
    return Promise.reject(new Error('as if'));
  });
  await expect(intents.send('lock', {}, 'li')).rejects.toMatchObject({ code: 'in-the-past' });
  past = false;
  await expect(intents.send('lock', {}, 'li')).rejects.toThrow('as if');
  expect(sent).toEqual(['lock']);
});

test('N5: leaving now puts away what was laid out to be sent; moves, speeds and the way back', () => {
  const { worlds } = setUp();
  const view = createView({ armed: { incidentId: 'i' as never, unitIds: [], at: 0 }, tour: true });
  let nothing = 0;
  const desk = createPastDesk({ world: worlds.world, view, intents: createIntents() }, () => (nothing += 1));
  desk.step(-10_000);
  desk.play();
  desk.now();
  desk.go(worlds.world.now());
  expect([nothing, view.getState().past]).toEqual([4, null]);
  desk.enter();
  expect(view.getState()).toMatchObject({ past: { asked: { at: 40_000, speed: 0 } }, armed: null, tour: false });
  desk.step(-10_000);
  expect(view.getState().past?.asked).toEqual({ at: 30_000, speed: 0 });
  worlds.stand(time(30_000));
  worlds.show('past');
  view.setState(({ past }) => ({ past: past && { ...past, time: time(30_000) } }));
  desk.play();
  expect(view.getState().past?.asked).toEqual({ at: 30_000, speed: 1 });
  for (const speed of [4, 20, 60, 1]) {
    desk.enter();
    expect(view.getState().past?.asked.speed).toBe(speed);
  }
  desk.play();
  expect(view.getState().past?.asked.speed).toBe(0);
  desk.now();
  expect(view.getState().past).toBeNull();
});
