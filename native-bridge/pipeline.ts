/**
 * The pipeline, on one screen: feed ▶ decode ▶ journal ▶ picture ▶ port, and orders the other way.
 *
 * Owns: who hears whom. Guarantees: journal first, then believe; the picture of the last run stands before the first
 *   socket opens; closing takes less than two seconds.
 * Refuses: to do any room's work.
 */
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import type { ReceiveTime } from './contract/brand.ts';
import type { Health } from './contract/health.ts';
import type { FeedRecord } from './contract/records.ts';
import type { Profile } from './contract/site.ts';
import { openEyes } from './eyes.ts';
import { createSeats } from './access/seats.ts';
import { openForces } from './forces/room.ts';
import { openJournal } from './journal/journal.ts';
import { createCommands } from './orders/commands.ts';
import { createOrderDesk } from './orders/desk.ts';
import { escalations } from './orders/escalation.ts';
import { tellings } from './orders/telling.ts';
import { createFlush, SLICE_MS } from './picture/flush.ts';
import { memoryOf } from './picture/kept.ts';
import { createPicture } from './picture/picture.ts';
import { createRecorder } from './past/recorder.ts';
import { PAST_FILE } from './past/schema.ts';
import { createShows } from './past/shows.ts';
import { createHub } from './port/hub.ts';
import type { Hub } from './port/types.ts';
import { boxFormsOf, readKnowledge, siteCard, variantsOf } from './site-knowledge.ts';
import { settingsChanged } from './settings-seen.ts';
import { openIntake } from './stages.ts';
import { utcOffsetHours } from './zone.ts';
import type { VideoRelay } from './video/relay.ts';

export interface PipelineOptions {
  profile: Profile;
  /** The data folder D. */
  data: string;
  /** Folder of the built city packs. */
  city: string;
  version: string;
  drill: boolean;
  clock: Clock;
  log: Log;
}
export interface Pipeline {
  readonly hub: Hub;
  readonly relay: VideoRelay;
  readonly health: () => Health;
  /** ms from hearing to applying, once per group of live events. */
  readonly onApplied: (act: (ms: number) => void) => void;
  close(): Promise<void>;
}

const SECOND = 1000;
/** Every shift of a week hears of it. */
const SETTING_KEPT_MS = 7 * 24 * 3600 * SECOND;
const RIDERS_MS = 250;
const DAY = 24 * 3600 * SECOND;

export const openPipeline = async (options: PipelineOptions): Promise<Pipeline> => {
  const { profile, data, clock, log, version, drill } = options;
  const began = clock.now();
  const journal = await openJournal({ dir: join(data, 'journal'), ...profile.journal });
  const site = readKnowledge(profile, log);
  const intake = openIntake({ profile, data, journal, clock, log, boxForms: boxFormsOf(site) });
  const { floodBegins, floodEnds, chattering } = profile.targets;
  const picture = createPicture({
    site,
    limits: {
      ...{ floodBegins, floodEnds, chattering },
      box: profile.thresholds.staleness.box,
      utcOffsetHours: utcOffsetHours(profile.timezone, began),
    },
    rules: profile.alarms,
    response: profile.response,
    plans: profile.plans,
    onTrouble: (stream, error) => log.error({ stream, error: String(error) }, 'not applied'),
  });

  // The picture of the last run: its records, then the events they do not hold yet.
  const rows = journal.state.read();
  const mark = journal.state.mark();
  const { position: corePosition } = memoryOf(rows);
  picture.restore(rows, began);
  for (const { id, at } of [...picture.log.all('setting')])
    if (began - at > SETTING_KEPT_MS) picture.log.remove('setting', id);
  for (const one of settingsChanged(profile, data, began, (text) => log.warn(text))) picture.log.put('setting', one);
  let restoring: 'bulk' | 'core' | null = 'bulk';
  const appliedActs: ((ms: number) => void)[] = [];
  const flush = createFlush({
    log: picture.log,
    memory: picture.memory,
    put: (changes, at) => journal.state.put(changes, at),
    start: mark,
  });

  const eyes = await openEyes({
    ...{ data, picture: picture.log, intake, clock, log: log.room('video'), variants: variantsOf(profile) },
    note: ({ id, cameraId, alarmIds, why, from, to, frames, trouble }) =>
      journal.audit({
        at: to,
        by: 'console',
        act: 'clip',
        detail: { id, cameraId, alarmIds, why, from, frames, trouble },
      }),
    changed: () => hub.changed(),
    blindAlarmMs: profile.thresholds.blindAlarmMs,
    alarm: (event) => {
      const heard = clock.now();
      // No platform told of it: the audit trail is its place in the journal.
      journal.audit({ at: heard, by: 'console', act: 'camera-blind', detail: { ...event } });
      const told = { source: 'console', stream: 'fire-iot.alarm', epoch: '', seq: 0, manner: 'live', heard } as const;
      picture.observe([{ ...told, events: [event] }]);
      hub.changed();
    },
  });
  const { relay } = eyes;
  const desk = createOrderDesk({
    shelf: journal.orders,
    command: (source, order) => intake.command(source, order),
    basedOn: (source) => {
      const feed = picture.log.get('feed', source);
      return { epoch: feed?.epoch ?? '', seq: feed?.lastSeq ?? 0, at: feed?.lastHeard ?? 0 };
    },
    clock,
    log: log.room('orders'),
    onChange: (record, wire) => {
      picture.order(record);
      if (record.status === 'accepted' || record.status === 'duplicate')
        picture.carried(wire, record.answeredAt ?? clock.now());
      forces.look();
      hub.changed();
    },
  });
  // Who, when, and what was known: which sources were heard, up to where.
  const audit = (by: string, act: string, detail: Readonly<Record<string, unknown>>): void => {
    const known = [...picture.log.all('feed')].map(({ id, link, lastHeard, lastSeq }) => [
      ...[id, link, lastHeard, lastSeq],
    ]);
    journal.audit({ at: clock.now(), by, act, detail: { ...detail, known } });
  };
  const sources = new Set(profile.feeds.map(({ source }) => source));
  const commands = createCommands({
    ...{ acts: picture.acts, desk, clock, sources, audit },
    traceTo: profile.response.traceTo,
  });
  const seats = createSeats({
    ...{ data, access: profile.access, osUser: userInfo().username, clock, audit },
    put: (record) => void picture.log.put('seat', record),
    kept: (role) => picture.log.get('seat', role),
    trouble: (text) => log.error(text),
  });
  const card = siteCard(profile, options.city);
  const past = { file: join(data, 'past', PAST_FILE), clips: join(data, 'clips') };
  const shows = createShows({ ...past, version, drill, site: card, clock, log: log.room('past') });
  const refused = (error: unknown): void => log.warn({ error: String(error) }, 'not ordered by the console itself');
  const hub = createHub({
    picture: picture.log,
    relay,
    sight: eyes.sight.seen,
    looking: (who, incidentId) => {
      if (incidentId === null) picture.log.remove('looker', who.id);
      else picture.log.put('looker', { ...who, incidentId, at: clock.now() });
      hub.changed();
    },
    clock,
    log: log.room('port'),
    version,
    run: randomUUID(),
    drill,
    site: card,
    past: shows.join,
    command: async (role, message) => {
      const own = seats.run(role, message);
      const result = await (own ?? commands.run(...seats.admitted(role, message)));
      picture.settle(clock.now());
      hub.changed();
      return result;
    },
  });

  const forces = openForces({
    picture: {
      units: () => picture.log.all('unit'),
      incidents: () => picture.log.all('incident'),
      closures: () => picture.log.all('closure'),
      feed: (source) => picture.log.get('feed', source),
      put: picture.log.put,
      remove: picture.log.remove,
    },
    folder: profile.files,
    circleS: profile.targets.rescueCircleMin * 60,
    limits: profile.thresholds.staleness.vehicle,
    clock,
    log: log.room('forces'),
    changed: () => hub.changed(),
  });

  intake.onObservations((observations, position) => {
    picture.observe(observations, restoring ?? undefined);
    flush.applied(position);
    if (restoring) return;
    eyes.boxes(picture.boxes.take());
    eyes.heard(observations);
    hub.changed();
    const heard = observations[0]?.heard;
    if (heard !== undefined) for (const act of appliedActs) act(clock.now() - heard);
  });

  // Of the last run is known when each source was last heard; until it is heard again that is its age.
  const heardBefore = new Map<string, ReceiveTime>();
  for (const { source, heard } of journal.coverage()) {
    heardBefore.set(source, Math.max(heard, heardBefore.get(source) ?? 0) as ReceiveTime);
  }
  const known = (record: FeedRecord): FeedRecord =>
    record.lastHeard > 0 ? record : { ...record, lastHeard: heardBefore.get(record.id) ?? record.lastHeard };
  const feeds = (): void => intake.feeds().forEach((record) => picture.feed(known(record)));
  intake.onLink((record) => {
    picture.feed(known(record));
    if (record.link !== 'lost') desk.reachable(record.id);
    hub.changed();
  });
  journal.onStatus((status) => {
    picture.recording(status);
    if (status.recording) flush.again();
  });

  const events = await intake.restore(mark);
  restoring = 'core';
  await intake.restore(corePosition);
  restoring = null;
  picture.boxes.take();
  feeds();
  picture.recording(journal.status());
  desk.restore();
  for (const { record, wire } of journal.orders.recent(1000).reverse()) commands.again(record, wire);
  picture.tick(clock.now());
  const { pastDays, maxBytes } = profile.journal;
  const kept = { file: past.file, maxAgeMs: pastDays * DAY, maxBytes: maxBytes / 4 };
  const recorder = createRecorder({ ...kept, picture: picture.log, clock, log: log.room('past') });
  recorder.step();
  log.info({ records: rows.length, events, ms: clock.now() - began }, 'picture restored');
  intake.start();

  const stops = [
    clock.every(SLICE_MS, () => flush.slice()),
    clock.every(RIDERS_MS, () => picture.riders(clock.now())),
    clock.every(SECOND, () => {
      feeds();
      const off = recorder.trouble();
      picture.recording({ ...journal.status(), ...(off === null ? {} : { pastOff: off }) });
      seats.tick();
      picture.tick(clock.now());
      for (const order of [...escalations(picture.escalations(), profile), ...tellings(picture.automatic(clock.now()))])
        void commands.run('duty', order).catch(refused);
      recorder.step();
      hub.changed();
    }),
  ];
  return {
    hub,
    relay,
    onApplied: (act) => void appliedActs.push(act),
    health: () => ({
      version,
      uptimeMs: clock.now() - began,
      drill,
      feeds: intake
        .feeds()
        .map(({ id, rate: _rate, pictures: _pictures, bits: _bits, lastHeard: _heard, ...feed }) => ({
          source: id,
          ...feed,
        })),
      journal: (({ recording, events: count, bytes }) => ({ recording, events: count, bytes }))(journal.status()),
      picture: picture.summary(),
      viewers: hub.viewers(),
      orders: desk.counts(),
    }),
    close: async () => {
      for (const stop of stops) stop();
      desk.stop();
      hub.close();
      await Promise.all([recorder.close(), shows.close()]);
      await eyes.close();
      await forces.close();
      await intake.close();
      flush.all();
      await journal.close();
    },
  };
};
