/**
 * Forces on the road: cover, advice, ways, move-ups and closures, as the bridge keeps them.
 *
 * Owns: these shapes and the step of arrival times. Guarantees: plain data, small enough to be sent each second.
 * Refuses: words; a reason is a code with its figures, the window has the sentence.
 */
import type { EventTime, IncidentId, ReceiveTime, UnitId } from './brand.ts';

/** Seconds of one step of `CoverRecord.arrival`. */
export const COVER_STEP_S = 5;
/** `arrival` beyond the last step (21 min), or not to be reached at all. */
export const COVER_BEYOND = 255;
/** 建标 152-2017: in towns a crew arrives within five minutes of the order. */
export const URBAN_LINE_S = 300;

/**
 * Where somebody could be, by the soonest unit that is free. `now`: from where units are and what they are bound to.
 * `full`: the promise, every unit at its own station and free. `last`: as now, had those unheard stayed free where they were
 * last heard; there only while some are unheard: what is in this one alone is not known.
 */
export interface CoverRecord {
  id: 'now' | 'full' | 'last';
  at: ReceiveTime;
  /** One byte for each node of the site's road graph, in file order: steps of `COVER_STEP_S`, rounded up. */
  arrival: Uint8Array;
  /** Units that count; those bound elsewhere; those not heard for longer than their limit, which do not count. */
  free: number;
  bound: number;
  unheard: UnitId[];
  /** What `total`, `urban` and `circle` count: addresses where the site has buildings, else metres of road. */
  per: 'addresses' | 'metres';
  total: number;
  /** Of these within `URBAN_LINE_S`, and within the circle of the profile. */
  urban: number;
  circle: number;
  /** The circle of the profile, seconds. */
  circleS: number;
}

/** Why a unit is advised, or stands where it stands in the list. */
export type AdviceReason =
  /** The soonest of its kind. */
  | 'soonest'
  /** Already under way on the road. */
  | 'rolling'
  /** Not the soonest, but its place at home stays covered. */
  | 'spares'
  /** Sending it leaves addresses uncovered: `uncovers`. */
  | 'uncovers'
  /** After the promised minutes. */
  | 'late'
  /** Would have to be called off a lesser incident. */
  | 'divert';
export interface AdvisedUnit {
  unitId: UnitId;
  type: string;
  crew: number;
  status: string;
  /** Until it is there, turnout included. */
  seconds: number;
  metres: number;
  reasons: AdviceReason[];
  /** Addresses (or metres) that are in the circle now and would not be without it. */
  uncovers: number;
  /** One of those to be sent; the others follow as reserves. */
  chosen: boolean;
  /** What it would be called off. */
  bound?: IncidentId;
  /** The way there, for those chosen: flat, as `encodePath` writes it; empty otherwise. */
  path: number[];
}
/** A kind of unit that the incident asks for: any of `types`, `count` of them, `have` already bound to it. */
export interface Need {
  types: string[];
  count: number;
  have: number;
  /** Neither bound nor to be had. */
  short: number;
}
export interface WaterNear {
  /** Place id; a hydrant's is also its device's. */
  placeId: string;
  kind: 'hydrant' | 'water-intake';
  /** As the crow flies: the length of hose at least. */
  metres: number;
  lon: number;
  lat: number;
}
export interface AdviceRecord {
  /** The incident's. */
  id: IncidentId;
  at: ReceiveTime;
  needs: Need[];
  /** Chosen first, each part by arrival. */
  units: AdvisedUnit[];
  per: CoverRecord['per'];
  /** Of so many: in the circle now, and once those chosen are gone. */
  total: number;
  circle: number;
  circleAfter: number;
  water: WaterNear[];
}

/** A bound unit on its way. */
export interface WayRecord {
  /** The unit's. */
  id: UnitId;
  incidentId: IncidentId;
  at: ReceiveTime;
  /** When it is expected, by the bridge's clock. */
  eta: ReceiveTime;
  metres: number;
  /** The end of the promise: reported plus the circle's minutes. */
  due: EventTime;
  /** From where it was last heard: flat, as `encodePath` writes it. */
  path: number[];
}

/** A move-up (补位): a unit that should stand in at a station left bare. */
export interface MoveupRecord {
  /** The bare station's place id. */
  id: string;
  unitId: UnitId;
  at: ReceiveTime;
  seconds: number;
  metres: number;
  /** In the circle again with it there, and lost where it stands now. */
  gains: number;
  loses: number;
  per: CoverRecord['per'];
  path: number[];
}

/** A road that somebody said is closed or slow; it stays until somebody says otherwise. */
export interface ClosureRecord {
  /** Index of the edge in the site's roads, as text. */
  id: string;
  /** Travel time is multiplied by it, at least 1; null: closed. */
  factor: number | null;
  reason: string;
  by: string;
  at: ReceiveTime;
}
