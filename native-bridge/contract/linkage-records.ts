/**
 * The 110 linkage in the picture: units, incidents, tasks.
 *
 * Owns: these records; `records.ts` hands them on. Guarantees: plain data; first times stay. Refuses: words.
 */
import type { AlarmId, EventTime, IncidentId, ReceiveTime, TaskId, UnitId } from './brand.ts';
import type { Residents } from './residents.ts';
import type { Heard, Place } from './record-basics.ts';
import type { IncidentStatus, TaskStatus } from './wire.ts';

export interface UnitRecord extends Heard {
  id: UnitId;
  lon: number;
  lat: number;
  /** Degrees clockwise from north. */
  heading: number;
  /** m/s */
  speed: number;
  status: string;
  incidentId?: IncidentId;
  /** The station it was ordered to stand in at (补位), and when. */
  movesTo?: { placeId: string; at: ReceiveTime };
}

/** Why a report is taken for a false one: nobody answers, it contradicts itself, nothing to see, a caller known for it. */
export const SUSPICIONS = ['silent', 'conflicting', 'no-sign', 'repeat-caller'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];
export interface IncidentRecord extends Heard, Place {
  id: IncidentId;
  kind: string;
  level: 1 | 2 | 3 | 4;
  title: string;
  address: string;
  status: IncidentStatus;
  /** Personal data: masked by role before it leaves the port. */
  caller?: string;
  /** Who is in its building; what is personal of it is masked as the caller is. */
  residents?: Residents;
  /** When each status was first reached. */
  reached: Partial<Record<IncidentStatus, EventTime>>;
  alarmIds: AlarmId[];
  unitIds: UnitId[];
  /** Another report of the same happening: linked to the first. */
  repeatOf?: IncidentId;
  /** Held back as a suspected false call (GB 50313) and traced; an alarm at its place lifts it. */
  suspended?: { by: string; at: ReceiveTime; reason: Suspicion };
  /** What speaks for a false call, before anybody has held it back. */
  suspect?: 'repeat-caller';
  /** Who has taken it in hand. */
  owner?: { by: string; at: ReceiveTime };
}
/** A task to a department; with `recipient` a call by name (叫应); with `alarmId` a work order (派单) for a hazard. */
export interface TaskRecord extends Heard {
  id: TaskId;
  incidentId?: IncidentId;
  alarmId?: AlarmId;
  /** Of the plan's recipients: sent is called, received is answered, done is acknowledged. */
  recipient?: string;
  department: string;
  action: string;
  status: TaskStatus;
  due?: EventTime;
  /** When it was sent; `at` is that of its newest status. */
  sentAt?: EventTime;
  /** When each status was first told. */
  reached?: Partial<Record<TaskStatus, EventTime>>;
  /** No receipt in time: 1 the wall calls for it, 2 it has been told to the department above. */
  unanswered?: 1 | 2;
}
