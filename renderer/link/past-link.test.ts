import { Packr, Unpackr } from 'msgpackr';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cameraId, clock } from '../../native-bridge/contract/brand.ts';
import type { BridgeMessage, SiteCard, ViewerMessage } from '../../native-bridge/contract/port.ts';
import { createNowAndPast } from '../store/now-and-past.ts';
import { createVideoHub } from '../store/video-source.ts';
import { createView } from '../store/view.ts';
import { startPastLink } from './past-link.ts';
import type { TransportEvents } from './transport.ts';
import { WELCOME_MS } from './viewer.ts';

const setUp = () => {
  const packr = new Packr({ useRecords: false });
  const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });
  const tries: { events: TransportEvents; sent: BridgeMessage[]; open: boolean }[] = [];
  const worlds = createNowAndPast(() => 100_000);
  const view = createView();
  const video = createVideoHub(worlds.past.now);
  const stop = startPastLink({
    ...{ worlds, view, video, role: 'duty', window: 'w1', wait: () => 100 },
    frames: () => ({ ask: () => undefined, stop: () => undefined }),
    transport: (events) => {
      const one = { events, sent: [] as BridgeMessage[], open: true };
      tries.push(one);
      return {
        send: (bytes) => void one.sent.push(unpackr.unpack(bytes) as BridgeMessage),
        close: () => {
          if (!one.open) return;
          one.open = false;
          events.closed('closed here');
        },
      };
    },
  });
  const latest = () => {
    const one = tries.at(-1);
    if (!one) throw new Error('no try yet');
    return one;
  };
  const say = (message: ViewerMessage): void => latest().events.message(packr.pack(message));
  const greet = (): void => {
    latest().events.opened();
    say({ t: 'welcome', version: '0', run: 'past-1', now: 5000, drill: false, site: {} as SiteCard });
  };
  const whole = (at: number): void => {
    say({ t: 'wipe', clock: clock(1), now: at, puts: {}, more: false });
    say({ t: 'time', at, speed: 0, spans: [[1000, 90_000]], last: null, damaged: false });
  };
  return { tries, latest, say, greet, whole, worlds, view, video, stop };
};
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('L8: now is shown until the first picture of the past is whole, then the past until it is left', () => {
  const { tries, latest, greet, whole, worlds, view } = setUp();
  expect(tries.length).toBe(0);
  view.setState({ past: { asked: { at: 5000, speed: 0 }, time: null, left: 0 } });
  greet();
  expect(latest().sent[0]).toEqual({ t: 'hello', version: 1, role: 'duty', window: 'w1', at: 5000 });
  expect([view.getState().past?.time, worlds.world.now()]).toEqual([null, 100_000]);
  whole(5000);
  expect([view.getState().past?.time?.at, worlds.world.now()]).toEqual([5000, 5000]);
  view.setState(({ past }) => ({ past: past && { ...past, asked: { at: 7000, speed: 4 } } }));
  expect(latest().sent.at(-1)).toEqual({ t: 'time', at: 7000, speed: 4 });
  view.setState({ past: null });
  expect([latest().open, worlds.world.now()]).toEqual([false, 100_000]);
  vi.advanceTimersByTime(10_000);
  expect(tries.length).toBe(1);
});

test('L8: what is asked while it connects is asked once it stands; a connection that ends comes again at its moment', () => {
  const { tries, latest, greet, whole, view, video } = setUp();
  view.setState({ past: { asked: { at: 5000, speed: 0 }, time: null, left: 0 } });
  view.setState(({ past }) => ({ past: past && { ...past, asked: { at: 6000, speed: 1 } } }));
  video.want(cameraId('c'));
  greet();
  expect(latest().sent.slice(1)).toEqual([
    { t: 'time', at: 6000, speed: 1 },
    { t: 'cameras', ids: ['c'] },
  ]);
  whole(6500);
  latest().events.closed('gone');
  vi.advanceTimersByTime(100);
  expect(tries.length).toBe(2);
  latest().events.opened();
  expect(latest().sent[0]).toMatchObject({ t: 'hello', at: 6500 });
});

test('L4 L8: a bridge that takes the connection to the past and says nothing is given up, and asked again', () => {
  const { tries, latest, greet, whole, view, worlds } = setUp();
  view.setState({ past: { asked: { at: 5000, speed: 0 }, time: null, left: 0 } });
  latest().events.opened();
  vi.advanceTimersByTime(WELCOME_MS);
  expect([tries[0]?.open, worlds.world.now()]).toEqual([false, 100_000]);
  vi.advanceTimersByTime(100);
  expect(tries.length).toBe(2);
  greet();
  whole(5000);
  vi.advanceTimersByTime(2 * WELCOME_MS);
  expect([tries.length, worlds.world.now()]).toEqual([2, 5000]);
});
