/**
 * Incidents in hand.
 *
 * Owns: one card each, with its status line. Guarantees: worst level first, then newest; times are those the linkage gave;
 * a step nobody reported stays open. Refuses: a scroll bar; what does not fit is counted.
 */
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import type { Form } from '../../design/scale.ts';
import { Symbol } from '../../design/symbol.tsx';
import { INCIDENT_STATUSES } from '../../../native-bridge/contract/wire.ts';
import type { IncidentRecord, TaskRecord } from '../../../native-bridge/contract/records.ts';
import { isIn } from '../../store/area.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useView } from '../../store/hooks.ts';
import { inHand } from '../../store/incidents.ts';
import './incidents.css';

/** So many cards fit beside the alarms: one, and one more for every this many label sizes of height; the rest is counted. */
const roomFor = (form: Form, down: number): number =>
  form === 'wide' ? 5 : form === 'tight' ? 1 : Math.max(1, Math.floor((down - 28) / 14));
/** A step that was passed over was reached with a later one. */
const reachedStep = (incident: IncidentRecord): number => INCIDENT_STATUSES.indexOf(incident.status);

const Card = ({
  incident,
  tasks,
  now,
  chosen,
  open,
}: {
  incident: IncidentRecord;
  tasks: readonly TaskRecord[];
  now: number;
  chosen: boolean;
  open: () => void;
}) => {
  const { words, format, scale } = useDesign();
  const tight = scale.form === 'tight';
  const step = reachedStep(incident);
  return (
    <li
      className={`incident-card${chosen ? ' chosen' : ''}`}
      data-testid="incident-card"
      data-incident-id={incident.id}
      data-status={incident.status}
      aria-current={chosen}
    >
      <button type="button" onClick={open}>
        <span className="incident-first">
          <Symbol name="incident" />
          <span className="act cut">{incident.title}</span>
          <span className="value">{format.age(now - (incident.reached.reported ?? incident.at))}</span>
        </span>
        <span className="incident-second">
          <span className="value">{words.incident.level[incident.level]}</span>
          {incident.suspended && (
            <span className="plate outlined cut">{words.desk.suspicion[incident.suspended.reason]}</span>
          )}
          {tight ? (
            <span className="cut value">
              {words.incident.status[incident.status]} {format.minute(incident.reached[incident.status] ?? incident.at)}
            </span>
          ) : (
            <span className="cut">{word(words.incident.kind, incident.kind)}</span>
          )}
          {incident.unitIds.length > 0 && (
            <span className="value">{words.incident.units(incident.unitIds.length)}</span>
          )}
          {tasks.length > 0 && !tight && (
            <span>{words.incident.tasks(tasks.filter((task) => task.status === 'done').length, tasks.length)}</span>
          )}
        </span>
        {!tight && <span className="incident-where">{incident.address}</span>}
        {!tight && (
          <ol className="incident-line">
            {INCIDENT_STATUSES.slice(0, 5).map((status, i) => {
              const at = incident.reached[status];
              return (
                <li key={status} data-reached={i <= step} data-now={i === step}>
                  <span className="incident-step">{words.incident.status[status]}</span>
                  <span className="incident-time">{at === undefined ? (i <= step ? '' : '—') : format.minute(at)}</span>
                </li>
              );
            })}
          </ol>
        )}
      </button>
    </li>
  );
};

/** `room`: cards that fit where it has a place of its own. */
export const IncidentCards = ({ room }: { room?: number }) => {
  const store = useFengsui();
  const { words, scale } = useDesign();
  const area = useView((view) => view.area);
  const here = isIn(area, store.world);
  const all = inHand(useCollection('incident', 250).values());
  const open = area === null ? all : all.filter(here);
  const tasks = [...useCollection('task', 500).values()].filter(({ recipient }) => recipient === undefined);
  const selection = useView((view) => view.selection);
  const now = useNow();
  const desk = deskOf(store);
  const shown = open.slice(0, room ?? roomFor(scale.form, scale.down));
  return (
    <section
      className={`panel incidents${room === undefined ? '' : ' incidents-board'}`}
      aria-label={words.incident.title}
    >
      {(scale.form !== 'tight' || open.length === 0) && (
        <header className="panel-head">
          <h2>{words.incident.title}</h2>
          <span className="push cut">{open.length === 0 ? words.incident.none : open.length}</span>
        </header>
      )}
      <ol>
        {shown.map((incident) => (
          <Card
            key={incident.id}
            incident={incident}
            tasks={tasks.filter((task) => task.incidentId === incident.id)}
            now={now}
            chosen={selection?.kind === 'incident' && selection.id === incident.id}
            open={() => desk.openSelection({ kind: 'incident', id: incident.id })}
          />
        ))}
      </ol>
      {all.length > open.length && (
        <p className="incidents-more" data-testid="incident-elsewhere">
          {words.modes.elsewhereIncidents(String(all.length - open.length))}
        </p>
      )}
      {open.length > shown.length && (
        <p className="incidents-more">
          {words.incident.title} · {words.alarm.more(open.length - shown.length)}
        </p>
      )}
    </section>
  );
};
