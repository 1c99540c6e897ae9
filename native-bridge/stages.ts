/**
 * The intake: the first three stages of the pipeline joined, feed ▶ decode ▶ journal ▶ (whoever listens).
 *
 * Owns: the order "journal first, then believe", the counters of `/health` per feed, restoring at start.
 * Guarantees: observations arrive in the order of the journal, each number of a log once; when the disk refuses they
 *   arrive all the same. Nothing a platform sends throws out of here.
 * Refuses: to know what events mean.
 */
import type { CameraId } from './contract/brand.ts';
import type { Frame, Reject } from './contract/frame.ts';
import type { Observation } from './contract/observation.ts';
import type { FeedRecord, Link } from './contract/records.ts';
import type { Profile } from './contract/site.ts';
import type { AnyFeedProfile } from './contract/site-feeds.ts';
import type { VideoHeader, WireOrder } from './contract/wire.ts';
import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { createSlices } from './base/slices.ts';
import { createBelief } from './belief.ts';
import type { BoxForms } from './decode/boxes.ts';
import { decode } from './decode/decode.ts';
import { streamOf } from './decode/checks.ts';
import { openFeed, type CommandAnswer, type Feed, type FeedDeps } from './feed/feed.ts';
import { openLines, type Lines } from './feed/lines.ts';
import { openFolder } from './feed/cap/folder.ts';
import { openTransmitters } from './feed/gb26875/transmitters.ts';
import type { Journal, Position } from './journal/types.ts';
import { RateMeter } from './base/rate.ts';

export interface IntakeOptions {
  profile: Profile;
  /** The data folder D; client keys are made below `D/keys/`. */
  data: string;
  journal: Journal;
  clock: Clock;
  log: Log;
  /** Cameras whose boxes are written in another way than the contract's. */
  boxForms?: BoxForms;
}
/** The upstream's word on an order. */
export type OrderAnswer = CommandAnswer;

/**
 * Observations of one source and epoch come in rising `seq` as a rule, but what was missed comes after what is newer
 * (live is never held back): a record must not be changed by an event with a lower number of the same epoch than
 * the one that changed it last. A `snapshot` observation has `seq` of the state's end: it overwrites what is older.
 */
export interface Intake {
  /**
   * Reads the tail of the journal after `mark` and delivers it with manner `restored`; call it after the listeners
   * are set and before `start`. Resolves with the number of events delivered.
   */
  restore(mark: Position): Promise<number>;
  /** Opens the sockets. */
  start(): void;
  /** `position`: everything up to it has now been delivered; the mark to give to `journal.state.put`. */
  onObservations(act: (observations: readonly Observation[], position: Position) => void): void;
  /** Video frames of the watched cameras, as they come. `data` is the caller's to keep. */
  onVideo(act: (header: VideoHeader, data: Uint8Array) => void): void;
  /** The complete set of cameras that somebody watches. */
  watchCameras(ids: readonly CameraId[]): void;
  /** Asks the platform for a key frame; never fails, nothing is promised. */
  keyframe(cameraId: CameraId): void;
  /**
   * Sends an order; resolves with the upstream's answer; rejects when the link is lost or no answer came in 5 s
   * (send it again with the same id).
   */
  command(source: string, order: WireOrder): Promise<OrderAnswer>;
  /** One per feed of the profile, as of now. Rates and ages move by themselves: ask once a second. */
  feeds(): FeedRecord[];
  /** Called when the link of a feed changes. */
  onLink(act: (record: FeedRecord) => void): void;
  /** Closes sockets; resolves within 1 s. The journal stays open. */
  close(): Promise<void>;
}

/** So many bytes may wait for the disk before receiving pauses: a second at 30 MB/s. */
const BACKLOG_BYTES = 32 * 1024 * 1024;
/** These do not wait for the group to fill. */
const URGENT = new Set([
  'fire-iot.alarm',
  'fire-iot.detection',
  'linkage-110.incident',
  'linkage-110.task',
  'situation.warning',
]);
const RESTORE_EVENTS = 2000;
const LINK_LOOK_MS = 200;
/** A snapshot of 50,000 devices is a second of work, so is a flood: in slices, so that others are heard in between. */
const SLICE_MS = 8;
/** What waits longer than this to be told: nothing more is received. */
const BEHIND_MS = 50;
/** So much of a snapshot may wait for the disk: live messages wait behind it. */
const SNAPSHOT_BACKLOG_BYTES = 1024 * 1024;

interface Lane {
  profile: AnyFeedProfile;
  feed: Feed | null;
  received: number;
  duplicates: number;
  rate: RateMeter;
  pictures: RateMeter;
  bits: RateMeter;
  link: Link;
}

function openAny(profile: AnyFeedProfile, deps: FeedDeps): Feed {
  if (profile.kind === 'zmq') return openFeed(profile, deps);
  return profile.kind === 'gb26875' ? openTransmitters(profile, deps) : openFolder(profile, deps);
}

export function openIntake(options: IntakeOptions): Intake {
  const { profile, data, journal, clock, log, boxForms } = options;
  const lanes = new Map<string, Lane>();
  for (const feed of profile.feeds) {
    lanes.set(feed.source, {
      profile: feed,
      feed: null,
      received: 0,
      duplicates: 0,
      rate: new RateMeter(),
      pictures: new RateMeter(),
      bits: new RateMeter(),
      link: 'lost',
    });
  }
  const observationActs: ((observations: readonly Observation[], position: Position) => void)[] = [];
  const videoActs: ((header: VideoHeader, data: Uint8Array) => void)[] = [];
  const linkActs: ((record: FeedRecord) => void)[] = [];
  // A snapshot goes no faster than it is taken in: what is said meanwhile waits behind some ms of it.
  const slices = createSlices(SLICE_MS, () => !belief.behind() && journal.backlog() < SNAPSHOT_BACKLOG_BYTES);
  /** Appended for feeds that confirm to their senders. */
  let unkept: { lane: Lane; epoch: string; to: number; position: Position }[] = [];

  const tell = (observations: readonly Observation[], position: Position): void => {
    for (const act of observationActs) {
      try {
        act(observations, position);
      } catch (error) {
        log.error({ error }, 'an observation could not be applied');
      }
    }
  };
  const belief = createBelief(SLICE_MS, tell);
  journal.onCommitted(({ position, recorded }) => {
    // With recording off nothing is kept: the sender goes on trying, and nothing is confirmed that a crash would take.
    for (const entry of unkept)
      if (recorded && entry.position <= position) entry.lane.feed?.kept?.(entry.epoch, entry.to);
    unkept = unkept.filter((entry) => entry.position > position);
    belief.through(position);
  });
  journal.onForgotten((source, epoch, ranges) => lanes.get(source)?.feed?.forget(epoch, ranges));

  const deliver = (lane: Lane, frame: Frame): void => {
    const decoded = decode(frame, lane.profile.crs, boxForms);
    lane.bits.add(8 * frame.body.byteLength, clock.now());
    if (frame.manner === 'duplicate') {
      lane.received += decoded.valid;
      lane.duplicates += decoded.valid;
      return;
    }
    if (frame.manner !== 'snapshot') {
      lane.received += decoded.valid;
      lane.rate.add(decoded.valid, frame.heard);
    }
    const { rejected, atFrom, atTo, broken, observation } = decoded;
    if (broken) lane.feed?.broken(frame.epoch, [frame.from, frame.to]);
    const urgent = frame.manner === 'live' && URGENT.has(streamOf(frame.topic));
    const position = journal.append({ frame, rejected, atFrom, atTo, broken }, decoded.rejects, urgent);
    if (lane.feed?.kept) unkept.push({ lane, epoch: frame.epoch, to: frame.to, position });
    if (observation !== null && frame.manner !== 'history') belief.add(observation, position);
  };
  const refuse = (frame: Frame, reject: Reject): void => {
    journal.append({ frame, rejected: [], atFrom: 0, atTo: 0, broken: true }, [reject], false);
  };

  const recordOf = (lane: Lane): FeedRecord => {
    const { source } = lane.profile;
    const stats = journal.stats();
    const condition = lane.feed?.condition();
    const pictures = lane.pictures.perSecond(clock.now());
    return {
      id: source,
      link: condition?.link ?? 'lost',
      lastHeard: (condition?.lastHeard ?? 0) as FeedRecord['lastHeard'],
      epoch: condition?.epoch ?? null,
      lastSeq: condition?.lastSeq ?? 0,
      received: lane.received,
      journaled: stats.bySource[source] ?? 0,
      duplicates: lane.duplicates,
      gapsHealed: condition?.gapsHealed ?? 0,
      quarantined: Object.values(stats.quarantined[source] ?? {}).reduce((sum, n) => sum + n, 0),
      lagMs: condition?.lagMs ?? 0,
      skewMs: condition?.skewMs ?? 0,
      encrypted: lane.feed?.encrypted ?? ('serverKey' in lane.profile && lane.profile.serverKey !== undefined),
      rate: lane.rate.perSecond(clock.now()),
      ...(pictures > 0 ? { pictures } : {}),
      bits: lane.bits.perSecond(clock.now()),
      ...(condition?.progress ? { progress: condition.progress } : {}),
    };
  };
  const open = (lane: Lane): void => {
    const { source } = lane.profile;
    const memory = journal.coverage().filter((known) => known.source === source);
    try {
      const deps: FeedDeps = {
        data,
        memory,
        clock,
        log: log.room('feed'),
        deliver: (frame) => {
          if (frame.manner === 'snapshot') slices.add(() => deliver(lane, frame));
          else deliver(lane, frame);
        },
        refuse,
        reject: (reject) => journal.quarantine([reject]),
        gone: (epoch, range) => journal.noteGone(source, epoch, range),
        // After its last part: a snapshot that is not whole when the process dies is asked for again.
        snapshot: (epoch, seq) => slices.add(() => journal.noteSnapshot(source, epoch, seq)),
        video: (header, bytes) => {
          lane.bits.add(8 * bytes.byteLength, clock.now());
          lane.pictures.add(1, clock.now());
          for (const act of videoActs) act(header, bytes);
        },
        ready: () => journal.backlog() < BACKLOG_BYTES && !belief.behind(BEHIND_MS),
        calm: () => slices.idle(),
        line: (options) => (lines ??= openLines()).open(options),
      };
      lane.feed = openAny(lane.profile, deps);
    } catch (error) {
      // One feed that cannot be opened must not take the others with it; its link stays lost.
      log.error({ source, why: error instanceof Error ? error.message : String(error) }, 'feed not opened');
    }
  };
  let stopLooking = (): void => undefined;
  let lines: Lines | null = null;

  return {
    async restore(mark) {
      let count = 0;
      let batch: Observation[] = [];
      let events = 0;
      let at = mark;
      for await (const { position, entry } of journal.tail(mark)) {
        const lane = lanes.get(entry.frame.source);
        if (entry.frame.manner === 'history') continue;
        // A batch ends with a segment, so that its position is a true mark.
        if (position !== at && events >= RESTORE_EVENTS) {
          tell(batch, at);
          batch = [];
          events = 0;
        }
        at = position;
        const { observation, valid } = decode(entry.frame, lane?.profile.crs ?? 'wgs84', boxForms);
        if (observation === null) continue;
        batch.push({ ...observation, manner: observation.manner === 'snapshot' ? 'snapshot' : 'restored' });
        events += valid;
        count += valid;
      }
      if (batch.length > 0) tell(batch, at);
      return count;
    },
    start() {
      for (const lane of lanes.values()) open(lane);
      stopLooking = clock.every(LINK_LOOK_MS, () => {
        for (const lane of lanes.values()) {
          const link = lane.feed?.condition().link ?? 'lost';
          if (link === lane.link) continue;
          lane.link = link;
          const record = recordOf(lane);
          for (const act of linkActs) act(record);
        }
      });
    },
    onObservations: (act) => void observationActs.push(act),
    onVideo: (act) => void videoActs.push(act),
    onLink: (act) => void linkActs.push(act),
    watchCameras(ids) {
      for (const lane of lanes.values()) lane.feed?.watchCameras(ids);
    },
    keyframe: (cameraId) => lanes.get('video')?.feed?.keyframe(cameraId),
    command(source, order) {
      const feed = lanes.get(source)?.feed;
      return feed ? feed.command(order) : Promise.reject(new Error(`no feed ${source}`));
    },
    feeds: () => [...lanes.values()].map(recordOf),
    async close() {
      stopLooking();
      slices.drop();
      belief.drop();
      for (const lane of lanes.values()) lane.feed?.close();
      await lines?.close();
      // The loops of the sockets end with their next turn.
      await new Promise(setImmediate);
    },
  };
}
