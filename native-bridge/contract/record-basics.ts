/**
 * What records have in common: two clocks, a place, plain values.
 *
 * Owns: these shapes; `records.ts` hands them on. Guarantees: plain data. Refuses: nothing.
 */
import type { BuildingId, EventTime, ReceiveTime } from './brand.ts';

/** When it happened and when we knew; `source` says which feed must be live for it to be fresh. */
export interface Heard {
  source: string;
  at: EventTime;
  heard: ReceiveTime;
}
/** Where: WGS-84 degrees, `h` metres above ground, floor as written on the building. */
export interface Place {
  lon: number;
  lat: number;
  h?: number;
  buildingId?: BuildingId;
  floor?: number;
}
export type Values = Record<string, number | string | boolean | null>;
