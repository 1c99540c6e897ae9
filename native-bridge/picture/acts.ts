/**
 * What acts of people change in the picture at once, before any upstream has answered.
 *
 * Owns: acknowledgement, confirmation, shelving, verdicts, what was asked of a door.
 * Guarantees: doing an act twice leaves what doing it once left; a refused act changes nothing and says why.
 * Refuses: to shelve a fire; to pretend that what was asked of the world has happened.
 */
import type {
  AlarmId,
  BuildingId,
  CameraId,
  DetectionId,
  ElevatorId,
  EventTime,
  IncidentId,
  ReceiveTime,
  TaskId,
  UnitId,
} from '../contract/brand.ts';
import type { Commands, Verdict } from '../contract/port.ts';
import type { AlarmRecord, OrderRecord } from '../contract/records.ts';
import { acknowledge, confirm, shelve, unshelve } from './alarm-state.ts';
import type { Alarms } from './alarms.ts';
import { MINUTE, type Desk } from './desk.ts';
import type { Clusters } from './clusters.ts';
import { createDutyActs, type DutyActs } from './duty-acts.ts';
import type { Entries } from './entries.ts';
import type { Marks } from './marks.ts';
import { Refused } from './refused.ts';
import { createSketches, type Sketches } from './sketches.ts';
import { tally } from './verdicts.ts';

const SHELVED_AT_MOST_MINUTES = 24 * 60;

export { Refused } from './refused.ts';

export interface Acts extends DutyActs, Sketches {
  /** An order has changed: what concerns an incident goes into its log. */
  readonly ordered: (record: OrderRecord) => void;
  /** Answers the alarms it changed: those named and, with a leader, its group. */
  readonly acknowledge: (ids: readonly AlarmId[], by: string, now: ReceiveTime) => AlarmId[];
  readonly confirm: (id: AlarmId, verdict: string, by: string, now: ReceiveTime) => void;
  readonly shelve: (id: AlarmId, minutes: number, reason: string, by: string, now: ReceiveTime) => ReceiveTime;
  readonly unshelve: (id: AlarmId) => void;
  readonly verdict: (camera: CameraId, detection: DetectionId, is: Verdict, by: string, now: ReceiveTime) => void;
  readonly askDoor: (elevator: ElevatorId, now: ReceiveTime) => void;
  readonly needAlarm: (id: AlarmId) => AlarmRecord;
  readonly needBuilding: (id: BuildingId) => void;
  readonly needElevator: (id: ElevatorId) => void;
  readonly needIncident: (id: IncidentId) => void;
  /** What is personal of it, unmasked: who reported it, who is on each floor of its building. */
  readonly personalOf: (id: IncidentId) => Commands['reveal']['result'];
  readonly needTask: (id: TaskId) => void;
  /** Bound to that incident, or with `null` to none. */
  readonly needUnits: (ids: readonly UnitId[], bound: IncidentId | null) => void;
  /** Answers how many roads are now other than they were. */
  readonly closeRoads: (args: Commands['closeRoads']['args'], by: string, now: ReceiveTime) => number;
}

export interface ActParts {
  alarms: Alarms;
  marks: Marks;
  clusters: Clusters;
  entries: Entries;
}

export const createActs = (desk: Desk, { alarms, marks, clusters, entries }: ActParts): Acts => {
  const { log, site } = desk;
  const needAlarm = (id: AlarmId): AlarmRecord => {
    const record = log.get('alarm', id);
    if (!record) throw new Refused('unknown-alarm', `there is no alarm ${id}`);
    return record;
  };
  const buildingOf = (id: ElevatorId): BuildingId | undefined =>
    log.get('cab', id)?.buildingId ?? log.get('device', id)?.buildingId ?? site.elevators.get(id);

  const acted = (record: AlarmRecord, what: string, by: string, now: ReceiveTime, text?: string): void => {
    const { incidentId, id, deviceName: who } = record;
    const said = text === undefined ? {} : { text };
    entries.note(incidentId, { kind: 'act', what, ref: `${id}/${now}`, at: now, heard: now, by, who, ...said });
  };

  return {
    ...createSketches(desk, entries),
    ...createDutyActs(desk, { alarms, clusters, entries, needAlarm }),
    ordered: ({ id: ref, type: text, target, by, at, status, answeredAt, detail: who }) => {
      if (status === 'sent') return;
      const incident =
        log.get('incident', target)?.id ?? log.get('alarm', target)?.incidentId ?? log.get('task', target)?.incidentId;
      const when = answeredAt ?? at;
      const told = who === undefined ? {} : { who };
      entries.note(incident, { kind: 'order', what: status, ref, text, by, at: when, heard: when, ...told });
    },
    acknowledge: (ids, by, now) => {
      const named = ids.map(needAlarm);
      const changed: AlarmId[] = [];
      for (const id of new Set(named.flatMap((record) => alarms.withGroup(record.id)))) {
        const record = log.get('alarm', id);
        const next = record && acknowledge(record, by, now, desk.policy.latches(record));
        if (!next) continue;
        alarms.change(next);
        acted(next, 'acknowledge', by, now);
        changed.push(id);
      }
      return changed;
    },
    confirm: (id, verdict, by, now) => {
      const next = confirm(needAlarm(id), by, now, verdict);
      alarms.change(next);
      acted(next, 'confirm', by, now, verdict);
    },
    shelve: (id, minutes, reason, by, now) => {
      if (!(minutes > 0 && minutes <= SHELVED_AT_MOST_MINUTES)) {
        throw new Refused(
          'bad-args',
          `minutes: ${minutes}; would be right: more than 0, at most ${SHELVED_AT_MOST_MINUTES}`,
        );
      }
      const until = (now + minutes * MINUTE) as ReceiveTime;
      const next = shelve(needAlarm(id), until, reason, by);
      if (next === 'fire') throw new Refused('fire-never-shelved', 'a fire alarm is never shelved');
      if (next === 'not-open') throw new Refused('not-open', `alarm ${id} is over; there is nothing to shelve`);
      alarms.change(next);
      return until;
    },
    unshelve: (id) => {
      const next = unshelve(needAlarm(id));
      if (!next) throw new Refused('not-shelved', `alarm ${id} is not shelved`);
      alarms.back(next);
    },
    verdict: (camera, detection, is, by, now) => {
      for (const record of log.all('detection')) {
        if (record.cameraId !== camera || record.detectionId !== detection) continue;
        tally(log, record, is);
        log.put('detection', { ...record, verdict: { is, by, at: now } });
        break;
      }
      for (const cab of log.all('cab')) {
        if (!cab.riders.some((rider) => rider.cameraId === camera && rider.detectionId === detection)) continue;
        const riders = cab.riders.map((rider) =>
          rider.detectionId === detection
            ? { ...rider, verdict: rider.label === is ? ('confirmed' as const) : ('rejected' as const) }
            : rider,
        );
        log.put('cab', { ...cab, riders });
        break;
      }
    },
    askDoor: (elevator, now) => {
      const buildingId = buildingOf(elevator);
      if (buildingId === undefined) return;
      const at = now as number as EventTime;
      const fact = {
        kind: 'door-asked',
        buildingId,
        elevatorId: elevator,
        floor: log.get('cab', elevator)?.floor ?? 1,
        at,
      } as const;
      marks.cab(fact, { source: 'console', epoch: '', heard: now, manner: 'live' });
    },
    needAlarm,
    needBuilding: (id) => {
      for (const device of log.all('device')) if (device.buildingId === id) return;
      throw new Refused('unknown-building', `no device stands in building ${id}`);
    },
    needElevator: (id) => {
      if (!log.get('cab', id) && !log.get('device', id))
        throw new Refused('unknown-elevator', `there is no elevator ${id}`);
    },
    needIncident: (id) => {
      if (!log.get('incident', id)) throw new Refused('unknown-incident', `there is no incident ${id}`);
    },
    personalOf: (id) => {
      const incident = log.get('incident', id);
      if (!incident) throw new Refused('unknown-incident', `there is no incident ${id}`);
      const { caller, residents } = incident;
      if (caller === undefined && residents === undefined)
        throw new Refused('no-caller', 'nobody is named, and no survey counted the building');
      return { ...(caller === undefined ? {} : { caller }), ...(residents === undefined ? {} : { residents }) };
    },
    needTask: (id) => {
      if (!log.get('task', id)) throw new Refused('unknown-task', `there is no task ${id}`);
    },
    needUnits: (ids, bound) => {
      for (const id of ids) {
        const unit = log.get('unit', id);
        if (!unit) throw new Refused('unknown-unit', `there is no unit ${id}`);
        const named = bound !== null && log.get('incident', bound)?.unitIds.includes(id) === true;
        const is =
          bound === null
            ? unit.incidentId === undefined
            : unit.incidentId === bound || (named && unit.incidentId === undefined);
        if (!is)
          throw new Refused(
            'not-bound',
            `${id} is bound to ${unit.incidentId ?? 'nothing'}, not to ${bound ?? 'nothing'}`,
          );
      }
    },
    closeRoads: ({ edges, factor, reason }, by, now) => {
      let changed = 0;
      for (const id of new Set(edges.map(String))) {
        if ((log.get('closure', id) ?? { factor: 1 }).factor === factor) continue;
        changed += 1;
        if (factor === 1) log.remove('closure', id);
        else log.put('closure', { id, factor, reason, by, at: now });
      }
      return changed;
    },
  };
};
