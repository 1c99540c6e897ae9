/**
 * The shape of every command's arguments.
 *
 * Owns: these schemas. Guarantees: a command without one does not compile; lengths are bounded.
 * Refuses: to know whether what is named exists; the picture does.
 */
import { Type, type TSchema } from 'typebox';
import { SUSPICIONS } from '../contract/linkage-records.ts';
import type { ActName } from '../contract/port.ts';
import { DrawSchema } from '../contract/sketch.ts';
import { TOLD } from '../contract/site-plans.ts';

const id = Type.String({ minLength: 1, maxLength: 128 });
const words = (max: number) => Type.String({ maxLength: max });
const units = Type.Array(id, { minItems: 1, maxItems: 200 });
const oneOf = (...names: string[]) => Type.Enum(names);
export const SHAPES: Readonly<Record<ActName, TSchema>> = {
  acknowledge: Type.Object({ alarmIds: Type.Array(id, { minItems: 1, maxItems: 10_000 }) }),
  confirm: Type.Object({ alarmId: id, verdict: oneOf('true', 'false', 'test'), text: Type.Optional(words(2000)) }),
  shelve: Type.Object({ alarmId: id, minutes: Type.Number(), reason: words(500) }),
  unshelve: Type.Object({ alarmId: id }),
  verdict: Type.Object({
    cameraId: id,
    detectionId: id,
    is: oneOf('e-bike', 'bicycle', 'stroller', 'wheelchair', 'person', 'none'),
  }),
  remind: Type.Object({ buildingId: id, about: oneOf('e-bike', 'unattended', 'door-held', 'low-pressure') }),
  holdDoor: Type.Object({ elevatorId: id, hold: Type.Boolean() }),
  openIncident: Type.Object({ alarmId: id, title: Type.Optional(words(500)) }),
  dispatch: Type.Object({ incidentId: id, unitIds: units }),
  task: Type.Object({
    incidentId: id,
    department: words(128),
    action: words(500),
    dueMinutes: Type.Optional(Type.Number()),
    recipient: Type.Optional(words(128)),
  }),
  receipt: Type.Object({ taskId: id, status: oneOf('received', 'en-route', 'on-scene', 'done', 'refused') }),
  recall: Type.Object({ incidentId: id, unitIds: units }),
  divert: Type.Object({ incidentId: id, from: id, unitIds: units }),
  moveUp: Type.Object({ unitId: id, placeId: id }),
  workOrder: Type.Object({
    alarmId: id,
    department: words(128),
    action: words(500),
    dueMinutes: Type.Optional(Type.Number()),
  }),
  notify: Type.Object({ alarmId: id, to: oneOf(...TOLD) }),
  tick: Type.Object({ incidentId: id, planId: id, itemId: id, done: Type.Boolean() }),
  draw: DrawSchema,
  erase: Type.Object({ sketchId: words(300) }),
  own: Type.Object({ incidentId: id, mine: Type.Boolean() }),
  outOfService: Type.Object({ deviceId: id, reason: words(500) }),
  inService: Type.Object({ deviceId: id }),
  merge: Type.Object({ into: id, from: id }),
  split: Type.Object({ alarmId: id }),
  suspend: Type.Object({ incidentId: id, reason: Type.Union([oneOf(...SUSPICIONS), Type.Null()]) }),
  linkReport: Type.Object({ incidentId: id, repeatOf: Type.Union([id, Type.Null()]) }),
  handover: Type.Object({
    as: oneOf('outgoing', 'incoming'),
    name: words(64),
    note: words(2000),
    mutedUntil: Type.Number(),
    id: Type.Optional(id),
  }),
  reveal: Type.Object({ incidentId: id }),
  closeRoads: Type.Object({
    edges: Type.Array(Type.Integer({ minimum: 0, maximum: 10_000_000 }), { minItems: 1, maxItems: 10_000 }),
    factor: Type.Union([Type.Number({ minimum: 1, maximum: 100 }), Type.Null()]),
    reason: words(500),
  }),
};
