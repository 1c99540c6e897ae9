/**
 * Acts on the hazard that an alarm is, without an incident: a work order to a department, telling people.
 *
 * Owns: their steps. Guarantees: K5; nothing is sent before the last answer. Refuses: free text.
 */
import { useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import { TOLD } from '../../../native-bridge/contract/site-plans.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useRecord } from '../../store/hooks.ts';
import { Menu, type Answer } from './menu.tsx';

/** Hours: a hazard is no emergency. */
const DUE_IN = [24, 4, 8, 48, 72] as const;

export const HazardQuestion = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words, locale } = useDesign();
  const [alarmId] = useState(() => {
    const { selection } = store.view.getState();
    return selection?.kind === 'alarm' ? selection.id : null;
  });
  const [to, setTo] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const alarm = useRecord('alarm', alarmId);
  if (!alarm || alarmId === null) return null;
  const departments = store.world.site()?.departments ?? [];
  const department = departments.find(({ id }) => id === to);
  const about = `${words.alarm.type[alarm.type]} · ${alarm.deviceName}`;
  const menu = (key: string, question: string, answers: Answer[], choose: (id: string) => void) => (
    <Menu key={key} {...{ question, about, answers, choose }} leave={duty.closeAsk} />
  );
  if (to === null)
    return menu(
      'what',
      words.linkage.hazard,
      [
        ...TOLD.filter((one) => one === 'property' || alarm.blockId !== undefined).map((one) => ({
          id: one,
          text: `${words.linkage.told} · ${words.linkage.to[one]}`,
        })),
        ...departments.map(({ id, [locale]: text }) => ({ id, text: `${words.linkage.work} · ${text}` })),
      ].slice(0, 20),
      (id) => {
        const told = TOLD.find((one) => one === id);
        if (!told) return setTo(id);
        duty.linkage.notify(alarmId, told);
        duty.closeAsk();
      },
    );
  if (!department) return null;
  const actions = department.actions ?? [];
  if (action === null)
    return menu(
      'action',
      words.ask.action,
      [{ zh: '到场核查', en: words.linkage.defaultAction }, ...actions].map((one) => ({
        id: one.zh,
        text: one[locale],
      })),
      setAction,
    );
  return menu(
    'due',
    words.ask.due,
    DUE_IN.map((hours) => ({ id: String(hours), text: words.ask.min(hours * 60) })),
    (hours) => {
      duty.linkage.workOrder({ alarmId, department: department.id, action, dueMinutes: Number(hours) * 60 });
      duty.closeAsk();
    },
  );
};
