/**
 * Acts of the desk that have no upstream: out of service, joining and parting happenings, repeat reports, handing over.
 *
 * Owns: `service` and `handover` records.
 * Guarantees: doing an act twice leaves what doing it once left; a refused act changes nothing and says why; a handover
 *   is signed by two different people and keeps the picture as it stood when the first signed.
 * Refuses: to take a fire off the list.
 */
import type { AlarmId, DeviceId, IncidentId, ReceiveTime } from '../contract/brand.ts';
import type { HandoverRecord } from '../contract/duty-records.ts';
import type { Suspicion } from '../contract/linkage-records.ts';
import type { Commands } from '../contract/port.ts';
import { isOpen, type AlarmRecord } from '../contract/records.ts';
import { Refused } from './refused.ts';
import type { Alarms } from './alarms.ts';
import type { Clusters } from './clusters.ts';
import { DAY, type Desk } from './desk.ts';
import type { Entries } from './entries.ts';

/** Signed handovers stay on the page for a week; the audit keeps them for ever. */
const HANDOVERS_KEPT_MS = 7 * DAY;
/** An offer that nobody took within an hour is void: the picture it was signed on is old. */
const OFFER_MS = 3_600_000;

export interface DutyActs {
  /** Answers how many alarms left the list, or came back. */
  readonly outOfService: (id: DeviceId, reason: string, by: string, now: ReceiveTime) => number;
  readonly inService: (id: DeviceId) => number;
  readonly merge: (into: string, from: string, by: string, now: ReceiveTime) => void;
  readonly split: (id: AlarmId, by: string, now: ReceiveTime) => string;
  readonly suspend: (id: IncidentId, reason: Suspicion | null, by: string, now: ReceiveTime) => void;
  readonly linkReport: (id: IncidentId, to: IncidentId | null, by: string, now: ReceiveTime) => void;
  readonly tick: (args: Commands['tick']['args'], by: string, now: ReceiveTime) => void;
  readonly own: (args: Commands['own']['args'], by: string, now: ReceiveTime) => void;
  readonly handover: (args: Commands['handover']['args'], now: ReceiveTime) => string;
}
export interface DutyParts {
  alarms: Alarms;
  clusters: Clusters;
  entries: Entries;
  needAlarm: (id: AlarmId) => AlarmRecord;
}

export const createDutyActs = ({ log, plans }: Desk, { alarms, clusters, entries, needAlarm }: DutyParts): DutyActs => {
  const needIncident = (id: IncidentId) => {
    const incident = log.get('incident', id);
    if (!incident) throw new Refused('unknown-incident', `there is no incident ${id}`);
    return incident;
  };
  const put = (id: AlarmId, clusterId: string): void => {
    const record = log.get('alarm', id);
    if (record && record.clusterId !== clusterId) alarms.change({ ...record, clusterId });
  };
  const standing = (): Pick<HandoverRecord, 'open' | 'aside'> => {
    const open = { alarms: 0, unacknowledged: 0, incidents: 0, unanswered: 0 };
    const aside = { shelved: 0, suppressed: 0, outOfService: 0 };
    for (const alarm of log.all('alarm')) {
      if (isOpen(alarm)) open.alarms += 1;
      if (isOpen(alarm) && alarm.state !== 'acknowledged') open.unacknowledged += 1;
      if (alarm.state === 'shelved') aside.shelved += 1;
      if (alarm.state === 'suppressed') aside.suppressed += 1;
    }
    aside.outOfService = log.count('service');
    for (const { status } of log.all('incident')) if (status !== 'closed') open.incidents += 1;
    for (const { status } of log.all('order')) if (status === 'waiting' || status === 'sent') open.unanswered += 1;
    for (const { unanswered } of log.all('task')) if (unanswered !== undefined) open.unanswered += 1;
    return { open, aside };
  };

  return {
    outOfService: (id, reason, by, now) => {
      const device = log.get('device', id);
      if (!device) throw new Refused('unknown-device', `there is no device ${id}`);
      if (log.get('service', id)) throw new Refused('out-already', `${id} is out of service already`);
      log.put('service', { id, deviceName: device.name, by, at: now, reason });
      return alarms.service(id, true);
    },
    inService: (id) => {
      if (!log.get('service', id)) throw new Refused('in-already', `${id} is not out of service`);
      log.remove('service', id);
      return alarms.service(id, false);
    },
    merge: (into, from, by, now) => {
      if (into === from || !clusters.members(into) || !clusters.members(from))
        throw new Refused('unknown-cluster', `there are no two happenings ${into} and ${from}`);
      for (const id of clusters.merge(into, from, by, now)) put(id, into);
    },
    split: (id, by, now) => {
      const own = clusters.split(needAlarm(id), by, now);
      if (own === null) throw new Refused('alone', `alarm ${id} stands alone already`);
      put(id, own);
      return own;
    },
    suspend: (id, reason, by, now) => {
      const { suspended: before, ...rest } = needIncident(id);
      if (before?.reason === (reason ?? undefined)) return;
      if (rest.status === 'closed') throw new Refused('closed', `incident ${id} is closed`);
      // What alarms of the place bear out is no false call, whoever reported it.
      if (reason !== null && rest.alarmIds.some((one) => log.get('alarm', one)?.active))
        throw new Refused('borne-out', `alarms at the place bear incident ${id} out`);
      log.put('incident', reason === null ? rest : { ...rest, suspended: { by, at: now, reason } });
      const what = reason === null ? 'resumed' : 'suspended';
      entries.note(id, {
        kind: 'report',
        what,
        ref: `suspend/${now}`,
        at: now,
        heard: now,
        by,
        ...(reason && { text: reason }),
      });
    },
    linkReport: (id, to, by, now) => {
      const report = needIncident(id);
      const { repeatOf: before, ...rest } = report;
      if (to === null) {
        log.put('incident', rest);
        if (before === undefined) return;
        const noted = { kind: 'report', what: 'parted', ref: `${id}/${now}`, at: now, heard: now, by } as const;
        entries.note(before, { ...noted, text: report.title });
        entries.note(id, { ...noted, text: log.get('incident', before)?.title ?? before });
        return;
      }
      const first = needIncident(to);
      const root = first.repeatOf ?? first.id;
      if (root === id) throw new Refused('same-incident', 'a report cannot repeat itself');
      log.put('incident', { ...rest, repeatOf: root });
      // What repeats a repeat repeats the first: nothing is left under one that no longer stands by itself.
      for (const one of [...log.all('incident')])
        if (one.repeatOf === id) log.put('incident', { ...one, repeatOf: root });
      const noted = { kind: 'report', ref: `${id}/${now}`, at: now, heard: now, by } as const;
      entries.note(root, { ...noted, what: 'linked', text: report.title });
      entries.note(id, { ...noted, what: 'joined', text: log.get('incident', root)?.title ?? root });
    },
    tick: ({ incidentId, planId, itemId, done }, by, now) => {
      needIncident(incidentId);
      const plan = plans.find((one) => one.id === planId);
      const item = plan?.lists.flatMap(({ items }) => items).find((one) => one.id === itemId);
      if (!item) throw new Refused('unknown-item', `no plan of this site has ${planId}/${itemId}`);
      const id = `${incidentId}/${planId}/${itemId}`;
      if ((log.get('tick', id)?.done ?? false) === done) return;
      log.put('tick', { id, incidentId, planId, itemId, done, by, at: now });
      const what = done ? 'ticked' : 'unticked';
      // The log is read where the plan may have changed since: it keeps the words.
      entries.note(incidentId, {
        kind: 'act',
        what,
        ref: `${planId}/${itemId}/${now}`,
        at: now,
        heard: now,
        by,
        text: item.name.zh,
      });
    },
    own: ({ incidentId, mine }, by, now) => {
      const { owner, ...rest } = needIncident(incidentId);
      if (mine ? owner?.by === by : owner === undefined) return;
      log.put('incident', mine ? { ...rest, owner: { by, at: now } } : rest);
      entries.note(incidentId, {
        kind: 'act',
        what: mine ? 'taken' : 'let-go',
        ref: `own/${now}`,
        at: now,
        heard: now,
        by,
      });
    },
    handover: ({ as, name, note, mutedUntil, id }, now) => {
      for (const one of [...log.all('handover')])
        if (now - one.at > (one.incoming ? HANDOVERS_KEPT_MS : OFFER_MS)) log.remove('handover', one.id);
      const who = name.trim();
      if (who === '') throw new Refused('bad-args', 'name: empty; would be right: the name of who signs');
      if (as === 'outgoing') {
        for (const one of [...log.all('handover')]) if (!one.incoming) log.remove('handover', one.id);
        const made: HandoverRecord = {
          id: `h-${now}`,
          at: now,
          outgoing: { name: who, at: now },
          note,
          mutedUntil,
          ...standing(),
        };
        log.put('handover', made);
        return made.id;
      }
      const offered = id === undefined ? undefined : log.get('handover', id);
      if (!offered) throw new Refused('no-handover', 'the outgoing officer has not signed');
      if (offered.incoming) throw new Refused('signed-already', 'this handover is signed by both');
      if (offered.outgoing.name === who) throw new Refused('same-person', 'both signatures bear one name');
      log.put('handover', { ...offered, incoming: { name: who, at: now } });
      return offered.id;
    },
  };
};
