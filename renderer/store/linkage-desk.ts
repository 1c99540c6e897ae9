/**
 * The linkage part of the desk: in hand, plan, calls by name, units back and elsewhere, work orders, roads.
 *
 * Owns: which of these acts make sense for what is chosen. Guarantees: K7 what is offered is what the bridge would take, as
 *   far as this window knows; undo where the world allows: ticks, hands and roads, never an order to a crew or a person.
 * Refuses: to act on the past; to choose.
 */
import type { AlarmId, IncidentId, TaskId, UnitId } from '../../native-bridge/contract/brand.ts';
import type { Commands } from '../../native-bridge/contract/port.ts';
import type { IncidentRecord, TaskRecord, UnitRecord } from '../../native-bridge/contract/records.ts';
import type { RoadGraph } from '../../native-bridge/contract/site-files.ts';
import { plansFor, type Plan, type Recipient, type Told } from '../../native-bridge/contract/site-plans.ts';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';
import type { DeskStore } from './hooks.ts';
import type { AskBridge } from './intents.ts';
import type { World } from './world.ts';

export const recipientsOf = (plans: readonly Plan[]): readonly Recipient[] =>
  plans.flatMap(({ recipients = [] }) => recipients);
export const plansOf = (world: World, incident: IncidentRecord): Plan[] =>
  plansFor(world.site()?.duty?.plans ?? [], incident);

/** Tasks that an answer by telephone could move on; people that were called before departments. */
export const answerable = (world: World, incidentId: IncidentId): TaskRecord[] =>
  [...world.all('task').values()]
    .filter((task) => task.incidentId === incidentId && task.status !== 'done' && task.status !== 'refused')
    .sort((a, b) => Number(b.recipient !== undefined) - Number(a.recipient !== undefined) || a.at - b.at);
export const boundTo = (world: World, incidentId: IncidentId): UnitRecord[] =>
  [...world.all('unit').values()].filter((unit) => unit.incidentId === incidentId);
/** Units under way to an incident no worse than this one. */
export const divertible = (world: World, incident: IncidentRecord): UnitRecord[] =>
  [...world.all('unit').values()].filter(({ incidentId: bound, status }) => {
    if (bound === undefined || bound === incident.id || status === 'on-scene') return false;
    return (world.get('incident', bound)?.level ?? 4) >= incident.level;
  });

/** House rule: a street is closed where the incident can be seen from it, metres. */
export const ROAD_METRES = 400;
export interface NearRoad {
  /** Of the name, or of its one edge. */
  id: string;
  name: { zh: string; en: string } | null;
  edges: number[];
  metres: number;
}
/** Roads by name around a place, nearest first; only the parts within `ROAD_METRES`. */
export const roadsNear = ({ edges }: RoadGraph, place: readonly [number, number], most: number): NearRoad[] => {
  const found = new Map<string, NearRoad>();
  edges.forEach(({ line, name }, i) => {
    const metres = line.reduce((least, point) => Math.min(least, metresBetween(point, place)), Infinity);
    if (metres > ROAD_METRES) return;
    const id = name?.zh ?? `#${i}`;
    const road = found.get(id) ?? { id, name: name ?? null, edges: [], metres };
    road.edges.push(i);
    road.metres = Math.min(road.metres, metres);
    found.set(id, road);
  });
  return [...found.values()]
    .sort((a, b) => Number(a.name === null) - Number(b.name === null) || a.metres - b.metres)
    .slice(0, most);
};

export const createLinkageDesk = (
  { world, view }: DeskStore,
  ask: AskBridge,
  canUndo: (back: () => void) => void,
  by: string,
) => ({
  /** The name that the bridge gives to acts of this window: the person's who signed in, else the position's. */
  me: (): string => world.get('seat', view.getState().role)?.person?.name ?? by,
  own: (incidentId: IncidentId, mine: boolean): void =>
    ask('own', { incidentId, mine }, () => canUndo(() => ask('own', { incidentId, mine: !mine }))),
  tick(incidentId: IncidentId, planId: string, itemId: string): void {
    const done = world.get('tick', `${incidentId}/${planId}/${itemId}`)?.done !== true;
    const args = { incidentId, planId, itemId };
    ask('tick', { ...args, done }, () => canUndo(() => ask('tick', { ...args, done: !done })));
  },
  call: (incidentId: IncidentId, { id: recipient, department }: Recipient, action: string): void =>
    ask('task', { incidentId, department, action, recipient }),
  receipt: (taskId: TaskId, status: Commands['receipt']['args']['status']): void => ask('receipt', { taskId, status }),
  recall: (incidentId: IncidentId, unit: UnitId): void => ask('recall', { incidentId, unitIds: [unit] }),
  divert(incidentId: IncidentId, unit: UnitId): void {
    const from = world.get('unit', unit)?.incidentId;
    if (from !== undefined) ask('divert', { incidentId, from, unitIds: [unit] });
  },
  moveUp(): void {
    const [proposed] = world.all('moveup').values();
    if (proposed) ask('moveUp', { unitId: proposed.unitId, placeId: proposed.id });
  },
  workOrder: (args: Commands['workOrder']['args']): void => ask('workOrder', args),
  notify: (alarmId: AlarmId, to: Told): void => ask('notify', { alarmId, to }),
  closeRoads(edges: number[], factor: number | null, reason: string): void {
    // Each as it was: some may have been closed or slow before.
    const before = new Map<number | null, number[]>();
    for (const edge of edges) {
      const was = (world.get('closure', String(edge)) ?? { factor: 1 }).factor;
      before.set(was, [...(before.get(was) ?? []), edge]);
    }
    ask('closeRoads', { edges, factor, reason }, () =>
      canUndo(() => {
        for (const [was, same] of before) ask('closeRoads', { edges: same, factor: was, reason });
      }),
    );
  },
});
