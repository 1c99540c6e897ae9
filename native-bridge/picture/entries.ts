/**
 * The log of an incident: what happened, what was done, in the words of the facts themselves.
 *
 * Owns: `entry` records.
 * Guarantees: append-only: an entry is written once and never changed; the same fact told twice is one entry; entries
 *   leave with their incident.
 * Refuses: sentences; the window makes them.
 */
import type { EventTime, IncidentId, ReceiveTime } from '../contract/brand.ts';
import type { EntryRecord } from '../contract/duty-records.ts';
import type { Desk } from './desk.ts';

/** What is told of it beside kind, time and place in the log. */
type More = Partial<Pick<EntryRecord, 'who' | 'by' | 'text'>>;

export interface Entries {
  /** `ref` tells apart what has the same kind and word: the task, the alarm, the order. */
  readonly note: (
    incident: IncidentId | undefined,
    fact: Pick<EntryRecord, 'kind' | 'what'> & { ref: string; at: number; heard: number } & More,
  ) => void;
  readonly forget: (incident: IncidentId) => void;
  readonly restore: () => void;
}

export const createEntries = ({ log }: Desk): Entries => {
  const ids = new Map<IncidentId, string[]>();
  const know = (incident: IncidentId, id: string): void => {
    const known = ids.get(incident);
    if (known) known.push(id);
    else ids.set(incident, [id]);
  };
  return {
    note: (incidentId, { kind, what, ref, at, heard, who, by, text }) => {
      if (incidentId === undefined) return;
      const id = `${incidentId}/${kind}/${ref}/${what}`;
      if (log.get('entry', id)) return;
      const entry: EntryRecord = { id, incidentId, kind, what, at: at as EventTime, heard: heard as ReceiveTime };
      if (who !== undefined) entry.who = who;
      if (by !== undefined) entry.by = by;
      if (text !== undefined) entry.text = text;
      log.put('entry', entry);
      know(incidentId, id);
    },
    forget: (incident) => {
      for (const id of ids.get(incident) ?? []) log.remove('entry', id);
      ids.delete(incident);
    },
    restore: () => {
      for (const { id, incidentId } of log.all('entry')) know(incidentId, id);
    },
  };
};
