/**
 * Who is where in the building of an incident: on the floors that raised alarms, on the next above, on all above.
 *
 * Owns: which floors count together, and how old a survey may be. Guarantees: no floor is counted twice; floors that the
 *   survey does not have are none, not empty. Refuses: words, and to guess where people are at this hour.
 */
import type { AlarmRecord, IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { sumOf, type Residents, type ResidentsSum } from '../../../native-bridge/contract/residents.ts';

/** Floors that its alarms and the report name, as often as they do. */
export const floorsOf = (incident: IncidentRecord, alarms: ReadonlyMap<string, AlarmRecord>): number[] => [
  ...incident.alarmIds.flatMap((id) => alarms.get(id)?.floor ?? []),
  ...(incident.floor === undefined ? [] : [incident.floor]),
];

export interface Part {
  /** `alarm` floors that raised alarms or that the report names; `next` the one above the highest; `rest` what lies above that. */
  which: 'alarm' | 'next' | 'rest';
  floors: readonly number[];
  sum: ResidentsSum;
}

/** `floors` as written on the building, in any order, several times over. */
export const partsOf = (residents: Residents, floors: readonly number[]): Part[] => {
  if (floors.length === 0) return [];
  const highest = Math.max(...floors);
  const above = residents.floors.filter(({ floor }) => floor > highest).sort((a, b) => a.floor - b.floor);
  const parts = [
    // Smoke rises: between two floors with alarms nobody is safe.
    { which: 'alarm', of: residents.floors.filter(({ floor }) => floor >= Math.min(...floors) && floor <= highest) },
    { which: 'next', of: above.slice(0, 1) },
    { which: 'rest', of: above.slice(1) },
  ] as const;
  return parts.flatMap(({ which, of }) =>
    of.length === 0 ? [] : [{ which, floors: of.map(({ floor }) => floor), sum: sumOf(of) }],
  );
};

/** House rule: people move; after a year a survey is history. */
const OLD_DAYS = 365;
const DAY = 86_400_000;

export const surveyAge = (residents: Residents, now: number): { days: number; old: boolean } => {
  const days = Math.max(0, Math.floor((now - Date.parse(residents.surveyed)) / DAY));
  return { days, old: days > OLD_DAYS };
};
