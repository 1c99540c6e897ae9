/**
 * What each command becomes on the wire.
 *
 * Owns: source, target and lifetime of the order of every command that has an upstream.
 * Guarantees: the order's `type` is the command's name and its `args` are the command's own, so that a platform reads one
 *   vocabulary; a command that is not named here is the console's own affair.
 * Refuses: to send anything.
 */
import type { ActName, Commands } from '../contract/port.ts';

/** Acts of the desk itself: nobody upstream is told. */
type Local =
  | 'outOfService'
  | 'inService'
  | 'merge'
  | 'split'
  | 'linkReport'
  | 'suspend'
  | 'handover'
  | 'tick'
  | 'own'
  | 'draw'
  | 'erase';
export type OrderedName = Exclude<ActName, 'shelve' | 'unshelve' | 'closeRoads' | 'reveal' | Local>;

interface Kind<N extends OrderedName> {
  source: 'fire-iot' | 'linkage-110';
  target: (args: Commands[N]['args']) => string;
  /** ms after which it makes no sense any more; null: never. */
  lifetime: number | null;
  /** What tells it from another of its type and target. */
  detail?: (args: Commands[N]['args']) => string;
}
const MINUTE = 60_000;

export const KINDS: { readonly [N in OrderedName]: Kind<N> } = {
  acknowledge: { source: 'fire-iot', target: ({ alarmIds }) => alarmIds[0] ?? '', lifetime: null },
  confirm: { source: 'fire-iot', target: ({ alarmId }) => alarmId, lifetime: null },
  verdict: { source: 'fire-iot', target: ({ detectionId }) => detectionId, lifetime: null },
  // House rule: who is reminded half an hour late is reminded of something that is over.
  remind: {
    ...{ source: 'fire-iot', target: ({ buildingId }) => buildingId, lifetime: 30 * MINUTE },
    detail: ({ about }) => about,
  },
  // House rule: the cab one wanted to hold is elsewhere a minute later.
  holdDoor: { source: 'fire-iot', target: ({ elevatorId }) => elevatorId, lifetime: MINUTE },
  openIncident: { source: 'linkage-110', target: ({ alarmId }) => alarmId, lifetime: null },
  dispatch: { source: 'linkage-110', target: ({ incidentId }) => incidentId, lifetime: null },
  task: {
    ...{ source: 'linkage-110', target: ({ incidentId }) => incidentId, lifetime: null },
    detail: ({ department, recipient }) => recipient ?? department,
  },
  receipt: {
    ...{ source: 'linkage-110', target: ({ taskId }) => taskId, lifetime: null },
    detail: ({ status }) => status,
  },
  recall: { source: 'linkage-110', target: ({ incidentId }) => incidentId, lifetime: null },
  divert: { source: 'linkage-110', target: ({ incidentId }) => incidentId, lifetime: null },
  // House rule: cover that was missing half an hour ago is worked out anew, not ordered late.
  moveUp: {
    source: 'linkage-110',
    target: ({ unitId }) => unitId,
    lifetime: 30 * MINUTE,
    detail: ({ placeId }) => placeId,
  },
  workOrder: {
    source: 'linkage-110',
    target: ({ alarmId }) => alarmId,
    lifetime: null,
    detail: ({ department }) => department,
  },
  notify: { source: 'fire-iot', target: ({ alarmId }) => alarmId, lifetime: 30 * MINUTE, detail: ({ to }) => to },
};
