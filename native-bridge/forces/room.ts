/**
 * The forces' room: when to plan anew, and what of the plan is news.
 *
 * Owns: the thread, what it was shown last, what it answered last.
 * Guarantees: W6; the thread has one plan in hand at a time, always of the newest picture; a record is told only when a
 *   person could see the difference; what no longer holds is taken away.
 * Refuses: to work anything out itself.
 */
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { eventTime, type ReceiveTime } from '../contract/brand.ts';
import type { AdviceRecord, ClosureRecord, CoverRecord, MoveupRecord, WayRecord } from '../contract/forces-records.ts';
import type { FeedRecord, IncidentRecord, RecordOf, UnitRecord } from '../contract/records.ts';
import { metresBetween } from '../contract/site-read.ts';
import { AGE_LIMITS, type AgeLimits } from '../contract/staleness.ts';
import type { FromPlanner, ToPlanner, WorkerLoad } from './messages.ts';
import { isFree, type Plan, type Seen, type SeenUnit } from './scene.ts';

/** What this room reads of the picture, and how it writes there. */
export interface PictureDoor {
  readonly units: () => Iterable<UnitRecord>;
  readonly incidents: () => Iterable<IncidentRecord>;
  readonly closures: () => Iterable<ClosureRecord>;
  readonly feed: (source: string) => FeedRecord | undefined;
  readonly put: <C extends keyof Planned>(collection: C, record: RecordOf[C]) => void;
  readonly remove: (collection: keyof Planned, id: string) => void;
}
export type Planned = Pick<RecordOf, 'cover' | 'advice' | 'way' | 'moveup'>;
export interface ForcesOptions {
  picture: PictureDoor;
  /** The site's folder. */
  folder: string;
  circleS: number;
  /** Of vehicles: beyond `stale` they do not count. */
  limits: AgeLimits;
  clock: Clock;
  log: Log;
  /** Something was put or removed. */
  changed: () => void;
}
export interface ForcesRoom {
  /** Looks whether something has changed that matters; costs microseconds when not. */
  readonly look: () => void;
  readonly stats: () => { plans: number; lastMs: number; worstMs: number };
  readonly close: () => Promise<void>;
}

/** W6: looked at so often that a change is answered within a second, ms. */
export const LOOK_MS = 400;
/** Moved so far, a free unit changes the circle by a step; one under way its line and its time. Metres. */
const MOVED_FREE_M = 50;
const MOVED_BOUND_M = 15;
/** Ages and times of arrival go on by themselves: at least so often all is worked out anew, ms. */
const ANYWAY_MS = 10_000;
/** A time of arrival in advice is told anew when it has changed by more, seconds. */
const ADVICE_STEP_S = 10;

const sources = import.meta.url.endsWith('.ts');

const isNews = (now: Seen, before: Seen | null): boolean => {
  if (!before) return true;
  if (now.now - before.now >= ANYWAY_MS) return true;
  if (now.units.length !== before.units.length || now.incidents.length !== before.incidents.length) return true;
  if (JSON.stringify(now.closures) !== JSON.stringify(before.closures)) return true;
  const moved = (unit: SeenUnit, i: number): boolean => {
    const was = before.units[i];
    if (!was || was.id !== unit.id || was.status !== unit.status) return true;
    if (was.incidentId !== unit.incidentId || was.heard !== unit.heard || was.movesTo !== unit.movesTo) return true;
    const far = metresBetween([unit.lon, unit.lat], [was.lon, was.lat]);
    return far > (isFree(unit) ? MOVED_FREE_M : MOVED_BOUND_M);
  };
  if (now.units.some(moved)) return true;
  return now.incidents.some((incident, i) => {
    const was = before.incidents[i];
    return (
      was?.id !== incident.id ||
      was.status !== incident.status ||
      was.level !== incident.level ||
      was.kind !== incident.kind ||
      was.lon !== incident.lon ||
      was.lat !== incident.lat ||
      was.unitIds.length !== incident.unitIds.length
    );
  });
};

/** What a person could tell apart: times by the step, the way to the bend; not the moment of planning. */
const faceOf = {
  cover: ({ at: _at, arrival, ...rest }: CoverRecord) => JSON.stringify(rest) + Buffer.from(arrival).toString('latin1'),
  advice: ({ at: _at, units, ...rest }: AdviceRecord) =>
    JSON.stringify([
      rest,
      units.map(({ path: _path, metres: _metres, seconds, ...unit }) => [unit, Math.round(seconds / ADVICE_STEP_S)]),
    ]),
  way: ({ at: _at, eta, path, ...rest }: WayRecord) => JSON.stringify([rest, Math.round(eta / 1000), path.length]),
  moveup: ({ at: _at, path: _path, metres: _metres, seconds, ...rest }: MoveupRecord) =>
    JSON.stringify([rest, Math.round(seconds / ADVICE_STEP_S)]),
} as const;

export const openForces = (options: ForcesOptions): ForcesRoom => {
  const { picture, clock, log, limits, changed } = options;
  const load: WorkerLoad = { folder: options.folder, circleS: options.circleS };
  const worker = new Worker(new URL(sources ? './worker.ts' : './forces-worker.js', import.meta.url), {
    workerData: load,
  });
  let state: 'opening' | 'idle' | 'busy' | 'gone' = 'opening';
  let shown: Seen | null = null;
  const stats = { plans: 0, lastMs: 0, worstMs: 0 };
  const told: { [C in keyof Planned]: Map<string, string> } = {
    cover: new Map(),
    advice: new Map(),
    way: new Map(),
    moveup: new Map(),
  };

  const tell = <C extends keyof Planned>(
    collection: C,
    records: readonly RecordOf[C][],
    face: (record: RecordOf[C]) => string,
  ): boolean => {
    let news = false;
    const faces = told[collection];
    const still = new Set<string>();
    for (const record of records) {
      still.add(record.id);
      const seen = face(record);
      if (faces.get(record.id) === seen) continue;
      faces.set(record.id, seen);
      picture.put(collection, record);
      news = true;
    }
    for (const id of [...faces.keys()]) {
      if (still.has(id)) continue;
      faces.delete(id);
      picture.remove(collection, id);
      news = true;
    }
    return news;
  };
  const publish = ({ covers, advice, ways, moveups, ms }: Plan): void => {
    stats.plans += 1;
    stats.lastMs = ms;
    stats.worstMs = Math.max(stats.worstMs, ms);
    const news = [
      tell('cover', covers, faceOf.cover),
      tell('advice', advice, faceOf.advice),
      tell('way', ways, faceOf.way),
      tell('moveup', moveups, faceOf.moveup),
    ];
    if (news.includes(true)) changed();
  };

  const see = (): Seen => {
    const now = clock.now() as ReceiveTime;
    const lost = (source: string): boolean => {
      const feed = picture.feed(source);
      return !feed || (feed.link === 'lost' && now - feed.lastHeard > AGE_LIMITS.feed.stale);
    };
    return {
      now,
      units: Array.from(
        picture.units(),
        ({ id, lon, lat, heading, speed, status, incidentId, movesTo, source, heard, at }) => ({
          ...{ id, lon, lat, heading, speed, status },
          // An event of the past that was only now received says nothing of the present; a clock ahead of ours gains nothing.
          heardAt: Math.min(heard, Math.max(at, heard - limits.stale)),
          heard: now - Math.min(at, heard) <= limits.stale && !lost(source),
          ...(incidentId === undefined ? {} : { incidentId }),
          ...(movesTo === undefined ? {} : { movesTo: movesTo.placeId }),
        }),
      ),
      incidents: Array.from(picture.incidents())
        .filter(({ status }) => status !== 'closed')
        .map(({ id, kind, level, lon, lat, buildingId, status, reached, at, unitIds }) => ({
          ...{ id, kind, level, lon, lat, status, unitIds: [...unitIds] },
          reported: reached.reported ?? eventTime(at),
          ...(buildingId === undefined ? {} : { buildingId }),
        })),
      closures: Array.from(picture.closures(), ({ id, factor }) => ({ edge: Number(id), factor })),
    };
  };
  const look = (): void => {
    if (state !== 'idle') return;
    const seen = see();
    if (!isNews(seen, shown)) return;
    shown = seen;
    state = 'busy';
    worker.postMessage({ t: 'seen', seen } satisfies ToPlanner);
  };

  worker.on('message', (message: FromPlanner) => {
    switch (message.t) {
      case 'ready':
        state = 'idle';
        log.info({ nodes: message.nodes, edges: message.edges, ms: Math.round(message.ms) }, 'roads read');
        return look();
      case 'none':
        state = 'gone';
        return log.warn({ why: message.why }, 'no ways and no circle for this site');
      case 'plan':
        state = 'idle';
        publish(message.plan);
        // What came while it was thinking.
        return look();
      case 'failed':
        state = 'idle';
        return log.error({ why: message.why }, 'not planned');
    }
  });
  worker.on('error', (error) => {
    state = 'gone';
    log.error({ error: String(error) }, 'planner ended');
  });
  worker.unref();
  const stop = clock.every(LOOK_MS, look);
  return {
    look,
    stats: () => ({ ...stats }),
    close: async () => {
      stop();
      state = 'gone';
      await worker.terminate();
    },
  };
};
