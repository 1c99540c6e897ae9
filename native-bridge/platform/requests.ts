/**
 * Owns: the ROUTER side of one source: snapshot, replay, command, keyframe.
 * Guarantees: replies of one request come in order; a slow asker waits alone; live publishing is never held up.
 * Refuses: what is not `[id, verb, map]` (counted, unanswered) and unknown verbs (`error` with a reason).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Router, type Context } from 'zeromq';
import { MAX_MESSAGE_BYTES, type ReplyStatus, type RequestVerb } from '../contract/wire.ts';
import { decodeMap, encode, type Encoding } from './codec.ts';
import type { EventLog } from './log.ts';
import type { LatestState, PlainEvent } from './latest.ts';
import type { OrderBook } from './order-book.ts';

/** Events in one chunk of a snapshot. */
const CHUNK = 500;
/** How long a reply waits for a console that does not read, before the request is given up. */
const PATIENCE_MS = 30_000;

type Reply = readonly [status: ReplyStatus, map: object, body?: Buffer];

export interface RequestSide {
  readonly source: string;
  readonly encoding: Encoding;
  log(): EventLog;
  readonly latest: LatestState;
  readonly orders: OrderBook;
  keyframe(cameraId: string): void;
}

export class Requests {
  readonly socket: Router;
  /** Requests that broke the envelope. */
  malformed = 0;
  readonly #side: RequestSide;
  #open = true;

  constructor(side: RequestSide, context: Context, secretKey: string | null) {
    this.#side = side;
    this.socket = new Router({
      context,
      linger: 0,
      mandatory: true,
      // 0: a send that cannot be queued now is refused at once, and tried again by its own request only.
      sendTimeout: 0,
      sendHighWaterMark: 2000,
      maxMessageSize: MAX_MESSAGE_BYTES,
      ...(secretKey === null ? {} : { curveServer: true, curveSecretKey: secretKey }),
    });
  }

  async serve(): Promise<void> {
    for await (const [peer, id, verb, map] of this.socket) {
      if (peer === undefined || id === undefined || verb === undefined) {
        this.malformed++;
        continue;
      }
      // Each request goes its own pace; a failure to reach the asker ends that request and nothing else.
      void this.#reply(peer, id, this.#answer(verb.toString(), decodeMap(map))).catch(() => undefined);
    }
  }

  close(): void {
    this.#open = false;
    this.socket.close();
  }

  async #reply(peer: Buffer, id: Buffer, replies: Iterable<Reply>): Promise<void> {
    for (const [status, map, body] of replies) {
      const frames: Buffer[] = [peer, id, Buffer.from(status), encode(map, this.#side.encoding)];
      if (body !== undefined) frames.push(body);
      const until = Date.now() + PATIENCE_MS;
      while (this.#open) {
        try {
          await this.socket.send(frames);
          break;
        } catch (error) {
          const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
          if (!isFull || Date.now() > until) throw error;
          await sleep(5);
        }
      }
      if (!this.#open) return;
      // A long answer leaves room for publishing between two chunks.
      if (body !== undefined) await new Promise(setImmediate);
    }
  }

  #answer(verb: string, map: Record<string, unknown> | null): Iterable<Reply> {
    switch (verb as RequestVerb) {
      case 'snapshot':
        return this.#snapshot(map ?? {});
      case 'replay':
        return this.#replay(map ?? {});
      case 'command': {
        const { status, ...rest } = this.#side.orders.answer(map);
        return [[status, rest]];
      }
      case 'keyframe':
        if (typeof map?.['cameraId'] === 'string') this.#side.keyframe(map['cameraId']);
        return [['ok', {}]];
      default:
        return [['error', { reason: `no such request: ${verb.slice(0, 40)}` }]];
    }
  }

  /** State and number are taken here, at once; only the sending takes its time. */
  #snapshot(map: Record<string, unknown>): Iterable<Reply> {
    const { source, encoding, latest } = this.#side;
    const log = this.#side.log();
    const seq = log.seq;
    const taken = latest.take(streamsOf(map['streams'], source), areaOf(map['area']));
    return (function* (): Generator<Reply> {
      for (const [stream, events] of taken) {
        for (let from = 0; from < events.length; from += CHUNK) {
          const part: readonly PlainEvent[] = events.slice(from, from + CHUNK);
          yield ['chunk', { stream: `${source}.${stream}`, n: part.length }, encode(part, encoding)];
        }
      }
      yield ['end', { epoch: log.epoch, seq }];
    })();
  }

  *#replay(map: Record<string, unknown>): Generator<Reply> {
    const log = this.#side.log();
    const { epoch, from, to } = map;
    if (typeof from !== 'number' || !Number.isInteger(from) || from < 1) {
      yield ['error', { reason: 'from: expected a number from 1' }];
      return;
    }
    const last = typeof to === 'number' ? Math.min(to, log.seq) : log.seq;
    for (let next = from; next <= last;) {
      const entry = epoch === log.epoch && this.#side.log() === log ? log.at(next, last) : null;
      if (entry === null) {
        yield ['gone', { epoch: this.#side.log().epoch, oldest: this.#side.log().oldest }];
        return;
      }
      const { topic, seq, n, ts, body } = entry;
      yield ['chunk', { v: 1, epoch: log.epoch, seq, n, ts, topic }, body];
      next = seq + n;
    }
    if (epoch !== log.epoch) yield ['gone', { epoch: log.epoch, oldest: log.oldest }];
    else yield ['end', { seq: last }];
  }
}

/** `fire-iot.device` and `device` both name the stream. */
function streamsOf(value: unknown, source: string): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((name) => typeof name === 'string').map((name) => name.replace(`${source}.`, ''));
}

/** `[west, south, east, north]`; any other form asks for everything. */
function areaOf(value: unknown): [number, number, number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 4 || !value.every((x) => typeof x === 'number')) return undefined;
  const [west = -180, south = -90, east = 180, north = 90]: number[] = value;
  return [west, south, east, north];
}
