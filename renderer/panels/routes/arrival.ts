/**
 * What a row of the sending card says, worked out without React.
 *
 * Owns: minutes and seconds of an arrival, rows of an incident, the state of a hydrant.
 * Guarantees: A1 who is bound comes before who is advised, who is there before who is coming; A2 a time is never said for
 *   a unit that is unheard; A3 silence of a hydrant is no state. Pure.
 * Refuses: words.
 */
import type {
  AdvisedUnit,
  AdviceRecord,
  WaterNear,
  WayRecord,
} from '../../../native-bridge/contract/forces-records.ts';
import type { DeviceRecord, UnitRecord } from '../../../native-bridge/contract/records.ts';

/** "5:20", "0:07", "62:00": digits alone, the same in every language. */
export const clockOf = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

export interface BoundRow {
  readonly unit: UnitRecord;
  readonly state: 'there' | 'coming' | 'turning-out' | 'unheard';
  /** Seconds until it is there, and from then to the end of the promise: negative when it will be late. */
  readonly seconds: number | null;
  readonly spare: number | null;
}
const THERE = new Set(['on-scene']);

export const boundRows = (
  units: Iterable<UnitRecord>,
  ways: ReadonlyMap<string, WayRecord>,
  incidentId: string,
  named: readonly string[],
  isUnheard: (unit: UnitRecord) => boolean,
  now: number,
): BoundRow[] => {
  const rows = [...units]
    .filter((unit) => unit.incidentId === incidentId || named.includes(unit.id))
    .filter((unit) => unit.incidentId === incidentId || THERE.has(unit.status))
    .map((unit): BoundRow => {
      if (isUnheard(unit)) return { unit, state: 'unheard', seconds: null, spare: null };
      if (THERE.has(unit.status)) return { unit, state: 'there', seconds: null, spare: null };
      const way = ways.get(unit.id);
      const state = unit.status === 'dispatched' ? 'turning-out' : 'coming';
      if (!way) return { unit, state, seconds: null, spare: null };
      return {
        unit,
        state,
        seconds: Math.max(0, (way.eta - now) / 1000),
        spare: (way.due - Math.max(way.eta, now)) / 1000,
      };
    });
  const rank = { there: 0, coming: 1, 'turning-out': 1, unheard: 2 } as const;
  return rows.sort((a, b) => rank[a.state] - rank[b.state] || (a.seconds ?? Infinity) - (b.seconds ?? Infinity));
};

/** Chosen first; with `room` for fewer the reserves go first, then the slowest. */
export const advisedRows = (advice: AdviceRecord | undefined, room: number): readonly AdvisedUnit[] =>
  (advice?.units ?? []).slice(0, Math.max(0, room));

/** The platform's word when it was heard within its limit; nothing otherwise. */
export const waterState = (
  device: DeviceRecord | undefined,
  isUnheard: (device: DeviceRecord) => boolean,
): string | null => (device && !isUnheard(device) ? device.state : null);

/** Hydrants that are known to be out of order go to the end, whatever their distance. */
export const waterRows = (
  water: readonly WaterNear[],
  stateOf: (placeId: string) => string | null,
): { near: WaterNear; state: string | null }[] =>
  water
    .map((near) => ({ near, state: stateOf(near.placeId) }))
    .sort((a, b) => Number(isBroken(a.state)) - Number(isBroken(b.state)));
export const isBroken = (state: string | null): boolean =>
  state === 'fault' || state === 'removed' || state === 'offline';
