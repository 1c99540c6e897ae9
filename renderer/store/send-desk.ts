/**
 * Sending units: laid out by one key, sent by a second, so that nobody is sent by a slip of the hand.
 *
 * Owns: what is laid out. Guarantees: K4 only what stands laid out on the wall is sent, to the incident it was laid out for;
 *   it lapses after `ARMED_MS`, with another selection, and with the contact to the bridge.
 * Refuses: to choose by itself; the bridge's advice does, and the hand that changes it.
 */
import type { IncidentId, UnitId } from '../../native-bridge/contract/brand.ts';
import type { AdviceRecord } from '../../native-bridge/contract/forces-records.ts';
import type { DeskStore } from './hooks.ts';

/** House rule: long enough to read eight callsigns, short enough not to be forgotten. */
export const ARMED_MS = 20_000;

export interface SendDesk {
  /** Lays out what is advised; when it lies there already, sends it. */
  readonly dispatch: () => void;
  /** Sends what is laid out. False when nothing is. */
  readonly confirm: () => boolean;
  /** Takes it back. False when nothing was laid out. */
  readonly cancel: () => boolean;
  /** Adds a unit to what is laid out, or takes it out; lays out the advice first when nothing is. */
  readonly toggle: (unit: UnitId) => void;
}

/** The incident that is looked at: chosen itself, or by its alarm. */
export const incidentInView = ({ world, view }: Pick<DeskStore, 'world' | 'view'>): IncidentId | undefined => {
  const { selection } = view.getState();
  if (selection?.kind === 'incident') return selection.id;
  if (selection?.kind === 'alarm') return world.get('alarm', selection.id)?.incidentId;
  if (selection?.kind === 'unit') return world.get('unit', selection.id)?.incidentId;
  return undefined;
};
export const chosenUnits = (advice: AdviceRecord | undefined): UnitId[] =>
  (advice?.units ?? []).filter(({ chosen }) => chosen).map(({ unitId }) => unitId);

export const createSendDesk = (
  { world, view }: DeskStore,
  send: (incidentId: IncidentId, unitIds: UnitId[]) => void,
  nothing: () => void,
): SendDesk => {
  const armed = () => {
    const { armed: held, connection } = view.getState();
    const holds = held !== null && connection === 'open' && world.now() - held.at < ARMED_MS;
    return holds && incidentInView({ world, view }) === held.incidentId ? held : null;
  };
  const lay = (incidentId: IncidentId, unitIds: readonly UnitId[]): void => {
    const at = world.now();
    view.setState({ armed: unitIds.length === 0 ? null : { incidentId, unitIds, at } });
    setTimeout(() => {
      if (view.getState().armed?.at === at) view.setState({ armed: null });
    }, ARMED_MS);
  };
  view.subscribe((now, before) => {
    if (
      now.armed !== null &&
      now.selection !== before.selection &&
      incidentInView({ world, view }) !== now.armed.incidentId
    )
      view.setState({ armed: null });
  });
  const confirm = (): boolean => {
    const held = armed();
    if (!held) return false;
    view.setState({ armed: null });
    send(held.incidentId, [...held.unitIds]);
    return true;
  };
  return {
    confirm,
    dispatch: () => {
      if (confirm()) return;
      const incidentId = incidentInView({ world, view });
      const units = incidentId === undefined ? [] : chosenUnits(world.get('advice', incidentId));
      if (incidentId === undefined || units.length === 0) nothing();
      else lay(incidentId, units);
    },
    cancel: () => {
      if (view.getState().armed === null) return false;
      view.setState({ armed: null });
      return true;
    },
    toggle: (unit) => {
      const incidentId = incidentInView({ world, view });
      if (incidentId === undefined) return nothing();
      const laid = armed()?.unitIds ?? chosenUnits(world.get('advice', incidentId));
      lay(incidentId, laid.includes(unit) ? laid.filter((id) => id !== unit) : [...laid, unit]);
    },
  };
};
