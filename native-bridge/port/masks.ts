/**
 * What a role may not see.
 *
 * Owns: which fields are personal and who sees them.
 * Guarantees: T6; the records of the picture are not changed, masked copies travel.
 * Refuses: to mask by guessing at text; fields are named.
 */
import type { Puts, Role } from '../contract/port.ts';
import type { IncidentRecord } from '../contract/records.ts';

/** Who works the incident may call back. */
const SEES_CALLERS: readonly Role[] = ['duty', 'leader'];

/** The first character stays: enough to tell two callers apart aloud. */
export const maskName = (text: string): string => {
  const [first] = text;
  return first === undefined ? '' : `${first}＊＊`;
};
const maskIncident = (record: IncidentRecord): IncidentRecord =>
  record.caller === undefined ? record : { ...record, caller: maskName(record.caller) };

export const maskedFor = (role: Role, puts: Puts): Puts =>
  SEES_CALLERS.includes(role) || !puts.incident ? puts : { ...puts, incident: puts.incident.map(maskIncident) };
