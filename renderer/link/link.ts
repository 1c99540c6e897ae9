/**
 * The link: keeps this window's world up to date with the bridge.
 *
 * Owns: the viewer of now, and what goes up beside the picture: cameras wanted, what is seen of them, commands, what is looked at.
 * Guarantees: L1 to L7 of the README.
 * Refuses: to invent: without a bridge the world stays as it was, and the view says `lost`.
 */
import { PORT_VERSION, type Role } from '../../native-bridge/contract/port.ts';
import type { Intents } from '../store/intents.ts';
import type { VideoHub } from '../store/video-source.ts';
import { incidentInView } from '../store/send-desk.ts';
import type { ViewStore } from '../store/view.ts';
import type { WritableWorld } from '../store/world.ts';
import { createCommandDesk } from './commands.ts';
import type { AfterFrame } from './frame.ts';
import type { Transport } from './transport.ts';
import { createViewer } from './viewer.ts';

export interface LinkOptions {
  /** Now. */
  world: WritableWorld;
  view: ViewStore;
  intents: Intents;
  video: VideoHub;
  transport: Transport;
  role: Role;
  /** The window's id in the profile; the bridge's log and `/health` name it. */
  window: string;
  /** Tests bring their own frames and waits. */
  frames?: AfterFrame;
  wait?: (attempt: number) => number;
}
export interface Link {
  /** Ends the connection for good. */
  stop: () => void;
}

export const startLink = (options: LinkOptions): Link => {
  const { world, view, intents, video, transport, role, window: name, frames, wait } = options;
  let stopped = false;
  /** The incident that stands open here: others who look at it are told. */
  let looked: string | null | undefined;

  const viewer = createViewer({
    ...{ world, transport, frames, wait, label: 'link' },
    hello: () => {
      const [clock, run] = [world.clock(), world.run()];
      const held = run !== null && clock !== null ? { run, clock } : {};
      return { t: 'hello', version: PORT_VERSION, role, window: name, ...held };
    },
    take: {
      welcome: () => {
        performance.mark('link:welcome');
        send({ t: 'cameras', ids: video.wanted(), takes: video.takes() });
        for (const [cameraId, why] of video.sights()) send({ t: 'sight', cameraId, why });
        looked = undefined;
        look();
        intents.connect(desk.send);
        if (view.getState().past !== null) send({ t: 'past', shown: true });
        view.setState({ connection: 'open' });
      },
      boxes: ({ cameraId, pts, boxes }) => video.boxes(cameraId, pts, boxes),
      frame: ({ header, data }) => video.frame(header, data),
      answer: (message) => desk.answered(message),
      // Of connections in the past alone.
      time: () => undefined,
    },
    whole: () => void performance.mark('link:picture'),
    lost: () => {
      intents.connect(null);
      desk.lost();
      if (!stopped && view.getState().connection !== 'connecting') view.setState({ connection: 'lost' });
      return !stopped;
    },
  });
  const { send, welcomed } = viewer;
  const desk = createCommandDesk(send);
  const look = (): void => {
    const incidentId = incidentInView({ world, view }) ?? null;
    if (!welcomed() || incidentId === looked) return;
    looked = incidentId;
    send({ t: 'looking', incidentId });
  };
  const stops = [
    video.onWanted((ids, takes) => {
      if (welcomed()) send({ t: 'cameras', ids, takes });
    }),
    video.onSaw((cameraId, why) => {
      if (welcomed()) send({ t: 'sight', cameraId, why });
    }),
    view.subscribe(({ past }, before) => {
      if (welcomed() && (past === null) !== (before.past === null)) send({ t: 'past', shown: past !== null });
    }),
    view.subscribe(look),
    world.listen('alarm', look),
    world.listen('unit', look),
  ];
  viewer.connect();
  return {
    stop: () => {
      stopped = true;
      for (const stop of stops) stop();
      viewer.stop();
    },
  };
};
