/**
 * The picture (态势): the current state of everything, made from observations and time.
 *
 * Owns: which part takes which stream, and the order of things: apply, then settle what follows from it.
 * Guarantees: no I/O and no clock of its own; the same observations and ticks make the same picture; after `restore`
 *   with what was kept, and the observations since, it is the picture it was.
 * Refuses: nothing that decode let through; an event it cannot use changes nothing.
 */
import { incidentId, unitId, type ReceiveTime } from '../contract/brand.ts';
import type { Observation } from '../contract/observation.ts';
import type { Plan } from '../contract/site-plans.ts';
import type { AlarmRules, ResponseTimes } from '../contract/site-duty.ts';
import type {
  AlarmRecord,
  Collection,
  FeedRecord,
  OrderRecord,
  RecordingRecord,
  StripRecord,
  TaskRecord,
} from '../contract/records.ts';
import type { Stream, WireOrder } from '../contract/wire.ts';
import { createActs, type Acts } from './acts.ts';
import { createPolicy } from './alarm-policy.ts';
import { createAlarmStory } from './alarm-story.ts';
import { createAlarms } from './alarms.ts';
import { createAutomatic, type Automatic } from './automatic.ts';
import { createBoxes, type Boxes } from './boxes.ts';
import { createCabs } from './cabs.ts';
import { createCameraChoice } from './camera-choice.ts';
import { createChangeLog, type ChangeLog, type Saved } from './change-log.ts';
import type { Desk, Limits, Origin, SiteKnowledge } from './desk.ts';
import { createClusters } from './clusters.ts';
import { createDevices } from './devices.ts';
import { createEntries } from './entries.ts';
import { createForces } from './forces.ts';
import { memoryOf, type KeptStrip } from './kept.ts';
import { createMarks } from './marks.ts';
import { createPerformance } from './performance.ts';
import { createSituation } from './situation.ts';
import { createTasks } from './tasks.ts';

/** Streams whose records are kept whole with every flush; the others may lag behind it by some seconds. */
export const CORE_STREAMS: ReadonlySet<Stream> = new Set<Stream>([
  'fire-iot.alarm',
  'linkage-110.incident',
  'linkage-110.task',
  'situation.warning',
  'situation.risk',
  'situation.opinion',
]);
/** Made anew at every start from what else is known. */
const MADE_ANEW: readonly Collection[] = ['strip', 'feed', 'order', 'recording', 'clip', 'looker'];
/** The newest orders a wall shows. */
const MOST_ORDERS = 500;

const NO_STRIP: StripRecord = {
  id: 'strip',
  received: 0,
  shown: 0,
  grouped: 0,
  shelved: 0,
  duplicates: 0,
  flood: false,
  lastTenMinutes: 0,
};

export interface Picture {
  readonly log: ChangeLog;
  readonly acts: Acts;
  readonly boxes: Boxes;
  /** `only`: while restoring, the part of the streams whose kept records do not hold these events yet. */
  readonly observe: (observations: readonly Observation[], only?: 'core' | 'bulk') => void;
  readonly feed: (record: FeedRecord) => void;
  readonly order: (record: OrderRecord) => void;
  readonly recording: (record: RecordingRecord) => void;
  /** Once a second: what follows from time alone. */
  readonly tick: (now: ReceiveTime) => void;
  /** Some times a second: who has got out of a cab. */
  readonly riders: (now: ReceiveTime) => void;
  /** `rows` as kept by the flush. */
  readonly restore: (rows: readonly Saved[], now: ReceiveTime) => void;
  /** For the flush. */
  readonly memory: () => Omit<KeptStrip, 'position'>;
  /** The upstream took an order that moves units: send, recall, divert, move up. */
  readonly carried: (order: WireOrder, now: ReceiveTime) => void;
  /** What the console must tell by itself now; each once. */
  readonly automatic: Automatic['due'];
  /** Tasks without a receipt that the department above must now be told of; each once. */
  readonly escalations: () => TaskRecord[];
  /** After acts: strip and groups as they are now. */
  readonly settle: (now: ReceiveTime) => void;
  readonly summary: () => { devices: number; openAlarms: number; incidents: number };
}

export interface PictureOptions {
  site: SiteKnowledge;
  limits: Limits;
  /** Priority, suppression, delays; none by default. */
  rules?: AlarmRules;
  response?: ResponseTimes;
  plans?: readonly Plan[];
  clock?: number;
  tombstones?: number;
  /** An observation could not be applied: a mistake to be mended. */
  onTrouble?: (stream: Stream, error: unknown) => void;
}
export const createPicture = (options: PictureOptions): Picture => {
  const log = createChangeLog(options);
  const { site, limits, rules = {}, response = {}, plans = [] } = options;
  const highRise = new Set<string>(site.elevators.values());
  const policy = createPolicy(rules, highRise, limits.utcOffsetHours);
  const desk: Desk = { log, site, limits, policy, response, plans };
  const entries = createEntries(desk);
  const tasks = createTasks(desk, entries, response);
  const automatic = createAutomatic(desk, response.automatic ?? []);
  const performance = createPerformance(desk);
  const clusters = createClusters(desk);
  const cameras = createCameraChoice(site.cameras);
  const devices = createDevices(desk);
  const marks = createMarks(desk);
  const forces = createForces(desk, entries);
  const cabs = createCabs(desk, cameras, marks);
  const situation = createSituation(desk);
  const boxes = createBoxes();
  const story = createAlarmStory(desk, entries);
  const told = (record: AlarmRecord): void => story.told(record, acts.ordered);
  const called = (record: AlarmRecord): AlarmRecord => {
    marks.alarm(record);
    const joined = forces.joinOpen(record);
    const placed = joined === undefined ? record : { ...record, incidentId: joined };
    told(placed);
    return { ...placed, clusterId: clusters.join(placed) };
  };
  const alarms = createAlarms(desk, devices, cameras, performance, called, (before, record) => {
    clusters.note(before, record);
    story.changed(before, record);
  });
  const epochs = new Map<string, string>();
  let latest = 0;

  const each = <E>(events: readonly (E | null)[], act: (event: E) => void): void => {
    for (const event of events) if (event !== null) act(event);
  };
  const apply = (seen: Observation): void => {
    const origin: Origin = seen;
    switch (seen.stream) {
      case 'fire-iot.device':
        return each(seen.events, (event) => {
          devices.register(event, origin);
          const device = log.get('device', event.id);
          if (device) alarms.located(device);
        });
      case 'fire-iot.reading':
        return each(seen.events, (event) => {
          const device = devices.read(event, origin);
          if (device) marks.reading(event, device, origin);
        });
      case 'fire-iot.alarm':
        return each(seen.events, (event) => alarms.hear(event, origin));
      case 'fire-iot.cab':
        return each(seen.events, (event) => cabs.move(event, origin));
      case 'fire-iot.detection':
        return each(seen.events, (event) => {
          cabs.detect(event, origin);
          if (seen.manner === 'live') boxes.hear(event);
        });
      case 'fire-iot.position':
        return each(seen.events, (event) => forces.position(event, origin));
      case 'linkage-110.incident':
        return each(seen.events, (event) => {
          for (const id of forces.incident(event, origin)) {
            const alarm = log.get('alarm', id);
            if (!alarm || alarm.incidentId === event.id) continue;
            alarms.change({ ...alarm, incidentId: event.id });
            told({ ...alarm, incidentId: event.id });
          }
          const incident = log.get('incident', event.id);
          if (incident) clusters.report(incident);
        });
      case 'linkage-110.task':
        return each(seen.events, (event) => tasks.hear(event, origin));
      case 'situation.warning':
        return each(seen.events, (event) => situation.warning(event, origin));
      case 'situation.risk':
        return each(seen.events, (event) => situation.risk(event, origin));
      case 'situation.opinion':
        return each(seen.events, (event) => situation.opinion(event, origin));
    }
  };
  const silent = (source: string): boolean => log.get('feed', source)?.link === 'lost';
  const settle = (now: ReceiveTime): void => {
    clusters.settle();
    alarms.settle(now);
  };
  /** A log with another name has begun: of what the old one raised nothing is known until it is told anew. */
  const noteEpoch = (source: string, epoch: string): void => {
    const before = epochs.get(source);
    if (before === epoch) return;
    epochs.set(source, epoch);
    if (before !== undefined) alarms.contact(source, epoch);
  };

  const acts = createActs(desk, { alarms, marks, clusters, entries });

  return {
    log,
    boxes,
    acts,
    observe: (observations, only) => {
      for (const seen of observations) {
        if (only !== undefined && CORE_STREAMS.has(seen.stream) !== (only === 'core')) continue;
        if (seen.manner !== 'replay') noteEpoch(seen.source, seen.epoch);
        latest = Math.max(latest, seen.heard);
        try {
          apply(seen);
        } catch (error) {
          // A mistake of this room must not cost the neighbours' events; they are in the journal all the same.
          options.onTrouble?.(seen.stream, error);
        }
      }
      settle(latest as ReceiveTime);
    },
    feed: (record) => {
      const before = log.get('feed', record.id);
      if (record.link === 'lost' && before?.link !== 'lost') alarms.contact(record.id, null);
      if (record.link !== 'lost' && before?.link !== record.link) alarms.contact(record.id, record.epoch);
      log.put('feed', record);
    },
    order: (record) => {
      log.put('order', record);
      acts.ordered(record);
      if (log.count('order') <= MOST_ORDERS) return;
      const over = [...log.all('order')].filter(({ status }) => status !== 'waiting' && status !== 'sent');
      const oldest = over.sort((a, b) => a.at - b.at)[0];
      if (oldest) log.remove('order', oldest.id);
    },
    recording: (record) => log.put('recording', record),
    tick: (now) => {
      latest = Math.max(latest, now);
      alarms.tick(now);
      cabs.tick(now, silent);
      marks.tick(now);
      forces.tick(now);
      situation.tick(now);
      tasks.tick(now);
      clusters.tick(now);
      performance.tick(now);
      settle(now);
    },
    riders: (now) => cabs.riders(now, silent),
    restore: (rows, now) => {
      for (const { collection, record } of rows) {
        if (record !== null && !MADE_ANEW.includes(collection)) log.put(collection, record);
      }
      latest = now;
      for (const { source, epoch } of log.all('alarm')) if (epoch !== undefined) epochs.set(source, epoch);
      performance.restore();
      clusters.restore();
      alarms.restore(now, memoryOf(rows).announced);
      entries.restore();
      marks.restore();
      cabs.restore();
      forces.restore();
    },
    memory: () => ({ ...(log.get('strip', 'strip') ?? NO_STRIP), announced: alarms.announced() }),
    carried: ({ orderId, type, target, args }, now) => {
      const named = args['unitIds'];
      const units = Array.isArray(named) ? named.filter((unit) => typeof unit === 'string').map(unitId) : [];
      const off = type === 'recall' ? target : type === 'divert' ? args['from'] : undefined;
      for (const unit of units) {
        if (typeof off === 'string') forces.recall(incidentId(off), unit, now, orderId);
        if (type !== 'recall') forces.send(incidentId(target), unit, now, orderId);
      }
      const place = args['placeId'];
      if (type === 'moveUp' && typeof place === 'string') forces.moveUp(unitId(target), place, now);
    },
    automatic: automatic.due,
    settle,
    escalations: tasks.escalations,
    summary: () => ({ devices: log.count('device'), openAlarms: alarms.open(), incidents: forces.open() }),
  };
};
