/**
 * The duty part of the desk: setting alarms aside, tasks, happenings, pages, and taking back what can be taken back.
 *
 * Owns: which page, question or palette stands open, and what the last acts were.
 * Guarantees: K5 what asks for a reason asks first and acts once; K6 undo takes back the newest act that the world allows
 *   to be taken back, each once; a fire is never offered for shelving.
 * Refuses: to undo what went to a department or a crew: that needs an order of its own.
 */
import type { AlarmId, DeviceId, IncidentId } from '../../native-bridge/contract/brand.ts';
import type { Suspicion } from '../../native-bridge/contract/linkage-records.ts';
import type { CommandName, Commands } from '../../native-bridge/contract/port.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import type { DeskStore } from './hooks.ts';
import type { AskBridge } from './intents.ts';
import { createLinkageDesk } from './linkage-desk.ts';
import { createMergeDesk } from './merge-desk.ts';
import { inHand } from './incidents.ts';
import { incidentInView } from './send-desk.ts';
import type { Page } from './view.ts';

const MOST_UNDONE = 20;
/** What was unmasked is masked again after this long; ms. */
export const REVEALED_MS = 30_000;

export const createDutyDesk = (
  { world, view, intents }: DeskStore,
  ask: AskBridge,
  /** The chosen alarm, or nothing after having chosen the worst. */
  target: () => AlarmRecord | undefined,
  /** `why`: the code of a refusal that is known here already. */
  nothing: (command: CommandName | null, why?: string) => void,
  by: string,
) => {
  const done: (() => void)[] = [];
  const canUndo = (back: () => void): void => {
    done.push(back);
    if (done.length > MOST_UNDONE) done.shift();
  };
  const page = (wanted: Page): void =>
    view.setState((now) => ({ page: now.page === wanted ? null : wanted, ask: null }));
  const worstIncident = (): IncidentId | undefined => inHand(world.all('incident').values())[0]?.id;
  /** The incident in view; without one the worst is chosen, and the next press acts. */
  const incident = (): IncidentId | undefined => {
    const here = incidentInView({ world, view });
    if (here !== undefined) return here;
    const worst = worstIncident();
    if (worst === undefined) nothing('task');
    else view.setState({ selection: { kind: 'incident', id: worst } });
    return undefined;
  };

  const merging = createMergeDesk({ world, view, intents }, ask, canUndo, () => nothing('merge'));
  const isLocked = (): boolean => world.get('seat', view.getState().role)?.locked ?? false;

  return {
    canUndo,
    isLocked,
    /** Locks the acts; when they are locked, asks who is there. */
    toggleLock(): void {
      if (isLocked()) view.setState({ ask: 'unlock' });
      else ask('lock', {});
    },
    signIn: (personId: string, pin: string, done: () => void, refused: () => void): void =>
      ask('signIn', { personId, pin }, done, refused),
    /** What is personal of the incident in view, for one look. */
    reveal(): void {
      const incidentId = incident();
      if (incidentId === undefined) return;
      ask('reveal', { incidentId }, (personal) => {
        const revealed = { incidentId, ...personal };
        view.setState({ revealed });
        setTimeout(() => view.setState((now) => (now.revealed === revealed ? { revealed: null } : {})), REVEALED_MS);
      });
    },
    undo(): void {
      const back = done.pop();
      if (back) back();
      else nothing(null);
    },
    /** Opens the question for what is chosen. */
    askShelve(): void {
      const alarm = target();
      if (!alarm) return;
      if (alarm.type === 'fire') nothing('shelve', 'fire-never-shelved');
      else if (alarm.state === 'shelved') ask('unshelve', { alarmId: alarm.id });
      else view.setState({ ask: 'shelve' });
    },
    askOut(): void {
      const alarm = target();
      if (!alarm) return;
      if (world.get('service', alarm.deviceId)) ask('inService', { deviceId: alarm.deviceId });
      else view.setState({ ask: 'out' });
    },
    askTask(): void {
      if (incident() !== undefined) view.setState({ ask: 'task' });
    },
    /** The acts on the incident in view, and on the hazard that an alarm is. */
    askLinkage(): void {
      if (incident() !== undefined) view.setState({ ask: 'linkage' });
    },
    askHazard(): void {
      if (target()) view.setState({ ask: 'hazard' });
    },
    linkage: createLinkageDesk({ world, view, intents }, ask, canUndo, by),
    closeAsk: (): void => view.setState({ ask: null }),

    shelve: (alarmId: AlarmId, minutes: number, reason: string): void =>
      ask('shelve', { alarmId, minutes, reason }, () => canUndo(() => ask('unshelve', { alarmId }))),
    unshelve: (alarmId: AlarmId): void => ask('unshelve', { alarmId }),
    outOfService: (deviceId: DeviceId, reason: string): void =>
      ask('outOfService', { deviceId, reason }, () => canUndo(() => ask('inService', { deviceId }))),
    inService: (deviceId: DeviceId): void => ask('inService', { deviceId }),
    task: (args: Commands['task']['args']): void => ask('task', args),
    merging,
    /** Merges or parts what is in view: the incident, or the chosen alarm that has none. */
    askMerge(): void {
      const { selection } = view.getState();
      const here = merging.inView();
      const incidentId = here === undefined && selection?.kind !== 'alarm' ? incident() : here;
      if (incidentId !== undefined || selection?.kind === 'alarm') merging.ask(incidentId);
    },
    /** Holds the incident in view back as a suspected false call; one that is held back counts again. */
    askSuspect(): void {
      const incidentId = incident();
      if (incidentId === undefined) return;
      if (world.get('incident', incidentId)?.suspended) ask('suspend', { incidentId, reason: null });
      else view.setState({ ask: 'suspect' });
    },
    suspend: (incidentId: IncidentId, reason: Suspicion): void =>
      ask('suspend', { incidentId, reason }, () => canUndo(() => ask('suspend', { incidentId, reason: null }))),
    /** `done` with the id of what was signed, or null when it was refused. */
    handover: (args: Commands['handover']['args'], done: (id: string | null) => void): void =>
      ask(
        'handover',
        args,
        ({ id }) => done(id),
        () => done(null),
      ),

    palette: (): void => view.setState(({ palette }) => ({ palette: !palette, ask: null, help: false })),
    performance: (): void => page('performance'),
    aside: (): void => page('aside'),
    handoverPage: (): void => page('handover'),
    incidentPage(): void {
      if (view.getState().page === 'incident' || incident() !== undefined) page('incident');
      else if (worstIncident() !== undefined) page('incident');
    },
    /** Closes what stands over the scene; false when nothing did. */
    close(): boolean {
      const { ask: asked, palette, page: open } = view.getState();
      if (asked === null && !palette && open === null) return false;
      view.setState(asked !== null || palette ? { ask: null, palette: false } : { page: null });
      return true;
    },
  };
};
