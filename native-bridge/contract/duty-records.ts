/**
 * What the duty officer's desk keeps: groups of alarms, the log of an incident, what is out of service, how the alarms
 * themselves perform, and who handed over to whom.
 *
 * Owns: these records; `records.ts` hands them on. Guarantees: plain data; a log entry is never changed.
 * Refuses: derived words; why alarms stand together is told in parts, the sentence is the window's.
 */
import type { AlarmId, DeviceId, EventTime, IncidentId, ReceiveTime } from './brand.ts';
import type { Heard, Place } from './record-basics.ts';
import type { AlarmType, DeviceKind } from './wire.ts';

export const CLUSTER_KINDS = ['fire', 'electrical', 'e-bike', 'water', 'attendance', 'devices'] as const;
export type ClusterKind = (typeof CLUSTER_KINDS)[number];

/** Alarms of one type from one kind of device, inside a cluster: one term of the sum that says why. */
export interface ClusterPart {
  type: AlarmType;
  deviceKind: DeviceKind | null;
  count: number;
  /** Where, as written on the building, lowest first; at most six are told. */
  floors: number[];
  from: EventTime;
  to: EventTime;
}
/** Alarms that are one happening by place, time and kind; at least two, or one and a report to the 110 linkage. */
export interface ClusterRecord extends Heard, Place {
  /** `c-<the first alarm>` */
  id: string;
  kind: ClusterKind;
  level: 1 | 2 | 3 | 4;
  /** The alarm that came first. */
  firstOut: AlarmId;
  lastAt: EventTime;
  /** Of them are still open. */
  open: number;
  count: number;
  parts: ClusterPart[];
  /** `building`: the same one; `near`: within the linking distance; `area`: devices of one square kilometre. */
  place: 'building' | 'near' | 'area';
  /** Weather warning in force where and when it began. */
  warningId?: string;
  incidentIds: IncidentId[];
  /** The last act of a person that joined or parted it. */
  byHand?: { by: string; at: ReceiveTime; act: 'merged' | 'split' };
}

export const ENTRY_KINDS = ['status', 'alarm', 'act', 'order', 'task', 'call', 'unit', 'report'] as const;
/** A line of an incident's log. Written once, never changed, gone with its incident. */
export interface EntryRecord {
  /** `<incidentId>/<kind>/<ref>/<what>`: the same fact told twice is one line. */
  id: string;
  incidentId: IncidentId;
  at: EventTime;
  heard: ReceiveTime;
  kind: (typeof ENTRY_KINDS)[number];
  /** A word of that kind's vocabulary: a status, an alarm type, a command. */
  what: string;
  /** Name of the device, department or vehicle. */
  who?: string;
  /** The person who acted. */
  by?: string;
  text?: string;
}

/** A device taken out of service by a person. Its fires are shown all the same. */
export interface ServiceRecord {
  id: DeviceId;
  deviceName: string;
  by: string;
  at: ReceiveTime;
  reason: string;
}

/** An item of a plan's checklist that a person ticked off, or took back. */
export interface TickRecord {
  /** `<incidentId>/<planId>/<itemId>` */
  id: string;
  incidentId: IncidentId;
  planId: string;
  itemId: string;
  done: boolean;
  by: string;
  at: ReceiveTime;
}
/** A window that has an incident open now. Gone with the window. */
export interface LookerRecord {
  /** One for each connection. */
  id: string;
  /** The window's name in the profile. */
  window: string;
  /** As the window said in its hello. */
  role: string;
  incidentId: IncidentId;
  at: ReceiveTime;
}

export interface TopAlarm {
  deviceId: DeviceId;
  deviceName: string;
  type: AlarmType;
  /** Raisings in the last day. */
  count: number;
  chattering: boolean;
  /** Standing for more than a day. */
  stale: boolean;
}
/** How the alarms themselves perform (ISA-18.2 / IEC 62682), over the last day. */
export interface PerformanceRecord {
  id: 'performance';
  /** Ten minutes each, by the time of hearing, oldest first; empty ones are left out. News to the officer by level. */
  buckets: { at: number; levels: [number, number, number, number] }[];
  /** Raisings that cleared within their on-delay, so that nobody was called. */
  fleeting: number;
  chattering: number;
  stale: number;
  top: TopAlarm[];
}

/** A field of the profile that is other than at the start before. */
export interface SettingRecord {
  /** Its path: `targets.alarmsPerHour`. */
  id: string;
  /** When the console started with it. */
  at: ReceiveTime;
  /** Null: it was not there, or is no more. */
  before: string | null;
  now: string | null;
}

export interface HandoverRecord {
  id: string;
  at: ReceiveTime;
  outgoing: { name: string; at: ReceiveTime };
  incoming?: { name: string; at: ReceiveTime };
  note: string;
  /** How the picture stood when the outgoing officer signed. */
  open: { alarms: number; unacknowledged: number; incidents: number; unanswered: number };
  aside: { shelved: number; suppressed: number; outOfService: number };
  mutedUntil: number;
}
