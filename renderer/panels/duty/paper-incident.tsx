/**
 * An incident on paper: where it stands, whom it was handed to, and its whole log from the first line to the last.
 *
 * Owns: the order of its parts. Guarantees: every line of the log as the bridge has it, oldest first, each with its day.
 * Refuses: to sum up.
 */
import { useDesign } from '../../design/design.tsx';
import { actor, word } from '../../design/locale/words.ts';
import { INCIDENT_STATUSES } from '../../../native-bridge/contract/wire.ts';
import type { IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { useCallsigns, useCollection, useFengsui } from '../../store/hooks.ts';
import { plansOf, recipientsOf } from '../../store/linkage-desk.ts';
import { useEntries, useTold } from './incident-log.tsx';
import { PaperTable } from './paper-table.tsx';
import { ResidentsLine } from './residents.tsx';

export const PaperIncident = ({ incident }: { incident: IncidentRecord }) => {
  const { world } = useFengsui();
  const { words, format, locale } = useDesign();
  const site = world.site();
  const entries = useEntries(incident.id);
  const tell = useTold();
  const callsigns = useCallsigns();
  const ticks = useCollection('tick');
  const tasks = [...useCollection('task').values()]
    .filter((task) => task.incidentId === incident.id)
    .sort((a, b) => a.at - b.at);
  const people = recipientsOf(site?.duty?.plans ?? []);
  const whom = ({ recipient, department }: (typeof tasks)[number]): string => {
    const person = people.find(({ id }) => id === recipient);
    if (person) return `${person.role[locale]} ${person.name}`;
    return site?.departments.find(({ id }) => id === department)?.[locale] ?? department;
  };
  const when = (at: number): string => `${format.date(at)} ${format.clock(at)}`;
  const repeats = [...useCollection('incident').values()].filter(({ repeatOf }) => repeatOf === incident.id);
  const { paper } = words;
  return (
    <>
      <h2>{incident.title}</h2>
      <p>
        {words.incident.level[incident.level]} · {word(words.incident.kind, incident.kind)} · {incident.address} ·{' '}
        {words.incident.status[incident.status]} · {incident.id}
      </p>
      {incident.owner && (
        <p>
          {words.linkage.owner} {actor(words, incident.owner.by)} {when(incident.owner.at)}
        </p>
      )}
      <ResidentsLine incident={incident} />
      {repeats.length > 0 && (
        <p>
          {words.desk.repeats(repeats.length)}: {repeats.map(({ title }) => title).join('; ')}
        </p>
      )}
      <PaperTable
        title={paper.steps}
        columns={[{ name: paper.step, fixed: true }, { name: paper.when }]}
        rows={INCIDENT_STATUSES.flatMap((status) => {
          const at = incident.reached[status];
          return at === undefined ? [] : [{ id: status, cells: [words.incident.status[status], when(at)] }];
        })}
      />
      <PaperTable
        title={paper.units}
        columns={[{ name: paper.unit }, { name: paper.state, fixed: true }]}
        rows={incident.unitIds.map((id) => {
          const unit = world.get('unit', id);
          return { id, cells: [callsigns(id)?.[locale] ?? id, unit ? word(words.forces.status, unit.status) : ''] };
        })}
      />
      <PaperTable
        title={words.desk.tasks}
        columns={[
          { name: paper.whom },
          { name: paper.what },
          { name: paper.state, fixed: true },
          { name: paper.due, fixed: true },
        ]}
        rows={tasks.map((task) => ({
          id: task.id,
          cells: [
            whom(task),
            task.action,
            `${words.task[task.status]}${task.unanswered === undefined ? '' : ` · ${words.desk.unanswered}`}`,
            task.due === undefined ? '' : format.minute(task.due),
          ],
        }))}
      />
      {plansOf(world, incident).flatMap((plan) =>
        plan.lists.map((list) => (
          <PaperTable
            key={`${plan.id}/${list.id}`}
            title={`${plan.name[locale]} · ${list.name[locale]}`}
            columns={[{ name: paper.item }, { name: paper.state, fixed: true }, { name: paper.by, fixed: true }]}
            rows={list.items.map((item) => {
              const tick = ticks.get(`${incident.id}/${plan.id}/${item.id}`);
              const done = tick?.done === true;
              return {
                id: item.id,
                cells: [
                  item.name[locale],
                  done ? `☑ ${format.minute(tick.at)}` : '☐',
                  done ? actor(words, tick.by) : '',
                ],
              };
            })}
          />
        )),
      )}
      <PaperTable
        title={words.desk.log}
        columns={[
          { name: paper.when, fixed: true },
          { name: paper.kind, fixed: true },
          { name: paper.what },
          { name: paper.by, fixed: true },
        ]}
        rows={entries.map((entry) => ({
          id: entry.id,
          cells: [
            when(entry.at),
            words.desk.entry[entry.kind],
            tell(entry),
            entry.by === undefined ? '' : actor(words, entry.by),
          ],
        }))}
      />
    </>
  );
};
