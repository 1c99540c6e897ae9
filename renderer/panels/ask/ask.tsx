/**
 * The questions that acts need answered: why and for how long it is shelved, why out of service, whom to task with what.
 *
 * Owns: the steps of each question. Guarantees: K5; nothing is sent before the last answer. Refuses: free text: at three in
 *   the morning a number is quicker, and the reasons of a shift can be compared.
 */
import { useState } from 'react';
import { SUSPICIONS } from '../../../native-bridge/contract/linkage-records.ts';
import { useDesign } from '../../design/design.tsx';
import type { Words } from '../../design/locale/words.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useRecord, useView } from '../../store/hooks.ts';
import { incidentInView } from '../../store/send-desk.ts';
import { HazardQuestion } from './hazard-question.tsx';
import { LinkageQuestion } from './linkage-question.tsx';
import { Menu } from './menu.tsx';
import { MergeQuestion } from './merge-question.tsx';
import { Unlock } from './unlock.tsx';

type Reason = keyof Words['ask']['reason'];
const SHELVE: readonly Reason[] = ['known', 'works', 'maintenance', 'checked'];
const OUT: readonly Reason[] = ['maintenance', 'works', 'known', 'test'];
/** Minutes. */
const SHELVED_FOR = [30, 15, 60, 120, 240, 480] as const;
const DUE_IN = [15, 5, 10, 30, 60, 120] as const;

const AlarmQuestion = ({ kind }: { kind: 'shelve' | 'out' }) => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words } = useDesign();
  const [reason, setReason] = useState<Reason | null>(null);
  const selection = useView((view) => view.selection);
  const alarm = useRecord('alarm', selection?.kind === 'alarm' ? selection.id : null);
  if (!alarm) return null;
  const about = `${words.alarm.type[alarm.type]} · ${alarm.deviceName}`;
  const reasons = (kind === 'shelve' ? SHELVE : OUT).map((id) => ({ id, text: words.ask.reason[id] }));
  const why = (id: string): void => {
    const chosen = reasons.find((one) => one.id === id);
    if (!chosen) return;
    if (kind === 'shelve') return setReason(chosen.id);
    duty.outOfService(alarm.deviceId, chosen.text);
    duty.closeAsk();
  };
  if (reason === null)
    return (
      <Menu key="why" question={words.ask[kind]} about={about} answers={reasons} choose={why} leave={duty.closeAsk} />
    );
  return (
    <Menu
      key="long"
      question={words.ask.minutes}
      about={`${about} · ${words.ask.reason[reason]}`}
      answers={SHELVED_FOR.map((n) => ({ id: String(n), text: words.ask.min(n) }))}
      choose={(minutes) => {
        duty.shelve(alarm.id, Number(minutes), words.ask.reason[reason]);
        duty.closeAsk();
      }}
      leave={duty.closeAsk}
    />
  );
};

const TaskQuestion = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words, locale } = useDesign();
  // Of the moment it was asked: the task goes to that incident, whatever is chosen meanwhile.
  const [incidentId] = useState(() => incidentInView(store));
  const [to, setTo] = useState<string | null>(null);
  const [action, setAction] = useState<{ zh: string; en: string } | null>(null);
  const incident = useRecord('incident', incidentId ?? null);
  const departments = store.world.site()?.departments ?? [];
  if (!incident || incidentId === undefined) return null;
  const department = departments.find((one) => one.id === to);
  const actions = department?.actions ?? [];
  if (!department)
    return (
      <Menu
        key="whom"
        question={words.ask.task}
        about={incident.title}
        answers={departments.map((one) => ({ id: one.id, text: one[locale] }))}
        choose={setTo}
        leave={duty.closeAsk}
      />
    );
  if (!action)
    return (
      <Menu
        key="what"
        question={words.ask.action}
        about={`${department[locale]} · ${incident.title}`}
        answers={(actions.length > 0 ? actions : [{ zh: '到场处置', en: 'Go to the scene' }]).map((one) => ({
          id: one.zh,
          text: one[locale],
        }))}
        choose={(zh) => setAction(actions.find((one) => one.zh === zh) ?? { zh, en: zh })}
        leave={duty.closeAsk}
      />
    );
  return (
    <Menu
      key="when"
      question={words.ask.due}
      about={`${department[locale]} · ${action[locale]}`}
      answers={DUE_IN.map((n) => ({ id: String(n), text: words.ask.min(n) }))}
      choose={(minutes) => {
        // The departments read the district's language.
        duty.task({ incidentId, department: department.id, action: action.zh, dueMinutes: Number(minutes) });
        duty.closeAsk();
      }}
      leave={duty.closeAsk}
    />
  );
};

const SuspectQuestion = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words } = useDesign();
  // Of the moment it was asked.
  const [incidentId] = useState(() => incidentInView(store));
  const incident = useRecord('incident', incidentId ?? null);
  if (!incident) return null;
  return (
    <Menu
      question={words.ask.suspect}
      about={incident.title}
      answers={SUSPICIONS.map((id) => ({ id, text: words.desk.suspicion[id] }))}
      choose={(id) => {
        const reason = SUSPICIONS.find((one) => one === id);
        if (reason) duty.suspend(incident.id, reason);
        duty.closeAsk();
      }}
      leave={duty.closeAsk}
    />
  );
};

export const Ask = () => {
  const asked = useView((view) => view.ask);
  if (asked === null) return null;
  switch (asked) {
    case 'unlock':
      return <Unlock />;
    case 'merge':
      return <MergeQuestion />;
    case 'suspect':
      return <SuspectQuestion />;
    case 'task':
      return <TaskQuestion />;
    case 'linkage':
      return <LinkageQuestion />;
    case 'hazard':
      return <HazardQuestion />;
    default:
      return <AlarmQuestion key={asked} kind={asked} />;
  }
};
