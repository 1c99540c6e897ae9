/**
 * The link to the past: a viewer of its own for as long as the window looks back.
 *
 * Owns: that viewer, and the writable world of the past. Guarantees: L8: now goes on being shown until the first picture of
 *   the past is whole; what is asked while it connects is asked once it stands; a connection that ends comes again at the moment
 *   where it stood; back in the present nothing of it is left. Refuses: commands: there is no way to send one.
 */
import { PORT_VERSION, type Role } from '../../native-bridge/contract/port.ts';
import type { NowAndPast } from '../store/now-and-past.ts';
import type { VideoHub } from '../store/video-source.ts';
import type { PastView, ViewStore } from '../store/view.ts';
import type { AfterFrame } from './frame.ts';
import type { Transport } from './transport.ts';
import { createViewer } from './viewer.ts';

export interface PastLinkOptions {
  worlds: Pick<NowAndPast, 'past' | 'stand' | 'show'>;
  view: ViewStore;
  /** The hub of the past's tiles. */
  video: VideoHub;
  transport: Transport;
  role: Role;
  window: string;
  frames?: AfterFrame;
  wait?: (attempt: number) => number;
}

/** Returns the way to stop. */
export const startPastLink = (options: PastLinkOptions): (() => void) => {
  const { worlds, view, video, transport, role, window: name, frames, wait } = options;
  const { past: world } = worlds;
  /** The newest word of the bridge, held back until the picture it belongs to is whole. */
  let told: PastView['time'] = null;
  let whole = false;

  const show = (): void => {
    const { past } = view.getState();
    if (!whole || told === null || past === null) return;
    worlds.stand(told);
    view.setState({ past: { ...past, time: told } });
    worlds.show('past');
  };
  const viewer = createViewer({
    ...{ world, transport, frames, wait, label: 'past' },
    hello: () => {
      const { past } = view.getState();
      if (past === null) return null;
      const at = world.clock() === null ? past.asked.at : world.now();
      return { t: 'hello', version: PORT_VERSION, role, window: name, at };
    },
    take: {
      welcome: () => {
        const asked = view.getState().past?.asked;
        if (asked) viewer.send({ t: 'time', ...asked });
        viewer.send({ t: 'cameras', ids: video.wanted() });
      },
      time: (time) => {
        told = time;
        show();
      },
      boxes: ({ cameraId, pts, boxes }) => video.boxes(cameraId, pts, boxes),
      frame: ({ header, data }) => video.frame(header, data),
      answer: ({ id }) => console.error('past: an answer to', id),
    },
    whole: () => {
      whole = true;
      show();
    },
    lost: () => view.getState().past !== null,
  });
  const leave = (): void => {
    whole = false;
    told = null;
    viewer.stop();
    worlds.show('live');
    world.forget();
  };
  const stops = [
    view.subscribe(({ past }, { past: before }) => {
      if (past === null && before !== null) leave();
      else if (past !== null && before === null) viewer.connect();
      else if (past !== null && past.asked !== before?.asked && viewer.welcomed())
        viewer.send({ t: 'time', ...past.asked });
    }),
    video.onWanted((ids) => {
      if (viewer.welcomed()) viewer.send({ t: 'cameras', ids });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    leave();
  };
};
