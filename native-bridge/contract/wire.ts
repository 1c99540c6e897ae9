/**
 * The wire: what an upstream platform sends, version 1.
 *
 * Owns: the schema of the message header, of every event by topic, of requests and replies.
 * Guarantees: the static types below are inferred from the very schemas that decode compiles.
 * Refuses: nothing by itself; unknown fields pass (they are kept), unknown streams are the journal's to count.
 * Coordinates are WGS-84 degrees after decode; on the wire they are in the feed's own crs.
 */
import { Type, type Static, type TSchema } from 'typebox';
import type {
  AlarmId,
  BlockId,
  BuildingId,
  CameraId,
  DetectionId,
  DeviceId,
  ElevatorId,
  EventTime,
  IncidentId,
  TaskId,
  UnitId,
} from './brand.ts';

export const WIRE_VERSION = 1;
/** The four sources of a district; a profile may name others, they are journaled alike. */
export const SOURCES = ['fire-iot', 'linkage-110', 'video', 'situation'] as const;
export type Source = (typeof SOURCES)[number];
/** A larger message is refused and counted. Bytes, all frames together. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
/** Upstreams beat once a second; no message of any kind for LOST_AFTER_MS and the link is lost. */
export const HEARTBEAT_MS = 1000;
export const LOST_AFTER_MS = 3000;
/** A clock that is further off is shown and corrected for display. */
export const SKEW_SHOWN_MS = 5000;

const id = <T>() => Type.Unsafe<T>({ type: 'string', minLength: 1, maxLength: 128 });
/** From 2000-01-01 to 2100-01-01: anything else is not a time in ms. */
const time = () => Type.Unsafe<EventTime>({ type: 'number', minimum: 946684800000, maximum: 4102444800000 });
const text = (max: number) => Type.String({ maxLength: max });
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const lon = () => Type.Number({ minimum: -180, maximum: 180 });
const lat = () => Type.Number({ minimum: -90, maximum: 90 });
/** As written on the building: 1 is the ground floor, -1 the first basement; 0 does not exist. */
const floor = () => Type.Integer({ minimum: -20, maximum: 300, not: { const: 0 } });
const level = () => Type.Unsafe<1 | 2 | 3 | 4>({ type: 'integer', minimum: 1, maximum: 4 });
const readingValues = () =>
  Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()]));

export const Header = Type.Object({
  v: Type.Literal(WIRE_VERSION),
  epoch: Type.String({ minLength: 1, maxLength: 128 }),
  seq: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  n: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  ts: Type.Number({ minimum: 0 }),
});
export type Header = Static<typeof Header>;

export const VideoHeader = Type.Object({
  v: Type.Literal(WIRE_VERSION),
  cameraId: id<CameraId>(),
  /** Capture time, ms UTC: what ties a detection to its frame. */
  pts: Type.Number({ minimum: 0 }),
  key: Type.Boolean(),
  /** RFC 6381, such as `avc1.42E01E`. */
  codec: Type.String({ minLength: 4, maxLength: 64 }),
  w: Type.Integer({ minimum: 16, maximum: 8192 }),
  h: Type.Integer({ minimum: 16, maximum: 8192 }),
  fseq: Type.Integer({ minimum: 0 }),
  /** CRC-32 (ISO 3309, as in zlib) of the body: what a decoder cannot tell, whether these are the bytes that were sent. */
  crc32: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffffffff })),
});
export type VideoHeader = Static<typeof VideoHeader>;

// prettier-ignore
export const DEVICE_KINDS = [
  'smoke', 'electricity', 'charging-pile', 'water-tank', 'control-room', 'fire-panel',
  'elevator', 'camera', 'hydrant', 'vehicle',
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];
export const ALARM_TYPES = [
  'fire',
  'fault',
  'overload',
  'residual-current',
  'over-temperature',
  'cut-off',
  'low-pressure',
  'low-level',
  'unattended',
  'e-bike',
  'smoke-seen',
  'offline',
  'low-battery',
] as const;
export type AlarmType = (typeof ALARM_TYPES)[number];

export const DETECTION_LABELS = ['e-bike', 'bicycle', 'person', 'wheelchair', 'stroller', 'smoke', 'flame'] as const;
export type DetectionLabel = (typeof DETECTION_LABELS)[number];

export const WARNING_COLOURS = ['blue', 'yellow', 'orange', 'red'] as const;
export type WarningColour = (typeof WARNING_COLOURS)[number];

export const DeviceEvent = Type.Object({
  id: id<DeviceId>(),
  ts: Type.Optional(time()),
  kind: oneOf(DEVICE_KINDS),
  name: text(200),
  buildingId: Type.Optional(id<BuildingId>()),
  floor: Type.Optional(floor()),
  lon: lon(),
  lat: lat(),
  /** Metres above ground. */
  h: Type.Optional(Type.Number({ minimum: -200, maximum: 1500 })),
  keyUnitId: Type.Optional(Type.String({ maxLength: 128 })),
  blockId: Type.Optional(id<BlockId>()),
  /** The platform's own word for the condition of the device, such as `ok`, `offline`, `removed`. */
  state: Type.String({ maxLength: 64 }),
});
export const ReadingEvent = Type.Object({
  id: id<string>(),
  deviceId: id<DeviceId>(),
  ts: time(),
  values: readingValues(),
});
export const AlarmEvent = Type.Object({
  id: id<AlarmId>(),
  deviceId: id<DeviceId>(),
  ts: time(),
  type: oneOf(ALARM_TYPES),
  /** 1 is the worst. */
  level: level(),
  state: oneOf(['raised', 'cleared']),
  text: Type.Optional(text(2000)),
  values: Type.Optional(readingValues()),
  /** The device is being tested: shown as a test, nobody is sent. */
  test: Type.Optional(Type.Boolean()),
});
export const CabEvent = Type.Object({
  id: id<string>(),
  elevatorId: id<ElevatorId>(),
  ts: time(),
  floor: floor(),
  direction: oneOf(['up', 'down', 'idle']),
  door: oneOf(['open', 'closed', 'held']),
  /** kg */
  load: Type.Number({ minimum: 0, maximum: 100000 }),
});
export const DetectionEvent = Type.Object({
  id: id<DetectionId>(),
  cameraId: id<CameraId>(),
  ts: time(),
  pts: Type.Number({ minimum: 0 }),
  label: oneOf(DETECTION_LABELS),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  /** [x, y, w, h] as fractions of the frame from the top left. */
  box: Type.Tuple([
    Type.Number({ minimum: 0, maximum: 1 }),
    Type.Number({ minimum: 0, maximum: 1 }),
    Type.Number({ minimum: 0, maximum: 1 }),
    Type.Number({ minimum: 0, maximum: 1 }),
  ]),
  track: Type.Optional(Type.Union([Type.String({ maxLength: 128 }), Type.Number()])),
  elevatorId: Type.Optional(id<ElevatorId>()),
  floor: Type.Optional(floor()),
  snapshot: Type.Optional(Type.String({ maxLength: 2048 })),
});
export const PositionEvent = Type.Object({
  id: id<string>(),
  unitId: id<UnitId>(),
  ts: time(),
  lon: lon(),
  lat: lat(),
  /** Degrees clockwise from north. */
  heading: Type.Number({ minimum: -360, maximum: 720 }),
  /** m/s */
  speed: Type.Number({ minimum: 0, maximum: 150 }),
  status: Type.String({ maxLength: 64 }),
  /** What it is bound to; without it the unit is free. */
  incidentId: Type.Optional(id<IncidentId>()),
});

export const INCIDENT_STATUSES = ['reported', 'accepted', 'dispatched', 'arrived', 'controlled', 'closed'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];
export const TASK_STATUSES = ['sent', 'received', 'en-route', 'on-scene', 'done', 'refused'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const IncidentEvent = Type.Object({
  id: id<IncidentId>(),
  ts: time(),
  kind: Type.String({ maxLength: 64 }),
  level: level(),
  title: text(500),
  address: text(500),
  lon: lon(),
  lat: lat(),
  buildingId: Type.Optional(id<BuildingId>()),
  floor: Type.Optional(floor()),
  status: oneOf(INCIDENT_STATUSES),
  caller: Type.Optional(text(200)),
});
/** Of an incident, or (a work order) of an alarm; to a `recipient`: `sent` is called, `received` answered, `done` acknowledged. */
export const TaskEvent = Type.Object({
  id: id<TaskId>(),
  incidentId: Type.Optional(id<IncidentId>()),
  alarmId: Type.Optional(id<AlarmId>()),
  recipient: Type.Optional(id<string>()),
  ts: time(),
  department: Type.String({ maxLength: 128 }),
  action: text(500),
  status: oneOf(TASK_STATUSES),
  due: Type.Optional(time()),
});
export const WarningEvent = Type.Object({
  id: id<string>(),
  ts: time(),
  type: Type.String({ maxLength: 128 }),
  colour: oneOf(WARNING_COLOURS),
  title: text(500),
  text: text(8000),
  /** GeoJSON geometry or feature. */
  area: Type.Unsafe<{ type: string; [member: string]: unknown }>({
    type: 'object',
    required: ['type'],
    properties: { type: { type: 'string' } },
  }),
  expires: time(),
});
export const RiskEvent = Type.Object({
  id: id<string>(),
  ts: time(),
  zoneId: Type.String({ minLength: 1, maxLength: 128 }),
  /** One of the seven key fields; the wire leaves the spelling to the platform. */
  field: Type.String({ minLength: 1, maxLength: 128 }),
  score: Type.Number({ minimum: 0, maximum: 100 }),
  colour: oneOf(WARNING_COLOURS),
  sources: Type.Optional(Type.Unknown()),
});
export const OpinionEvent = Type.Object({
  id: id<string>(),
  ts: time(),
  heat: Type.Number(),
  title: text(500),
  place: Type.Optional(Type.Unknown()),
});

/** Every stream the contract knows, by its topic without key. A topic's key (`fire-iot.reading.<key>`) changes nothing. */
export const STREAMS = {
  'fire-iot.device': DeviceEvent,
  'fire-iot.reading': ReadingEvent,
  'fire-iot.alarm': AlarmEvent,
  'fire-iot.cab': CabEvent,
  'fire-iot.detection': DetectionEvent,
  'fire-iot.position': PositionEvent,
  'linkage-110.incident': IncidentEvent,
  'linkage-110.task': TaskEvent,
  'situation.warning': WarningEvent,
  'situation.risk': RiskEvent,
  'situation.opinion': OpinionEvent,
} as const satisfies Record<string, TSchema>;
export type Stream = keyof typeof STREAMS;
export type StreamEvent = { [S in Stream]: Static<(typeof STREAMS)[S]> };

export type DeviceEvent = Static<typeof DeviceEvent>;
export type ReadingEvent = Static<typeof ReadingEvent>;
export type AlarmEvent = Static<typeof AlarmEvent>;
export type CabEvent = Static<typeof CabEvent>;
export type DetectionEvent = Static<typeof DetectionEvent>;
export type PositionEvent = Static<typeof PositionEvent>;
export type IncidentEvent = Static<typeof IncidentEvent>;
export type TaskEvent = Static<typeof TaskEvent>;
export type WarningEvent = Static<typeof WarningEvent>;
export type RiskEvent = Static<typeof RiskEvent>;
export type OpinionEvent = Static<typeof OpinionEvent>;

/** Reading values in the field's own units, by kind of device; others pass through untouched. */
export interface ReadingUnits {
  smoke: { obscuration: number; battery: number };
  electricity: {
    residualCurrent: number;
    cableTemp: number;
    current: number;
    voltage: number;
    power: number;
    breaker: 'closed' | 'open';
  };
  'charging-pile': { power: number; temp: number; sockets: number };
  'water-tank': { pressure: number; level: number };
  'control-room': { attended: boolean; persons: number };
}

export { WireOrder } from './wire-order.ts';
/** Requests are `[id, verb, map]`, replies `[id, status, map, …body]`. */
export type RequestVerb = 'snapshot' | 'replay' | 'command' | 'keyframe';
export type ReplyStatus = 'chunk' | 'end' | 'gone' | 'accepted' | 'duplicate' | 'rejected' | 'ok' | 'error';
