/**
 * The sum inside a cluster: which alarms, of what kind, on which floors, from when to when.
 *
 * Owns: adding an alarm to the parts, and what kind of happening the parts make. Pure but for the cluster given.
 * Guarantees: adding costs the same however many alarms are in it. Refuses: to know where clusters are.
 */
import type { AlarmId, EventTime, IncidentId } from '../contract/brand.ts';
import type { ClusterKind, ClusterPart, ClusterRecord } from '../contract/duty-records.ts';
import type { AlarmRecord } from '../contract/records.ts';
import type { AlarmType } from '../contract/wire.ts';

const MOST_FLOORS = 6;

export type Family = 'fire' | 'water' | 'attendance' | 'devices';
/** What may be one happening. An e-bike carried upstairs, its charging and the fire that follows are one story. */
export const FAMILY: Readonly<Record<AlarmType, Family>> = {
  fire: 'fire',
  'smoke-seen': 'fire',
  'over-temperature': 'fire',
  overload: 'fire',
  'residual-current': 'fire',
  'cut-off': 'fire',
  'e-bike': 'fire',
  'low-pressure': 'water',
  'low-level': 'water',
  unattended: 'attendance',
  fault: 'devices',
  offline: 'devices',
  'low-battery': 'devices',
};
const BURNS: readonly AlarmType[] = ['fire', 'smoke-seen'];

/** A cluster at work; what a window sees of it is its record. */
export interface Cluster {
  readonly id: string;
  readonly family: Family;
  place: ClusterRecord['place'];
  first: AlarmRecord;
  /** By the clock of the events. */
  lastAt: EventTime;
  level: AlarmRecord['level'];
  count: number;
  open: number;
  parts: ClusterPart[];
  readonly members: Set<AlarmId>;
  incidentIds: IncidentId[];
  buildingId?: ClusterRecord['buildingId'];
  lon: number;
  lat: number;
  warningId?: string;
  byHand?: ClusterRecord['byHand'];
}

export const newCluster = (first: AlarmRecord, id: string, place: Cluster['place']): Cluster => ({
  id,
  family: FAMILY[first.type],
  place,
  first,
  lastAt: first.lastAt ?? first.at,
  level: first.level,
  count: 0,
  open: 0,
  parts: [],
  members: new Set(),
  incidentIds: [],
  lon: first.lon,
  lat: first.lat,
  ...(first.buildingId === undefined ? {} : { buildingId: first.buildingId }),
});

export const addTo = (cluster: Cluster, alarm: AlarmRecord): void => {
  const at = alarm.lastAt ?? alarm.at;
  cluster.members.add(alarm.id);
  cluster.count += 1;
  if (alarm.level < cluster.level) cluster.level = alarm.level;
  if (at > cluster.lastAt) cluster.lastAt = at;
  if (alarm.at < cluster.first.at) cluster.first = alarm;
  if (cluster.buildingId === undefined && cluster.place !== 'area' && alarm.buildingId !== undefined) {
    cluster.buildingId = alarm.buildingId;
    cluster.lon = alarm.lon;
    cluster.lat = alarm.lat;
  }
  const { type, deviceKind, floor } = alarm;
  let part = cluster.parts.find((one) => one.type === type && one.deviceKind === deviceKind);
  if (!part) cluster.parts.push((part = { type, deviceKind, count: 0, floors: [], from: alarm.at, to: at }));
  part.count += 1;
  if (alarm.at < part.from) part.from = alarm.at;
  if (at > part.to) part.to = at;
  if (floor === undefined || part.floors.includes(floor) || part.floors.length >= MOST_FLOORS) return;
  part.floors.push(floor);
  part.floors.sort((a, b) => a - b);
};

const kindOf = ({ family, parts }: Cluster): ClusterKind => {
  if (family !== 'fire') return family;
  if (parts.some(({ type }) => BURNS.includes(type))) return 'fire';
  return parts.some(({ type }) => type !== 'e-bike') ? 'electrical' : 'e-bike';
};

export const recordOf = (cluster: Cluster): ClusterRecord => {
  const { id, first, level, lastAt, count, open, place, lon, lat, buildingId, warningId, byHand } = cluster;
  return {
    id,
    kind: kindOf(cluster),
    level,
    firstOut: first.id,
    source: first.source,
    at: first.at,
    heard: first.heard,
    lastAt,
    open,
    count,
    place,
    lon,
    lat,
    parts: cluster.parts.map((part) => ({ ...part, floors: [...part.floors] })),
    incidentIds: [...cluster.incidentIds],
    ...(buildingId === undefined ? {} : { buildingId }),
    ...(first.floor === undefined ? {} : { floor: first.floor }),
    ...(warningId === undefined ? {} : { warningId }),
    ...(byHand === undefined ? {} : { byHand }),
  };
};
