/**
 * The log of an incident, in words.
 *
 * Owns: how a line of it reads. Guarantees: the log is the bridge's, newest first on the wall, and says how many lines are older
 *   than those in sight and turns to them. Refuses: to change a line.
 */
import { useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import { useRowFit } from '../../design/row-fit.ts';
import { pastWords } from '../../design/locale/past.ts';
import { actor, word, type Words } from '../../design/locale/words.ts';
import type { EntryRecord } from '../../../native-bridge/contract/duty-records.ts';
import type { IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { deskOf } from '../../store/desk.ts';
import { useCallsigns, useCollection, useFengsui } from '../../store/hooks.ts';
import { recipientsOf } from '../../store/linkage-desk.ts';

/** Of one incident, as it happened. */
export const useEntries = (incidentId: IncidentRecord['id']): EntryRecord[] =>
  [...useCollection('entry').values()]
    .filter((entry) => entry.incidentId === incidentId)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

/** `name`: of a department, a person of the plan, somebody told, or what is no id at all. */
const told = (entry: EntryRecord, words: Words, name: (id: string) => string): string => {
  const { kind, what, text, who } = entry;
  const parts: (string | undefined)[] = [];
  if (kind === 'status') parts.push(word(words.incident.status, what));
  else if (kind === 'alarm') parts.push(word(words.alarm.type, what), who);
  else if (kind === 'order')
    parts.push(word(words.order.type, text ?? ''), who && name(who), word(words.order.status, what));
  else if (kind === 'act')
    parts.push(word({ ...words.order.type, ...words.desk.act }, what), text && word(words.alarm.verdict, text), who);
  else if (kind === 'call') parts.push(name(who ?? ''), word(words.desk.call, what));
  else if (kind === 'report') parts.push(word(words.desk.report, what), text && word(words.desk.suspicion, text));
  else if (kind === 'unit') parts.push(name(who ?? ''), word({ ...words.forces.status, ...words.desk.unit }, what));
  else {
    const said = { ...words.task, unanswered: words.desk.unanswered, escalated: words.desk.escalated };
    parts.push(name(who ?? ''), word(said, what), text);
  }
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
};

/** Tells a line with the names of this site. */
export const useTold = (): ((entry: EntryRecord) => string) => {
  const { words, locale } = useDesign();
  const site = useFengsui().world.site();
  const callsigns = useCallsigns();
  const people = recipientsOf(site?.duty?.plans ?? []);
  const name = (id: string): string => {
    const callsign = callsigns(id);
    if (callsign) return callsign[locale];
    const person = people.find((one) => one.id === id);
    if (person) return `${person.role[locale]} ${person.name}`;
    const said = { ...words.linkage.to, ...words.linkage.about, ...words.task };
    return site?.departments.find((one) => one.id === id)?.[locale] ?? word(said, id);
  };
  return (entry) => told(entry, words, name);
};

export const Log = ({ incident }: { incident: IncidentRecord }) => {
  const store = useFengsui();
  const { words, format, locale } = useDesign();
  const entries = useEntries(incident.id).reverse();
  const { list, fit } = useRowFit(12, entries.length > 0);
  // Of a log that is longer than its room, how many sheets back.
  const [sheet, setSheet] = useState(0);
  const from = sheet * fit < entries.length ? sheet * fit : 0;
  const older = Math.max(0, entries.length - from - fit);
  const tell = useTold();
  return (
    <section className="duty-log" aria-label={words.desk.log}>
      <h3>
        {words.desk.log}
        {older > 0 && (
          <button
            type="button"
            className="duty-item"
            onClick={() => setSheet(Math.floor(from / fit) + 1)}
            data-testid="log-earlier"
          >
            {words.desk.earlier(older)}
          </button>
        )}
        {from > 0 && (
          <button type="button" className="duty-button" onClick={() => setSheet(0)} data-testid="log-newest">
            {words.desk.newer(from)}
          </button>
        )}
      </h3>
      <ol ref={list} data-testid="incident-log" data-entries={entries.length}>
        {entries.slice(from, from + fit).map((entry) => (
          <li key={entry.id} data-kind={entry.kind} data-what={entry.what}>
            <button
              type="button"
              className="moment"
              title={pastWords[locale].goThere}
              onClick={() => deskOf(store).past.go(entry.at)}
            >
              <time>{format.clock(entry.at)}</time>
            </button>
            <span className="duty-kind">{words.desk.entry[entry.kind]}</span>
            <span className="cut value">{tell(entry)}</span>
            {entry.by !== undefined && <span className="quiet">{actor(words, entry.by)}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
};
