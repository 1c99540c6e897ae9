/**
 * Owns: a complete upstream of the feed contract: per source one log, a PUB socket and a ROUTER socket.
 * Guarantees: events are numbered from 1 without gaps in the order published, kept for replay, and part of the
 *   next snapshot; a heartbeat a second; no message above 1 MiB; video frames stay outside the log.
 * Refuses: topics of a source it does not serve. It does not check events: a platform may be wrong, and tests need it to be.
 */
import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Context, XPublisher, context as sharedContext } from 'zeromq';
import { HEARTBEAT_MS, MAX_MESSAGE_BYTES, WIRE_VERSION, type VideoHeader, type WireOrder } from '../contract/wire.ts';
import { encode, type Encoding } from './codec.ts';
import { openGate, type Gate } from './gate.ts';
import type { KeyPair } from './keys.ts';
import { LatestState, type PlainEvent } from './latest.ts';
import { EventLog, type Keep } from './log.ts';
import { OrderBook, type Verdict } from './order-book.ts';
import { Requests } from './requests.ts';

export interface PlatformOptions {
  readonly sources: readonly string[];
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The first of 2 × sources ports in a row; 0 (default): any free. */
  readonly basePort?: number;
  /** Instead of ports: exact endpoints by source (`tcp://…:0`, `ipc://…`, `inproc://…`). */
  readonly endpoints?: Readonly<Record<string, { readonly events: string; readonly request: string }>>;
  /** Absent: not encrypted. */
  readonly curve?: KeyPair;
  /** Public keys (Z85) of the consoles that may connect. Absent: any, when `curve` is on. */
  readonly allowedClients?: readonly string[];
  /** Of everything sent; what is received may be either. Default `msgpack`. */
  readonly encoding?: Encoding;
  /** Names the logs. Default: random, a new one at every start. */
  readonly epoch?: string;
  /** What replay reaches back to, per source. Default 1,000,000 events and 128 MiB. */
  readonly keep?: Partial<Keep>;
  /** 0: none but those sent by `beat()`. */
  readonly heartbeatMs?: number;
  /** ms UTC, for `ts` in headers. */
  readonly now?: () => number;
  /** Messages waiting for one slow console before the next is dropped. */
  readonly highWaterMark?: number;
  /** Where answered orders are remembered across restarts; one file per source: `<file>.<source>`. */
  readonly ordersFile?: string;
  onCommand?(source: string, order: WireOrder): Verdict;
  onKeyframe?(cameraId: string): void;
  /**
   * Some console began to want topics that begin with `prefix`, or the last one ceased to. A second console that wants
   * the same is not told again: it asks for a key frame.
   */
  onSubscription?(source: string, prefix: string, wanted: boolean): void;
}

export interface PlatformEndpoint {
  readonly events: string;
  readonly request: string;
  /** Z85, when encrypted. */
  readonly serverKey?: string;
}

export interface Platform {
  readonly endpoints: Readonly<Record<string, PlatformEndpoint>>;
  /**
   * Numbers, keeps and sends `events` under `topic` (`<source>.<stream>[.<key>]`), in as few messages as 1 MiB allows.
   * Returns the number of the last event. The events must not be changed afterwards.
   */
  publish(topic: string, events: readonly PlainEvent[]): number;
  /** Puts events into the latest state of `<source>.<stream>` without sending them: the registry before the doors open. */
  setState(stream: string, events: readonly PlainEvent[]): void;
  /** Sends one access unit, vouched for, when anybody subscribes to that camera; true when it was sent. */
  video(header: VideoHeader, unit: Uint8Array): boolean;
  /** Does any console subscribe to `video.frame.<cameraId>` now? */
  isWatched(cameraId: string): boolean;
  /** A heartbeat of every source, now. */
  beat(): void;
  seq(source: string): number;
  epoch(source: string): string;
  /** A new log, as after a platform's restart: numbers begin at 1, nothing to replay. The latest state stays. */
  restartLog(source: string, epoch?: string): void;
  close(): Promise<void>;
}

const DEFAULT_KEEP: Keep = { events: 1_000_000, bytes: 128 * 2 ** 20 };
/** Leaves room for topic and header under the limit of a message. */
const MAX_BODY = MAX_MESSAGE_BYTES - 4096;

interface Line {
  log: EventLog;
  readonly source: string;
  readonly latest: LatestState;
  readonly events: XPublisher;
  readonly requests: Requests;
  /** Topic prefixes that some console subscribes to. */
  readonly wanted: Set<string>;
}

export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const encoding = options.encoding ?? 'msgpack';
  const keep = { ...DEFAULT_KEEP, ...options.keep };
  const now = options.now ?? Date.now;
  const secretKey = options.curve?.secretKey ?? null;
  // A gate guards a whole context, so a platform with one has a context of its own.
  const context = options.allowedClients === undefined ? sharedContext : new Context({ blocky: false });
  let gate: Gate | null = null;
  if (options.allowedClients !== undefined) gate = await openGate(context, options.allowedClients);

  const lines = new Map<string, Line>();
  const endpoints: Record<string, PlatformEndpoint> = {};
  const close = async (): Promise<void> => {
    clearInterval(beating);
    for (const line of lines.values()) {
      line.events.close();
      line.requests.close();
    }
    gate?.close();
    // The sockets' threads let go of their ports a moment after close.
    await new Promise(setImmediate);
  };

  const send = (line: Line, frames: (Buffer | string | Uint8Array)[]): void => {
    // A PUB never waits: what a slow console has no room for is dropped, and the numbers tell it.
    if (!line.events.closed) line.events.send(frames).catch(() => undefined);
  };
  const beat = (): void => {
    for (const line of lines.values()) {
      const header = { v: WIRE_VERSION, epoch: line.log.epoch, seq: line.log.seq, n: 0, ts: now() };
      send(line, [`${line.source}.hb`, encode(header, encoding)]);
    }
  };
  const lineOf = (topic: string): [Line, string] => {
    const [source = '', stream = ''] = topic.split('.');
    const line = lines.get(source);
    if (line === undefined) throw new Error(`${topic}: this platform does not serve ${source}`);
    return [line, stream];
  };
  const sendPart = (line: Line, topic: string, part: readonly PlainEvent[]): void => {
    const body = encode(part, encoding);
    if (body.length > MAX_BODY && part.length > 1) {
      const middle = part.length >> 1;
      sendPart(line, topic, part.slice(0, middle));
      sendPart(line, topic, part.slice(middle));
      return;
    }
    const { seq, n, ts } = line.log.append(topic, part.length, now(), body);
    send(line, [topic, encode({ v: WIRE_VERSION, epoch: line.log.epoch, seq, n, ts }, encoding), body]);
  };

  let beating: NodeJS.Timeout | undefined;
  try {
    let port = options.basePort ?? 0;
    const host = options.host ?? '127.0.0.1';
    const next = (): string => `tcp://${host}:${port === 0 ? 0 : port++}`;
    for (const source of options.sources) {
      const line = openLine(source, options, new EventLog(options.epoch ?? randomUUID(), keep, encoding), context);
      lines.set(source, line);
      const wish = options.endpoints?.[source] ?? { events: next(), request: next() };
      await line.events.bind(wish.events);
      await line.requests.socket.bind(wish.request);
      endpoints[source] = {
        events: line.events.lastEndpoint ?? wish.events,
        request: line.requests.socket.lastEndpoint ?? wish.request,
        ...(options.curve === undefined ? {} : { serverKey: options.curve.publicKey }),
      };
      void followSubscriptions(line, options).catch(() => undefined);
      void line.requests.serve().catch(() => undefined);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const every = options.heartbeatMs ?? HEARTBEAT_MS;
  if (every > 0) beating = setInterval(beat, every);

  function openLine(source: string, o: PlatformOptions, log: EventLog, within: Context): Line {
    const latest = new LatestState();
    const orders = new OrderBook(
      (order) => o.onCommand?.(source, order) ?? { accepted: false, reason: 'this platform takes no orders' },
      o.ordersFile === undefined ? undefined : `${o.ordersFile}.${source}`,
    );
    const side = { source, encoding, latest, orders, log: () => lines.get(source)?.log ?? log };
    const requests = new Requests({ ...side, keyframe: (id) => o.onKeyframe?.(id) }, within, secretKey);
    const events = new XPublisher({
      context: within,
      linger: 0,
      // 0: sent or dropped at once, never held back by this process.
      sendTimeout: 0,
      sendHighWaterMark: o.highWaterMark ?? 10_000,
      ...(secretKey === null ? {} : { curveServer: true, curveSecretKey: secretKey }),
    });
    return { source, log, latest, events, requests, wanted: new Set() };
  }

  const isWatched = (cameraId: string): boolean => {
    const topic = `video.frame.${cameraId}`;
    for (const prefix of lines.get('video')?.wanted ?? []) if (topic.startsWith(prefix)) return true;
    return false;
  };

  return {
    endpoints,
    publish(topic, events) {
      const [line, stream] = lineOf(topic);
      if (events.length > 0) {
        line.latest.put(stream, events);
        sendPart(line, topic, events);
      }
      return line.log.seq;
    },
    setState(topic, events) {
      const [line, stream] = lineOf(topic);
      line.latest.put(stream, events);
    },
    video(header, unit) {
      const line = lines.get('video');
      if (line === undefined || !isWatched(header.cameraId)) return false;
      const vouched = header.crc32 === undefined ? { ...header, crc32: crc32(unit) } : header;
      send(line, [`video.frame.${header.cameraId}`, encode(vouched, encoding), unit]);
      return true;
    },
    isWatched,
    beat,
    seq: (source) => lines.get(source)?.log.seq ?? 0,
    epoch: (source) => lines.get(source)?.log.epoch ?? '',
    restartLog(source, epoch) {
      const line = lines.get(source);
      if (line !== undefined) line.log = new EventLog(epoch ?? randomUUID(), keep, encoding);
    },
    close,
  };
}

/** An XPUB hears each first subscription and last unsubscription: one byte (1 or 0), then the topic prefix. */
async function followSubscriptions(line: Line, { onSubscription }: PlatformOptions): Promise<void> {
  for await (const [message] of line.events) {
    if (message === undefined || message.length === 0) continue;
    const prefix = message.subarray(1).toString();
    if (message[0] === 1) line.wanted.add(prefix);
    else if (message[0] === 0) line.wanted.delete(prefix);
    else continue;
    onSubscription?.(line.source, prefix, message[0] === 1);
  }
}
