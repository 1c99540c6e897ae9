/**
 * The intake: the first three stages of the pipeline joined, feed ▶ decode ▶ journal ▶ (whoever listens).
 *
 * Owns: the order "journal first, then believe", the counters of `/health` per feed, restoring at start.
 * Guarantees: observations arrive in the order of the journal, each number of a log once; when the disk refuses they
 *   arrive all the same. Nothing a platform sends throws out of here.
 * Refuses: to know what events mean.
 */
import type { CameraId } from './contract/brand.ts';
import type { Observation } from './contract/observation.ts';
import type { FeedRecord } from './contract/records.ts';
import type { Profile } from './contract/site.ts';
import type { VideoHeader, WireOrder } from './contract/wire.ts';
import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import type { Journal, Position } from './journal/types.ts';

export interface IntakeOptions {
  profile: Profile;
  /** The data folder D; client keys are made below `D/keys/`. */
  data: string;
  journal: Journal;
  clock: Clock;
  log: Log;
}
/** The upstream's word on an order. */
export interface OrderAnswer {
  status: 'accepted' | 'duplicate' | 'rejected';
  reason?: string;
}

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
