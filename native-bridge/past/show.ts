/**
 * One window in the past: its moment, its speed, and the same viewer that serves windows of now.
 *
 * Owns: when the moment moves on. Guarantees: Z6: what the window is told is as of its moment, also the time; a command is
 *   refused, since there is nothing behind it that could carry it out; it never runs past what has been kept.
 * Refuses: now.
 */
import { receiveTime } from '../contract/brand.ts';
import { SPEEDS, type PastTime } from '../contract/past.ts';
import type { SiteCard, ViewerMessage } from '../contract/port.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { pack, unpack } from '../port/packing.ts';
import type { Inlet, Outlet } from '../port/types.ts';
import { createViewer } from '../port/viewer.ts';
import type { ClipsInStep } from './clips-in-step.ts';
import type { Moment, Stand } from './moment.ts';

/** The moment moves on so often, ms. */
const MOVE_MS = 100;
/** Up to this speed every frame is shown. */
const FRAMES_TO = 4;
/** Where it stands is told at least so often while it moves, ms. */
const TELL_MS = 1000;

export class InThePast extends Error {
  readonly code = 'in-the-past';
  constructor() {
    super('the wall shows the past: acts are for now');
  }
}
export interface ShowOptions {
  moment: Moment;
  clips: ClipsInStep;
  clock: Clock;
  log: Log;
  version: string;
  /** Names this show; clocks of others cannot be compared with it. */
  run: string;
  drill: boolean;
  site: SiteCard;
  left: () => void;
}

export const openShow = (options: ShowOptions, outlet: Outlet): Inlet => {
  const { moment, clips, clock, log } = options;
  let at = clock.now() as number;
  let speed = 0;
  let toldAt = 0;
  let isDue = false;
  let movedAt = clock.now();
  let stand: Stand = { last: null, damaged: false };
  const viewer = createViewer(
    {
      ...{ clock, log, version: options.version, run: options.run, drill: options.drill, site: options.site },
      picture: moment.log,
      relay: clips.relay,
      told: () => receiveTime(at),
      command: () => Promise.reject(new InThePast()),
    },
    outlet,
    { deltas: 0, swift: 0, wipes: 0, records: 0, coalesced: 0, bytes: 0, commands: 0, refused: 0 },
    () => {
      stop();
      options.left();
    },
  );
  const tell = (): void => {
    toldAt = clock.now();
    const time: PastTime = { at, speed, spans: moment.spans(), ...stand };
    outlet.send(pack({ t: 'time', ...time } satisfies ViewerMessage));
  };
  const go = (to: number): void => {
    const spans = moment.spans();
    const [first, last] = [spans[0]?.[0] ?? to, spans.at(-1)?.[1] ?? to];
    at = Math.min(Math.max(to, first), Math.max(first, last));
    stand = moment.go(at);
    clips.go(at, speed > FRAMES_TO);
  };
  /** Over a time of which nothing was kept it goes to where something is again. */
  const move = (): void => {
    const now = clock.now();
    const to = at + (now - movedAt) * speed;
    movedAt = now;
    if (speed === 0) return settle();
    const spans = moment.spans();
    const inside = spans.some(([from, until]) => from <= to && to <= until);
    const next = inside ? undefined : spans.find(([from]) => from > at);
    go(next && next[0] > to ? next[0] : to);
    if (now - toldAt >= TELL_MS) isDue = true;
    settle();
  };
  const stop = clock.every(MOVE_MS, () => {
    try {
      move();
    } catch (error) {
      log.error({ error: String(error) }, 'the past could not be shown');
      viewer.end('bridge-error', 'the past could not be shown');
    }
  });
  /** The word of where it stands leaves after the picture that it is about: never over another one. */
  const settle = (): void => {
    if (!viewer.beat() || !isDue) return;
    isDue = false;
    tell();
  };
  const steer = (message: Record<string, unknown>): void => {
    const wanted = message['speed'];
    if (wanted === 0 || SPEEDS.some((one) => one === wanted)) speed = Number(wanted);
    movedAt = clock.now();
    const to = message['at'];
    if (typeof to === 'number' && Number.isFinite(to)) go(to);
    isDue = true;
    settle();
  };
  return {
    receive: (bytes) => {
      const message = unpack(bytes);
      if (message?.['t'] === 'time') return steer(message);
      if (message?.['t'] !== 'hello') return viewer.receive(bytes);
      const to = message['at'];
      go(typeof to === 'number' && Number.isFinite(to) ? to : at);
      viewer.receive(bytes);
      isDue = true;
      settle();
    },
    closed: viewer.closed,
  };
};
