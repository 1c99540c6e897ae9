/**
 * What the profile wants told without anybody's key, as orders of the console's own.
 *
 * Owns: which order tells whom. Pure. Guarantees: a property office is reminded by the same order as by hand; everybody else
 *   is notified of the alarm itself. Refuses: to decide when; the picture does.
 */
import type { Commands } from '../contract/port.ts';
import type { AlarmRecord } from '../contract/records.ts';
import type { Told } from '../contract/site-plans.ts';

type About = Commands['remind']['args']['about'];
/** What a property office is reminded of. */
const ABOUT: Partial<Record<AlarmRecord['type'], About>> = {
  'e-bike': 'e-bike',
  unattended: 'unattended',
  'low-pressure': 'low-pressure',
  'low-level': 'low-pressure',
};
type Order<N extends 'remind' | 'notify'> = { name: N; args: Commands[N]['args']; by: string };

export const tellings = (
  due: readonly { alarm: Pick<AlarmRecord, 'id' | 'type' | 'buildingId'>; to: Told }[],
): (Order<'remind'> | Order<'notify'>)[] =>
  due.map(({ alarm, to }) => {
    const about = ABOUT[alarm.type];
    return to === 'property' && about !== undefined && alarm.buildingId !== undefined
      ? { name: 'remind', args: { buildingId: alarm.buildingId, about }, by: 'console' }
      : { name: 'notify', args: { alarmId: alarm.id, to }, by: 'console' };
  });
