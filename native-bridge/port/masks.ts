/**
 * What travels to windows of what is personal.
 *
 * Owns: which fields are personal. Guarantees: T6; the records of the picture are not changed, masked copies travel, to every
 *   window alike: the whole is given for one look at a time, by an act that is audited. Refuses: to mask by guessing at
 *   text; fields are named.
 */
import type { Puts } from '../contract/port.ts';
import type { IncidentRecord } from '../contract/records.ts';
import { maskResidents } from '../contract/residents.ts';

/** The first character stays: enough to tell two callers apart aloud. */
export const maskName = (text: string): string => {
  const [first] = text;
  return first === undefined ? '' : `${first}＊＊`;
};
const maskIncident = (record: IncidentRecord): IncidentRecord => ({
  ...record,
  ...(record.caller === undefined ? {} : { caller: maskName(record.caller) }),
  ...(record.residents === undefined ? {} : { residents: maskResidents(record.residents) }),
});

export const masked = (puts: Puts): Puts =>
  puts.incident ? { ...puts, incident: puts.incident.map(maskIncident) } : puts;
