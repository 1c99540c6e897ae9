/**
 * Forces and incidents: units on the road and the 110 linkage's incidents.
 *
 * Owns: `unit` and `incident` records, which alarms belong to which incident, which report repeats which.
 * Guarantees: `reached` keeps when each status was first reached, in whatever order the events came; an alarm joins an
 *   open incident of its building, or near it, close in time; an order to send units shows at once when accepted.
 * Refuses: to close anything by itself.
 */
import type { AlarmId, IncidentId, ReceiveTime, UnitId } from '../contract/brand.ts';
import { isOpen, type AlarmRecord, type IncidentRecord } from '../contract/records.ts';
import type { AlarmType, IncidentEvent, PositionEvent } from '../contract/wire.ts';
import type { Entries } from './entries.ts';
import { DAY, isLate, metresBetween, MINUTE, type Desk, type Origin } from './desk.ts';

/** House rule: what may be one fire: the same building, or a hundred metres, within half an hour of each other. */
export const LINK_METRES = 100;
export const LINK_MS = 30 * MINUTE;
const MAY_BE_FIRE: readonly AlarmType[] = [
  'fire',
  'smoke-seen',
  'over-temperature',
  'overload',
  'residual-current',
  'cut-off',
  'e-bike',
];
const CLOSED_KEPT_MS = DAY;
/** House rule: two callers place the same fire this far apart. */
export const REPORT_METRES = 200;

export interface Forces {
  readonly position: (event: PositionEvent, origin: Origin) => void;
  /** Answers the alarms that the incident takes in. */
  readonly incident: (event: IncidentEvent, origin: Origin) => AlarmId[];
  /** The incident that a raised alarm belongs to; it is noted there. */
  readonly joinOpen: (alarm: AlarmRecord) => IncidentId | undefined;
  /** `ref`: the order; what one order did is done once, also when it is told again after a restart. */
  readonly send: (incident: IncidentId, unit: UnitId, now: number, ref: string) => void;
  /** Called off: free from the moment the upstream took the order. */
  readonly recall: (incident: IncidentId, unit: UnitId, now: number, ref: string) => void;
  readonly moveUp: (unit: UnitId, placeId: string, now: number) => void;
  readonly open: () => number;
  readonly tick: (now: number) => void;
  readonly restore: () => void;
}

/** Words of a platform for a unit that nothing holds: one that was told to go may still say one of them for a while. */
const isUnbound = (status: string): boolean => status === 'returning';
const isMoving = (status: string): boolean => status === 'moving-up';
/** House rule: so long may a platform take until its unit says what it was ordered. */
const TAKEN_MS = 2 * MINUTE;
const near = (a: AlarmRecord, b: IncidentRecord): boolean => {
  if (a.buildingId !== undefined && b.buildingId !== undefined) return a.buildingId === b.buildingId;
  return a.deviceKind !== null && metresBetween([a.lon, a.lat], [b.lon, b.lat]) <= LINK_METRES;
};
const inTime = (a: AlarmRecord, b: IncidentRecord): boolean => {
  const began = b.reached.reported ?? b.at;
  return a.at >= began - LINK_MS && a.at <= b.at + LINK_MS;
};
const belongs = (a: AlarmRecord, b: IncidentRecord): boolean =>
  MAY_BE_FIRE.includes(a.type) && near(a, b) && inTime(a, b);

/** Platforms may name what an event came from; the contract keeps unknown fields. */
const namedAlarms = (event: IncidentEvent): AlarmId[] => {
  const named = Object.entries(event).find(([name]) => name === 'alarmIds' || name === 'alarmId')?.[1];
  const list: unknown[] = Array.isArray(named) ? named : [named];
  return list.filter((id): id is AlarmId => typeof id === 'string');
};

export const createForces = ({ log, site }: Desk, entries: Entries): Forces => {
  const openIncidents = new Set<IncidentId>();

  /** The platform says what a unit is bound to; the incident then counts it among its own. */
  const bind = (unit: UnitId, incident: IncidentId): void => {
    const record = log.get('incident', incident);
    if (!record || record.status === 'closed' || record.unitIds.includes(unit)) return;
    log.put('incident', { ...record, unitIds: [...record.unitIds, unit] });
  };

  const position = (event: PositionEvent, origin: Origin): void => {
    const held = log.get('unit', event.unitId);
    if (held && isLate(event.ts, held.at, origin.heard)) return;
    if (event.incidentId !== undefined) bind(event.unitId, event.incidentId);
    if (held) {
      if (event.incidentId !== undefined) held.incidentId = event.incidentId;
      else if (isUnbound(event.status)) delete held.incidentId;
      const bound = held.incidentId;
      if (bound !== undefined && held.status !== event.status)
        entries.note(bound, {
          ...{ kind: 'unit', what: event.status, ref: `${event.unitId}/${event.ts}`, who: event.unitId },
          ...{ at: event.ts, heard: origin.heard },
        });
      // In place, as readings are.
      held.lon = event.lon;
      held.lat = event.lat;
      held.heading = event.heading;
      held.speed = event.speed;
      held.status = event.status;
      held.at = event.ts;
      held.heard = origin.heard;
      held.source = origin.source;
      // It is on its way there as long as it says so; a platform may take a while to.
      const ordered = held.movesTo;
      if (
        ordered &&
        (held.incidentId !== undefined || (!isMoving(event.status) && origin.heard - ordered.at > TAKEN_MS))
      )
        delete held.movesTo;
      log.put('unit', held);
      return;
    }
    const { lon, lat, heading, speed, status, ts: at } = event;
    log.put('unit', {
      id: event.unitId,
      lon,
      lat,
      heading,
      speed,
      status,
      at,
      source: origin.source,
      heard: origin.heard,
      ...(event.incidentId === undefined ? {} : { incidentId: event.incidentId }),
    });
  };

  const isNoted = (incident: IncidentId, unit: UnitId, order: string, what: string): boolean =>
    log.get('entry', `${incident}/unit/${unit}/${order}/${what}`) !== undefined;
  const noteUnit = (incident: IncidentId, unit: UnitId, order: string, what: string, now: number): void =>
    entries.note(incident, { kind: 'unit', what, ref: `${unit}/${order}`, who: unit, at: now, heard: now });

  const release = (incident: IncidentRecord): void => {
    openIncidents.delete(incident.id);
    for (const id of incident.unitIds) {
      const unit = log.get('unit', id);
      if (unit?.incidentId !== incident.id) continue;
      const { incidentId: _done, ...rest } = unit;
      log.put('unit', rest);
    }
  };

  /** The open incident that this one reports again: the same kind, place and half hour. */
  const repeated = (record: IncidentRecord): IncidentId | undefined => {
    for (const id of openIncidents) {
      const one = log.get('incident', id);
      if (!one || one.id === record.id || one.kind !== record.kind || one.repeatOf !== undefined) continue;
      if (Math.abs((one.reached.reported ?? one.at) - record.at) > LINK_MS) continue;
      const same = one.buildingId !== undefined && one.buildingId === record.buildingId;
      if (same || metresBetween([one.lon, one.lat], [record.lon, record.lat]) <= REPORT_METRES) return one.id;
    }
    return undefined;
  };

  /** An alarm at its place bears a report out that was held back: it counts again, and the log says why. */
  const lifted = (record: IncidentRecord, alarm: AlarmId, now: ReceiveTime): IncidentRecord => {
    const { suspended, suspect: _gone, ...rest } = record;
    if (!suspended) return record;
    entries.note(record.id, { kind: 'report', what: 'borne-out', ref: alarm, at: now, heard: now });
    return rest;
  };
  /** Two reports of this caller within a day came to nothing. */
  const isKnownFor = (record: IncidentRecord): boolean => {
    if (record.caller === undefined) return false;
    let empty = 0;
    for (const one of log.all('incident')) {
      if (one.id === record.id || one.caller !== record.caller || Math.abs(one.at - record.at) > DAY) continue;
      if (one.suspended || (one.status === 'closed' && one.reached.controlled === undefined)) empty += 1;
    }
    return empty >= 2;
  };

  const incident = (event: IncidentEvent, origin: Origin): AlarmId[] => {
    const held = log.get('incident', event.id);
    const reached = { ...held?.reached };
    const { status: what, title: text } = event;
    entries.note(event.id, { kind: 'status', what, ref: '', at: event.ts, heard: origin.heard, text });
    const first = reached[event.status];
    if (first === undefined || event.ts < first) reached[event.status] = event.ts;
    if (held && isLate(event.ts, held.at, origin.heard)) {
      if (reached[event.status] !== first) log.put('incident', { ...held, reached });
      return [];
    }
    const record: IncidentRecord = {
      id: event.id,
      kind: event.kind,
      level: event.level,
      title: event.title,
      address: event.address,
      lon: event.lon,
      lat: event.lat,
      status: event.status,
      reached,
      alarmIds: held?.alarmIds ?? [],
      unitIds: held?.unitIds ?? [],
      source: origin.source,
      at: event.ts,
      heard: origin.heard,
    };
    if (event.buildingId !== undefined) record.buildingId = event.buildingId;
    if (event.floor !== undefined) record.floor = event.floor;
    const residents = record.buildingId === undefined ? undefined : site.residents?.get(record.buildingId);
    if (residents) record.residents = residents;
    if (held?.owner !== undefined) record.owner = held.owner;
    const caller = event.caller ?? held?.caller;
    if (caller !== undefined) record.caller = caller;
    const repeatOf = held ? held.repeatOf : event.status === 'closed' ? undefined : repeated(record);
    if (repeatOf !== undefined) record.repeatOf = repeatOf;
    if (repeatOf !== undefined && !held)
      entries.note(repeatOf, {
        kind: 'report',
        what: 'repeat',
        ref: event.id,
        at: event.ts,
        heard: origin.heard,
        text,
      });
    const joining = new Set(namedAlarms(event));
    if (event.status === 'closed') release(record);
    else {
      openIncidents.add(event.id);
      for (const alarm of log.all('alarm')) {
        if (isOpen(alarm) && alarm.incidentId === undefined && belongs(alarm, record)) joining.add(alarm.id);
      }
    }
    const joined = [...joining].filter((id) => !record.alarmIds.includes(id) && log.get('alarm', id));
    record.alarmIds = [...record.alarmIds, ...joined];
    if (held?.suspended !== undefined) record.suspended = held.suspended;
    if (held ? held.suspect !== undefined : isKnownFor(record)) record.suspect = 'repeat-caller';
    const [evidence] = joined;
    log.put('incident', evidence === undefined ? record : lifted(record, evidence, origin.heard));
    return joined;
  };

  return {
    position,
    incident,
    joinOpen: (alarm) => {
      if (alarm.incidentId !== undefined) return alarm.incidentId;
      for (const id of openIncidents) {
        const record = log.get('incident', id);
        if (!record || !belongs(alarm, record)) continue;
        if (!record.alarmIds.includes(alarm.id))
          log.put('incident', lifted({ ...record, alarmIds: [...record.alarmIds, alarm.id] }, alarm.id, alarm.heard));
        return id;
      }
      return undefined;
    },
    send: (incidentId, unitId, now, order) => {
      const record = log.get('incident', incidentId);
      if (!record || record.status === 'closed' || isNoted(incidentId, unitId, order, 'sent')) return;
      if (!record.unitIds.includes(unitId)) log.put('incident', { ...record, unitIds: [...record.unitIds, unitId] });
      noteUnit(incidentId, unitId, order, 'sent', now);
      const unit = log.get('unit', unitId);
      if (unit && unit.incidentId !== incidentId) log.put('unit', { ...unit, incidentId });
    },
    recall: (incidentId, unitId, now, order) => {
      if (isNoted(incidentId, unitId, order, 'recalled')) return;
      noteUnit(incidentId, unitId, order, 'recalled', now);
      const unit = log.get('unit', unitId);
      if (unit?.incidentId !== incidentId) return;
      const { incidentId: _off, ...free } = unit;
      log.put('unit', { ...free, status: 'returning' });
    },
    moveUp: (unitId, placeId, now) => {
      const unit = log.get('unit', unitId);
      if (unit?.incidentId === undefined && unit)
        log.put('unit', { ...unit, movesTo: { placeId, at: now as ReceiveTime } });
    },
    open: () => openIncidents.size,
    tick: (now) => {
      for (const { id, status, heard } of [...log.all('incident')]) {
        if (status !== 'closed' || now - heard < CLOSED_KEPT_MS) continue;
        log.remove('incident', id);
        for (const task of [...log.all('task')]) if (task.incidentId === id) log.remove('task', task.id);
        for (const tick of [...log.all('tick')]) if (tick.incidentId === id) log.remove('tick', tick.id);
        for (const sketch of [...log.all('sketch')]) if (sketch.incidentId === id) log.remove('sketch', sketch.id);
        entries.forget(id);
      }
    },
    restore: () => {
      for (const { id, status } of log.all('incident')) if (status !== 'closed') openIncidents.add(id);
    },
  };
};
