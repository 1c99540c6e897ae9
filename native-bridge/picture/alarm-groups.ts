/**
 * Grouping: alarms of one building that came together are one line on the list.
 *
 * Owns: which alarm leads and which stand under it.
 * Guarantees: the leader is the worst (of equals, one that nobody has acknowledged; of those, the first); joining and
 *   leading cost the same however large the group is, except when the leader changes or leaves.
 * Refuses: to put a fire, an e-bike in a cab, or smoke seen by a camera under anything: each is its own line.
 */
import type { AlarmId, BuildingId } from '../contract/brand.ts';
import { isOpen, type AlarmRecord } from '../contract/records.ts';
import type { AlarmType } from '../contract/wire.ts';
import { MINUTE } from './desk.ts';

/** House rule: alarms of a building that follow each other within ten minutes, the window of a flood, belong together. */
export const GROUP_WINDOW_MS = 10 * MINUTE;
const ALONE: readonly AlarmType[] = ['fire', 'e-bike', 'smoke-seen'];

interface Group {
  leader: AlarmId;
  members: Set<AlarmId>;
  /** The newest raising in it. */
  last: number;
}
export type Regroup = (id: AlarmId, under: AlarmId | null) => void;

export interface Groups {
  /** After a change of `record`; `regroup` is called for every alarm that must be put under another, or stand again. */
  readonly place: (record: AlarmRecord, regroup: Regroup) => void;
  /** Rebuilds what a restored record says. */
  readonly restore: (record: AlarmRecord) => void;
  readonly membersOf: (leader: AlarmId) => readonly AlarmId[];
}

const before = (a: AlarmRecord, b: AlarmRecord): boolean => {
  if (a.level !== b.level) return a.level < b.level;
  const seen = (r: AlarmRecord): number => (r.state === 'acknowledged' ? 1 : 0);
  return seen(a) !== seen(b) ? seen(a) < seen(b) : a.at < b.at;
};

export const createGroups = (get: (id: AlarmId) => AlarmRecord | undefined): Groups => {
  const groups = new Map<AlarmId, Group>();
  const groupOf = new Map<AlarmId, Group>();
  const current = new Map<BuildingId, Group>();

  const lead = (group: Group, leader: AlarmId, regroup: Regroup): void => {
    groups.delete(group.leader);
    groups.set(leader, group);
    group.members.delete(leader);
    group.leader = leader;
    regroup(leader, null);
    for (const id of group.members) regroup(id, leader);
  };
  const leave = (id: AlarmId, regroup: Regroup): void => {
    const group = groupOf.get(id);
    if (!group) return;
    groupOf.delete(id);
    if (group.leader !== id) {
      group.members.delete(id);
      regroup(id, null);
      return;
    }
    let best: AlarmRecord | undefined;
    for (const member of group.members) {
      const record = get(member);
      if (record && (!best || before(record, best))) best = record;
    }
    if (best) {
      lead(group, best.id, regroup);
      return;
    }
    groups.delete(id);
    for (const [building, open] of current) if (open === group) current.delete(building);
  };
  const fits = (record: AlarmRecord): boolean =>
    isOpen(record) && record.buildingId !== undefined && !ALONE.includes(record.type);

  return {
    place: (record, regroup) => {
      const { id, buildingId } = record;
      if (!fits(record) || buildingId === undefined) {
        leave(id, regroup);
        return;
      }
      const raised = record.lastAt ?? record.at;
      let group = groupOf.get(id);
      if (!group) {
        const open = current.get(buildingId);
        if (open && Math.abs(raised - open.last) <= GROUP_WINDOW_MS) {
          group = open;
          group.members.add(id);
          groupOf.set(id, group);
          if (group.leader !== id) regroup(id, group.leader);
        } else {
          group = { leader: id, members: new Set(), last: raised };
          groups.set(id, group);
          groupOf.set(id, group);
          current.set(buildingId, group);
        }
      }
      group.last = Math.max(group.last, raised);
      if (group.leader === id) return;
      const leader = get(group.leader);
      if (!leader || before(record, leader)) {
        const old = group.leader;
        if (leader) group.members.add(old);
        lead(group, id, regroup);
      }
    },
    restore: (record) => {
      const { buildingId } = record;
      if (!fits(record) || buildingId === undefined) return;
      const leader = record.groupedUnder ?? record.id;
      const group = groups.get(leader) ?? { leader, members: new Set<AlarmId>(), last: 0 };
      groups.set(leader, group);
      groupOf.set(record.id, group);
      if (record.id !== leader) group.members.add(record.id);
      group.last = Math.max(group.last, record.lastAt ?? record.at);
      const open = current.get(buildingId);
      if (!open || open.last < group.last) current.set(buildingId, group);
    },
    membersOf: (leader) => [...(groups.get(leader)?.members ?? [])],
  };
};
