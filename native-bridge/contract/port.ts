/**
 * The port: the protocol between the bridge and any number of windows.
 *
 * Owns: one message map per direction and the map of commands.
 * Guarantees: the newest record per id, a clock that only rises within one `run`, an answer to every command.
 * Refuses: unknown messages (an error on both sides).
 *
 * On the wire each message is one MessagePack map (msgpackr, plain records, no extensions) in one binary
 * WebSocket message or one MessagePort `Uint8Array`.
 */
import type {
  AlarmId,
  BuildingId,
  CameraId,
  Clock,
  DetectionId,
  DeviceId,
  IncidentId,
  OrderId,
  TaskId,
  UnitId,
} from './brand.ts';
import type { Role, SeatCommands } from './access.ts';
import type { BlindWhy } from './blind.ts';
import type { PastTime } from './past.ts';
import type { Suspicion } from './linkage-records.ts';
import type { Collection, RecordOf } from './records.ts';
import type { Residents } from './residents.ts';
import type { SketchCommands } from './sketch.ts';
import type { DutyCard } from './site-duty.ts';
import type { WindowVideo } from './video-layout.ts';
import type { Take, Variant } from './video-takes.ts';
import type { Told } from './site-plans.ts';
import type { DetectionLabel, TaskStatus, VideoHeader } from './wire.ts';

export const PORT_VERSION = 1;
/** A delta leaves at most this often; alarms, orders and boxes do not wait for it. */
export const DELTA_MS = 50;

export type { Role } from './access.ts';

export type Puts = { [C in Collection]?: RecordOf[C][] };
export type Removes = Partial<Record<Collection, string[]>>;

/**
 * The change of the picture from clock `from` (exclusive) to `clock`. With `from === clock` it is a swift one: alarms,
 * orders, detections, incidents and the strip ahead of their turn. It moves no clock, is sent without waiting for an
 * acknowledgement, and what it carries comes again with the next delta.
 */
export interface Delta {
  from: Clock;
  clock: Clock;
  puts: Puts;
  removes: Removes;
  /** Changes that were overtaken by a newer one of the same record before this left. */
  coalesced: number;
}

export interface Box {
  detectionId: DetectionId;
  label: DetectionLabel;
  confidence: number;
  box: [number, number, number, number];
  track: string;
}

export interface ToViewer {
  /** Answer to `hello`. `run` changes with every start of the bridge; clocks of different runs cannot be compared. */
  welcome: { version: string; run: string; now: number; drill: boolean; site: SiteCard };
  /** Throw away everything and take this. Large pictures come in several; only the last has `more: false`. */
  wipe: { clock: Clock; now: number; puts: Puts; more: boolean };
  delta: Delta & { now: number };
  /** Every box of one frame. Not coalesced; sent only for cameras the window wants. */
  boxes: { cameraId: CameraId; pts: number; boxes: Box[] };
  frame: { header: VideoHeader; data: Uint8Array };
  /** To a window in the past alone: where it stands, at each change and once a second while it moves. */
  time: PastTime;
  /** `result` is what the command promises; `error` is for people, `code` for programs. */
  answer: { id: number; ok: true; result: unknown } | { id: number; ok: false; code: string; error: string };
}

export interface ToBridge {
  /**
   * `run` and `clock` of what the window still holds, so that a delta may do. `at`: this connection shows a moment of the
   * past (ms UTC) and carries no acts.
   */
  hello: { version: number; role: Role; window: string; run?: string; clock?: Clock; at?: number };
  /** Of a connection in the past: another moment, another speed (one of `SPEEDS`, 0 stands still). */
  time: { at?: number; speed?: number };
  /** Of a connection of now: its window shows the past, or does again what it shows; until then its commands are refused. */
  past: { shown: boolean };
  /** The delta up to `clock` is applied and its frame drawn: the next may come. */
  ack: { clock: Clock };
  /** The complete set of cameras this window shows now; `takes`: how much of each, `full` where nothing is said. */
  cameras: { ids: CameraId[]; takes?: Record<CameraId, Take> };
  /** What this window sees in the pictures of a camera it shows, when that changes; null: they are pictures. */
  sight: { cameraId: CameraId; why: Exclude<BlindWhy, 'silent'> | null };
  /** The incident that stands open in this window; null: none. */
  looking: { incidentId: IncidentId | null };
  command: { id: number; name: CommandName; args: Commands[CommandName]['args']; by: string };
}

/** One imagery of the pack, with what is said of it. */
export interface ImageryCard {
  file: string;
  date: string;
  origin: { zh: string; en: string };
  licence: string;
  crs: string;
  coverage: readonly [number, number, number, number];
  zooms: readonly [number, number];
  tiles: number;
  damaged: number;
  /** Light and shade of the ground, made of heights: no picture of it. */
  relief?: boolean;
}

/** What a window needs to know of the profile. */
export interface SiteCard {
  id: string;
  name: { zh: string; en: string };
  synthetic: boolean;
  locale: 'zh' | 'en';
  timezone: string;
  centre: { lon: number; lat: number };
  viewing: { distance: number; pixelPitch: number };
  /** Folders below the bridge's own address. */
  siteUrl: string;
  cityUrl: string | null;
  /** What the map is made of: of what day, whose, on which terms, and how far it reaches (W, S, E, N in degrees). */
  map?: {
    date: string;
    origin: { zh: string; en: string };
    licence: string;
    coverage: readonly [number, number, number, number];
    buildings: number;
    /** Imagery below `cityUrl`; the later lies over the earlier. */
    imagery?: ImageryCard[];
    /** The lie of the land below `cityUrl`; absent: the ground is level. */
    terrain?: string;
  };
  windows: WindowCard[];
  /** Smaller streams that the video platform publishes beside each camera's own. */
  variants?: Variant[];
  departments: { id: string; zh: string; en: string; actions?: { zh: string; en: string }[] }[];
  duty?: DutyCard;
  thresholds: Record<string, unknown>;
}

/** What a window reads about itself. */
export interface WindowCard {
  id: string;
  view: string;
  role?: Role;
  follow?: boolean;
  video?: WindowVideo;
  /** Where its map looks at first: degrees WGS-84, metres from there, degrees. */
  camera?: { lon: number; lat: number; range: number; heading?: number; pitch?: number };
  quality?: 'full' | 'high' | 'balanced' | 'low';
  theme?: 'dark' | 'sunlight';
  /** Its own area: corners, or an id of the site's zones. */
  area?: [lon: number, lat: number][];
  zone?: string;
  /** kbit/s of what the feeds bring. */
  network?: number;
}

export type Verdict = 'e-bike' | 'bicycle' | 'stroller' | 'wheelchair' | 'person' | 'none';

/** Acts of people. Each is audited; those with an upstream become orders, kept first and delivered once. */
export interface Commands extends SeatCommands, SketchCommands {
  acknowledge: { args: { alarmIds: AlarmId[] }; result: { acknowledged: number; orderIds: OrderId[] } };
  confirm: {
    args: { alarmId: AlarmId; verdict: 'true' | 'false' | 'test'; text?: string };
    result: { orderId: OrderId };
  };
  shelve: { args: { alarmId: AlarmId; minutes: number; reason: string }; result: { until: number } };
  unshelve: { args: { alarmId: AlarmId }; result: Record<string, never> };
  verdict: { args: { cameraId: CameraId; detectionId: DetectionId; is: Verdict }; result: { orderId: OrderId } };
  remind: {
    args: { buildingId: BuildingId; about: 'e-bike' | 'unattended' | 'door-held' | 'low-pressure' };
    result: { orderId: OrderId };
  };
  holdDoor: { args: { elevatorId: string; hold: boolean }; result: { orderId: OrderId } };
  openIncident: { args: { alarmId: AlarmId; title?: string }; result: { orderId: OrderId } };
  dispatch: { args: { incidentId: IncidentId; unitIds: UnitId[] }; result: { orderIds: OrderId[] } };
  task: {
    /** `recipient`: a person of the plan, called by name (叫应). */
    args: { incidentId: IncidentId; department: string; action: string; dueMinutes?: number; recipient?: string };
    result: { orderId: OrderId };
  };
  /** What a department or a person answered by telephone: told to the linkage, which tells it back. */
  receipt: { args: { taskId: TaskId; status: Exclude<TaskStatus, 'sent'> }; result: { orderId: OrderId } };
  /** Off the incident and home; to a worse incident; to stand in at a bare station (补位). */
  recall: { args: { incidentId: IncidentId; unitIds: UnitId[] }; result: { orderId: OrderId } };
  divert: { args: { incidentId: IncidentId; from: IncidentId; unitIds: UnitId[] }; result: { orderId: OrderId } };
  moveUp: { args: { unitId: UnitId; placeId: string }; result: { orderId: OrderId } };
  /** A hazard handed to a department (派单), without an incident. */
  workOrder: {
    args: { alarmId: AlarmId; department: string; action: string; dueMinutes?: number };
    result: { orderId: OrderId };
  };
  notify: { args: { alarmId: AlarmId; to: Told }; result: { orderId: OrderId } };
  /** An item of the plan's checklist, done or not after all. */
  tick: {
    args: { incidentId: IncidentId; planId: string; itemId: string; done: boolean };
    result: Record<string, never>;
  };
  /** Takes an incident in hand, or lets it go. */
  own: { args: { incidentId: IncidentId; mine: boolean }; result: Record<string, never> };
  outOfService: { args: { deviceId: DeviceId; reason: string }; result: { alarms: number } };
  inService: { args: { deviceId: DeviceId }; result: { alarms: number } };
  /** Joins one happening into another; parts one alarm from its happening. */
  merge: { args: { into: string; from: string }; result: Record<string, never> };
  split: { args: { alarmId: AlarmId }; result: { clusterId: string } };
  /** Says that a report repeats another one, or (null) that it does not. */
  linkReport: { args: { incidentId: IncidentId; repeatOf: IncidentId | null }; result: Record<string, never> };
  /** Holds a suspected false call back and has it traced; null: it counts again. */
  suspend: { args: { incidentId: IncidentId; reason: Suspicion | null }; result: { orderIds: OrderId[] } };
  /** The outgoing officer signs first, then the incoming one, by another name. `id` of the first for the second. */
  handover: {
    args: { as: 'outgoing' | 'incoming'; name: string; note: string; mutedUntil: number; id?: string };
    result: { id: string };
  };
  /** Personal data of one report, unmasked, for one look; each look is audited. */
  reveal: { args: { incidentId: IncidentId }; result: { caller?: string; residents?: Residents } };
  /** Roads of the site, by index: `factor` times slower (1: free again), null: closed. The console's own affair. */
  closeRoads: { args: { edges: number[]; factor: number | null; reason: string }; result: { changed: number } };
}
export type CommandName = keyof Commands;
/** Acts on the picture and orders: all commands but those of a position. */
export type ActName = Exclude<CommandName, keyof SeatCommands>;

type Tagged<M> = { [T in keyof M]: { t: T } & M[T] }[keyof M];
export type ViewerMessage = Tagged<ToViewer>;
export type BridgeMessage = Tagged<ToBridge>;
