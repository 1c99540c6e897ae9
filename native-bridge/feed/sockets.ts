/**
 * The two sockets of a feed: SUB for the live stream, DEALER for requests. The only file that knows ZeroMQ.
 *
 * Owns: their options, reconnection, CURVE, the receive loops. Guarantees: at most `TURN_MS` of receiving before the
 *   event loop has its turn; `linger` 0, so that closing never waits; reconnecting backs off to 5 s with jitter
 *   (ZeroMQ adds a random part to every interval). Refuses: to understand a message.
 */
import { Dealer, Subscriber, context } from 'zeromq';
import type { CurvePair } from './keys.ts';
import { MOST, QueueBound } from './queue-bound.ts';

/** zeromq.js hands over up to 512 messages without a pause, a stall of 200–900 ms. */
const TURN_MS = 8;
/** Without an answer for so long the request line is made anew together with the live one. */
const STALE_MS = 2000;
/**
 * ZeroMQ drops the connection over a frame larger than this, so it is eight times what the contract allows: a message
 * over the limit is received, refused and counted; only a monstrous one costs the connection.
 */
const FRAME_BYTES = 8 * 1024 * 1024;

// Sockets forgotten at exit must not hold the process.
context.blocky = false;

export interface LineOptions {
  events: string;
  request: string;
  serverKey: string | null;
  client: CurvePair | null;
  topics: readonly string[];
  message(frames: Buffer[]): void;
  reply(frames: Buffer[]): void;
  /** The request line has come up (shaken hands) or gone down. */
  up(): void;
  down(): void;
  /** The other side was reached but would not talk: a wrong key, or no CURVE. */
  refused(why: string): void;
  /** False while what was received is not digested: nothing is received meanwhile. */
  ready(): boolean;
}
export interface Line {
  /** False when there is no connection to send on. */
  ask(frames: (string | Buffer)[]): Promise<boolean>;
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
  const bound = new QueueBound();
  while (!socket.closed) {
    let frames: Buffer[];
    try {
      frames = await socket.receive();
    } catch {
      if (socket.closed) return;
      await pause(50);
      continue;
    }
    let bytes = 0;
    for (const frame of frames) bytes += frame.length;
    if (bound.heard(bytes) && !socket.closed) socket.receiveHighWaterMark = bound.most;
    take(frames);
    if (performance.now() < until) continue;
    await new Promise(setImmediate);
    while (!ready() && !socket.closed) await pause(2);
    until = performance.now() + TURN_MS;
  }
}

export function openLine(options: LineOptions): Line {
  const common = {
    linger: 0,
    maxMessageSize: FRAME_BYTES,
    reconnectInterval: 200,
    reconnectMaxInterval: 5000,
    connectTimeout: 5000,
    handshakeInterval: 10_000,
    tcpKeepalive: 1,
    ipv6: true,
    ...(options.serverKey === null || options.client === null
      ? {}
      : {
          curveServerKey: options.serverKey,
          curvePublicKey: options.client.publicKey,
          curveSecretKey: options.client.secretKey,
        }),
  };
  const sub = new Subscriber({
    ...common,
    receiveHighWaterMark: MOST,
    // Platforms beat once a second, so that silence is a dead connection: TCP alone would find its way back only after
    // twice the darkness. Any message counts as an answer.
    heartbeatInterval: 2000,
    heartbeatTimeout: 5000,
  });
  const dealer = new Dealer({
    ...common,
    // An answer of a megabyte takes two minutes by satellite phone, and only a whole one counts.
    heartbeatInterval: 5000,
    heartbeatTimeout: 150_000,
    receiveHighWaterMark: MOST,
    sendHighWaterMark: 1000,
    // Requests are for whoever answers now; a queue that outlives the connection would ask twice.
    immediate: true,
    sendTimeout: 0,
  });
  const inProcess = options.request.startsWith('inproc:');
  dealer.events.on('handshake', () => options.up());
  dealer.events.on('disconnect', () => options.down());
  // A line that fell silent and came back took the other connection with it, whether that one knows it yet or not.
  let joined = false;
  let answeredAt = 0;
  sub.events.on('handshake', () => {
    if (joined && !dealer.closed && !inProcess && performance.now() - answeredAt > STALE_MS) {
      dealer.disconnect(options.request);
      options.down();
      dealer.connect(options.request);
    }
    joined = true;
  });
  for (const socket of [sub, dealer]) {
    socket.events.on('handshake:error:protocol', ({ error }) => options.refused(error.code));
    socket.events.on('handshake:error:auth', ({ error }) => options.refused(`status ${error.status}`));
    socket.events.on('handshake:error:other', ({ error }) => options.refused(error.code));
  }
  // Subscribed before anything is asked: what is published from now on is heard.
  for (const topic of options.topics) sub.subscribe(topic);
  sub.connect(options.events);
  dealer.connect(options.request);
  if (inProcess) options.up();
  void receive(sub, options.message, options.ready);
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
    close() {
      sub.close();
      dealer.close();
    },
  };
}
