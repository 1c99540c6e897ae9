/**
 * What the profile says of alarms before a person sees them: priority, suppression by design, delays, calling again.
 *
 * Owns: reading those rules for one alarm at one time. Pure.
 * Guarantees: a rule only makes an alarm worse, never milder; of several that apply the worst counts, of equals the first;
 *   no rule suppresses or delays a fire, whatever the profile says.
 * Refuses: to know states; `alarms.ts` asks at each raising and once a second.
 */
import type { AlarmRecord } from '../contract/records.ts';
import type { AlarmPlace, AlarmRules, PriorityRule, SuppressRule } from '../contract/site-duty.ts';
import { DAY, HOUR, MINUTE } from './spans.ts';

export interface AlarmPolicy {
  /** The level it has here, and by which rule, from the level the platform gave. */
  readonly priority: (alarm: AlarmRecord, keyUnit: boolean, at: number) => Pick<AlarmRecord, 'level' | 'priority'>;
  /** The rule that suppresses it at that time. */
  readonly suppressedBy: (alarm: AlarmRecord, at: number) => string | null;
  /** Whether it is at one of these places; none named: anywhere. */
  readonly isAt: (places: readonly AlarmPlace[] | undefined, alarm: AlarmRecord, keyUnit: boolean) => boolean;
  /** ms */
  readonly onDelay: (alarm: AlarmRecord) => number;
  readonly offDelay: (alarm: AlarmRecord) => number;
  /** Returned and seen is not enough: it stays until it is confirmed. */
  readonly latches: (alarm: AlarmRecord) => boolean;
  /** ms after its acknowledgement; null: it never calls again. */
  readonly callsAgainAfter: (alarm: AlarmRecord) => number | null;
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const within = (rule: { from?: string; to?: string }, at: number, utcOffsetHours: number): boolean => {
  if (rule.from === undefined && rule.to === undefined) return true;
  const now = ((at + utcOffsetHours * HOUR) % DAY) / MINUTE;
  const [from, to] = [minuteOf(rule.from ?? '00:00'), rule.to === undefined ? DAY / MINUTE : minuteOf(rule.to)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
};
const names = <T>(list: readonly T[] | undefined, one: T | null | undefined): boolean =>
  list === undefined || (one !== null && one !== undefined && list.includes(one));

export const createPolicy = (rules: AlarmRules, highRise: ReadonlySet<string>, utcOffsetHours: number): AlarmPolicy => {
  const { priority = [], suppress = [], delays = [], latch = [], reAlarmMin = {} } = rules;
  const isAt: AlarmPolicy['isAt'] = (places, alarm, keyUnit) =>
    places === undefined ||
    places.some((place) => {
      if (place === 'timber') return alarm.blockId !== undefined;
      if (place === 'key-unit') return keyUnit;
      return alarm.buildingId !== undefined && highRise.has(alarm.buildingId);
    });
  const suppresses = (rule: SuppressRule, alarm: AlarmRecord, at: number): boolean =>
    alarm.type !== 'fire' &&
    names<string>(rule.types, alarm.type) &&
    names(rule.kinds, alarm.deviceKind) &&
    names<string>(rule.buildings, alarm.buildingId) &&
    names<string>(rule.blocks, alarm.blockId) &&
    within(rule, at, utcOffsetHours);
  const delay = (alarm: AlarmRecord, which: 'onS' | 'offS'): number =>
    alarm.type === 'fire'
      ? 0
      : Math.max(0, ...delays.filter((rule) => names<string>(rule.types, alarm.type)).map((rule) => rule[which] ?? 0)) *
        1000;

  return {
    isAt,
    priority: (alarm, keyUnit, at) => {
      const told = alarm.priority?.from ?? alarm.level;
      let worst: PriorityRule | undefined;
      for (const rule of priority) {
        const better = rule.level < told && (worst === undefined || rule.level < worst.level);
        if (!better || !names(rule.types, alarm.type) || !names(rule.kinds, alarm.deviceKind)) continue;
        if (isAt(rule.places, alarm, keyUnit) && within(rule, at, utcOffsetHours)) worst = rule;
      }
      if (!worst) return { level: told };
      return { level: worst.level as AlarmRecord['level'], priority: { rule: worst.id, from: told } };
    },
    suppressedBy: (alarm, at) => suppress.find((rule) => suppresses(rule, alarm, at))?.id ?? null,
    onDelay: (alarm) => delay(alarm, 'onS'),
    offDelay: (alarm) => delay(alarm, 'offS'),
    latches: ({ type, test }) => test !== true && latch.includes(type),
    callsAgainAfter: ({ level }) => {
      const minutes = reAlarmMin[`${level}`];
      return minutes === undefined ? null : minutes * MINUTE;
    },
  };
};
