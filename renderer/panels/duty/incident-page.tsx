/**
 * The incident desk: where the chosen incident stands, why its alarms belong together, whom it was handed to, its log.
 *
 * Owns: its layout. Guarantees: P4; limits come from the profile and bear its name. Refuses: to change what was reported.
 */
import { useDesign } from '../../design/design.tsx';
import { actor } from '../../design/locale/words.ts';
import type { IncidentRecord, TaskRecord } from '../../../native-bridge/contract/records.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useRecord, useView } from '../../store/hooks.ts';
import { incidentInView } from '../../store/send-desk.ts';
import { ClusterReason } from './cluster-reason.tsx';
import { Affected, Brief, Calls, InHand, PlanLists } from './incident-linkage.tsx';
import { stepsOf } from './incident-data.ts';
import { Log } from './incident-log.tsx';

/** Repeat reports that stand by name; F7 offers the others. */
const MOST_REPEATS = 3;

const Steps = ({ incident }: { incident: IncidentRecord }) => {
  const { words, format } = useDesign();
  const now = useNow();
  const response = useFengsui().world.site()?.duty?.response ?? {};
  return (
    <ol className="duty-steps">
      {stepsOf(incident, response, now).map(({ status, reached, current, at, limit, over }) => (
        <li key={status} data-step={status} data-reached={reached} data-now={current} data-late={(over ?? 0) > 0}>
          <span className="act">{words.incident.status[status]}</span>
          <span className="value">{at === undefined ? '—' : format.clock(at)}</span>
          {limit !== undefined && <span className="duty-limit">{words.desk.target(format.span(limit))}</span>}
          {limit !== undefined && over !== undefined && (
            <b>{over > 0 ? words.desk.late(format.span(over)) : words.desk.left(format.span(-over))}</b>
          )}
        </li>
      ))}
    </ol>
  );
};

const Task = ({ task, now }: { task: TaskRecord; now: number }) => {
  const { words, format, locale } = useDesign();
  const site = useFengsui().world.site();
  const name = site?.departments.find((one) => one.id === task.department)?.[locale] ?? task.department;
  const open = task.status !== 'done' && task.status !== 'refused';
  return (
    <li className="duty-task" data-testid="task" data-status={task.status} data-unanswered={task.unanswered ?? 0}>
      <span className="value">{name}</span>
      <span className="cut">{task.action}</span>
      {task.unanswered !== undefined && (
        <span className="plate">{task.unanswered === 2 ? words.desk.escalated : words.desk.unanswered}</span>
      )}
      {open && task.due !== undefined && task.due < now && <span className="plate outlined">{words.desk.overdue}</span>}
      <span>{words.task[task.status]}</span>
      {task.due !== undefined && <span className="quiet">{words.desk.due(format.minute(task.due))}</span>}
    </li>
  );
};

/** Masked, but for one look that the audit keeps. */
const Caller = ({ incident }: { incident: IncidentRecord }) => {
  const { duty } = deskOf(useFengsui());
  const { words } = useDesign();
  const revealed = useView((view) => view.revealed);
  if (incident.caller === undefined) return null;
  const whole = (revealed?.incidentId === incident.id ? revealed.caller : undefined) ?? null;
  return (
    <span className="duty-caller">
      <span className="quiet">{words.access.caller}</span>
      <span className="value" data-testid="caller">
        {whole ?? incident.caller}
      </span>
      {whole === null && (
        <button type="button" className="duty-button" onClick={duty.reveal} data-testid="reveal">
          <kbd>F4</kbd>
          <span>{words.access.reveal}</span>
        </button>
      )}
    </span>
  );
};

const Desk = ({ incident }: { incident: IncidentRecord }) => {
  const store = useFengsui();
  const { duty, openSelection } = deskOf(store);
  const { words, locale } = useDesign();
  const now = useNow();
  const tasks = [...useCollection('task').values()]
    .filter((task) => task.incidentId === incident.id && task.recipient === undefined)
    .sort((a, b) => (b.unanswered ?? 0) - (a.unanswered ?? 0) || b.at - a.at);
  const all = [...useCollection('incident').values()];
  const repeats = all.filter((one) => one.repeatOf === incident.id);
  const first = all.find((one) => one.id === incident.repeatOf);
  const cluster = [...useCollection('cluster').values()].find((one) => one.incidentIds.includes(incident.id));
  const standard = store.world.site()?.duty?.response.standard;
  return (
    <div className="duty-incident" data-incident-id={incident.id}>
      <p className="duty-title">
        <span className="act cut">{incident.title}</span>
        <span className="value">{words.incident.level[incident.level]}</span>
        <span className="cut">{incident.address}</span>
        <Caller incident={incident} />
        {incident.suspended ? (
          <span className="plate outlined" data-testid="suspended">
            {words.desk.suspended(words.desk.suspicion[incident.suspended.reason], actor(words, incident.suspended.by))}
          </span>
        ) : (
          incident.suspect && <span className="plate outlined">{words.desk.suspect}</span>
        )}
        {repeats.length > 0 && <span className="plate outlined">{words.desk.repeats(repeats.length)}</span>}
      </p>
      {repeats.length > 0 && (
        <p className="duty-linked" data-testid="repeats">
          {repeats.slice(0, MOST_REPEATS).map((one) => (
            <button
              key={one.id}
              type="button"
              className="duty-button"
              data-repeat={one.id}
              onClick={() => duty.merging.link(one.id, null)}
            >
              {words.ask.merge.part(one.title)}
            </button>
          ))}
          {repeats.length > MOST_REPEATS && <span>{words.alarm.more(repeats.length - MOST_REPEATS)}</span>}
        </p>
      )}
      {first && (
        <p className="duty-linked">
          {words.desk.repeatOf}
          <button
            type="button"
            className="duty-button"
            onClick={() => openSelection({ kind: 'incident', id: first.id })}
          >
            {first.title}
          </button>
          <button type="button" className="duty-button" onClick={() => duty.merging.link(incident.id, null)}>
            {words.desk.part}
          </button>
        </p>
      )}
      <InHand incident={incident} />
      <Steps incident={incident} />
      {standard && (
        <p className="quiet duty-standard">
          {words.desk.standard} {standard[locale]}
        </p>
      )}
      {cluster && <ClusterReason cluster={cluster} acts />}
      <Affected incident={incident} />
      <div className="duty-middle">
        <div>
          <section aria-label={words.desk.tasks}>
            <h3>
              {words.desk.tasks}
              <button type="button" className="duty-button" onClick={duty.askTask}>
                <kbd>T</kbd>
                {words.key.task}
              </button>
            </h3>
            {tasks.length === 0 ? (
              <p className="quiet">{words.desk.noTasks}</p>
            ) : (
              <ol>
                {tasks.slice(0, 5).map((task) => (
                  <Task key={task.id} task={task} now={now} />
                ))}
              </ol>
            )}
            {tasks.length > 5 && <p className="value">{words.alarm.more(tasks.length - 5)}</p>}
          </section>
          <Calls incident={incident} />
        </div>
        <PlanLists incident={incident} />
      </div>
      <Brief incident={incident} />
      <Log incident={incident} />
    </div>
  );
};

export const IncidentPage = () => {
  const store = useFengsui();
  const { words } = useDesign();
  const selection = useView((view) => view.selection);
  // An alarm or a unit that is chosen may come to belong to an incident later.
  useRecord('alarm', selection?.kind === 'alarm' ? selection.id : null);
  useRecord('unit', selection?.kind === 'unit' ? selection.id : null);
  const incident = useRecord('incident', incidentInView(store) ?? null);
  return incident ? <Desk key={incident.id} incident={incident} /> : <p className="quiet">{words.desk.none}</p>;
};
