/**
 * The two sockets of a feed: SUB for the live stream, DEALER for requests. The only file that knows ZeroMQ.
 *
 * Owns: their options, reconnection, CURVE, the receive loops. Guarantees: at most `TURN_MS` of receiving before the
 *   event loop has its turn; `linger` 0, so that closing never waits; reconnecting backs off to 5 s with jitter
 *   (ZeroMQ adds a random part to every interval). Refuses: to understand a message.
 */
import { Dealer, Subscriber, context } from 'zeromq';
import type { CurvePair } from './keys.ts';

/** zeromq.js hands over up to 512 messages without a pause, a stall of 200–900 ms. */
const TURN_MS = 8;
/** Silence of a live line (so many looks) after which it is made anew; doubled as long as that brings nothing. */
const LOOK_MS = 1000;
const SILENT_LOOKS = 5;
const MOST_SILENT_LOOKS = 60;
/** Without an answer for so long the request line is made anew together with the live one. */
const STALE_MS = 2000;
/**
 * ZeroMQ drops the connection over a frame larger than this, so it is eight times what the contract allows: a message
 * over the limit is received, refused and counted; only a monstrous one costs the connection.
 */
const FRAME_BYTES = 8 * 1024 * 1024;
/**
 * Messages that may wait in ZeroMQ's queue: 64 MiB of the largest the contract allows. Small ones wait in TCP's buffers,
 * which count bytes (some 20,000 events); measured, a longer queue takes in no more a second. Never changed on a line
 * that stands: the writing side waits for a word that is due every half mark read, and a moved mark may never bring it
 * (600 small messages, then large ones and a lower mark: the line stood still).
 */
export const MOST_WAITING = 64;

// Sockets forgotten at exit must not hold the process.
context.blocky = false;

/** Where a line goes and what is heard on it. */
export interface Wire {
  events: string;
  request: string;
  serverKey: string | null;
  client: CurvePair | null;
  topics: readonly string[];
}
export interface LineOptions extends Wire {
  message(frames: Buffer[]): void;
  reply(frames: Buffer[]): void;
  /** The request line has come up (shaken hands) or gone down. */
  up(): void;
  down(): void;
  /** The other side was reached but would not talk: a wrong key, or no CURVE. */
  refused(why: string): void;
  /** It could not be opened at all: an endpoint or key that is none. Where it opens on the same thread, it throws instead. */
  failed(why: string): void;
  /** False while what was received is not digested: nothing is received meanwhile. */
  ready(): boolean;
}
export interface Line {
  /** False when there is no connection to send on. */
  ask(frames: string[]): Promise<boolean>;
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  close(): void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function receive(
  socket: Subscriber | Dealer,
  take: (frames: Buffer[]) => void,
  ready: () => boolean,
): Promise<void> {
  let until = performance.now() + TURN_MS;
  while (!socket.closed) {
    let frames: Buffer[];
    try {
      frames = await socket.receive();
    } catch {
      if (socket.closed) return;
      await pause(50);
      continue;
    }
    take(frames);
    if (performance.now() < until && ready()) continue;
    await new Promise(setImmediate);
    while (!ready() && !socket.closed) await pause(2);
    until = performance.now() + TURN_MS;
  }
}

export function openLine(options: LineOptions): Line {
  const common = {
    linger: 0,
    maxMessageSize: FRAME_BYTES,
    receiveHighWaterMark: MOST_WAITING,
    reconnectInterval: 200,
    reconnectMaxInterval: 5000,
    connectTimeout: 5000,
    handshakeInterval: 10_000,
    tcpKeepalive: 1,
    // For half-open connections. Long: a megabyte takes two minutes by satellite phone, only a whole message counts as a
    // sign, and none is taken in while the queue is full.
    heartbeatInterval: 5000,
    heartbeatTimeout: 150_000,
    ipv6: true,
    ...(options.serverKey === null || options.client === null
      ? {}
      : {
          curveServerKey: options.serverKey,
          curvePublicKey: options.client.publicKey,
          curveSecretKey: options.client.secretKey,
        }),
  };
  const sub = new Subscriber(common);
  const dealer = new Dealer({
    ...common,
    sendHighWaterMark: 1000,
    // Requests are for whoever answers now; a queue that outlives the connection would ask twice.
    immediate: true,
    sendTimeout: 0,
  });
  const inProcess = options.request.startsWith('inproc:');
  dealer.events.on('handshake', () => options.up());
  dealer.events.on('disconnect', () => options.down());
  // Platforms beat once a second: a live line that is silent is dead, and made anew at once. TCP alone would find its way
  // back only after twice the darkness. A line that came back took the other connection with it, whether that one
  // knows it yet or not.
  let shaken = false;
  let joined = false;
  // Counted in looks, not by the clock: a process that was held up itself has heard nothing either.
  let silent = 0;
  let answeredAt = 0;
  let patience = SILENT_LOOKS;
  sub.events.on('handshake', () => {
    shaken = true;
    silent = 0;
    if (joined && !dealer.closed && !inProcess && performance.now() - answeredAt > STALE_MS) {
      dealer.disconnect(options.request);
      options.down();
      dealer.connect(options.request);
    }
    joined = true;
  });
  sub.events.on('disconnect', () => {
    shaken = false;
  });
  const watch = setInterval(() => {
    if (!shaken || sub.closed || !options.ready()) return;
    silent += 1;
    if (silent < patience) return;
    shaken = false;
    patience = Math.min(patience * 2, MOST_SILENT_LOOKS);
    sub.disconnect(options.events);
    sub.connect(options.events);
  }, LOOK_MS);
  watch.unref();
  for (const socket of [sub, dealer]) {
    socket.events.on('handshake:error:protocol', ({ error }) => options.refused(error.code));
    socket.events.on('handshake:error:auth', ({ error }) => options.refused(`status ${error.status}`));
    socket.events.on('handshake:error:other', ({ error }) => options.refused(error.code));
  }
  const close = (): void => {
    clearInterval(watch);
    sub.close();
    dealer.close();
  };
  try {
    // Subscribed before anything is asked: what is published from now on is heard.
    for (const topic of options.topics) sub.subscribe(topic);
    sub.connect(options.events);
    dealer.connect(options.request);
  } catch (error) {
    close();
    throw error;
  }
  if (inProcess) options.up();
  const message = (frames: Buffer[]): void => {
    silent = 0;
    patience = SILENT_LOOKS;
    options.message(frames);
  };
  void receive(sub, message, options.ready);
  const reply = (frames: Buffer[]): void => {
    answeredAt = performance.now();
    options.reply(frames);
  };
  void receive(dealer, reply, options.ready);

  return {
    async ask(frames) {
      if (dealer.closed) return false;
      try {
        await dealer.send(frames);
        return true;
      } catch {
        return false;
      }
    },
    subscribe(topic) {
      if (!sub.closed) sub.subscribe(topic);
    },
    unsubscribe(topic) {
      if (!sub.closed) sub.unsubscribe(topic);
    },
    close,
  };
}
