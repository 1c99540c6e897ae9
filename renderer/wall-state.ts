/**
 * What tools outside can see of the wall: `data-wall`, `data-boxed` and `data-past` on the root element.
 *
 * Owns: the three attributes. Guarantees: `starting` until the scene has drawn once, then `drawn`; `live` while besides every
 * feed is live, the bridge connected, a device known and now is shown; `data-past` is the moment (ms) while the past is; falls back to `drawn` when one of these ends.
 * Refuses: to be read by the wall itself, but for its style sheet.
 */
import type { FeedRecord } from '../native-bridge/contract/records.ts';
import type { ViewStore } from './store/view.ts';
import type { World } from './store/world.ts';

export type WallState = 'starting' | 'drawn' | 'live';

export const wallState = (now: {
  drawn: boolean;
  connected: boolean;
  feeds: Iterable<FeedRecord>;
  devices: number;
}): WallState => {
  if (!now.drawn) return 'starting';
  const feeds = [...now.feeds];
  const live = now.connected && feeds.length > 0 && feeds.every((feed) => feed.link === 'live') && now.devices > 0;
  return live ? 'live' : 'drawn';
};

/** Returns the way to stop. */
export const showWallState = (root: HTMLElement, world: World, view: ViewStore): (() => void) => {
  const show = (): void => {
    const { sceneDrawn, connection, boxedTiles, past } = view.getState();
    root.dataset['wall'] = wallState({
      drawn: sceneDrawn,
      connected: connection === 'open' && past === null,
      feeds: world.all('feed').values(),
      devices: world.all('device').size,
    });
    root.dataset['boxed'] = String(boxedTiles);
    if (past?.time) root.dataset['past'] = String(Math.floor(past.time.at));
    else delete root.dataset['past'];
  };
  show();
  const stops = [world.listen('feed', show), world.listen('device', show), view.subscribe(show)];
  return () => stops.forEach((stop) => stop());
};
