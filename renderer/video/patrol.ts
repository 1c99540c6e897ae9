/**
 * The patrol: a tour through all cameras, group by group.
 *
 * Owns: the stops of the tour, and what makes it wait. Guarantees: E9; every camera of the site is in exactly one stop, the
 *   lookouts first, cameras of one building together.
 * Refuses: time; whoever walks the tour says how long a stop lasts.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord, DetectionRecord } from '../../native-bridge/contract/records.ts';
import { EBIKE_MS, NEW_MS, type Known } from './choose.ts';

export interface Stop {
  kind: string;
  ids: readonly CameraId[];
  /** Of the stops of its kind, from 1. */
  part: number;
  parts: number;
}

const ORDER = ['lookout', 'fire', 'control-room', 'elevator'];
const place = (kind: string): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

/** At most `n` cameras a stop, all of one kind. */
export const tourOf = (cameras: readonly Known[], n: number): Stop[] => {
  const kinds = Map.groupBy(cameras, ({ kind }) => kind);
  const sorted = [...kinds].sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b));
  return sorted.flatMap(([kind, those]) => {
    const ids = those
      .toSorted((a, b) => (a.buildingId ?? '').localeCompare(b.buildingId ?? '') || a.id.localeCompare(b.id))
      .map(({ id }) => id);
    const parts = Math.ceil(ids.length / n);
    return Array.from({ length: parts }, (_, i) => ({ kind, ids: ids.slice(i * n, (i + 1) * n), part: i + 1, parts }));
  });
};

/** Something happens that people should look at before the tour goes on. */
export const mustWait = (
  now: number,
  alarms: Iterable<AlarmRecord>,
  detections: Iterable<DetectionRecord>,
  chosen: boolean,
): boolean => {
  if (chosen) return true;
  for (const { level, cameraId, state, heard } of alarms)
    if (cameraId && level <= 2 && state === 'unacknowledged' && now - heard < NEW_MS) return true;
  for (const { label, heard, verdict } of detections)
    if (label === 'e-bike' && now - heard <= EBIKE_MS && (!verdict || verdict.is === 'e-bike')) return true;
  return false;
};
