/**
 * One viewer of the bridge: a connection, what it says of itself, and the picture that it is told.
 *
 * Owns: the connection, its revival, its world's picture and the acknowledgements. Guarantees: L1 to L4 and L7 of the README, for
 *   now and for the past alike. Refuses: to know what a picture is of, and everything that is not the picture.
 */
import { Packr, Unpackr } from 'msgpackr';
import type { BridgeMessage, ToViewer, ViewerMessage } from '../../native-bridge/contract/port.ts';
import type { WritableWorld } from '../store/world.ts';
import { waitBefore } from './backoff.ts';
import { afterFrame, type AfterFrame } from './frame.ts';
import { createPieces } from './pieces.ts';
import type { Connection, Transport } from './transport.ts';

/** A welcome that does not come within this time ends the try. ms */
export const WELCOME_MS = 5000;

type Pictures = 'wipe' | 'delta';
type Take<Names extends keyof ToViewer> = { [T in Names]: (message: ToViewer[T]) => void };

export interface ViewerOptions {
  world: WritableWorld;
  transport: Transport;
  /** Tests bring their own frames and waits. */
  frames?: AfterFrame | undefined;
  wait?: ((attempt: number) => number) | undefined;
  /** Before whatever goes wrong, for a developer's console. */
  label: string;
  /** What it says first; null: nobody asks any more. */
  hello: () => BridgeMessage | null;
  take: Take<Exclude<keyof ToViewer, Pictures>>;
  /** The whole picture is there, at once. */
  whole: () => void;
  /** The connection has ended. @returns whether to try again */
  lost: () => boolean;
}

export interface Viewer {
  /** Nothing is sent, and nothing thrown, while there is no connection. */
  send: (message: BridgeMessage) => void;
  /** Between welcome and end. */
  welcomed: () => boolean;
  connect: () => void;
  /** Ends the connection; `lost` says whether it comes again. */
  drop: () => void;
  /** Ends the connection and any waiting for the next. */
  stop: () => void;
}

export const createViewer = (options: ViewerOptions): Viewer => {
  const { world, transport, frames = afterFrame, wait = waitBefore, label, hello, take, whole, lost } = options;
  const packr = new Packr({ useRecords: false });
  const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });
  const pieces = createPieces();
  let connection: Connection | null = null;
  let welcomed = false;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let welcomeTimer: ReturnType<typeof setTimeout> | null = null;

  const send = (message: BridgeMessage): void => {
    // Packr writes into a buffer that it goes on using: a copy travels.
    connection?.send(new Uint8Array(packr.pack(message)));
  };
  const drop = (): void => connection?.close();
  const stillWaiting = (): void => {
    if (retry) clearTimeout(retry);
    if (welcomeTimer) clearTimeout(welcomeTimer);
    retry = welcomeTimer = null;
  };
  const waiter = frames(() => {
    const clock = world.clock();
    if (welcomed && clock !== null) send({ t: 'ack', clock });
  });
  const all: Take<keyof ToViewer> = {
    ...take,
    welcome: (message) => {
      stillWaiting();
      world.greet(message.run, message.site, message.drill, message.now);
      welcomed = true;
      attempt = 0;
      take.welcome(message);
    },
    wipe: ({ clock, now, puts, more }) => {
      const picture = pieces.add(puts, more);
      if (picture === null) return;
      world.wipe(clock, now, picture, true);
      whole();
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
  };
  const receive = (bytes: Uint8Array): void => {
    try {
      const message = unpackr.unpack(bytes) as ViewerMessage;
      if (!Object.hasOwn(all, message.t)) throw new Error(`unknown message ${String(message.t)}`);
      if (!welcomed && message.t !== 'welcome') throw new Error(`${message.t} before welcome`);
      const handle = all[message.t] as (message: ViewerMessage) => void;
      handle(message);
    } catch (error) {
      console.error(`${label}:`, error);
      drop();
    }
  };
  const connect = (): void => {
    stillWaiting();
    pieces.drop();
    connection = transport({
      opened: () => {
        const first = hello();
        if (first === null) return;
        send(first);
        welcomeTimer = setTimeout(drop, WELCOME_MS);
      },
      message: receive,
      closed: () => {
        connection = null;
        welcomed = false;
        stillWaiting();
        waiter.stop();
        if (lost()) retry = setTimeout(connect, wait(attempt++));
      },
    });
  };
  return {
    send,
    welcomed: () => welcomed,
    connect,
    drop,
    stop: () => {
      drop();
      stillWaiting();
    },
  };
};
