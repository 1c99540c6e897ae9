/**
 * Marks: what a tower's time-by-floor ribbon shows of the last twelve hours, and who boarded with an e-bike in a day.
 *
 * Owns: `mark` records, and which floors are watched because an e-bike got out there.
 * Guarantees: the same fact makes the same mark (its id says what, where and when), however often it is told; what
 *   smoke, electricity and charging say on a watched floor is sampled once in ten minutes and device.
 * Refuses: to judge the values; it keeps what was said.
 */
import type { BuildingId, DeviceId, ElevatorId, EventTime } from '../contract/brand.ts';
import type { AlarmRecord, DeviceRecord, MarkRecord } from '../contract/records.ts';
import type { ReadingEvent } from '../contract/wire.ts';
import { HOUR, MINUTE, type Desk, type Origin } from './desk.ts';

/** wall.md: the ribbon keeps twelve hours. */
export const MARKS_KEPT_MS = 12 * HOUR;
/** Boardings are counted by the day. */
const BOARDINGS_KEPT_MS = 24 * HOUR;
const SAMPLE_MS = 10 * MINUTE;

/** The value of a reading that the ribbon shows, by kind of device, in the kind's own unit. */
const SAMPLED = {
  'charging-pile': { kind: 'charging', value: 'power' },
  electricity: { kind: 'current', value: 'current' },
  smoke: { kind: 'smoke', value: 'obscuration' },
} as const;
const OF_ALARM = { fire: 'fire', 'over-temperature': 'over-temperature' } as const;
const lookup = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export interface CabFact {
  kind: 'e-bike-in' | 'e-bike-out' | 'door-held' | 'door-asked';
  buildingId: BuildingId;
  elevatorId: ElevatorId;
  floor: number;
  at: EventTime;
}
export interface Marks {
  readonly cab: (fact: CabFact, origin: Origin) => void;
  readonly reading: (event: ReadingEvent, device: DeviceRecord, origin: Origin) => void;
  readonly alarm: (record: AlarmRecord) => void;
  readonly tick: (now: number) => void;
  readonly restore: () => void;
}

export const createMarks = ({ log }: Desk): Marks => {
  /** Floors where an e-bike got out, by building, with the time. */
  const watched = new Map<BuildingId, Map<number, number>>();
  const sampled = new Map<DeviceId, number>();

  const watch = (building: BuildingId, floor: number, at: number): void => {
    const floors = watched.get(building) ?? new Map<number, number>();
    watched.set(building, floors.set(floor, Math.max(at, floors.get(floor) ?? 0)));
  };

  return {
    cab: (fact, origin) => {
      const id = `${fact.kind}/${fact.elevatorId}/${fact.at}`;
      if (log.get('mark', id)) return;
      log.put('mark', { id, ...fact, source: origin.source, heard: origin.heard });
      if (fact.kind === 'e-bike-out') watch(fact.buildingId, fact.floor, fact.at);
    },
    reading: (event, device, origin) => {
      if (watched.size === 0 || device.buildingId === undefined || device.floor === undefined) return;
      const since = watched.get(device.buildingId)?.get(device.floor);
      if (since === undefined || event.ts < since || event.ts - since > MARKS_KEPT_MS) return;
      const what = lookup(SAMPLED, device.kind);
      const value = what === undefined ? undefined : event.values[what.value];
      if (what === undefined || typeof value !== 'number') return;
      const before = sampled.get(device.id);
      if (before !== undefined && event.ts - before < SAMPLE_MS) return;
      sampled.set(device.id, event.ts);
      const { id: deviceId, buildingId, floor } = device;
      const id = `${what.kind}/${deviceId}/${event.ts}`;
      log.put('mark', {
        id,
        kind: what.kind,
        value,
        deviceId,
        buildingId,
        floor,
        at: event.ts,
        source: origin.source,
        heard: origin.heard,
      });
    },
    alarm: ({ type, deviceId, buildingId, floor, at, source, heard }) => {
      const kind = lookup<MarkRecord['kind']>(OF_ALARM, type);
      if (kind === undefined || buildingId === undefined || floor === undefined) return;
      const id = `${kind}/${deviceId}/${at}`;
      if (!log.get('mark', id)) log.put('mark', { id, kind, deviceId, buildingId, floor, at, source, heard });
    },
    tick: (now) => {
      const from = now - MARKS_KEPT_MS;
      const day = now - BOARDINGS_KEPT_MS;
      for (const mark of [...log.all('mark')])
        if (mark.heard < (mark.kind === 'e-bike-in' ? day : from)) log.remove('mark', mark.id);
      for (const [building, floors] of watched) {
        for (const [floor, at] of floors) if (at < from) floors.delete(floor);
        if (floors.size === 0) watched.delete(building);
      }
      for (const [device, at] of sampled) if (at < from) sampled.delete(device);
    },
    restore: () => {
      for (const { kind, buildingId, floor, at, deviceId } of log.all('mark')) {
        if (kind === 'e-bike-out') watch(buildingId, floor, at);
        else if (deviceId !== undefined) sampled.set(deviceId, Math.max(at, sampled.get(deviceId) ?? 0));
      }
    },
  };
};
