/**
 * How a camera stands, told to the page.
 *
 * Owns: state, reason, rate and counts of one camera. Guarantees: E2: `live` needs a picture younger than `LIVE_MS` (or two
 *   and a half intervals of a slow camera) and an unbroken run; a change of state is told at once, the rest five times a
 *   second at most. A camera that the budget shows now and then is never called live, and lost only when its next picture
 *   is long due.
 * Refuses: to touch pictures.
 */
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';
import { STILL_EVERY_MS, type Take } from '../../native-bridge/contract/video-takes.ts';
import { SKEW_SHOWN_MS, type VideoHeader } from '../../native-bridge/contract/wire.ts';
import type { Unseeing } from './look.ts';
import type { Status, TileReason, TileState } from './messages.ts';
import type { Verdict } from './sequence.ts';

/** The box limits are the picture's too: a picture of the present is at most this old, beyond `LOST_MS` it is grey. ms */
export const LIVE_MS = AGE_LIMITS.box.late;
export const LOST_MS = AGE_LIMITS.box.stale;
/** A camera that sends one frame in five seconds is slow, one that sends less is silent. ms */
const SLOWEST_MS = 5000;
/** Stills of a platform come about so often. */
const SECOND_MS = 1000;
const TELL_MS = 200;
/** An e-bike's box counts as shown across the short moment between two pictures. ms */
const BOXED_MS = 300;
const KEPT_LATENCIES = 256;
const DEAD: ReadonlySet<TileReason> = new Set<TileReason>(['unsupported', 'failed', 'no-webcodecs']);

export interface Report {
  arrived: (header: VideoHeader) => void;
  left: (why: Exclude<Verdict, 'decode'>) => void;
  /** The run is broken: what is shown is the last clean picture. */
  hold: (why: TileReason) => void;
  /** This picture is about to be painted: `received` by `performance.now()`, `takenAt` bridge time. */
  shown: (received: number, takenAt: number) => void;
  painted: (header: VideoHeader, boxes: number, eBike: boolean) => void;
  overtaken: () => void;
  blind: (why: Unseeing | null) => void;
  skew: (ms: number | null) => void;
  vouched: (is: boolean) => void;
  pace: (take: Take) => void;
  tick: () => void;
  status: () => Status;
}

export const createReport = (now: () => number, tell: (status: Status) => void): Report => {
  const status: Status = {
    state: 'waiting',
    reason: null,
    pts: null,
    fseq: null,
    seenAt: null,
    fps: 0,
    boxes: 0,
    eBike: false,
    codec: null,
    blind: null,
    skewMs: null,
    vouched: true,
    counts: { frames: 0, shown: 0, overtaken: 0, left: 0, gaps: 0, damaged: 0, latency: [] },
  };
  const { counts } = status;
  let holding: TileReason | null = null;
  let pace: Take = 'full';
  let interval = 0;
  let lastPts: number | null = null;
  let shownTimes: number[] = [];
  let eBikeNow = false;
  let eBikeAt = -Infinity;
  let toldAt = -Infinity;
  let told = '';

  const judge = (): { state: TileState; reason: TileReason | null } => {
    if (holding && DEAD.has(holding)) return { state: 'undecodable', reason: holding };
    if (pace === 'hold') return { state: 'parked', reason: null };
    if (status.seenAt === null) return { state: 'waiting', reason: holding };
    const age = now() - status.seenAt;
    const due = pace === 'still' ? STILL_EVERY_MS : pace === 'second' ? SECOND_MS : 0;
    if (due > 0)
      return age > 2.5 * due + SLOWEST_MS ? { state: 'lost', reason: 'silent' } : { state: 'sampled', reason: null };
    if (age > Math.max(LOST_MS, 4 * interval)) return { state: 'lost', reason: holding ?? 'silent' };
    if (holding) return { state: 'frozen', reason: holding };
    if (age > Math.max(LIVE_MS, 2.5 * interval)) return { state: 'frozen', reason: 'silent' };
    return { state: 'live', reason: null };
  };
  const update = (): void => {
    const time = now();
    Object.assign(status, judge());
    shownTimes = shownTimes.filter((at) => time - at < 1000);
    status.fps = shownTimes.length;
    status.eBike = (eBikeNow || time - eBikeAt < BOXED_MS) && status.state !== 'lost';
    const key = `${status.state} ${status.reason ?? ''} ${status.eBike} ${status.blind ?? ''} ${status.vouched}`;
    if (key === told && time - toldAt < TELL_MS) return;
    told = key;
    toldAt = time;
    tell({ ...status, counts: { ...counts, latency: counts.latency.slice() } });
  };

  return {
    status: () => status,
    arrived: ({ pts, codec }) => {
      counts.frames += 1;
      status.codec = codec;
      const step = lastPts === null ? 0 : pts - lastPts;
      if (step > 0 && step <= SLOWEST_MS) interval = interval === 0 ? step : interval + (step - interval) * 0.2;
      lastPts = pts;
    },
    left: (why) => {
      counts.left += 1;
      if (why === 'gap') counts.gaps += 1;
      if (why === 'gap') holding = 'gap';
      if (why === 'no-key') holding ??= 'no-key';
      update();
    },
    hold: (why) => {
      holding = why;
      if (why === 'damaged' || why === 'failed') counts.damaged += 1;
      update();
    },
    shown: (received, takenAt) => {
      holding = null;
      status.seenAt = takenAt;
      Object.assign(status, judge());
      counts.shown += 1;
      counts.latency.push(performance.now() - received);
      if (counts.latency.length > KEPT_LATENCIES) counts.latency.shift();
      shownTimes.push(now());
    },
    painted: (header, boxes, eBike) => {
      status.pts = header.pts;
      status.fseq = header.fseq;
      status.boxes = boxes;
      eBikeNow = eBike;
      if (eBike) eBikeAt = now();
      update();
    },
    overtaken: () => {
      counts.overtaken += 1;
    },
    blind: (why) => {
      if (status.blind === why) return;
      status.blind = why;
      update();
    },
    skew: (ms) => {
      status.skewMs = ms !== null && Math.abs(ms) > SKEW_SHOWN_MS ? ms : null;
    },
    vouched: (is) => {
      status.vouched = is;
    },
    pace: (take) => {
      if (pace === take) return;
      pace = take;
      // The time between stills says nothing of the stream's own.
      interval = 0;
      lastPts = null;
      update();
    },
    tick: update,
  };
};
