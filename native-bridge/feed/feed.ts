/**
 * A feed: one source's machine on its two sockets (F1–F9).
 *
 * Owns: what to subscribe to, requests and their answers, the link's condition.
 * Guarantees: delivery as the machine promises; a command ends with an answer or an error within `COMMAND_MS`.
 * Refuses: plain endpoints off the loopback unless the profile says `insecure`.
 */
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { CameraId } from '../contract/brand.ts';
import type { Frame, Reject } from '../contract/frame.ts';
import type { FeedProfile } from '../contract/site.ts';
import { STREAMS, type VideoHeader, type WireOrder } from '../contract/wire.ts';
import type { Range } from '../base/intervals.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { keyPair, readKey, type CurvePair } from './keys.ts';
import { FeedMachine } from './machine.ts';
import { Receiver, replyOf, type Reception } from './reception.ts';
import { openLine, type Line, type LineOptions } from './sockets.ts';
import type { Ask, Condition, LogMemory } from './types.ts';

const COMMAND_MS = 5000;
const TICK_MS = 50;
const WARN_MS = 60_000;
/** Letters that topics are made of, for subscribing to everything but one prefix. */
const TOPIC_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-.';
const FRAMES = 'frame.';

export interface FeedDeps {
  /** The data folder; the console's own keys are in `keys/` below it. */
  data: string;
  memory: readonly LogMemory[];
  clock: Clock;
  log: Log;
  deliver(frame: Frame): void;
  refuse(frame: Frame, reject: Reject): void;
  /** A message without usable numbers. */
  reject(reject: Reject): void;
  gone(epoch: string, range: Range): void;
  snapshot(epoch: string, seq: number): void;
  video(header: VideoHeader, data: Uint8Array): void;
  /** False while nothing more may be received: what came is not on disk yet. */
  ready(): boolean;
  /** False while a snapshot is taken in: what was missed is asked for afterwards, live ones go on. */
  calm?(): boolean;
  /** Opens the sockets elsewhere than on this thread. */
  line?(options: LineOptions): Line;
}
export interface CommandAnswer {
  status: 'accepted' | 'duplicate' | 'rejected';
  reason?: string;
}
export interface Feed {
  readonly source: string;
  readonly encrypted: boolean;
  condition(): Condition;
  /** Rejects when there is no link, or no answer within 5 s. */
  command(order: WireOrder): Promise<CommandAnswer>;
  keyframe(cameraId: CameraId): void;
  /** The complete set of cameras whose frames are wanted. */
  watchCameras(ids: readonly CameraId[]): void;
  /** A whole message could not be read after all. */
  broken(epoch: string, range: Range): void;
  /** The journal holds everything of this log up to `to`. Only for feeds that confirm to their senders. */
  kept?(epoch: string, to: number): void;
  /** The journal has lost these numbers. */
  forget(epoch: string, ranges: readonly Range[]): void;
  close(): void;
}

const LOOPBACK = /^(ipc:|inproc:|tcp:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\]):)/;
export const isLoopback = (endpoint: string): boolean => LOOPBACK.test(endpoint);

/** Video frames are subscribed one camera at a time; everything else of the source always. */
function topicsOf(source: string): string[] {
  if (source !== 'video') return [`${source}.`];
  const topics: string[] = [];
  for (let i = 0; i < FRAMES.length; i++) {
    for (const letter of TOPIC_LETTERS) if (letter !== FRAMES[i]) topics.push(`video.${FRAMES.slice(0, i)}${letter}`);
  }
  return topics;
}
function clientPair(profile: FeedProfile, data: string): CurvePair | null {
  if (profile.serverKey === undefined) return null;
  if (profile.clientKeys === undefined) return keyPair(join(data, 'keys'), 'console');
  return { publicKey: profile.clientKeys.publicKey, secretKey: readKey(profile.clientKeys.secretKeyFile) };
}
/** Platforms name a snapshot's stream with or without their source. */
const topicOf = (source: string, stream: unknown): string => {
  const name = typeof stream === 'string' && stream.length <= 200 ? stream : 'unknown';
  return name in STREAMS || name.startsWith(`${source}.`) ? name : `${source}.${name}`;
};

/** Throws when the profile asks for what must not be, or a key file cannot be read. */
export function openFeed(profile: FeedProfile, deps: FeedDeps): Feed {
  const { source } = profile;
  if (
    profile.serverKey === undefined &&
    !profile.insecure &&
    !(isLoopback(profile.events) && isLoopback(profile.request))
  ) {
    throw new Error(`feed ${source}: ${profile.events} is not encrypted; give its serverKey, or say insecure: true`);
  }
  const { clock, log } = deps;
  const prefix = `${randomBytes(4).toString('hex')}-`;
  const receiver = new Receiver(source);
  const commands = new Map<
    string,
    { resolve: (answer: CommandAnswer) => void; reject: (error: Error) => void; stop: () => void }
  >();
  let serial = 0;
  let watched = new Set<string>();
  let refusedAt = 0;

  const send = async (ask: Ask): Promise<void> => {
    if (!(await line.ask([ask.id, ask.verb, JSON.stringify(ask.map)]))) machine.failed(ask.id, clock.now());
  };
  const machine = new FeedMachine({
    source,
    memory: deps.memory,
    prefix,
    effects: {
      deliver: (frame) => deps.deliver(frame),
      refuse: (frame, reject) => deps.refuse(frame, reject),
      gone: (epoch, range) => deps.gone(epoch, range),
      snapshot: (epoch, seq) => deps.snapshot(epoch, seq),
      ready: () => deps.ready() && (deps.calm?.() ?? true),
      // After this turn: the machine is in the middle of a step.
      ask: (ask) => queueMicrotask(() => void send(ask)),
    },
  });

  const rejected = (reception: Extract<Reception, { kind: 'reject' }>, now: number): void => {
    machine.sign(now);
    if (reception.header === null || reception.header.seq === 0) deps.reject(reception.reject);
    else machine.refuse(reception.topic, reception.header, reception.reject, now);
  };
  const message = (frames: Buffer[]): void => {
    const now = clock.now();
    const reception = receiver.message(frames, now);
    if (reception.kind === 'events') machine.message(reception.topic, reception.header, reception.body, now);
    else if (reception.kind === 'heartbeat') machine.heartbeat(reception.header, now);
    else if (reception.kind === 'reject') rejected(reception, now);
    else {
      machine.sign(now);
      // Subscriptions are prefixes: `cam-1` also brings `cam-10`. Copied: pictures are kept, all they came with is not.
      if (watched.has(reception.header.cameraId)) deps.video(reception.header, new Uint8Array(reception.data));
    }
  };
  const reply = (frames: Buffer[]): void => {
    const now = clock.now();
    const parsed = replyOf(frames);
    if (parsed === null) {
      machine.sign(now);
      return deps.reject(receiver.rejectOf(frames, '', null, 'frames', 'not a reply', now));
    }
    const { id, status, map, body } = parsed;
    const command = commands.get(id);
    if (command !== undefined) {
      machine.sign(now);
      commands.delete(id);
      command.stop();
      if (status === 'accepted' || status === 'duplicate' || status === 'rejected') {
        command.resolve({
          status,
          ...(typeof map['reason'] === 'string' ? { reason: map['reason'].slice(0, 500) } : {}),
        });
      } else command.reject(new Error(`the platform answered ${status}`));
      return;
    }
    if (status === 'chunk' && 'stream' in map) {
      machine.snapshotPart(id, topicOf(source, map['stream']), Number(map['n']) || 0, body, now);
    } else if (status === 'chunk') {
      const reception = receiver.replayed(frames, map, body, now);
      if (reception.kind === 'events') machine.replayPart(id, reception.topic, reception.header, reception.body, now);
      else if (reception.kind === 'reject') rejected(reception, now);
    } else if (status === 'end') {
      const seq = map['seq'];
      const good = typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0;
      const epoch = map['epoch'];
      machine.end(
        id,
        typeof epoch === 'string' && epoch.length > 0 && epoch.length <= 128 ? epoch : null,
        good ? seq : null,
        now,
      );
    } else if (status === 'gone') {
      const oldest = map['oldest'];
      machine.gone(id, typeof oldest === 'number' && Number.isSafeInteger(oldest) && oldest >= 1 ? oldest : null, now);
    } else if (status === 'error' || status === 'rejected') machine.failed(id, now);
    else machine.sign(now);
  };

  const line: Line = (deps.line ?? openLine)({
    events: profile.events,
    request: profile.request,
    serverKey: profile.serverKey ?? null,
    client: clientPair(profile, deps.data),
    topics: topicsOf(source),
    message,
    reply,
    up: () => machine.connected(clock.now()),
    down: () => machine.disconnected(clock.now()),
    refused(why) {
      const now = clock.now();
      if (now - refusedAt < WARN_MS) return;
      refusedAt = now;
      log.warn({ source, why }, 'the platform would not shake hands: is the key right?');
    },
    failed: (why) => log.error({ source, why }, 'feed not opened'),
    ready: () => deps.ready(),
  });
  const stopTick = clock.every(TICK_MS, () => machine.tick(clock.now()));

  return {
    source,
    encrypted: profile.serverKey !== undefined,
    condition: () => machine.condition(clock.now()),
    command(order) {
      const id = `${prefix}c${serial++}`;
      return new Promise((resolve, reject) => {
        const stop = clock.after(COMMAND_MS, () => {
          commands.delete(id);
          reject(new Error('no answer'));
        });
        commands.set(id, { resolve, reject, stop });
        void line.ask([id, 'command', JSON.stringify(order)]).then((sent) => {
          if (sent || !commands.delete(id)) return;
          stop();
          reject(new Error('no link'));
        });
      });
    },
    keyframe(cameraId) {
      void line.ask([`${prefix}k${serial++}`, 'keyframe', JSON.stringify({ cameraId })]);
    },
    watchCameras(ids) {
      if (source !== 'video') return;
      const wanted = new Set<string>(ids);
      for (const id of wanted) if (!watched.has(id)) line.subscribe(`video.frame.${id}`);
      for (const id of watched) if (!wanted.has(id)) line.unsubscribe(`video.frame.${id}`);
      watched = wanted;
    },
    broken: (epoch, range) => machine.broken(epoch, range),
    forget: (epoch, ranges) => machine.forget(epoch, ranges),
    close() {
      stopTick();
      line.close();
      for (const { reject, stop } of commands.values()) {
        stop();
        reject(new Error('closing'));
      }
      commands.clear();
    },
  };
}
