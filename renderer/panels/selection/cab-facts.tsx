/**
 * Where an elevator's cab is and what rides in it.
 *
 * Owns: these facts. Guarantees: a stale cab says how old its word is; a door held is told as the feedback it is.
 * Refuses: to say anything of a device that is no elevator.
 */
import { useDesign } from '../../design/design.tsx';
import { AGE_LIMITS } from '../../../native-bridge/contract/staleness.ts';
import { useRecord } from '../../store/hooks.ts';
import { Fact } from './facts.tsx';

export const CabFacts = ({ id, now }: { id: string; now: number }) => {
  const { words, format } = useDesign();
  const cab = useRecord('cab', id);
  if (!cab) return null;
  const age = now - cab.at;
  return (
    <>
      <Fact name={words.kind.elevator}>
        {words.place.floor(cab.floor)} · {words.cab[cab.direction]} · {words.cab[cab.door]}
        {age > AGE_LIMITS.cab.fresh && <span className="fact-age">{format.age(age)}</span>}
      </Fact>
      <Fact name={words.cab.load} minor>
        {format.value('load', cab.load)}
      </Fact>
      {cab.riders
        .filter((rider) => rider.label !== 'person')
        .map((rider) => (
          <Fact key={rider.track} name={words.selection.seen}>
            {words.cab.riding(words.label[rider.label])}
            {rider.boardedFloor !== null && ` · ${words.cab.boarded(words.place.floor(rider.boardedFloor))}`}
            <span className="fact-age">
              {words.selection.confidence} {format.percent(rider.confidence)}
            </span>
          </Fact>
        ))}
    </>
  );
};
