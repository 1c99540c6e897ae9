/**
 * The alarm list: which alarms stand on the wall, and in what order.
 *
 * Owns: the order and the count of what hangs under each. Guarantees: A1 the worst level first; A2 within a level what
 *   nobody has acknowledged first, then the newest; A3 an alarm rolled up under another is counted there, never lost,
 *   and stands alone when that other is no longer open. Pure.
 * Refuses: to hide any open alarm; whoever shows fewer says how many more there are.
 */
import type { AlarmId } from '../../native-bridge/contract/brand.ts';
import type { World } from './world.ts';
import { isOpen, type AlarmRecord } from '../../native-bridge/contract/records.ts';

export interface AlarmRow {
  alarm: AlarmRecord;
  /** Open alarms rolled up under this one. */
  under: readonly AlarmRecord[];
}

export const isUnacknowledged = (alarm: AlarmRecord): boolean =>
  alarm.state === 'unacknowledged' || alarm.state === 'returned-unacknowledged';

const before = (a: AlarmRecord, b: AlarmRecord): number =>
  a.level - b.level ||
  Number(isUnacknowledged(b)) - Number(isUnacknowledged(a)) ||
  b.at - a.at ||
  (a.id < b.id ? -1 : 1);

export const alarmRows = (alarms: ReadonlyMap<string, AlarmRecord>): AlarmRow[] => {
  const heads: AlarmRecord[] = [];
  const under = new Map<AlarmId, AlarmRecord[]>();
  for (const alarm of alarms.values()) {
    if (!isOpen(alarm)) continue;
    const head = alarm.groupedUnder === undefined ? undefined : alarms.get(alarm.groupedUnder);
    if (head && head.id !== alarm.id && isOpen(head) && head.groupedUnder === undefined) {
      const those = under.get(head.id);
      if (those) those.push(alarm);
      else under.set(head.id, [alarm]);
    } else heads.push(alarm);
  }
  return heads.sort(before).map((alarm) => ({ alarm, under: under.get(alarm.id) ?? [] }));
};

const known = new WeakMap<World, { version: number; rows: readonly AlarmRow[] }>();
/** The rows of the world as it stands, ordered once for everyone who asks: in a flood there are thousands. */
export const rowsOf = (world: World): readonly AlarmRow[] => {
  const version = world.version('alarm');
  const last = known.get(world);
  if (last?.version === version) return last.rows;
  const rows = alarmRows(world.all('alarm'));
  known.set(world, { version, rows });
  return rows;
};

/** What an acknowledgement of this row covers: the row and all that hangs under it and was not acknowledged. */
export const unacknowledgedIn = (row: AlarmRow): AlarmId[] =>
  [row.alarm, ...row.under].filter(isUnacknowledged).map((alarm) => alarm.id);

/** The worst level nobody has acknowledged; `null` when all are. */
export const worstUnacknowledged = (alarms: ReadonlyMap<string, AlarmRecord>): AlarmRecord['level'] | null => {
  let worst: AlarmRecord['level'] | null = null;
  for (const alarm of alarms.values())
    if (isUnacknowledged(alarm) && (worst === null || alarm.level < worst)) worst = alarm.level;
  return worst;
};

/** The rows that fit, by pages, so that the chosen one is among them. */
export const pageOf = (rows: number, fit: number, chosen: number): { from: number; to: number } => {
  const size = Math.max(1, fit);
  const from = chosen < 0 ? 0 : Math.floor(chosen / size) * size;
  return { from, to: Math.min(rows, from + size) };
};
