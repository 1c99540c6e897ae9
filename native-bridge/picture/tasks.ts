/**
 * Tasks of departments: what was asked, what they answered, and what nobody answered.
 *
 * Owns: `task` records.
 * Guarantees: when it was first sent stays known; a task without receipt in the profile's time is marked, once, and again
 *   when it must go to the department above; a receipt takes the mark away.
 * Refuses: to send anything; `escalations` hands out what the profile wants told.
 */
import type { EventTime } from '../contract/brand.ts';
import type { TaskRecord } from '../contract/records.ts';
import type { ResponseTimes } from '../contract/site-duty.ts';
import type { TaskEvent } from '../contract/wire.ts';
import { DAY, isLate, MINUTE, type Desk, type Origin } from './desk.ts';
import type { Entries } from './entries.ts';

/** A work order that is over stays in sight for a day; an incident's tasks leave with it. */
const KEPT_MS = DAY;
const isOver = ({ status }: TaskRecord): boolean => status === 'done' || status === 'refused';

export interface Tasks {
  readonly hear: (event: TaskEvent, origin: Origin) => void;
  readonly tick: (now: number) => void;
  /** Tasks that have just become a matter for the department above; each is handed out once. */
  readonly escalations: () => TaskRecord[];
}

export const createTasks = ({ log }: Desk, entries: Entries, times: ResponseTimes): Tasks => {
  let escalated: TaskRecord[] = [];
  const stage = ({ status, sentAt }: TaskRecord, now: number): 1 | 2 | undefined => {
    if (status !== 'sent' || sentAt === undefined) return undefined;
    const waited = (now - sentAt) / MINUTE;
    if (times.escalateMin !== undefined && waited >= times.escalateMin) return 2;
    return times.receiptMin !== undefined && waited >= times.receiptMin ? 1 : undefined;
  };
  return {
    hear: (event, origin) => {
      const { id, incidentId, alarmId, recipient, department, action, status, ts: at } = event;
      const { source, heard } = origin;
      const who = recipient ?? department;
      entries.note(incidentId ?? (alarmId && log.get('alarm', alarmId)?.incidentId), {
        ...{ kind: recipient === undefined ? 'task' : 'call', what: status, ref: id, at, heard, who, text: action },
      });
      const held = log.get('task', id);
      const reached = { ...held?.reached, [status]: Math.min(at, held?.reached?.[status] ?? at) as EventTime };
      if (held && isLate(event.ts, held.at, heard)) return log.put('task', { ...held, reached });
      const due = event.due ?? held?.due;
      const sentAt: EventTime | undefined = held?.sentAt ?? (status === 'sent' ? at : undefined);
      const record: TaskRecord = { id, department, action, status, source, heard, at, reached };
      if (incidentId !== undefined) record.incidentId = incidentId;
      if (alarmId !== undefined) record.alarmId = alarmId;
      if (recipient !== undefined) record.recipient = recipient;
      if (due !== undefined) record.due = due;
      if (sentAt !== undefined) record.sentAt = sentAt;
      if (held?.unanswered !== undefined && status === 'sent') record.unanswered = held.unanswered;
      log.put('task', record);
    },
    tick: (now) => {
      for (const task of [...log.all('task')]) {
        if (task.incidentId === undefined && isOver(task) && now - task.heard > KEPT_MS) log.remove('task', task.id);
        const unanswered = stage(task, now);
        if (unanswered === undefined || unanswered === task.unanswered) continue;
        // What the platform says of an incident that is over needs no calling.
        if (task.incidentId !== undefined && log.get('incident', task.incidentId)?.status === 'closed') continue;
        const marked: TaskRecord = { ...task, unanswered };
        log.put('task', marked);
        const { id: ref, department, recipient, action: text } = task;
        const who = recipient ?? department;
        entries.note(task.incidentId, {
          kind: recipient === undefined ? 'task' : 'call',
          what: unanswered === 2 ? 'escalated' : 'unanswered',
          ...{ ref, who, text, at: now, heard: now },
        });
        if (unanswered === 2) escalated.push(marked);
      }
    },
    escalations: () => {
      const those = escalated;
      escalated = [];
      return those;
    },
  };
};
