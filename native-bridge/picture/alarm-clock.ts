/**
 * What time alone makes of alarms: delays that end, shelving that runs out, rules whose hour is over, calling again,
 * chattering that has calmed.
 *
 * Owns: which alarms wait for time. Guarantees: a look costs what waits, not what there is; an alarm that comes back on
 *   the list comes back unacknowledged. Refuses: to write records; what it decides is handed to `alarms.ts`.
 */
import type { AlarmId, ReceiveTime } from '../contract/brand.ts';
import type { AlarmRecord } from '../contract/records.ts';
import type { AlarmPolicy } from './alarm-policy.ts';
import { bringBack, callAgain, clear, letRise, unshelve } from './alarm-state.ts';
import { MINUTE } from './desk.ts';

/** ISA-18.2: changes within five minutes count for chattering. */
export const CHATTER_WINDOW_MS = 5 * MINUTE;

export interface AlarmClock {
  /** After each change of an alarm. */
  readonly note: (record: AlarmRecord) => void;
  readonly tick: (now: ReceiveTime) => void;
}
export interface AlarmClockDoor {
  get: (id: AlarmId) => AlarmRecord | undefined;
  policy: AlarmPolicy;
  change: (record: AlarmRecord) => void;
  /** It stood aside and its time is over. */
  back: (record: AlarmRecord) => void;
  /** It is news now. */
  call: (record: AlarmRecord, now: ReceiveTime) => void;
}

export const createAlarmClock = ({ get, policy, change, back, call }: AlarmClockDoor): AlarmClock => {
  const waiting = new Set<AlarmId>();
  const callsAgainAt = ({ state, active, acknowledged, confirmed, ...rest }: AlarmRecord): number | null => {
    if (state !== 'acknowledged' || !active || !acknowledged || confirmed) return null;
    const after = policy.callsAgainAfter({ state, active, ...rest });
    return after === null ? null : acknowledged.at + after;
  };
  const waits = (record: AlarmRecord): boolean =>
    record.raisesAt !== undefined ||
    record.clearsAt !== undefined ||
    record.chattering === true ||
    record.state === 'shelved' ||
    record.state === 'suppressed' ||
    callsAgainAt(record) !== null;

  const look = (record: AlarmRecord, now: ReceiveTime): void => {
    const { raisesAt, clearsAt, clearedAt } = record;
    if (raisesAt !== undefined) {
      if (raisesAt <= now) call(letRise(record), now);
      return;
    }
    if (clearsAt !== undefined && clearsAt <= now) {
      const { clearsAt: _due, ...rest } = record;
      const origin = { source: record.source, epoch: record.epoch ?? '', heard: now, manner: 'live' } as const;
      const over = clear(rest, clearedAt ?? record.at, origin, policy.latches(record));
      change(over ?? rest);
      return;
    }
    if (record.chattering === true && now - (record.recent?.at(-1) ?? 0) > CHATTER_WINDOW_MS) {
      change({ ...record, recent: [], chattering: false });
      return;
    }
    if (record.state === 'shelved') {
      const over = (record.shelvedUntil ?? 0) <= now ? unshelve(record) : null;
      if (over) back(over);
      return;
    }
    if (record.state === 'suppressed') {
      if (policy.suppressedBy(record, now) === null) back(bringBack(record));
      return;
    }
    const again = callsAgainAt(record);
    if (again !== null && again <= now) change(callAgain(record, now));
  };

  return {
    note: (record) => {
      if (waits(record)) waiting.add(record.id);
      else waiting.delete(record.id);
    },
    tick: (now) => {
      for (const id of waiting) {
        const record = get(id);
        if (record) look(record, now);
        else waiting.delete(id);
      }
    },
  };
};
