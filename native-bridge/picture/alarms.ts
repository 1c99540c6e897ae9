/**
 * The alarm list: every alarm that is open, and those of the last day that are over.
 *
 * Owns: `alarm` records, and `worst` on the devices they stand on.
 * Guarantees: an alarm is one record however often, under however many ids, in whatever order it is told; groups,
 *   strip, tallies and worst levels follow each change; nothing open is ever let go.
 * Refuses: to know what an alarm means for an incident; `forces.ts` is told of those that are news.
 */
import type { AlarmId, DeviceId, EventTime, ReceiveTime } from '../contract/brand.ts';
import { isOpen, type AlarmRecord, type DeviceRecord } from '../contract/records.ts';
import type { AlarmEvent } from '../contract/wire.ts';
import { createGroups } from './alarm-groups.ts';
import { CHATTER_WINDOW_MS, createAlarmClock } from './alarm-clock.ts';
import { bringBack, clear, fleet, hold, isAside, OUT_OF_SERVICE, raise, risesOf, setAside } from './alarm-state.ts';
import type { CameraChoice } from './camera-choice.ts';
import { DAY, type Desk, type Origin } from './desk.ts';
import { createMaker } from './alarm-make.ts';
import type { Devices } from './devices.ts';
import type { Performance } from './performance.ts';
import { createStrip } from './strip.ts';

/** Over and done with: kept for a day, for the tallies and the list of the shift, and at most so many. */
const KEPT_MS = DAY;
const MOST_NORMAL = 50_000;
const DEVICE_TYPE = '\u0000';

export interface Alarms {
  readonly hear: (event: AlarmEvent, origin: Origin) => void;
  /** Replaces a record by what an act or a link made of it. */
  readonly change: (record: AlarmRecord) => void;
  /** The same for one that a person took off the shelf: another reason to set it aside may hold by now. */
  readonly back: (record: AlarmRecord) => void;
  /** The registry now knows the device: alarms that came before it learn where they are. */
  readonly located: (device: DeviceRecord) => void;
  /** Takes what stands on a device off the list (fires stay), or brings it back; answers how many. */
  readonly service: (id: DeviceId, out: boolean) => number;
  readonly withGroup: (id: AlarmId) => readonly AlarmId[];
  /** Contact with a source: lost, or there again with the log of that name. */
  readonly contact: (source: string, epoch: string | null) => void;
  readonly open: () => number;
  readonly tick: (now: ReceiveTime) => void;
  readonly settle: (now: ReceiveTime) => void;
  readonly announced: () => readonly number[];
  readonly restore: (now: ReceiveTime, announced: readonly number[]) => void;
}

export const createAlarms = (
  desk: Desk,
  devices: Devices,
  cameras: CameraChoice,
  performance: Performance,
  onNews: (record: AlarmRecord) => AlarmRecord,
  onChange: (before: AlarmRecord | undefined, record: AlarmRecord) => void,
): Alarms => {
  const { log, limits, policy } = desk;
  const { create, located } = createMaker(log, cameras);
  const strip = createStrip(desk);
  const groups = createGroups((id) => log.get('alarm', id));
  /** The record that stands for a device and type. */
  const newest = new Map<string, AlarmId>();
  /** Ids that were taken up into another record: the same condition told anew. */
  const alias = new Map<AlarmId, AlarmId>();
  /** Of records that stand for several ids: which of them are still raised. */
  const raisedIds = new Map<AlarmId, Set<AlarmId>>();
  const openOn = new Map<DeviceId, Set<AlarmId>>();
  let openCount = 0;
  let latest = 0;
  let normal: { id: AlarmId; heard: ReceiveTime }[] = [];
  const keyOf = (record: { deviceId: DeviceId; type: string }): string => record.deviceId + DEVICE_TYPE + record.type;

  const setWorst = (deviceId: DeviceId): void => {
    let worst: 0 | 1 | 2 | 3 | 4 = 0;
    for (const id of openOn.get(deviceId) ?? []) {
      const level = log.get('alarm', id)?.level;
      if (level !== undefined && (worst === 0 || level < worst)) worst = level;
    }
    devices.setWorst(deviceId, worst);
  };
  const index = (before: AlarmRecord | undefined, record: AlarmRecord): void => {
    const was = before ? isOpen(before) : false;
    const is = isOpen(record);
    if (was !== is) openCount += is ? 1 : -1;
    const there = openOn.get(record.deviceId) ?? new Set<AlarmId>();
    if (is) openOn.set(record.deviceId, there.add(record.id));
    else if (there.delete(record.id) && there.size === 0) openOn.delete(record.deviceId);
    if (was !== is || before?.level !== record.level) setWorst(record.deviceId);
    clock.note(record);
    onChange(before, record);
    if (record.state === 'normal' && before?.state !== 'normal') normal.push({ id: record.id, heard: record.heard });
  };
  const write = (record: AlarmRecord): void => {
    const before = log.get('alarm', record.id);
    log.put('alarm', record);
    index(before, record);
    strip.count(record.id, record);
  };
  const regroup = (id: AlarmId, under: AlarmId | null): void => {
    const record = log.get('alarm', id);
    if (!record || (record.groupedUnder ?? null) === under) return;
    const { groupedUnder: _before, ...rest } = record;
    write(under === null ? rest : { ...rest, groupedUnder: under });
  };
  const change = (record: AlarmRecord): void => {
    write(record);
    groups.place(record, regroup);
  };

  /** The level it has here. `told`: the level the platform says, when this is its word. */
  const rated = (record: AlarmRecord, told?: AlarmRecord['level']): AlarmRecord => {
    const { priority: before, ...bare } = record;
    const from = told === record.level ? told : (before?.from ?? record.level);
    const keyUnit = log.get('device', record.deviceId)?.keyUnitId !== undefined;
    return { ...bare, ...policy.priority({ ...bare, level: from }, keyUnit, record.lastAt ?? record.at) };
  };
  /** It is news, unless a person or a rule has set its like aside, or it has yet to stand for a while. */
  const called = (record: AlarmRecord, heard: ReceiveTime): AlarmRecord => {
    const { suppressedBy: _before, ...bare } = record;
    if (log.get('service', record.deviceId) && record.type !== 'fire') return setAside(bare, OUT_OF_SERVICE);
    const rule = policy.suppressedBy(record, record.lastAt ?? record.at);
    if (rule !== null) return setAside(bare, rule);
    performance.announce(record.level, heard);
    strip.announce(record.type, record.lastAt ?? record.at, heard);
    return onNews(bare);
  };
  /** One reason for standing aside is over. The list is its place only when no other holds. */
  const back = (record: AlarmRecord): void => {
    const rule = (): string | null => policy.suppressedBy(record, latest);
    const why = log.get('service', record.deviceId) ? OUT_OF_SERVICE : rule();
    change(isOpen(record) && why !== null ? setAside(record, why) : record);
  };
  const news = (record: AlarmRecord, heard: ReceiveTime): AlarmRecord => {
    const delay = policy.onDelay(record);
    return delay > 0 ? hold(record, (heard + delay) as ReceiveTime) : called(record, heard);
  };
  const clock = createAlarmClock({
    get: (id) => log.get('alarm', id),
    policy,
    change: (record) => change(record),
    back: (record) => back(record),
    call: (record, now) => change(called(record, now)),
  });

  const noteChange = (record: AlarmRecord, ts: EventTime): AlarmRecord => {
    const recent = (record.recent ?? []).filter((at) => Math.abs(ts - at) <= CHATTER_WINDOW_MS);
    recent.push(ts);
    if (recent.length > limits.chattering + 1) recent.shift();
    if (recent.length <= limits.chattering) return { ...record, recent };
    return { ...record, recent, chattering: true };
  };

  const heldFor = (event: AlarmEvent): AlarmRecord | undefined => {
    const own = log.get('alarm', alias.get(event.id) ?? event.id);
    if (own) return own;
    const other = newest.get(keyOf(event));
    const same = other === undefined ? undefined : log.get('alarm', other);
    if (!same) return undefined;
    if (event.state === 'cleared') return same.active ? same : undefined;
    // Another id for a condition that is already on the list; an older one is a story of its own.
    const open = isOpen(same) || isAside(same) || same.raisesAt !== undefined;
    return open && event.ts >= (same.lastAt ?? same.at) ? same : undefined;
  };
  const hearRaised = (event: AlarmEvent, origin: Origin): void => {
    const held = heldFor(event);
    if (!held) {
      const made = news(rated(create(event, origin), event.level), origin.heard);
      newest.set(keyOf(event), made.id);
      change(noteChange(made, event.ts));
      return;
    }
    if (held.id !== event.id && !alias.has(event.id)) {
      alias.set(event.id, held.id);
      raisedIds.set(held.id, (raisedIds.get(held.id) ?? new Set(held.active ? [held.id] : [])).add(event.id));
    } else if (raisedIds.has(held.id)) raisedIds.get(held.id)?.add(event.id);
    // Told worse while a delay runs: the delay is its own matter, how bad it is is news at once.
    const worse = event.level < (held.priority?.from ?? held.level);
    if (held.raisesAt !== undefined && held.active) {
      if (worse) change(rated({ ...held, level: event.level }, event.level));
      return;
    }
    if (held.clearsAt !== undefined) {
      // It was quiet for less than its off-delay: it never went.
      const { clearsAt: _due, clearedAt, ...rest } = held;
      if (event.ts <= (clearedAt ?? 0)) return;
      const still = { ...rest, heard: origin.heard };
      const state = held.state === 'acknowledged' ? 'unacknowledged' : held.state;
      change(worse ? rated({ ...still, level: event.level, state }, event.level) : still);
      return;
    }
    const raised = raise(held, event, origin);
    if (raised === held) return;
    const next = rated(raised, event.level);
    const isNews = risesOf(next) - next.repeats > risesOf(held) - held.repeats;
    change(risesOf(next) > risesOf(held) ? noteChange(isNews ? news(next, origin.heard) : next, event.ts) : next);
  };
  const hearCleared = (event: AlarmEvent, origin: Origin): void => {
    const held = heldFor(event);
    if (!held) {
      // Its raising may still come, out of order; of a snapshot's finished alarms nothing more will.
      if (origin.manner !== 'snapshot') change(create(event, origin));
      return;
    }
    const still = raisedIds.get(held.id);
    if (still?.delete(event.id) === true && still.size > 0) return;
    if (held.raisesAt !== undefined && held.active) {
      performance.fleeting();
      change(fleet(held, event.ts, origin));
      return;
    }
    const next = clear(held, event.ts, origin, policy.latches(held));
    if (!next) return;
    raisedIds.delete(held.id);
    const delay = held.active && isOpen(held) ? policy.offDelay(held) : 0;
    if (delay > 0) {
      change({ ...held, clearedAt: event.ts, clearsAt: (origin.heard + delay) as ReceiveTime });
      return;
    }
    change(noteChange(next, event.ts));
  };

  const forget = (record: AlarmRecord): void => {
    log.remove('alarm', record.id);
    strip.count(record.id, null);
    raisedIds.delete(record.id);
    if (newest.get(keyOf(record)) === record.id) newest.delete(keyOf(record));
  };
  const letGo = (now: ReceiveTime): void => {
    let i = 0;
    for (; i < normal.length; i += 1) {
      const over = normal[i];
      if (!over || (over.heard >= now - KEPT_MS && normal.length - i <= MOST_NORMAL)) break;
      const record = log.get('alarm', over.id);
      if (record?.state === 'normal' && record.heard <= over.heard) forget(record);
    }
    if (i === 0) return;
    normal = normal.slice(i);
    for (const [id, stands] of alias) if (!log.get('alarm', stands)) alias.delete(id);
  };

  return {
    hear: (event, origin) => {
      latest = Math.max(latest, origin.heard);
      (event.state === 'raised' ? hearRaised : hearCleared)(event, origin);
    },
    change,
    back,
    located: (device) => {
      for (const id of [...(openOn.get(device.id) ?? [])]) {
        const record = log.get('alarm', id);
        if (record?.deviceKind === null) change(onNews(rated(located(record, device))));
      }
      if (openOn.has(device.id)) setWorst(device.id);
    },
    service: (id, out) => {
      let moved = 0;
      for (const record of [...log.all('alarm')]) {
        if (record.deviceId !== id) continue;
        const next = out ? (isOpen(record) ? setAside(record, OUT_OF_SERVICE) : record) : bringBack(record);
        if (next === record || (!out && record.suppressedBy !== OUT_OF_SERVICE)) continue;
        if (out) change(next);
        else back(next);
        moved += 1;
      }
      return moved;
    },
    withGroup: (id) => [id, ...groups.membersOf(id)],
    contact: (source, epoch) => {
      for (const record of [...log.all('alarm')]) {
        if (record.source !== source || !record.active || record.state === 'normal') continue;
        const contactLost = epoch === null || record.epoch !== epoch;
        if (record.contactLost !== contactLost) change({ ...record, contactLost });
      }
    },
    open: () => openCount,
    tick: (now) => {
      latest = Math.max(latest, now);
      clock.tick(now);
      letGo(now);
    },
    settle: (now) => strip.settle(now),
    announced: strip.announced,
    restore: (now, announced) => {
      const all = [...log.all('alarm')].sort((a, b) => a.at - b.at);
      for (const record of all) {
        if (record.groupedUnder === undefined) groups.restore(record);
        newest.set(keyOf(record), record.id);
        index(undefined, record);
      }
      for (const record of all) if (record.groupedUnder !== undefined) groups.restore(record);
      normal.sort((a, b) => a.heard - b.heard);
      strip.restore(now, announced);
    },
  };
};
