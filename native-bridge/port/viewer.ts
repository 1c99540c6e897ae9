/**
 * One viewer: what it has been sent, what it has drawn, what it wants to see.
 *
 * Owns: its cursor, its place in the chunks of a wipe, its cameras.
 * Guarantees: between `hello` and the end each byte it gets follows from what it got before; its outbox is never asked to
 *   hold more than one delta, one chunk and a little.
 * Refuses: any message that is not in the protocol, and anything before `hello`.
 */
import { randomUUID } from 'node:crypto';
import type { CameraId, Clock as PictureClock, IncidentId } from '../contract/brand.ts';
import { ROLES, type Role } from '../contract/access.ts';
import { DELTA_MS, PORT_VERSION, type Puts, type ViewerMessage } from '../contract/port.ts';
import { COLLECTIONS, type Collection } from '../contract/records.ts';
import { TAKES, takesOf } from '../contract/video-takes.ts';
import { masked } from './masks.ts';
import { pack, packFrame, unpack } from './packing.ts';
import type { HubOptions, Outlet, PortCounts } from './types.ts';

/** A chunk packs in about 5 ms. */
export const CHUNK_RECORDS = 2000;
/** With more than this waiting in the outbox nothing that can wait is added: ms of a local socket, seconds of a bad one. */
export const BACKLOG_BYTES = 1024 * 1024;
/** A wall has some dozen tiles; more is a mistake. */
const MOST_CAMERAS = 256;
const SIGHTS = ['frozen', 'black', 'covered', 'blurred', null] as const;
const CHUNK_WAIT_MS = 10;
/** A window answers each frame it draws; one that has not for so many swift deltas is asleep. */
const MOST_UNANSWERED = 256;

export interface Viewer {
  receive: (bytes: Uint8Array) => void;
  closed: () => void;
  /** Sends a delta when one is due: the last is drawn, and at least `DELTA_MS` old. True when all that is known has left. */
  beat: () => boolean;
  swift: () => void;
  /** ms until what has changed may leave; infinite when nothing has, or when the window has to be waited for. */
  wait: () => number;
  /** `null` before its hello. */
  state: () => { role: Role; clock: number; behind: number } | null;
  /** Tells it why and ends it. */
  end: (code: string, error: string) => void;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';

export const createViewer = (options: HubOptions, outlet: Outlet, counts: PortCounts, left: () => void): Viewer => {
  const { picture, clock, log, told = () => options.clock.now() } = options;
  let role: Role | null = null;
  let over = false;
  /** Up to here it has been sent everything; `null` while it waits for its first picture. */
  let sent: number | null = null;
  let drawn = 0;
  /** Up to here the swift changes have left too. */
  let swiftSent = 0;
  let unanswered = 0;
  let leftAt = 0;
  let wiping = 0;
  /** Its window shows the past on another connection. */
  let away = false;

  const send = (message: ViewerMessage): void => {
    const bytes = pack(message);
    counts.bytes += bytes.byteLength;
    outlet.send(bytes);
  };
  const video = options.relay.join({
    frame: (header, data) => {
      if (over || outlet.backlog() > BACKLOG_BYTES) return false;
      const bytes = packFrame(header, data);
      counts.bytes += bytes.byteLength;
      outlet.send(bytes, true);
      return true;
    },
    boxes: (cameraId, pts, boxes) => {
      if (!over && outlet.backlog() <= BACKLOG_BYTES) send({ t: 'boxes', cameraId, pts, boxes: [...boxes] });
    },
  });
  const me = { id: randomUUID(), window: '' };
  const look = (id: IncidentId | null): void => {
    if (role !== null) options.looking?.({ ...me, role }, id);
  };
  const closed = (): void => {
    if (over) return;
    over = true;
    video.leave();
    look(null);
    left();
  };
  const end = (code: string, error: string): void => {
    if (over) return;
    send({ t: 'answer', id: 0, ok: false, code, error });
    closed();
    outlet.close(code);
  };

  /** The whole picture in chunks. What changes meanwhile comes with the first delta after it. */
  const wipe = async (): Promise<void> => {
    const mine = ++wiping;
    const at = picture.clock();
    sent = null;
    counts.wipes += 1;
    let puts: Puts = {};
    let size = 0;
    const tell = (more: boolean): void => {
      send({ t: 'wipe', clock: at as PictureClock, now: told(), puts: masked(puts), more });
      counts.records += size;
      puts = {};
      size = 0;
    };
    const add = function* <C extends Collection>(collection: C): Generator<undefined> {
      for (const record of picture.all(collection)) {
        const list = puts[collection];
        if (list) list.push(record);
        else puts = { ...puts, [collection]: [record] };
        size += 1;
        if (size >= CHUNK_RECORDS) yield;
      }
    };
    for (const collection of COLLECTIONS) {
      for (const _full of add(collection)) {
        tell(true);
        do
          await new Promise(
            (go) => void (outlet.backlog() > BACKLOG_BYTES ? setTimeout(go, CHUNK_WAIT_MS) : setImmediate(go)),
          );
        while (!over && outlet.backlog() > BACKLOG_BYTES);
        if (over || mine !== wiping) return;
      }
    }
    tell(false);
    sent = swiftSent = at;
    leftAt = clock.now();
  };
  const startWipe = (): void => {
    wipe().catch((error: unknown) => {
      log.error({ error: String(error) }, 'wipe failed');
      end('bridge-error', 'the picture could not be sent');
    });
  };
  const delta = (): void => {
    if (sent === null || role === null || over) return;
    const changes = picture.since(sent);
    if (changes === null) {
      startWipe();
      return;
    }
    if (changes.clock === sent) return;
    const coalesced = changes.clock - sent - changes.size;
    const puts = masked(changes.puts);
    send({
      t: 'delta',
      from: sent as PictureClock,
      clock: changes.clock as PictureClock,
      now: told(),
      puts,
      removes: changes.removes,
      coalesced,
    });
    counts.deltas += 1;
    counts.records += changes.size;
    counts.coalesced += coalesced;
    sent = swiftSent = changes.clock;
    leftAt = clock.now();
  };
  const beat = (): boolean => {
    const isDue = clock.now() - leftAt >= DELTA_MS;
    if (isDue && sent !== null && drawn >= sent && outlet.backlog() <= BACKLOG_BYTES) delta();
    return sent !== null && sent === picture.clock();
  };

  const hello = (message: Record<string, unknown>): void => {
    const { version, role: asked, window: name, run, clock: held } = message;
    if (version !== PORT_VERSION)
      return end('version', `port version ${String(version)}; this bridge speaks ${PORT_VERSION}`);
    const known = ROLES.find((one) => one === asked);
    if (known === undefined || typeof name !== 'string') return end('bad-message', 'hello: role and window are needed');
    // What the profile plans for this window counts before what the window asks for.
    role = options.site.windows.find(({ id }) => id === name)?.role ?? known;
    me.window = name.slice(0, 64);
    send({
      t: 'welcome',
      version: options.version,
      run: options.run,
      now: told(),
      drill: options.drill,
      site: options.site,
    });
    log.info({ role, window: me.window, again: run === options.run }, 'viewer');
    if (run === options.run && typeof held === 'number' && picture.since(held) !== null) {
      sent = drawn = swiftSent = held;
      delta();
    } else startWipe();
  };
  const command = (message: Record<string, unknown>): void => {
    const { id } = message;
    if (typeof id !== 'number' || role === null) return end('bad-message', 'command: id is needed');
    counts.commands += 1;
    if (away) return send({ t: 'answer', id, ok: false, code: 'in-the-past', error: 'the window shows the past' });
    const answer = (reply: ViewerMessage): void => {
      if (!over) send(reply);
    };
    options.command(role, message).then(
      (result) => answer({ t: 'answer', id, ok: true, result }),
      (error: unknown) => {
        counts.refused += 1;
        const code = codeOf(error);
        if (code === 'failed')
          log.error({ command: String(message['name']).slice(0, 64), error: String(error) }, 'command failed');
        answer({ t: 'answer', id, ok: false, code, error: error instanceof Error ? error.message : String(error) });
      },
    );
  };
  const receive = (bytes: Uint8Array): void => {
    if (over) return;
    const message = unpack(bytes);
    const t = message?.['t'];
    if (message === null || typeof t !== 'string')
      return end('unreadable', 'a message is a MessagePack map with its name in t');
    if (t === 'hello') return hello(message);
    if (role === null) return end('no-hello', 'hello comes first');
    switch (t) {
      case 'ack': {
        const upTo = message['clock'];
        if (typeof upTo !== 'number') return end('bad-message', 'ack: clock is needed');
        unanswered = 0;
        if (upTo > drawn) drawn = Math.min(upTo, sent ?? upTo);
        beat();
        return;
      }
      case 'cameras': {
        const ids = message['ids'];
        if (!Array.isArray(ids) || ids.length > MOST_CAMERAS)
          return end('bad-message', `cameras: at most ${MOST_CAMERAS} ids`);
        const takes = takesOf(message['takes']);
        if (takes === null) return end('bad-message', `cameras: takes are ${TAKES.join(', ')} by camera`);
        return video.cameras(
          ids.filter((id): id is CameraId => typeof id === 'string'),
          takes,
        );
      }
      case 'sight': {
        const { cameraId, why } = message;
        const known = SIGHTS.find((one) => one === why);
        if (typeof cameraId !== 'string' || known === undefined)
          return end('bad-message', 'sight: cameraId and why are needed');
        return options.sight?.(cameraId as CameraId, known);
      }
      case 'looking': {
        const { incidentId } = message;
        return look(typeof incidentId === 'string' ? (incidentId as IncidentId) : null);
      }
      case 'past':
        return void (away = message['shown'] === true);
      case 'command':
        return command(message);
      default:
        return end('unknown-message', `there is no message ${t.slice(0, 64)}`);
    }
  };

  return {
    receive: (bytes) => {
      try {
        receive(bytes);
      } catch (error) {
        log.error({ error: String(error) }, 'a message could not be handled');
        end('bridge-error', 'the message could not be handled');
      }
    },
    closed,
    beat,
    wait: () =>
      over || sent === null || drawn < sent || picture.clock() === sent || outlet.backlog() > BACKLOG_BYTES
        ? Number.POSITIVE_INFINITY
        : Math.max(0, DELTA_MS - (clock.now() - leftAt)),
    swift: () => {
      if (sent === null || role === null || over) return;
      if (unanswered >= MOST_UNANSWERED || outlet.backlog() > BACKLOG_BYTES) return;
      const changes = picture.swiftSince(swiftSent);
      if (changes === null) return;
      swiftSent = changes.clock;
      if (changes.size === 0) return;
      const at = sent as PictureClock;
      send({
        t: 'delta',
        from: at,
        clock: at,
        now: told(),
        puts: masked(changes.puts),
        removes: changes.removes,
        coalesced: 0,
      });
      unanswered += 1;
      counts.swift += 1;
    },
    state: () => (role === null ? null : { role, clock: drawn, behind: Math.max(0, picture.clock() - drawn) }),
    end,
  };
};
