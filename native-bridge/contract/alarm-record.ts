/**
 * The alarm as the picture keeps it and a window shows it.
 *
 * Owns: its record and its states; `records.ts` hands them on.
 * Guarantees: one record however often, under however many ids, in whatever order it was told.
 * Refuses: derived words; level names, ages and colours are the window's.
 */
import type { AlarmId, BlockId, CameraId, DeviceId, EventTime, IncidentId, ReceiveTime } from './brand.ts';
import type { Heard, Place, Values } from './record-basics.ts';
import type { AlarmType, DeviceKind } from './wire.ts';

/** ISA-18.2 / IEC 62682 states. */
export type AlarmState =
  | 'unacknowledged'
  | 'acknowledged'
  | 'returned-unacknowledged'
  | 'normal'
  | 'shelved'
  | 'suppressed'
  | 'out-of-service';

export interface AlarmRecord extends Heard, Place {
  id: AlarmId;
  deviceId: DeviceId;
  deviceName: string;
  deviceKind: DeviceKind | null;
  blockId?: BlockId;
  type: AlarmType;
  /** 1 is the worst. */
  level: 1 | 2 | 3 | 4;
  state: AlarmState;
  /** The profile's table made it worse than the platform said: by which rule, from which level. */
  priority?: { rule: string; from: 1 | 2 | 3 | 4 };
  /** Raised now upstream, as far as we know. */
  active: boolean;
  text?: string;
  values?: Values;
  /** From a test of the device: nobody is sent for it. */
  test?: boolean;
  clearedAt?: EventTime;
  acknowledged?: { by: string; at: ReceiveTime };
  /** Dealt with: a second act, not the same as acknowledged. */
  confirmed?: { by: string; at: ReceiveTime; verdict: string };
  shelvedUntil?: ReceiveTime;
  shelvedReason?: string;
  shelvedBy?: string;
  /** The rule that suppresses it, when `suppressed`. */
  suppressedBy?: string;
  /** On-delay: raised, nobody called yet; off-delay: quiet, not yet counted as returned. */
  raisesAt?: ReceiveTime;
  clearsAt?: ReceiveTime;
  /** When it called again after having been acknowledged. */
  reAlarmedAt?: ReceiveTime;
  /** The happening it is part of. */
  clusterId?: string;
  /** How often this device and type rose again while open: repeats are counted, not listed. */
  repeats: number;
  /** How often it rose in all, repeats included; 0 when only its clearing was ever heard. Absent: `repeats + 1`. */
  rises?: number;
  /** The newest raising, when there was more than one; `at` is the first of this time on the list. */
  lastAt?: EventTime;
  /** More than five changes in five minutes (ISA-18.2). */
  chattering?: boolean;
  /** Its latest changes that count for chattering. */
  recent?: EventTime[];
  /** Rolled up under another alarm of the same building (flood strip: grouped). */
  groupedUnder?: AlarmId;
  incidentId?: IncidentId;
  /** The camera that sees it best and why, when one is known. */
  cameraId?: CameraId;
  /** Raised before contact with its source was lost: never fades to normal. */
  contactLost: boolean;
  /** The upstream log that last told of it: contact is regained only with that same log, or when it is told anew. */
  epoch?: string;
}

/** Open: somebody still has to do something about it. */
export const isOpen = (alarm: AlarmRecord): boolean =>
  alarm.state === 'unacknowledged' || alarm.state === 'acknowledged' || alarm.state === 'returned-unacknowledged';
