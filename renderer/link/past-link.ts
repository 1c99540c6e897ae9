/**
 * The link to the past: a connection of its own for as long as the window looks back.
 *
 * Owns: that connection, and the writable world of the past. Guarantees: L8: now goes on being shown until the first picture of
 *   the past is whole; what is asked while it connects is asked once it stands; a connection that ends comes again at the moment
 *   where it stood; back in the present nothing of it is left. Refuses: commands: there is no way to send one.
 */
import { Packr, Unpackr } from 'msgpackr';
import {
  PORT_VERSION,
  type BridgeMessage,
  type Role,
  type ToViewer,
  type ViewerMessage,
} from '../../native-bridge/contract/port.ts';
import type { NowAndPast } from '../store/now-and-past.ts';
import type { VideoHub } from '../store/video-source.ts';
import type { PastView, ViewStore } from '../store/view.ts';
import { waitBefore } from './backoff.ts';
import { afterFrame, type AfterFrame } from './frame.ts';
import { createPieces } from './pieces.ts';
import type { Connection, Transport } from './transport.ts';

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
  const { worlds, view, video, transport, role, window: name, frames = afterFrame, wait = waitBefore } = options;
  const { past: world } = worlds;
  const packr = new Packr({ useRecords: false });
  const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });
  const pieces = createPieces();
  let connection: Connection | null = null;
  let welcomed = false;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  /** The newest word of the bridge, held back until the picture it belongs to is whole. */
  let told: PastView['time'] = null;
  let whole = false;

  const send = (message: BridgeMessage): void => connection?.send(new Uint8Array(packr.pack(message)));
  const waiter = frames(() => {
    const clock = world.clock();
    if (welcomed && clock !== null) send({ t: 'ack', clock });
  });
  const show = (): void => {
    const { past } = view.getState();
    if (!whole || told === null || past === null) return;
    worlds.stand(told);
    view.setState({ past: { ...past, time: told } });
    worlds.show('past');
  };
  const take: { [T in keyof ToViewer]: (message: ToViewer[T]) => void } = {
    welcome: ({ run, site, drill, now }) => {
      world.greet(run, site, drill, now);
      welcomed = true;
      attempt = 0;
      const asked = view.getState().past?.asked;
      if (asked) send({ t: 'time', ...asked });
      send({ t: 'cameras', ids: video.wanted() });
    },
    wipe: ({ clock, now, puts, more }) => {
      const all = pieces.add(puts, more);
      if (all === null) return;
      world.wipe(clock, now, all, true);
      whole = true;
      show();
      waiter.ask();
    },
    delta: (delta) => {
      const clock = world.clock();
      if (clock === null || delta.from > clock) {
        world.forget();
        connection?.close();
        return;
      }
      world.apply(delta, delta.now);
      waiter.ask();
    },
    time: (time) => {
      told = time;
      show();
    },
    boxes: ({ cameraId, pts, boxes }) => video.boxes(cameraId, pts, boxes),
    frame: ({ header, data }) => video.frame(header, data),
    answer: ({ id }) => console.error('past: an answer to', id),
  };
  const receive = (bytes: Uint8Array): void => {
    try {
      const message = unpackr.unpack(bytes) as ViewerMessage;
      if (!Object.hasOwn(take, message.t)) throw new Error(`unknown message ${String(message.t)}`);
      const handle = take[message.t] as (message: ViewerMessage) => void;
      handle(message);
    } catch (error) {
      console.error('past:', error);
      connection?.close();
    }
  };
  const connect = (): void => {
    retry = null;
    pieces.drop();
    connection = transport({
      opened: () => {
        const { past } = view.getState();
        if (past)
          send({
            t: 'hello',
            version: PORT_VERSION,
            role,
            window: name,
            at: world.clock() === null ? past.asked.at : world.now(),
          });
      },
      message: receive,
      closed: () => {
        connection = null;
        welcomed = false;
        waiter.stop();
        if (view.getState().past !== null) retry = setTimeout(connect, wait(attempt++));
      },
    });
  };
  const leave = (): void => {
    if (retry) clearTimeout(retry);
    retry = null;
    whole = false;
    told = null;
    connection?.close();
    worlds.show('live');
    world.forget();
  };
  const stops = [
    view.subscribe(({ past }, { past: before }) => {
      if (past === null && before !== null) leave();
      else if (past !== null && before === null) connect();
      else if (past !== null && past.asked !== before?.asked && welcomed) send({ t: 'time', ...past.asked });
    }),
    video.onWanted((ids) => {
      if (welcomed) send({ t: 'cameras', ids });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    leave();
  };
};
