/**
 * The acts a chosen alarm offers, each with its key.
 *
 * Owns: the row of buttons. Guarantees: the same acts as the keys, through the same desk; only what makes sense for the
 * alarm is offered. Refuses: to show an act as done.
 */
import { useDesign } from '../../design/design.tsx';
import type { Words } from '../../design/locale/words.ts';
import type { AlarmRecord } from '../../../native-bridge/contract/records.ts';
import { isUnacknowledged } from '../../store/alarm-list.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useIsPast } from '../../store/hooks.ts';

interface Act {
  key: string;
  act: keyof Words['act'];
  run: () => void;
}

export const Acts = ({ alarm }: { alarm: AlarmRecord }) => {
  const desk = deskOf(useFengsui());
  const isPast = useIsPast();
  const { words } = useDesign();
  const ebike = alarm.type === 'e-bike';
  const remindable =
    alarm.buildingId !== undefined && ['e-bike', 'unattended', 'low-pressure', 'low-level'].includes(alarm.type);
  const acts: (Act | false)[] = [
    isUnacknowledged(alarm) && { key: 'A', act: 'acknowledge', run: desk.acknowledge },
    { key: 'C', act: 'confirm', run: () => desk.verdict('e-bike') },
    ebike && { key: 'B', act: 'bicycle', run: () => desk.verdict('bicycle') },
    ebike && { key: 'S', act: 'stroller', run: () => desk.verdict('stroller') },
    ebike && { key: 'W', act: 'wheelchair', run: () => desk.verdict('wheelchair') },
    !ebike && { key: 'X', act: 'false', run: desk.falseAlarm },
    remindable && { key: 'R', act: 'remind', run: desk.remind },
    alarm.type !== 'fire' && { key: 'Z', act: 'shelve', run: desk.duty.askShelve },
    { key: "'", act: 'hazard', run: desk.duty.askHazard },
    alarm.incidentId === undefined && { key: 'I', act: 'incident', run: desk.incident },
  ];
  return (
    <div className="acts">
      {acts
        .filter((one) => one !== false)
        .map(({ key, act, run }) => (
          <button
            key={key}
            type="button"
            aria-disabled={isPast}
            onClick={run}
            data-testid={`act-${act}`}
            title={words.key[act]}
          >
            <kbd>{key}</kbd>
            {words.act[act]}
          </button>
        ))}
    </div>
  );
};
