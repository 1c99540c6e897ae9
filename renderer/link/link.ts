/**
 * The link: keeps this window's world up to date with the bridge.
 *
 * Owns: the connection, its revival, and the calls of `world.greet`, `wipe` and `apply`.
 * Guarantees: L1 to L7 of the README.
 * Refuses: to invent: without a bridge the world stays as it was, and the view says `lost`.
 */
import { Packr, Unpackr } from 'msgpackr';
import {
  PORT_VERSION,
  type BridgeMessage,
  type Role,
  type ToViewer,
  type ViewerMessage,
} from '../../native-bridge/contract/port.ts';
import type { Intents } from '../store/intents.ts';
import type { VideoHub } from '../store/video-source.ts';
import { incidentInView } from '../store/send-desk.ts';
import type { ViewStore } from '../store/view.ts';
import type { WritableWorld } from '../store/world.ts';
import { waitBefore } from './backoff.ts';
import { createCommandDesk } from './commands.ts';
import { afterFrame, type AfterFrame } from './frame.ts';
import { createPieces } from './pieces.ts';
import type { Connection, Transport } from './transport.ts';

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

/** A welcome that does not come within this time ends the try. ms */
export const WELCOME_MS = 5000;

export const startLink = (options: LinkOptions): Link => {
  const {
    world,
    view,
    intents,
    video,
    transport,
    role,
    window: name,
    frames = afterFrame,
    wait = waitBefore,
  } = options;
  const packr = new Packr({ useRecords: false });
  const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });
  let connection: Connection | null = null;
  let welcomed = false;
  let stopped = false;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let welcomeTimer: ReturnType<typeof setTimeout> | null = null;
  const pieces = createPieces();

  const send = (message: BridgeMessage): void => {
    // Packr writes into a buffer that it goes on using: a copy travels.
    connection?.send(new Uint8Array(packr.pack(message)));
  };
  const desk = createCommandDesk(send);
  const waiter = frames(() => {
    const clock = world.clock();
    if (welcomed && clock !== null) send({ t: 'ack', clock });
  });

  const drop = (): void => {
    connection?.close();
  };
  const hello = (): void => {
    const clock = world.clock();
    const run = world.run();
    send({
      t: 'hello',
      version: PORT_VERSION,
      role,
      window: name,
      ...(run !== null && clock !== null ? { run, clock } : {}),
    });
    welcomeTimer = setTimeout(drop, WELCOME_MS);
  };

  /** The incident that stands open here: others who look at it are told. */
  let looked: string | null | undefined;
  const look = (): void => {
    const incidentId = incidentInView({ world, view }) ?? null;
    if (!welcomed || incidentId === looked) return;
    looked = incidentId;
    send({ t: 'looking', incidentId });
  };

  const take: { [T in keyof ToViewer]: (message: ToViewer[T]) => void } = {
    welcome: ({ run, site, drill, now }) => {
      if (welcomeTimer) clearTimeout(welcomeTimer);
      world.greet(run, site, drill, now);
      welcomed = true;
      performance.mark('link:welcome');
      attempt = 0;
      send({ t: 'cameras', ids: video.wanted(), takes: video.takes() });
      for (const [cameraId, why] of video.sights()) send({ t: 'sight', cameraId, why });
      looked = undefined;
      look();
      intents.connect(desk.send);
      if (view.getState().past !== null) send({ t: 'past', shown: true });
      view.setState({ connection: 'open' });
    },
    wipe: ({ clock, now, puts, more }) => {
      const all = pieces.add(puts, more);
      if (all === null) return;
      world.wipe(clock, now, all, true);
      performance.mark('link:picture');
      waiter.ask();
    },
    delta: (delta) => {
      const clock = world.clock();
      // A hole cannot be filled from here: without a clock the next hello asks for everything.
      if (clock === null || delta.from > clock) {
        world.forget();
        drop();
        return;
      }
      world.apply(delta, delta.now);
      waiter.ask();
    },
    boxes: ({ cameraId, pts, boxes }) => video.boxes(cameraId, pts, boxes),
    frame: ({ header, data }) => video.frame(header, data),
    answer: desk.answered,
    // Of connections in the past alone.
    time: () => undefined,
  };
  const receive = (bytes: Uint8Array): void => {
    try {
      const message = unpackr.unpack(bytes) as ViewerMessage;
      if (!Object.hasOwn(take, message.t)) throw new Error(`unknown message ${String(message.t)}`);
      if (!welcomed && message.t !== 'welcome') throw new Error(`${message.t} before welcome`);
      const handle = take[message.t] as (message: ViewerMessage) => void;
      handle(message);
    } catch (error) {
      console.error('link:', error);
      drop();
    }
  };

  const connect = (): void => {
    retry = null;
    pieces.drop();
    connection = transport({
      opened: hello,
      message: receive,
      closed: () => {
        connection = null;
        welcomed = false;
        if (welcomeTimer) clearTimeout(welcomeTimer);
        waiter.stop();
        intents.connect(null);
        desk.lost();
        if (stopped) return;
        if (view.getState().connection !== 'connecting') view.setState({ connection: 'lost' });
        retry = setTimeout(connect, wait(attempt++));
      },
    });
  };
  const stopWanting = video.onWanted((ids, takes) => {
    if (welcomed) send({ t: 'cameras', ids, takes });
  });
  const stopSeeing = video.onSaw((cameraId, why) => {
    if (welcomed) send({ t: 'sight', cameraId, why });
  });
  const stopGoing = view.subscribe(({ past }, before) => {
    if (welcomed && (past === null) !== (before.past === null)) send({ t: 'past', shown: past !== null });
  });
  const stopLooking = [stopGoing, view.subscribe(look), world.listen('alarm', look), world.listen('unit', look)];
  connect();
  return {
    stop: () => {
      stopped = true;
      if (retry) clearTimeout(retry);
      stopWanting();
      stopSeeing();
      for (const stop of stopLooking) stop();
      drop();
    },
  };
};
