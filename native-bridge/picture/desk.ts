/**
 * The desk: what every part of the picture works on.
 *
 * Owns: the shapes they share: the change log, what is known of the site, the limits of the profile.
 * Guarantees: a part that holds a desk holds no clock; time comes in with each observation and each tick.
 * Refuses: I/O.
 */
import type { BuildingId, ElevatorId, EventTime, ReceiveTime } from '../contract/brand.ts';
import type { Residents } from '../contract/residents.ts';
import type { SiteCamera } from '../contract/site-files.ts';
import type { Plan } from '../contract/site-plans.ts';
import type { ResponseTimes } from '../contract/site-duty.ts';
import type { AgeLimits } from '../contract/staleness.ts';
import { SKEW_SHOWN_MS } from '../contract/wire.ts';
import type { AlarmPolicy } from './alarm-policy.ts';
import type { ChangeLog } from './change-log.ts';

/** What the picture needs to know of the place beforehand; all of it may be empty. */
export interface SiteKnowledge {
  readonly cameras: readonly SiteCamera[];
  /** Building of each elevator, where the site's towers tell. */
  readonly elevators: ReadonlyMap<ElevatorId, BuildingId>;
  /** By building, where a survey counted. */
  readonly residents?: ReadonlyMap<string, Residents>;
}
export const NOTHING_KNOWN: SiteKnowledge = { cameras: [], elevators: new Map() };

export interface Limits {
  /** Alarms in ten minutes: above the first a flood begins, below the second it is over (ISA-18.2). */
  readonly floodBegins: number;
  readonly floodEnds: number;
  /** State changes in five minutes above which an alarm chatters (ISA-18.2). */
  readonly chattering: number;
  /** How long a box says something of the present. */
  readonly box: AgeLimits;
  /** Hours ahead of UTC where the wall hangs: days and shifts begin there. */
  readonly utcOffsetHours: number;
}

export interface Desk {
  readonly policy: AlarmPolicy;
  /** Times that incidents and tasks must keep; empty: none. */
  readonly response: ResponseTimes;
  /** Plans of the site: what can be ticked off. */
  readonly plans: readonly Plan[];
  readonly log: ChangeLog;
  readonly site: SiteKnowledge;
  readonly limits: Limits;
}

/** Where an observation came from and when: given with every event. */
export interface Origin {
  readonly source: string;
  readonly epoch: string;
  readonly heard: ReceiveTime;
  readonly manner: 'live' | 'replay' | 'snapshot' | 'restored';
}

export { DAY, HOUR, MINUTE } from './spans.ts';

/** Metres between two points, equirectangular: better than 1 in 10^4 over a district. */
export { metresBetween } from '../contract/site-read.ts';

/**
 * Whether an event is older than what is held, and so must not overwrite it. A held time that lies in the future was
 * made by a clock that has since been set right: it does not block what is told now.
 */
export const isLate = (ts: EventTime, held: EventTime, heard: ReceiveTime): boolean =>
  ts < held && !(held > heard + SKEW_SHOWN_MS && ts <= heard + SKEW_SHOWN_MS);

export const laterOf = (a: EventTime, b: EventTime): EventTime => (a > b ? a : b);
