/**
 * What stands at the end of a shift.
 *
 * Owns: the sums of the handover, the same for the wall and for paper. Guarantees: counted as the bridge counts them when it
 *   keeps a handover. Refuses: words.
 */
import { isOpen } from '../../../native-bridge/contract/records.ts';
import { useCollection, useView } from '../../store/hooks.ts';

export const useStanding = () => {
  const mutedUntil = useView((view) => view.mutedUntil);
  const alarms = [...useCollection('alarm').values()];
  const open = alarms.filter(isOpen);
  const incidents = [...useCollection('incident').values()]
    .filter(({ status }) => status !== 'closed')
    .sort((a, b) => a.level - b.level || b.at - a.at);
  const orders = [...useCollection('order').values()].filter(({ status }) => status === 'waiting' || status === 'sent');
  const tasks = [...useCollection('task').values()].filter(({ unanswered }) => unanswered !== undefined);
  const services = useCollection('service').size;
  const signed = [...useCollection('handover').values()].sort((a, b) => b.at - a.at);
  // Since the last handover that both signed; without one, all that is known.
  const since = signed.find(({ incoming }) => incoming)?.incoming?.at ?? 0;
  const settings = [...useCollection('setting').values()].filter(({ at }) => at > since);
  const inState = (wanted: 'shelved' | 'suppressed'): number => alarms.filter(({ state }) => state === wanted).length;
  const counts = [
    { what: 'alarms', value: open.length },
    { what: 'unacknowledged', value: open.filter(({ state }) => state !== 'acknowledged').length },
    { what: 'incidents', value: incidents.length },
    { what: 'unanswered', value: orders.length + tasks.length },
    { what: 'shelved', value: inState('shelved') },
    { what: 'suppressed', value: inState('suppressed') },
    { what: 'outOfService', value: services },
  ] as const;
  return { counts, alarms, incidents, orders, tasks, settings, signed, mutedUntil };
};
