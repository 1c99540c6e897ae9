/**
 * Whom the console tells by itself: alarms that the profile's automatic rules speak of.
 *
 * Owns: which alarm has been told of by which rule.
 * Guarantees: P17 each rising of an alarm is handed out once for each rule and each one told, also over a restart; never a
 *   test, never what is set aside or came back to life from an old journal.
 * Refuses: to send anything; the pipeline gives the orders in the console's own name.
 */
import type { AlarmId } from '../contract/brand.ts';
import { isOpen, type AlarmRecord } from '../contract/records.ts';
import type { AutomaticRule, Told } from '../contract/site-plans.ts';
import { MINUTE, type Desk } from './desk.ts';

/** Who acts when the console does so by itself. */
export const CONSOLE = 'console';

export interface Telling {
  readonly rule: string;
  readonly alarm: AlarmRecord;
  readonly to: Told;
}
export interface Automatic {
  /** Those that are due now; each is handed out once. */
  readonly due: (now: number) => Telling[];
}

/** House rule: what was heard longer ago than this is no news to anybody outside. */
const NEWS_MS = 15 * MINUTE;

export const createAutomatic = ({ log, policy }: Desk, rules: readonly AutomaticRule[]): Automatic => {
  const told = new Map<AlarmId, Set<string>>();
  const types = new Set<string>(rules.flatMap((rule) => rule.types));
  /** Orders of an earlier run say by target and word whom they told. */
  const toldBefore = (alarm: AlarmRecord, to: Told): boolean => {
    for (const { by, target, detail, at } of log.all('order'))
      if (by === CONSOLE && at >= alarm.heard && (target === alarm.id ? detail === to : target === alarm.buildingId))
        return true;
    return false;
  };
  return {
    due: (now) => {
      const due: Telling[] = [];
      if (types.size === 0) return due;
      for (const id of told.keys()) if (!log.get('alarm', id)) told.delete(id);
      for (const alarm of log.all('alarm')) {
        if (!types.has(alarm.type) || !alarm.active || !isOpen(alarm) || alarm.test === true) continue;
        if (alarm.contactLost === true || now - alarm.heard > NEWS_MS) continue;
        const keyUnit = log.get('device', alarm.deviceId)?.keyUnitId !== undefined;
        for (const rule of rules) {
          if (!rule.types.includes(alarm.type) || now - alarm.heard < (rule.afterS ?? 0) * 1000) continue;
          if (rule.kinds && (alarm.deviceKind === null || !rule.kinds.includes(alarm.deviceKind))) continue;
          if (!policy.isAt(rule.places, alarm, keyUnit)) continue;
          for (const to of rule.tell) {
            const key = `${rule.id}/${to}/${alarm.repeats}`;
            const known = told.get(alarm.id) ?? new Set();
            if (known.has(key)) continue;
            told.set(alarm.id, known.add(key));
            if (!toldBefore(alarm, to)) due.push({ rule: rule.id, alarm, to });
          }
        }
      }
      return due;
    },
  };
};
