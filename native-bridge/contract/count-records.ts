/**
 * Records that count: the flood strip, the hourly tallies, the state of recording.
 *
 * Owns: these records; `records.ts` hands them on. Guarantees: plain data. Refuses: nothing.
 */
import type { AlarmType } from './wire.ts';

/** Things there is one of; `id` is the name of the fact. */
export interface StripRecord {
  id: 'strip';
  /** received = shown + grouped + shelved + duplicates, always. Alarm raisings since the day's start of shift. */
  received: number;
  shown: number;
  grouped: number;
  shelved: number;
  /** Of `shelved`: by a rule of the profile, and on devices out of service. Absent: none. */
  suppressed?: number;
  outOfService?: number;
  duplicates: number;
  /** More than 10 in 10 minutes, until fewer than 5 (ISA-18.2). */
  flood: boolean;
  lastTenMinutes: number;
}
export interface RecordingRecord {
  id: 'recording';
  recording: boolean;
  /** Why not, when not: `disk-full`, `read-only`, `corrupt-set-aside`, … with the file's name. */
  reason: string | null;
  /** What the wall shows is not kept to be seen again, for this reason; absent: it is. */
  pastOff?: string;
  file: string;
  events: number;
  bytes: number;
}
export interface TallyRecord {
  /** `<hour start ms>/<alarm type>` */
  id: string;
  /** Start of the hour, ms UTC. */
  hour: number;
  type: AlarmType;
  count: number;
}
