/**
 * The picture (态势): the current state of everything, as records by collection.
 *
 * Owns: the shape of every record the bridge keeps and a window shows.
 * Guarantees: a record is plain data (MessagePack and structured clone alike), has an `id` unique in its collection,
 *   and carries both clocks where it came from a feed: `at` (it happened) and `heard` (we knew).
 * Refuses: derived words; level names, ages and colours are the window's.
 */
import type { SeatRecord } from './access.ts';
import type {
  BlockId,
  BuildingId,
  CameraId,
  DetectionId,
  DeviceId,
  ElevatorId,
  EventTime,
  OrderId,
  ReceiveTime,
} from './brand.ts';
import type { AlarmRecord } from './alarm-record.ts';
import type { Blind } from './blind.ts';
import type { ClipRecord } from './clip-record.ts';
import type { RecordingRecord, StripRecord, TallyRecord } from './count-records.ts';
import type {
  ClusterRecord,
  EntryRecord,
  HandoverRecord,
  LookerRecord,
  PerformanceRecord,
  ServiceRecord,
  TickRecord,
  SettingRecord,
} from './duty-records.ts';
import type { AdviceRecord, ClosureRecord, CoverRecord, MoveupRecord, WayRecord } from './forces-records.ts';
import type { IncidentRecord, TaskRecord, UnitRecord } from './linkage-records.ts';
import type { SketchRecord } from './sketch.ts';
import type { Heard, Place, Values } from './record-basics.ts';
import type { DetectionLabel, DeviceKind, WarningColour } from './wire.ts';

export type { Heard, Place, Values } from './record-basics.ts';
export type { RecordingRecord, StripRecord, TallyRecord } from './count-records.ts';
export type { IncidentRecord, TaskRecord, UnitRecord } from './linkage-records.ts';
export { isOpen, type AlarmRecord, type AlarmState } from './alarm-record.ts';

export interface DeviceRecord extends Heard, Place {
  id: DeviceId;
  kind: DeviceKind;
  name: string;
  keyUnitId?: string;
  blockId?: BlockId;
  /** The platform's word: `ok`, `offline`, … */
  state: string;
  /** The latest reading; `at` and `heard` are then those of the reading. */
  values?: Values;
  /** The worst open alarm on it, 0 when none: what its symbol shows. */
  worst: 0 | 1 | 2 | 3 | 4;
  /** Of a camera that was watched and showed nothing: as good as offline, whatever its platform says. */
  blind?: Blind;
  /** Of a camera: what people said of its detections, by the detector's label. */
  verdicts?: Partial<Record<DetectionLabel, { right: number; wrong: number }>>;
}

/** What rides in a cab, as last seen. */
export interface Rider {
  label: DetectionLabel;
  detectionId: DetectionId;
  cameraId: CameraId;
  track: string;
  confidence: number;
  boardedFloor: number | null;
  boardedAt: EventTime;
  seenAt: EventTime;
  /** The operator's or upstream's word on it. */
  verdict?: 'confirmed' | 'rejected';
}
export interface CabRecord extends Heard {
  /** The elevatorId. */
  id: ElevatorId;
  buildingId: BuildingId | null;
  floor: number;
  direction: 'up' | 'down' | 'idle';
  door: 'open' | 'closed' | 'held';
  /** kg */
  load: number;
  riders: Rider[];
}

/** The newest detection per camera and track; every box of every frame travels in the boxes lane instead. */
export interface DetectionRecord extends Heard {
  /** `<cameraId>/<track or label>` */
  id: string;
  detectionId: DetectionId;
  cameraId: CameraId;
  pts: number;
  label: DetectionLabel;
  confidence: number;
  box: [number, number, number, number];
  track: string;
  elevatorId?: ElevatorId;
  buildingId?: BuildingId;
  floor?: number;
  firstAt: EventTime;
  verdict?: { is: DetectionLabel | 'none'; by: string; at: ReceiveTime };
}

/** A mark on a tower's time-by-floor ribbon; kept for the last twelve hours. */
export interface MarkRecord extends Heard {
  id: string;
  buildingId: BuildingId;
  elevatorId?: ElevatorId;
  deviceId?: DeviceId;
  floor: number;
  kind:
    | 'e-bike-in'
    | 'e-bike-out'
    | 'door-held'
    | 'door-asked'
    | 'charging'
    | 'current'
    | 'over-temperature'
    | 'smoke'
    | 'fire';
  /** What it says, in the kind's own unit (W, mA, °C, %). */
  value?: number;
}

export interface WarningRecord extends Heard {
  id: string;
  type: string;
  colour: WarningColour;
  title: string;
  text: string;
  /** GeoJSON in WGS-84. */
  area: { type: string; [member: string]: unknown };
  expires: EventTime;
}
export interface RiskRecord extends Heard {
  /** `<zoneId>/<field>` */
  id: string;
  zoneId: string;
  field: string;
  score: number;
  colour: WarningColour;
}
export interface OpinionRecord extends Heard {
  id: string;
  heat: number;
  title: string;
}

export type Link = 'live' | 'lagging' | 'catching-up' | 'lost';
/** One row of the link bar and of `/health`. */
export interface FeedRecord {
  /** The source's name. */
  id: string;
  link: Link;
  /** The last message of any kind, 0 when none was ever heard. */
  lastHeard: ReceiveTime;
  epoch: string | null;
  lastSeq: number;
  /** Valid events before de-duplication. */
  received: number;
  /** Events on disk. */
  journaled: number;
  duplicates: number;
  gapsHealed: number;
  quarantined: number;
  /** Publishing to receiving, skew removed. */
  lagMs: number;
  /** The upstream's clock minus ours. */
  skewMs: number;
  encrypted: boolean;
  /** Events a second, over the last five seconds. */
  rate: number;
  /** Pictures a second, over the last five seconds; absent where none came. They are not events. */
  pictures?: number;
  /** bit/s of what its messages and pictures hold, over the last five seconds; what carries them comes on top. */
  bits?: number;
  progress?: { done: number; total: number; etaMs: number | null };
}

export type OrderStatus = 'waiting' | 'sent' | 'accepted' | 'duplicate' | 'rejected' | 'expired';
export interface OrderRecord {
  id: OrderId;
  source: string;
  type: string;
  target: string;
  by: string;
  at: ReceiveTime;
  status: OrderStatus;
  tries: number;
  /** What tells it from another of its type and target: a department, a person, a station. */
  detail?: string;
  reason?: string;
  answeredAt?: ReceiveTime;
}

export interface RecordOf {
  device: DeviceRecord;
  alarm: AlarmRecord;
  cab: CabRecord;
  detection: DetectionRecord;
  mark: MarkRecord;
  unit: UnitRecord;
  incident: IncidentRecord;
  task: TaskRecord;
  warning: WarningRecord;
  risk: RiskRecord;
  opinion: OpinionRecord;
  feed: FeedRecord;
  order: OrderRecord;
  strip: StripRecord;
  recording: RecordingRecord;
  tally: TallyRecord;
  cover: CoverRecord;
  advice: AdviceRecord;
  way: WayRecord;
  moveup: MoveupRecord;
  closure: ClosureRecord;
  sketch: SketchRecord;
  cluster: ClusterRecord;
  entry: EntryRecord;
  tick: TickRecord;
  looker: LookerRecord;
  service: ServiceRecord;
  performance: PerformanceRecord;
  handover: HandoverRecord;
  setting: SettingRecord;
  seat: SeatRecord;
  clip: ClipRecord;
}
export type Collection = keyof RecordOf;
export const COLLECTIONS = [
  'device',
  'alarm',
  'cab',
  'detection',
  'mark',
  'unit',
  'incident',
  'task',
  'warning',
  'risk',
  'opinion',
  'feed',
  'order',
  'strip',
  'recording',
  'tally',
  'cover',
  'advice',
  'way',
  'moveup',
  'closure',
  'sketch',
  'cluster',
  'entry',
  'tick',
  'looker',
  'service',
  'performance',
  'handover',
  'setting',
  'seat',
  'clip',
] as const satisfies readonly Collection[];
