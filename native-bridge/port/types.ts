/**
 * What the port needs of the other rooms, and what a transport and the hub are to each other.
 *
 * Owns: these shapes. Guarantees: the port runs with anything that fits them. Refuses: nothing.
 */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { BlindWhy } from '../contract/blind.ts';
import type { CameraId, IncidentId, ReceiveTime } from '../contract/brand.ts';
import type { Box, Puts, Removes, Role, SiteCard } from '../contract/port.ts';
import type { Collection, RecordOf } from '../contract/records.ts';
import type { Take } from '../contract/video-takes.ts';
import type { VideoHeader } from '../contract/wire.ts';

/** Where a viewer's bytes go. */
export interface Outlet {
  /** `picture`: a video frame, which nobody waits for. */
  send(bytes: Uint8Array, picture?: boolean): void;
  /** Bytes handed over that have not left yet. */
  backlog(): number;
  /** `why` is for a developer. */
  close(why: string): void;
}

export interface Changes {
  clock: number;
  puts: Puts;
  removes: Removes;
  size: number;
}
/** What the port reads of the picture. */
export interface PictureLog {
  clock(): number;
  since(from: number): Changes | null;
  swiftSince(from: number): Changes | null;
  all<C extends Collection>(collection: C): Iterable<RecordOf[C]>;
}
/** What it needs of the video room. */
export interface Relay {
  join(sink: {
    frame(header: VideoHeader, data: Uint8Array): boolean;
    boxes(cameraId: CameraId, pts: number, boxes: readonly Box[]): void;
  }): { cameras(ids: readonly CameraId[], takes: ReadonlyMap<CameraId, Take>): void; leave(): void };
}
export interface HubOptions {
  picture: PictureLog;
  relay: Relay;
  clock: Clock;
  /** The time that windows are told; the clock's when absent. */
  told?: () => ReceiveTime;
  log: Log;
  version: string;
  /** Names this start of the bridge. */
  run: string;
  drill: boolean;
  site: SiteCard;
  /** A window says what it sees in a camera's pictures. */
  sight?: (cameraId: CameraId, why: Exclude<BlindWhy, 'silent'> | null) => void;
  /** A window has an incident open, or (null) has not; also when it is gone. */
  looking?: (who: { id: string; window: string; role: Role }, incidentId: IncidentId | null) => void;
  /** Serves the connections of windows that look at the past. */
  past?: (outlet: Outlet) => Inlet;
  /** Rejects with an error that may have a `code`. */
  command: (role: Role, message: Record<string, unknown>) => Promise<unknown>;
}

export interface Inlet {
  receive(bytes: Uint8Array): void;
  /** The connection is gone. */
  closed(): void;
}
export interface PortCounts {
  deltas: number;
  swift: number;
  wipes: number;
  records: number;
  coalesced: number;
  bytes: number;
  commands: number;
  refused: number;
}

export interface Hub {
  readonly join: (outlet: Outlet) => Inlet;
  /** The picture has changed: what must not wait leaves with this turn of the event loop. */
  readonly changed: () => void;
  readonly viewers: () => { role: Role; clock: number; behind: number }[];
  readonly counts: PortCounts;
  readonly close: () => void;
}
