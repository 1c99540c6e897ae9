/**
 * Beside the tasks of an incident: in whose hand it is and who looks at it, its plan, calls by name, what it affects.
 *
 * Owns: these parts of the incident desk. Guarantees: P4; an open item of a list is in sight until it is ticked off, a call
 *   until it is acknowledged; what is not on file is said not to be. Refuses: to estimate people.
 */
import { useDesign } from '../../design/design.tsx';
import { actor, word } from '../../design/locale/words.ts';
import { cameraId, type BuildingId } from '../../../native-bridge/contract/brand.ts';
import type { IncidentRecord, TaskRecord } from '../../../native-bridge/contract/records.ts';
import type { Building } from '../../../native-bridge/contract/site-files.ts';
import { metresBetween } from '../../../native-bridge/contract/site-read.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useSiteBook } from '../../store/hooks.ts';
import { plansOf, recipientsOf } from '../../store/linkage-desk.ts';
import { floorsText } from './floors-text.ts';
import { floorsOf } from './residents-data.ts';
import { ResidentsLine } from './residents.tsx';

/** House rule: cameras that may show it, and neighbours that may be touched by it; metres. */
const CAMERA_METRES = 400;
const NEIGHBOUR_METRES = 50;
const MOST_CAMERAS = 3;
const OUTSIDE: ReadonlySet<string> = new Set(['lookout', 'fire']);

export const InHand = ({ incident }: { incident: IncidentRecord }) => {
  const { words, format } = useDesign();
  const { duty } = deskOf(useFengsui());
  const isMine = incident.owner?.by === duty.linkage.me();
  const lookers = [...useCollection('looker').values()].filter((one) => one.incidentId === incident.id);
  const { owner } = incident;
  /** By position; with the window's own name where that says more. */
  const looker = ({ window, role }: (typeof lookers)[number]): string => {
    const position = word(words.access.role, role);
    return word(words.access.role, window) === position
      ? position
      : `${position} ${word(words.linkage.window, window)}`;
  };
  return (
    <p className="duty-hand" data-testid="in-hand" data-owner={owner?.by ?? ''}>
      <button
        type="button"
        className="duty-button"
        onClick={() => duty.linkage.own(incident.id, !isMine)}
        aria-pressed={isMine}
      >
        {owner ? (
          <>
            {words.linkage.owner} <span className="value">{actor(words, owner.by)}</span> {format.minute(owner.at)}
          </>
        ) : (
          words.linkage.noOwner
        )}
      </button>
      <span className="cut" data-testid="lookers" data-count={lookers.length}>
        {words.linkage.looking} <span className="value">{lookers.map(looker).join('、') || '—'}</span>
      </span>
      <button type="button" className="duty-button" onClick={duty.askMerge} data-testid="act-merge">
        <kbd>F7</kbd>
        <span className="duty-word">{words.ask.merge.title}</span>
      </button>
      <button type="button" className="duty-button" onClick={duty.askLinkage}>
        <kbd>;</kbd>
        <span>{words.linkage.menu}</span>
      </button>
    </p>
  );
};

export const PlanLists = ({ incident }: { incident: IncidentRecord }) => {
  const { words, locale } = useDesign();
  const { world } = useFengsui();
  const { duty } = deskOf(useFengsui());
  const ticks = useCollection('tick');
  const plans = plansOf(world, incident);
  const isDone = (plan: string, item: string): boolean => ticks.get(`${incident.id}/${plan}/${item}`)?.done === true;
  return (
    <section className="duty-plan" aria-label={words.linkage.plan} data-testid="plan">
      <h3>
        {words.linkage.plan}
        <span className="quiet cut">{plans.map((plan) => plan.name[locale]).join(' · ') || words.linkage.noPlan}</span>
      </h3>
      {plans.flatMap((plan) =>
        plan.lists.map((list) => {
          const open = list.items.filter((item) => !isDone(plan.id, item.id));
          return (
            <p key={`${plan.id}/${list.id}`} className="duty-list" data-open={open.length}>
              <span className="value">
                {list.name[locale]} {list.items.length - open.length}/{list.items.length}
              </span>
              {open.map((item) => (
                <button
                  key={item.id}
                  type="button"
                  className="duty-item"
                  data-item={item.id}
                  onClick={() => duty.linkage.tick(incident.id, plan.id, item.id)}
                >
                  ☐ {item.name[locale]}
                </button>
              ))}
            </p>
          );
        }),
      )}
    </section>
  );
};

/** The newest call to a person: a second one follows a first that was not answered. */
const callTo = (tasks: Iterable<TaskRecord>, incidentId: string, recipient: string): TaskRecord | undefined => {
  let newest: TaskRecord | undefined;
  for (const task of tasks)
    if (task.incidentId === incidentId && task.recipient === recipient && (task.sentAt ?? 0) >= (newest?.sentAt ?? 0))
      newest = task;
  return newest;
};

export const Calls = ({ incident }: { incident: IncidentRecord }) => {
  const { words, format, locale } = useDesign();
  const { world } = useFengsui();
  const { duty } = deskOf(useFengsui());
  const tasks = useCollection('task', 500);
  const people = recipientsOf(plansOf(world, incident));
  if (people.length === 0) return null;
  return (
    <section className="duty-calling" aria-label={words.linkage.calls} data-testid="calls">
      <h3>{words.linkage.calls}</h3>
      <ol className="duty-calls">
        {people.map((person) => {
          const call = callTo(tasks.values(), incident.id, person.id);
          const at = (status: 'sent' | 'received' | 'done'): string =>
            call?.reached?.[status] === undefined ? '' : format.minute(call.reached[status]);
          return (
            <li key={person.id} data-recipient={person.id} data-status={call?.status ?? 'none'}>
              <span className="cut">
                {person.role[locale]} <span className="value">{person.name}</span>
              </span>
              {!call && (
                <button
                  type="button"
                  className="duty-button"
                  onClick={() => duty.linkage.call(incident.id, person, `叫应：${incident.title}`)}
                >
                  {words.linkage.notCalled}
                </button>
              )}
              {call?.unanswered !== undefined && (
                <span className="plate">
                  {call.unanswered === 2 ? words.desk.escalated : words.desk.call.unanswered}
                </span>
              )}
              {call?.status === 'refused' && <span className="plate">{words.desk.call.refused}</span>}
              {call && (
                <span>
                  {words.linkage.called} {at('sent')}
                  {at('received') !== '' && ` · ${words.linkage.answeredAt} ${at('received')}`}
                  {at('done') !== '' && ` · ${words.linkage.acknowledgedAt} ${at('done')}`}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
};

/** Plan and calls as counts, for a wall that is seen from afar. */
export const Brief = ({ incident }: { incident: IncidentRecord }) => {
  const { words, locale } = useDesign();
  const { world } = useFengsui();
  const ticks = useCollection('tick');
  const tasks = useCollection('task', 500);
  const plans = plansOf(world, incident);
  const people = recipientsOf(plans);
  const acknowledged = people.filter(({ id }) => callTo(tasks.values(), incident.id, id)?.status === 'done').length;
  return (
    <p className="duty-brief" data-testid="brief">
      {people.length > 0 && (
        <span>
          {words.linkage.calls} <span className="value">{`${acknowledged}/${people.length}`}</span>
        </span>
      )}
      {plans.flatMap((plan) =>
        plan.lists.map(({ id, name, items }) => (
          <span key={`${plan.id}/${id}`} className="cut">
            {name[locale]}{' '}
            <span className="value">
              {`${items.filter((item) => ticks.get(`${incident.id}/${plan.id}/${item.id}`)?.done === true).length}/${items.length}`}
            </span>
          </span>
        )),
      )}
    </p>
  );
};

export const Affected = ({ incident }: { incident: IncidentRecord }) => {
  const { words, format, locale } = useDesign();
  const { view } = useFengsui();
  const buildings: readonly Building[] | null = useSiteBook('buildings');
  const cameras = useSiteBook('cameras');
  const alarms = useCollection('alarm', 1000);
  const place = [incident.lon, incident.lat] as const;
  const building = buildings?.find(({ id }) => id === incident.buildingId);
  const floors = floorsOf(incident, alarms);
  const lowest = Math.min(...floors);
  const above = building && floors.length > 0 ? building.floors - lowest : 0;
  const around = (buildings ?? []).filter(
    ({ id, centre }) => id !== incident.buildingId && metresBetween(centre, place) <= NEIGHBOUR_METRES,
  ).length;
  const isIn = (id: BuildingId | string | undefined): boolean => id !== undefined && id === incident.buildingId;
  const seeing = (cameras ?? [])
    .map((camera) => ({ camera, metres: isIn(camera.buildingId) ? 0 : metresBetween([camera.lon, camera.lat], place) }))
    // A neighbour's cab or hall shows nothing of it.
    .filter(({ camera, metres }) => metres <= CAMERA_METRES && (metres === 0 || OUTSIDE.has(camera.kind)))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, MOST_CAMERAS);
  return (
    <>
      <p className="duty-affected" data-testid="affected">
        <span className="quiet">{words.linkage.affected}</span>
        {floors.length > 0 && <span className="value">{words.linkage.alarmFloors(floorsText(floors))}</span>}
        {above > 0 && <span>{words.linkage.above(above)}</span>}
        <span>{words.linkage.addresses(around, format.metres(NEIGHBOUR_METRES))}</span>
        {incident.residents ? null : building?.people === undefined && building?.households === undefined ? (
          <span className="quiet">{words.linkage.noPeople}</span>
        ) : (
          <span className="value" data-testid="people">
            {[
              building.people !== undefined && words.linkage.people(format.count(building.people)),
              building.households !== undefined && words.linkage.households(format.count(building.households)),
            ]
              .filter((part) => part !== false)
              .join(' · ')}
          </span>
        )}
        <span className="quiet">{seeing.length === 0 ? words.linkage.noCameras : words.linkage.cameras}</span>
        {seeing.map(({ camera }) => (
          <button
            key={camera.id}
            type="button"
            className="duty-item"
            onClick={() => view.setState({ pinnedCamera: cameraId(camera.id) })}
          >
            {camera.name[locale]}
          </button>
        ))}
      </p>
      <ResidentsLine incident={incident} acts />
    </>
  );
};
