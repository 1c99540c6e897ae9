/**
 * Who is on the floors that burn and above them, by the grid survey.
 *
 * Owns: this line of the incident desk. Guarantees: P13; what is masked stands as a range until a look at it is asked for;
 *   the day of the survey stands with it. Refuses: names.
 */
import { useDesign } from '../../design/design.tsx';
import type { IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { FEW, type ResidentsSum } from '../../../native-bridge/contract/residents.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useView } from '../../store/hooks.ts';
import { floorsText } from './floors-text.ts';
import { floorsOf, partsOf, surveyAge } from './residents-data.ts';

const MINUTE = 60_000;

/** On paper, where nothing can be asked for, without `acts`. */
export const ResidentsLine = ({ incident, acts = false }: { incident: IncidentRecord; acts?: boolean }) => {
  const { words, format } = useDesign();
  const { duty } = deskOf(useFengsui());
  const revealed = useView((view) => view.revealed);
  const now = useNow(MINUTE);
  const floors = floorsOf(incident, useCollection('alarm', 1000));
  const masked = incident.residents;
  if (!masked) return null;
  const whole = revealed?.incidentId === incident.id ? revealed.residents : undefined;
  const shown = whole ?? masked;
  const parts = partsOf(shown, floors);
  const { days, old } = surveyAge(shown, now);
  const said = ({ households, people, help }: ResidentsSum): string =>
    [
      people > 0 && households > 0 && words.linkage.households(format.count(households)),
      words.linkage.persons(format.count(people)),
    ]
      .filter((part) => part !== false)
      .join(' ') +
    (help[1] > 0 ? ` ${words.linkage.help(help[0] === help[1] ? `${help[0]}` : `${help[0]}–${help[1]}`)}` : '');
  return (
    <p className="duty-residents" data-testid="residents" data-whole={whole !== undefined}>
      {parts.map(({ which, floors: of, sum }) => (
        <span key={which} data-part={which}>
          {words.linkage.part[which](floorsText(of))} <span className="value">{said(sum)}</span>
        </span>
      ))}
      <span data-part="building">
        {words.linkage.whole} <span className="value">{said({ ...shown, help: [shown.help, shown.help] })}</span>
      </span>
      {shown.floors.length === 0 && <span className="quiet">{words.linkage.notByFloor}</span>}
      <span className={old ? 'plate outlined' : 'quiet'} data-testid="surveyed" data-old={old}>
        {words.linkage.surveyed(shown.surveyed, format.count(days))}
      </span>
      {acts && whole === undefined && masked.floors.some(({ help }) => help === null) && (
        <button type="button" className="duty-button" onClick={duty.reveal} title={words.linkage.few(FEW - 1)}>
          <kbd>F4</kbd>
          {words.access.reveal}
        </button>
      )}
    </p>
  );
};
