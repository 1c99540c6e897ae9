/**
 * One alarm through its life: the ISA-18.2 / IEC 62682 states as pure functions.
 *
 * Owns: what raising, clearing, acknowledging, confirming, shelving and unshelving make of a record.
 * Guarantees: the record given is not changed; saying the same thing twice changes nothing (`null` or the same record);
 *   an older raise or clear never undoes a newer one; `rises = repeats + times it was news`.
 * Refuses: to shelve a fire.
 */
import type { EventTime, ReceiveTime } from '../contract/brand.ts';
import type { AlarmRecord } from '../contract/records.ts';
import type { AlarmEvent } from '../contract/wire.ts';
import { laterOf, type Origin } from './desk.ts';

type Told = Pick<AlarmEvent, 'ts' | 'level' | 'text' | 'values'>;

const told = (held: AlarmRecord, event: Told): AlarmRecord => ({
  ...held,
  level: event.level,
  ...(event.text === undefined ? {} : { text: event.text }),
  ...(event.values === undefined ? {} : { values: event.values }),
});
export const risesOf = (held: AlarmRecord): number => held.rises ?? held.repeats + 1;
/** Set aside by a person or a rule: heard and counted, not on the list. */
export const isAside = ({ state }: AlarmRecord): boolean =>
  state === 'shelved' || state === 'suppressed' || state === 'out-of-service';
const lastRise = (held: AlarmRecord): EventTime => held.lastAt ?? held.at;

/** It rose again while somebody still had it on the list. */
const repeated = (held: AlarmRecord, event: Told, { heard, epoch }: Origin): AlarmRecord => ({
  ...held,
  heard,
  epoch,
  rises: risesOf(held) + 1,
  repeats: held.repeats + 1,
  at: held.at < event.ts ? held.at : event.ts,
  lastAt: laterOf(lastRise(held), event.ts),
});

export const raise = (held: AlarmRecord, event: Told, origin: Origin): AlarmRecord => {
  const { heard, epoch } = origin;
  if (event.ts === held.at || event.ts === lastRise(held)) {
    // The same raising told again (snapshot, replay): what it says may be newer, that it happened is not.
    const known = !held.contactLost && held.epoch === epoch;
    return held.active && !(known && held.level === event.level)
      ? told({ ...held, epoch, contactLost: false }, event)
      : held;
  }
  if (held.active) {
    const again = repeated(held, event, origin);
    if (event.ts < lastRise(held)) return again;
    const worse = event.level < held.level && held.state === 'acknowledged';
    return told({ ...again, contactLost: false, ...(worse ? { state: 'unacknowledged' as const } : {}) }, event);
  }
  if (risesOf(held) === 0) {
    // Its clearing was heard first: it happened, and nobody saw it.
    const gone = held.clearedAt !== undefined && held.clearedAt >= event.ts;
    const { clearedAt, ...rest } = told(held, event);
    const first = { ...rest, at: event.ts, heard, epoch, rises: 1 };
    return gone && clearedAt !== undefined
      ? { ...first, clearedAt, state: 'returned-unacknowledged' }
      : { ...first, active: true, state: 'unacknowledged' };
  }
  if (held.clearedAt !== undefined && event.ts <= held.clearedAt) return repeated(held, event, origin);
  const { clearedAt: _cleared, acknowledged: _by, confirmed: _dealt, ...rest } = told(held, event);
  if (isAside(held)) return { ...repeated(rest, event, origin), active: true, contactLost: false };
  if (held.state === 'returned-unacknowledged') {
    return { ...repeated(rest, event, origin), active: true, state: 'unacknowledged', contactLost: false };
  }
  if (held.chattering === true && held.acknowledged && held.type !== 'fire') {
    // It has been seen and will not stop: counted, marked, but not announced anew.
    return {
      ...repeated(rest, event, origin),
      active: true,
      state: 'acknowledged',
      acknowledged: held.acknowledged,
      contactLost: false,
    };
  }
  return {
    ...rest,
    at: event.ts,
    lastAt: event.ts,
    heard,
    epoch,
    rises: risesOf(held) + 1,
    active: true,
    state: 'unacknowledged',
    contactLost: false,
  };
};

/** `null`: older than what is held. `latches`: seen is not enough, it stays as acknowledged until it is confirmed. */
export const clear = (
  held: AlarmRecord,
  ts: EventTime,
  { heard, epoch }: Origin,
  latches: boolean,
): AlarmRecord | null => {
  if (!held.active) {
    return held.clearedAt !== undefined && ts > held.clearedAt && risesOf(held) > 0
      ? { ...held, clearedAt: ts, heard }
      : null;
  }
  if (ts < lastRise(held)) return null;
  const cleared = { ...held, active: false, clearedAt: ts, heard, epoch, contactLost: false };
  if (held.state === 'acknowledged') return latches && !held.confirmed ? cleared : { ...cleared, state: 'normal' };
  if (held.state === 'unacknowledged') return { ...cleared, state: 'returned-unacknowledged' };
  // Nobody was called for it: it is over without anybody having to see it.
  if (held.state === 'suppressed' || held.state === 'out-of-service') return { ...cleared, state: 'normal' };
  return cleared;
};

/** `null`: there is nothing to acknowledge. */
export const acknowledge = (held: AlarmRecord, by: string, at: ReceiveTime, latches: boolean): AlarmRecord | null => {
  const acknowledged = { by, at };
  if (held.state === 'unacknowledged') return { ...held, state: 'acknowledged', acknowledged };
  if (held.state === 'returned-unacknowledged')
    return { ...held, state: latches ? 'acknowledged' : 'normal', acknowledged };
  return null;
};

/** Dealt with. It leaves the list when it is over, or when the source that raised it can no longer say so. */
export const confirm = (held: AlarmRecord, by: string, at: ReceiveTime, verdict: string): AlarmRecord => {
  const seen = { ...held, confirmed: { by, at, verdict }, acknowledged: held.acknowledged ?? { by, at } };
  if (held.state === 'normal' || isAside(held)) return seen;
  return { ...seen, state: held.active && !held.contactLost ? 'acknowledged' : 'normal' };
};

export const shelve = (
  held: AlarmRecord,
  until: ReceiveTime,
  reason: string,
  by: string,
): AlarmRecord | 'fire' | 'not-open' => {
  if (held.type === 'fire') return 'fire';
  if (held.state === 'normal' || held.state === 'suppressed' || held.state === 'out-of-service') return 'not-open';
  return { ...held, state: 'shelved', shelvedUntil: until, shelvedReason: reason, shelvedBy: by };
};

/** Back on the list if it still stands; `null` when it was not shelved. */
export const unshelve = (held: AlarmRecord): AlarmRecord | null => {
  if (held.state !== 'shelved') return null;
  const { shelvedUntil: _until, shelvedReason: _reason, shelvedBy: _by, ...rest } = held;
  return { ...rest, state: held.active ? 'unacknowledged' : 'normal' };
};

/** Why it is set aside when its device is out of service; any other word is a rule's. */
export const OUT_OF_SERVICE = 'out-of-service';
/** By a rule of the profile, or because its device is out of service. A fire stays as it is. */
export const setAside = (held: AlarmRecord, why: string): AlarmRecord =>
  held.type === 'fire'
    ? held
    : { ...held, state: why === OUT_OF_SERVICE ? 'out-of-service' : 'suppressed', suppressedBy: why };
/** The rule no longer holds, the device is back: on the list if it still stands. */
export const bringBack = (held: AlarmRecord): AlarmRecord => {
  const { suppressedBy: _why, ...rest } = held;
  return held.state === 'suppressed' || held.state === 'out-of-service'
    ? { ...rest, state: held.active ? 'unacknowledged' : 'normal' }
    : held;
};

/** On-delay: raised, nobody is called before `until`. It has not risen yet. */
export const hold = (held: AlarmRecord, until: ReceiveTime): AlarmRecord => ({
  ...held,
  state: 'normal',
  rises: risesOf(held) - 1,
  raisesAt: until,
});
/** The on-delay is over and it still stands. */
export const letRise = (held: AlarmRecord): AlarmRecord => {
  const { raisesAt: _until, ...rest } = held;
  return { ...rest, state: 'unacknowledged', rises: risesOf(held) + 1 };
};
/** Cleared within its on-delay: nobody was called. */
export const fleet = (held: AlarmRecord, ts: EventTime, { heard, epoch }: Origin): AlarmRecord => {
  const { raisesAt: _until, ...rest } = held;
  return { ...rest, active: false, clearedAt: ts, heard, epoch, contactLost: false };
};
/** Acknowledged long ago, standing, and nobody has dealt with it. */
export const callAgain = (held: AlarmRecord, now: ReceiveTime): AlarmRecord => {
  const { acknowledged: _by, ...rest } = held;
  return { ...rest, state: 'unacknowledged', reAlarmedAt: now };
};
