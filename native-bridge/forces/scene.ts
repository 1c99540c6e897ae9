/**
 * What the planner is shown of the picture, and what it answers.
 *
 * Owns: these shapes, and who is free. Guarantees: plain data, so that it crosses to the thread and back.
 * Refuses: records of the picture themselves; `room.ts` copies what is needed.
 */
import type { EventTime, IncidentId, ReceiveTime, UnitId } from '../contract/brand.ts';
import type { AdviceRecord, CoverRecord, MoveupRecord, WayRecord } from '../contract/forces-records.ts';
import type { IncidentStatus } from '../contract/wire.ts';

export interface SeenUnit {
  readonly id: UnitId;
  readonly lon: number;
  readonly lat: number;
  readonly heading: number;
  readonly speed: number;
  readonly status: string;
  readonly incidentId?: IncidentId;
  /** The station it was ordered to stand in at. */
  readonly movesTo?: string;
  /** When it was last heard, by the bridge's clock. */
  readonly heardAt: number;
  /** Within its limit, and its source is not lost. */
  readonly heard: boolean;
}
export interface SeenIncident {
  readonly id: IncidentId;
  readonly kind: string;
  readonly level: 1 | 2 | 3 | 4;
  readonly lon: number;
  readonly lat: number;
  readonly buildingId?: string;
  readonly status: IncidentStatus;
  readonly reported: EventTime;
  readonly unitIds: readonly UnitId[];
}
export interface Seen {
  readonly now: ReceiveTime;
  readonly units: readonly SeenUnit[];
  readonly incidents: readonly SeenIncident[];
  readonly closures: readonly { readonly edge: number; readonly factor: number | null }[];
}
export interface Plan {
  readonly covers: CoverRecord[];
  readonly advice: AdviceRecord[];
  readonly ways: WayRecord[];
  readonly moveups: MoveupRecord[];
  /** How long it took, ms. */
  readonly ms: number;
}

/** Words of platforms for what cannot be sent, whatever it is bound to. */
const OUT: ReadonlySet<string> = new Set(['out-of-service', 'unavailable', 'dispatched', 'en-route', 'on-scene']);
export const isFree = ({ status, incidentId, heard }: SeenUnit): boolean =>
  heard && incidentId === undefined && !OUT.has(status);
/** On its way to an incident, so that it could still be called off. */
export const isUnderWay = ({ status, incidentId, heard }: SeenUnit): boolean =>
  heard && incidentId !== undefined && (status === 'dispatched' || status === 'en-route');

/** Types that can begin to fight or to rescue by themselves; a tender or a ladder alone is no cover. House rule. */
const COVERS: ReadonlySet<string> = new Set(['pumper', 'foam', 'rescue']);
export const isCovering = (type: string | undefined): boolean => type !== undefined && COVERS.has(type);

/** 建标 152-2017: of the five minutes one is for turning out, four for driving. */
export const TURNOUT_S = 60;
/** House rule: who is on the road already hears, answers and turns, seconds. */
export const ROLLING_S = 10;
const AT_HOME: ReadonlySet<string> = new Set(['standby', 'available', 'in-station']);
export const isAtHome = ({ status, speed }: Pick<SeenUnit, 'status' | 'speed'>): boolean =>
  AT_HOME.has(status) && speed < 2;
