/**
 * The store for React: the only file of this room that knows it.
 *
 * Owns: the context that carries world, view and intents, and the hooks that read them.
 * Guarantees: a component redraws at most once per `everyMs` for a collection, however often it changes.
 * Refuses: to hand out anything that could change the world.
 */
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Collection, RecordOf } from '../../native-bridge/contract/records.ts';
import type { Intents } from './intents.ts';
import { siteLibrary, type SiteBook, type SiteShelf } from './site-library.ts';
import { videoHubOf, type VideoHub } from './video-source.ts';
import type { View, ViewStore } from './view.ts';
import type { World } from './world.ts';

/** What a desk works with. */
export interface DeskStore {
  /** What is shown: now, or a moment of the past. */
  world: World;
  view: ViewStore;
  intents: Intents;
}
export interface Store extends DeskStore {
  /** Now, whatever is shown: for what must not be missed. */
  live: World;
  /** The past, whatever is shown. */
  past: World;
}
export const StoreContext = createContext<Store | null>(null);

export const useFengsui = (): Store => {
  const store = useContext(StoreContext);
  if (!store) throw new Error('StoreContext is missing above this component');
  return store;
};
export const useView = <T>(select: (view: View) => T): T => useStore(useFengsui().view, select);

const useShelf = <C extends Collection>(world: World, name: C, everyMs: number): ReadonlyMap<string, RecordOf[C]> => {
  const subscribe = useCallback(
    (redraw: () => void) => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const stop = world.listen(name, () => {
        timer ??= setTimeout(() => {
          timer = null;
          redraw();
        }, everyMs);
      });
      return () => {
        stop();
        if (timer) clearTimeout(timer);
      };
    },
    [world, name, everyMs],
  );
  useSyncExternalStore(subscribe, () => world.version(name));
  return world.all(name);
};
/** The map of a collection as shown; redraws at most every `everyMs` (250 by default). Do not keep the map across renders. */
export const useCollection = <C extends Collection>(name: C, everyMs = 250): ReadonlyMap<string, RecordOf[C]> =>
  useShelf(useFengsui().world, name, everyMs);
/** The same of now, whatever is shown. */
export const useLive = <C extends Collection>(name: C, everyMs = 250): ReadonlyMap<string, RecordOf[C]> =>
  useShelf(useFengsui().live, name, everyMs);

/** One record; redraws only when that record changes. */
export const useRecord = <C extends Collection>(name: C, id: string | null): RecordOf[C] | undefined => {
  const { world } = useFengsui();
  return useSyncExternalStore(
    (redraw) => world.listen(name, redraw),
    () => (id === null ? undefined : world.get(name, id)),
  );
};

/** The time that is shown, ms UTC by the bridge's clock, ticking every `everyMs` (1000 by default): what ages run on. */
export const useNow = (everyMs = 1000): number => {
  const { world } = useFengsui();
  const moment = useView((view) => view.past?.time);
  const [now, setNow] = useState(world.now);
  useEffect(() => {
    const tick = (): void => setNow(world.now());
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [world, everyMs, moment]);
  return now;
};

/** Whether the past is shown. */
export const useIsPast = (): boolean => useView((view) => view.past !== null);

/** Where pictures come from: the cameras, or the clips of the moment. */
export const useVideo = (): VideoHub => {
  const { live, past } = useFengsui();
  return videoHubOf(useIsPast() ? past : live);
};

/** A file of the site once it is there; null until then, and without it: then what asked for it simply knows less. */
export const useSiteBook = <B extends SiteBook>(book: B): SiteShelf[B] | null => {
  const { world } = useFengsui();
  const [read, setRead] = useState<SiteShelf[B] | null>(null);
  useEffect(() => {
    let wanted = true;
    siteLibrary(world)
      .read(book)
      .then(
        (content) => wanted && setRead(() => content),
        (error: unknown) => console.warn('site file:', error),
      );
    return () => {
      wanted = false;
    };
  }, [world, book]);
  return read;
};

type Name = { readonly zh: string; readonly en: string };

/** Callsigns of units and names of stations; what the site does not know has none. */
export const useCallsigns = (): ((unitId: string) => Name | undefined) => {
  const { world } = useFengsui();
  const [names, setNames] = useState<ReadonlyMap<string, Name>>(new Map());
  useEffect(() => {
    let wanted = true;
    const { read } = siteLibrary(world);
    Promise.all([read('vehicles'), read('places').catch(() => [])]).then(
      ([fleet, places]) => {
        if (!wanted) return;
        const stations = places.filter(({ kind }) => kind === 'station').map(({ id, name }) => [id, name] as const);
        setNames(new Map<string, Name>([...fleet.map(({ id, callsign }) => [id, callsign] as const), ...stations]));
      },
      (error: unknown) => console.warn('site file:', error),
    );
    return () => {
      wanted = false;
    };
  }, [world]);
  return (id) => names.get(id);
};
