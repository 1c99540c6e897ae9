/**
 * Two worlds, one of which is shown: now, and a moment of the past.
 *
 * Owns: which of them the window shows, and the clock of the past. Guarantees: N1 whoever listens to `world` is told of a change
 *   of worlds as of a wipe, once for each collection, and hears of nothing but the shown one; N2 now goes on unseen, so that
 *   going back to it takes no time and a new alarm is known meanwhile; N3 in the past time stands where the bridge says and
 *   runs at its speed, never past the end of what was kept. Refuses: to fetch either; the links do.
 */
import type { PastTime } from '../../native-bridge/contract/past.ts';
import { COLLECTIONS, type Collection } from '../../native-bridge/contract/records.ts';
import { createWorld, type Change, type Listener, type World, type WritableWorld } from './world.ts';

export interface NowAndPast {
  /** The one that is shown. */
  readonly world: World;
  readonly live: WritableWorld;
  readonly past: WritableWorld;
  /** The bridge's word on where the past stands. */
  readonly stand: (time: PastTime) => void;
  readonly show: (which: 'live' | 'past') => void;
}

export const createNowAndPast = (localNow: () => number = Date.now): NowAndPast => {
  let stood: { time: PastTime; local: number } | null = null;
  const pastNow = (): number => {
    const local = localNow();
    if (stood === null) return local;
    const { at, speed, spans } = stood.time;
    const end = Math.max(at, spans.at(-1)?.[1] ?? at);
    return Math.min(end, at + (local - stood.local) * speed);
  };
  const live = createWorld(localNow);
  // Its messages say nothing about now.
  const past = createWorld(localNow, {
    note: () => undefined,
    ms: () => pastNow() - localNow(),
    reset: () => undefined,
  });
  let shown: World = live;
  const listeners = new Map<Collection, Set<Listener<never>>>();
  const versions = new Map<Collection, number>();

  const tell = <C extends Collection>(name: C, change: Change<C>): void => {
    versions.set(name, (versions.get(name) ?? 0) + 1);
    for (const listener of listeners.get(name) ?? []) {
      try {
        (listener as Listener<C>)(change);
      } catch (error) {
        console.error(`store: a listener of ${name} failed`, error);
      }
    }
  };
  const hear = <C extends Collection>(from: World, name: C): void => {
    from.listen(name, (change) => {
      if (from === shown) tell(name, change);
    });
  };
  for (const world of [live, past]) for (const name of COLLECTIONS) hear(world, name);
  const whole = <C extends Collection>(name: C): void =>
    tell(name, { wiped: true, puts: [...shown.all(name).values()], removes: [] });

  return {
    live,
    past,
    world: {
      clock: () => shown.clock(),
      run: () => shown.run(),
      site: () => shown.site() ?? live.site(),
      drill: () => shown.drill(),
      now: () => shown.now(),
      all: (name) => shown.all(name),
      get: (name, id) => shown.get(name, id),
      version: (name) => versions.get(name) ?? 0,
      listen: (name, listener) => {
        const those = listeners.get(name) ?? new Set();
        listeners.set(name, those.add(listener));
        return () => void those.delete(listener);
      },
    },
    stand: (time) => {
      stood = { time, local: localNow() };
    },
    show: (which) => {
      const next = which === 'past' ? past : live;
      if (next === shown) return;
      shown = next;
      COLLECTIONS.forEach(whole);
    },
  };
};
