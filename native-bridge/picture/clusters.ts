/**
 * Correlation: alarms that are one happening, by place, time and kind, with the reason why.
 *
 * Owns: `cluster` records, and `clusterId` of alarms by what it answers.
 * Guarantees: an alarm is in one cluster; joining costs the same however many alarms there are; what a person joined or
 *   parted stays so; the first alarm is known (first-out); a cluster of one is not told.
 * Refuses: to hide an alarm: correlation explains, the alarm list still counts every one.
 */
import type { AlarmId, ReceiveTime } from '../contract/brand.ts';
import { isOpen, type AlarmRecord, type IncidentRecord } from '../contract/records.ts';
import { addTo, FAMILY, newCluster, recordOf, type Cluster, type Family } from './cluster-sum.ts';
import { DAY, metresBetween, MINUTE, type Desk } from './desk.ts';
import { warningAt } from './warning-area.ts';

/** House rule: what follows the last alarm of a happening within ten minutes, the window of a flood, may belong to it. */
export const CLUSTER_MS = 10 * MINUTE;
/** House rule, as for incidents: without a building, a hundred metres. */
const NEAR_METRES = 100;
/** A caller's place is less exact than a device's. */
const REPORT_METRES = 200;
/** Degrees: somewhat more than NEAR_METRES, and about a kilometre, at this latitude. */
const CELL = 0.0015;
const AREA = 0.01;

export interface Clusters {
  /** The cluster that a raised alarm belongs to. `record` is as it will stand in the picture. */
  readonly join: (record: AlarmRecord) => string;
  /** After each change of an alarm. */
  readonly note: (before: AlarmRecord | undefined, record: AlarmRecord) => void;
  readonly report: (incident: IncidentRecord) => void;
  readonly members: (id: string) => readonly AlarmId[] | null;
  /** Moves every alarm of one into another; answers which. */
  readonly merge: (into: string, from: string, by: string, now: ReceiveTime) => readonly AlarmId[];
  /** Parts one alarm; answers its own cluster's id, or null when it stands alone already. */
  readonly split: (alarm: AlarmRecord, by: string, now: ReceiveTime) => string | null;
  readonly settle: () => void;
  readonly tick: (now: number) => void;
  readonly restore: () => void;
}

export const createClusters = ({ log, site }: Desk): Clusters => {
  const all = new Map<string, Cluster>();
  /** Where the newest cluster of a family stands: by building, and by area for devices. */
  const at = new Map<string, Cluster>();
  /** By cell of NEAR_METRES: what an alarm without a building, or beside one, may belong to. */
  const cells = new Map<string, Set<Cluster>>();
  /** Smoke seen from afar, its place not known yet; and fires, which a lookout may see. */
  const seen = new Set<Cluster>();
  const burning = new Set<Cluster>();
  const dirty = new Set<Cluster>();
  /** Those that something may still join. */
  const live = new Set<Cluster>();
  const ranges = new Map(site.cameras.map((camera) => [String(camera.id), camera]));

  const cell = (family: Family, lon: number, lat: number, dx = 0, dy = 0): string =>
    `${family}/${Math.floor(lon / CELL) + dx}/${Math.floor(lat / CELL) + dy}`;
  const area = ({ lon, lat }: AlarmRecord): string => `devices/${Math.floor(lon / AREA)}/${Math.floor(lat / AREA)}`;
  const inTime = (cluster: Cluster, record: AlarmRecord): boolean => {
    const raised = record.lastAt ?? record.at;
    return raised <= cluster.lastAt + CLUSTER_MS && raised >= cluster.first.at - CLUSTER_MS;
  };
  const isLookout = (record: AlarmRecord): boolean => record.type === 'smoke-seen' && record.buildingId === undefined;
  const reaches = (cameraId: string, { lon, lat }: { lon: number; lat: number }): boolean => {
    const camera = ranges.get(cameraId);
    return camera !== undefined && metresBetween([camera.lon, camera.lat], [lon, lat]) <= camera.range;
  };
  const findNear = (record: AlarmRecord): Cluster | undefined => {
    let best: Cluster | undefined;
    let least = NEAR_METRES;
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const one of cells.get(cell(FAMILY[record.type], record.lon, record.lat, dx, dy)) ?? []) {
          if (one.buildingId !== undefined && record.buildingId !== undefined) continue;
          const metres = metresBetween([one.lon, one.lat], [record.lon, record.lat]);
          if (metres > least || !inTime(one, record)) continue;
          [best, least] = [one, metres];
        }
      }
    }
    return best;
  };
  const find = (record: AlarmRecord): Cluster | undefined => {
    const family = FAMILY[record.type];
    const here =
      family === 'devices' ? at.get(area(record)) : record.buildingId && at.get(`${family}/${record.buildingId}`);
    if (here && inTime(here, record)) return here;
    // A device that the registry does not know yet has no place.
    if (family === 'devices' || record.deviceKind === null) return undefined;
    if (isLookout(record)) {
      for (const fire of burning) if (reaches(record.deviceId, fire) && inTime(fire, record)) return fire;
      return undefined;
    }
    const near = findNear(record);
    if (near || record.type !== 'fire') return near;
    for (const smoke of seen) if (reaches(smoke.first.deviceId, record) && inTime(smoke, record)) return smoke;
    return undefined;
  };
  const index = (cluster: Cluster, record: AlarmRecord): void => {
    const { family } = cluster;
    live.add(cluster);
    if (family === 'devices') {
      at.set(area(record), cluster);
      return;
    }
    if (cluster.buildingId !== undefined) at.set(`${family}/${cluster.buildingId}`, cluster);
    if (isLookout(cluster.first) && cluster.buildingId === undefined) seen.add(cluster);
    else {
      seen.delete(cluster);
      const key = cell(family, cluster.lon, cluster.lat);
      cells.set(key, (cells.get(key) ?? new Set()).add(cluster));
    }
    if (record.type === 'fire') burning.add(cluster);
  };
  const unindex = (cluster: Cluster): void => {
    const { family, buildingId, lon, lat } = cluster;
    live.delete(cluster);
    for (const key of [`${family}/${buildingId ?? ''}`, area(cluster.first)])
      if (at.get(key) === cluster) at.delete(key);
    const key = cell(family, lon, lat);
    if (cells.get(key)?.delete(cluster) === true && cells.get(key)?.size === 0) cells.delete(key);
    seen.delete(cluster);
    burning.delete(cluster);
  };
  const make = (record: AlarmRecord, id: string): Cluster => {
    const place = FAMILY[record.type] === 'devices' ? 'area' : record.buildingId === undefined ? 'near' : 'building';
    const made = newCluster(record, id, place);
    const warning = warningAt(log.all('warning'), record);
    if (warning !== undefined) made.warningId = warning;
    all.set(id, made);
    return made;
  };
  const leave = (record: AlarmRecord): void => {
    const held = all.get(record.clusterId ?? '');
    if (!held?.members.delete(record.id)) return;
    if (isOpen(record)) held.open -= 1;
    dirty.add(held);
  };
  const resum = (cluster: Cluster): void => {
    cluster.parts = [];
    cluster.count = 0;
    for (const id of cluster.members) {
      const record = log.get('alarm', id);
      if (record) addTo(cluster, record);
    }
  };
  const tell = (cluster: Cluster): void => {
    const { id, count, incidentIds } = cluster;
    if (count >= 2 || (count > 0 && incidentIds.length > 0)) log.put('cluster', recordOf(cluster));
    else log.remove('cluster', id);
  };
  const need = (id: string): Cluster | undefined => all.get(id);

  return {
    join: (record) => {
      let held = all.get(record.clusterId ?? '');
      if (held && held.first.deviceKind === null && held.members.size === 1) {
        // Only now does the registry say where it stands.
        leave(record);
        unindex(held);
        all.delete(held.id);
        log.remove('cluster', held.id);
        held = undefined;
      }
      if (held?.members.has(record.id) === true && (inTime(held, record) || held.byHand)) {
        const raised = record.lastAt ?? record.at;
        if (raised > held.lastAt) held.lastAt = raised;
        dirty.add(held);
        return held.id;
      }
      // Once more, long after: a happening of its own, and the one before keeps its sum.
      held?.members.delete(record.id);
      const raisedAgain = held ? `c-${record.id}-${record.lastAt ?? record.at}` : `c-${record.id}`;
      const cluster = find(record) ?? make(record, raisedAgain);
      addTo(cluster, record);
      index(cluster, record);
      if (record.incidentId !== undefined && !cluster.incidentIds.includes(record.incidentId))
        cluster.incidentIds.push(record.incidentId);
      dirty.add(cluster);
      return cluster.id;
    },
    note: (before, record) => {
      const cluster = all.get(record.clusterId ?? '');
      if (!cluster) return;
      const was = before !== undefined && before.clusterId === record.clusterId && isOpen(before);
      if (was !== isOpen(record)) {
        cluster.open += was ? -1 : 1;
        dirty.add(cluster);
      }
      const { incidentId } = record;
      if (incidentId === undefined || cluster.incidentIds.includes(incidentId)) return;
      cluster.incidentIds.push(incidentId);
      dirty.add(cluster);
    },
    report: ({ id, kind, buildingId, lon, lat, status }) => {
      if (kind !== 'fire' || status === 'closed') return;
      const here = buildingId === undefined ? undefined : at.get(`fire/${buildingId}`);
      const fires = here
        ? [here]
        : [...burning].filter((one) => metresBetween([one.lon, one.lat], [lon, lat]) <= REPORT_METRES);
      const [fire] = fires.sort((a, b) => b.lastAt - a.lastAt);
      if (!fire || fire.incidentIds.includes(id)) return;
      fire.incidentIds.push(id);
      dirty.add(fire);
    },
    members: (id) => {
      const cluster = all.get(id);
      return cluster ? [...cluster.members] : null;
    },
    merge: (into, from, by, now) => {
      const [target, source] = [need(into), need(from)];
      if (!target || !source || target === source) return [];
      const moved = [...source.members];
      for (const id of moved) {
        const record = log.get('alarm', id);
        if (record) addTo(target, record);
      }
      source.members.clear();
      source.count = source.open = 0;
      for (const id of source.incidentIds) if (!target.incidentIds.includes(id)) target.incidentIds.push(id);
      target.byHand = { by, at: now, act: 'merged' };
      unindex(source);
      all.delete(from);
      log.remove('cluster', from);
      dirty.delete(source);
      dirty.add(target);
      return moved;
    },
    split: (record, by, now) => {
      const held = all.get(record.clusterId ?? '');
      if (!held || held.members.size < 2) return null;
      leave(record);
      resum(held);
      const first = [...held.members].map((id) => log.get('alarm', id)).find((one) => one !== undefined);
      if (held.first.id === record.id && first) held.first = first;
      const byHand = { by, at: now, act: 'split' } as const;
      held.byHand = byHand;
      // Not indexed: nothing joins by itself what a person has set apart.
      const own = make(record, `c-${record.id}-${now}`);
      addTo(own, record);
      own.byHand = byHand;
      return own.id;
    },
    settle: () => {
      for (const cluster of dirty) if (all.has(cluster.id)) tell(cluster);
      dirty.clear();
    },
    tick: (now) => {
      for (const cluster of live) if (now - cluster.lastAt > CLUSTER_MS) unindex(cluster);
      for (const cluster of all.values()) {
        if (cluster.open > 0 || now - cluster.lastAt <= DAY) continue;
        all.delete(cluster.id);
        log.remove('cluster', cluster.id);
      }
    },
    restore: () => {
      const alarms = [...log.all('alarm')].sort((a, b) => a.at - b.at);
      for (const record of alarms) {
        if (record.clusterId === undefined) continue;
        const kept = log.get('cluster', record.clusterId);
        let cluster = all.get(record.clusterId);
        if (!cluster) {
          cluster = make(record, record.clusterId);
          if (kept) {
            cluster.incidentIds = [...kept.incidentIds];
            if (kept.byHand) cluster.byHand = kept.byHand;
          }
        }
        addTo(cluster, record);
        if (cluster.byHand?.act !== 'split') index(cluster, record);
        dirty.add(cluster);
      }
      for (const { id } of [...log.all('cluster')]) if (!all.has(id)) log.remove('cluster', id);
    },
  };
};
