/**
 * What of an alarm belongs to the log of its incident.
 *
 * Owns: which facts are told. Guarantees: P15: what was done before there was an incident is told when there is one; P12: an
 *   alarm that calls again leaves its line each time. Refuses: to change an alarm.
 */
import type { ReceiveTime } from '../contract/brand.ts';
import type { AlarmRecord, OrderRecord } from '../contract/records.ts';
import type { Desk } from './desk.ts';
import type { Entries } from './entries.ts';

export interface AlarmStory {
  /** It belongs to an incident now. `ordered` is handed each order about it that is known. */
  readonly told: (record: AlarmRecord, ordered: (order: OrderRecord) => void) => void;
  /** After each change of it. */
  readonly changed: (before: AlarmRecord | undefined, record: AlarmRecord) => void;
}

export const createAlarmStory = ({ log }: Desk, entries: Entries): AlarmStory => ({
  told: (record, ordered) => {
    const { incidentId, id: ref, type: what, deviceName: who, lastAt, at, heard, acknowledged, confirmed } = record;
    if (incidentId === undefined) return;
    entries.note(incidentId, { kind: 'alarm', what, ref, who, at: lastAt ?? at, heard });
    const act = (
      did: 'acknowledge' | 'confirm',
      on: { by: string; at: ReceiveTime } | undefined,
      text?: string,
    ): void =>
      on &&
      entries.note(incidentId, {
        ...{ kind: 'act', what: did, ref: `${ref}/${on.at}`, at: on.at, heard: on.at, by: on.by, who },
        ...(text === undefined ? {} : { text }),
      });
    // To confirm is to have seen.
    if (acknowledged?.at !== confirmed?.at) act('acknowledge', acknowledged);
    act('confirm', confirmed, confirmed?.verdict);
    for (const order of log.all('order')) if (order.target === ref) ordered(order);
  },
  changed: (before, { id, incidentId, deviceName: who, reAlarmedAt: at }) => {
    if (at === undefined || at === before?.reAlarmedAt) return;
    entries.note(incidentId, { kind: 'act', what: 'called-again', ref: `${id}/${at}`, at, heard: at, who });
  },
});
