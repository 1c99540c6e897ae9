/**
 * Devices: the registry and the newest reading of each.
 *
 * Owns: `device` records.
 * Guarantees: a reading older than the one held changes nothing (it is counted as late); a reading that comes before
 *   its device is kept until the registry names it; no event object is retained, only its values.
 * Refuses: to invent a device from a reading.
 */
import type { DeviceId, EventTime, ReceiveTime } from '../contract/brand.ts';
import type { DeviceRecord, Values } from '../contract/records.ts';
import type { DeviceEvent, ReadingEvent } from '../contract/wire.ts';
import { isLate, type Desk, type Origin } from './desk.ts';

/** Readings that wait for their device; beyond that the oldest is let go. */
const MOST_ORPHANS = 60_000;
/** The platform's word for "not there any more". */
const REMOVED = 'removed';

export interface Devices {
  readonly register: (event: DeviceEvent, origin: Origin) => void;
  /** Answers the device as it is now; `undefined` for one that is not registered yet. */
  readonly read: (event: ReadingEvent, origin: Origin) => DeviceRecord | undefined;
  /** What the device's symbol shows; 0 when nothing is open on it. */
  readonly setWorst: (id: DeviceId, worst: DeviceRecord['worst']) => void;
  readonly counts: { late: number; orphans: () => number };
}

/** A partial reading leaves the other values as they were. */
const merged = (held: Values | undefined, fresh: Values): Values => {
  if (!held) return fresh;
  for (const name in held) if (!(name in fresh)) return { ...held, ...fresh };
  return fresh;
};

/** Field by field: what a field holds is taken over as it is, never copied. */
const isAsBefore = (held: DeviceRecord, told: DeviceRecord): boolean => {
  const names = Object.keys(told) as (keyof DeviceRecord)[];
  return names.length === Object.keys(held).length && names.every((name) => told[name] === held[name]);
};

export const createDevices = ({ log }: Desk): Devices => {
  const orphans = new Map<DeviceId, { values: Values; at: EventTime; heard: ReceiveTime }>();
  const registeredAt = new Map<DeviceId, EventTime>();
  const counts = { late: 0, orphans: () => orphans.size };

  const register = (event: DeviceEvent, origin: Origin): void => {
    const before = registeredAt.get(event.id);
    if (before !== undefined && event.ts !== undefined && isLate(event.ts, before, origin.heard)) {
      counts.late += 1;
      return;
    }
    if (event.ts !== undefined) registeredAt.set(event.id, event.ts);
    if (event.state === REMOVED) {
      log.remove('device', event.id);
      return;
    }
    const held = log.get('device', event.id);
    const reading = held?.values ? { values: held.values, at: held.at, heard: held.heard } : orphans.get(event.id);
    orphans.delete(event.id);
    const record: DeviceRecord = {
      id: event.id,
      kind: event.kind,
      name: event.name,
      lon: event.lon,
      lat: event.lat,
      state: event.state,
      worst: held?.worst ?? 0,
      source: origin.source,
      at: reading?.at ?? event.ts ?? (origin.heard as number as EventTime),
      heard: reading?.heard ?? origin.heard,
    };
    if (event.h !== undefined) record.h = event.h;
    if (event.buildingId !== undefined) record.buildingId = event.buildingId;
    if (event.floor !== undefined) record.floor = event.floor;
    if (event.keyUnitId !== undefined) record.keyUnitId = event.keyUnitId;
    if (event.blockId !== undefined) record.blockId = event.blockId;
    if (held?.blind) record.blind = held.blind;
    if (held?.verdicts) record.verdicts = held.verdicts;
    if (reading) record.values = reading.values;
    // A snapshot tells of tens of thousands, most of them as they were.
    if (held && isAsBefore(held, record)) return;
    log.put('device', record);
  };

  const read = (event: ReadingEvent, origin: Origin): DeviceRecord | undefined => {
    const place = log.find('device', event.deviceId);
    const held = place?.record;
    if (!place || !held) {
      const orphan = orphans.get(event.deviceId);
      if (orphan && isLate(event.ts, orphan.at, origin.heard)) return undefined;
      orphans.delete(event.deviceId);
      orphans.set(event.deviceId, { values: merged(orphan?.values, event.values), at: event.ts, heard: origin.heard });
      if (orphans.size > MOST_ORPHANS) {
        const [first] = orphans.keys();
        if (first !== undefined) orphans.delete(first);
      }
      return undefined;
    }
    if (held.values && isLate(event.ts, held.at, origin.heard)) {
      counts.late += 1;
      return held;
    }
    // In place: this is the hot path, and the log hands out records only to be encoded at once.
    held.values = merged(held.values, event.values);
    held.at = event.ts;
    held.heard = origin.heard;
    log.touch(place);
    return held;
  };

  return {
    register,
    read,
    setWorst: (id, worst) => {
      const held = log.get('device', id);
      if (!held || held.worst === worst) return;
      log.put('device', { ...held, worst });
    },
    counts,
  };
};
