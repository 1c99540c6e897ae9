/**
 * Owns: what the district does when a console orders something.
 * Guarantees: an accepted order changes what happens next; what cannot be done is refused with the reason.
 * Refuses: orders of unknown type, and targets that do not exist.
 */
import { TASK_STATUSES, type WireOrder } from '../../contract/wire.ts';
import type { Verdict } from '../../platform/order-book.ts';
import type { Alarms } from './alarms.ts';
import type { Incidents } from './incidents.ts';
import type { Lifts } from './lifts.ts';
import type { Ordinary } from './ordinary.ts';
import type { Rooms } from './rooms.ts';
import type { Asked, Tasks } from './tasks.ts';
import type { Vehicles } from './vehicles.ts';
import type { World } from './world.ts';
import { words } from './words.ts';

export interface Hands {
  readonly world: World;
  readonly alarms: Alarms;
  readonly ordinary: Ordinary;
  readonly rooms: Rooms;
  readonly incidents: Incidents;
  readonly lifts: Lifts;
  readonly tasks: Tasks;
  readonly vehicles: Vehicles;
}

const yes: Verdict = { accepted: true };
const no = (reason: string): Verdict => ({ accepted: false, reason });

export function obey(hands: Hands, order: WireOrder): Verdict {
  const { args, target } = order;
  const said = (name: string): string => (typeof args[name] === 'string' ? args[name] : target);
  switch (order.type) {
    case 'acknowledge':
      return acknowledge(hands, namesIn(args['alarmIds'], said('alarmId')));
    case 'confirm':
      return confirm(hands, said('alarmId'), String(args['verdict']));
    case 'verdict':
      return judge(hands, said('cameraId'), args['is']);
    case 'remind':
      // Also told when nobody is missing: a reminder about something else is a message and no more.
      hands.rooms.remind(said('buildingId'));
      return knowsBuilding(hands, said('buildingId'));
    case 'holdDoor':
      return hands.lifts.hold(said('elevatorId'), args['hold'] !== false)
        ? yes
        : no(`no such elevator: ${said('elevatorId')}`);
    case 'openIncident':
      return openIncident(hands, said('alarmId'), args['title']);
    case 'dispatch': {
      const units = namesIn(args['unitIds'], typeof args['unitId'] === 'string' ? args['unitId'] : '');
      return answer(hands.incidents.dispatch(said('incidentId'), units));
    }
    case 'task': {
      const asked = askedIn(args);
      return asked ? answer(hands.incidents.task(said('incidentId'), asked)) : no('department, action: expected text');
    }
    case 'workOrder': {
      const asked = askedIn(args);
      if (!asked) return no('department, action: expected text');
      if (!hands.alarms.open.has(said('alarmId'))) return no(`no open alarm ${said('alarmId')}`);
      hands.tasks.ask({ alarmId: said('alarmId') }, asked);
      return yes;
    }
    case 'receipt': {
      const status = TASK_STATUSES.find((one) => one === args['status']);
      return status ? answer(hands.tasks.receipt(said('taskId'), status)) : no('status: expected one of a task');
    }
    case 'notify':
      // A message to a person: whoever is told may be quicker than the platform.
      return typeof args['to'] === 'string' ? yes : no('to: expected text');
    case 'recall':
      return answer(hands.incidents.recall(said('incidentId'), namesIn(args['unitIds'], '')));
    case 'divert': {
      const units = namesIn(args['unitIds'], '');
      // Those that are free again by themselves are simply sent.
      hands.incidents.recall(typeof args['from'] === 'string' ? args['from'] : '', units);
      return answer(hands.incidents.dispatch(said('incidentId'), units));
    }
    case 'moveUp': {
      const place = hands.world.site.places.find(({ id }) => id === args['placeId']);
      return place
        ? answer(hands.vehicles.moveUp(said('unitId'), [place.lon, place.lat]))
        : no('placeId: no such place');
    }
    default:
      return no(`unknown type of order: ${order.type}`);
  }
}

function acknowledge({ alarms, ordinary }: Hands, ids: readonly string[]): Verdict {
  const known = ids.filter((id) => alarms.open.has(id));
  for (const id of known) ordinary.lookAfter(id);
  // An alarm that ended meanwhile is acknowledged all the same: somebody saw it.
  return ids.length > 0 ? yes : no('alarmIds: expected at least one');
}

function confirm({ alarms, world, ordinary }: Hands, id: string, verdict: string): Verdict {
  if (!alarms.open.has(id)) return yes;
  if (verdict === 'true') ordinary.lookAfter(id);
  else world.after(4, () => alarms.clear(id));
  return yes;
}

/** An operator who sees no e-bike ends the alarm of that elevator; the platform learns. */
function judge({ alarms, world }: Hands, camera: string, is: unknown): Verdict {
  const seen = world.site.cameras.find((one) => one.id === camera);
  if (seen === undefined) return no(`no such camera: ${camera}`);
  if (is !== 'e-bike' && seen.elevatorId !== undefined) alarms.clearAt(seen.elevatorId, 'e-bike');
  return yes;
}

function knowsBuilding({ world }: Hands, id: string): Verdict {
  return world.site.buildings.has(id) ? yes : no(`no such building: ${id}`);
}

function openIncident({ alarms, incidents, world }: Hands, alarm: string, title: unknown): Verdict {
  const open = alarms.open.get(alarm);
  if (open === undefined) return no(`no open alarm ${alarm}`);
  const device = world.site.deviceById.get(open.deviceId);
  const building = device?.buildingId === undefined ? undefined : world.site.buildings.get(device.buildingId);
  const place = device === undefined ? building?.centre : ([device.lon, device.lat] as const);
  if (place === undefined) return no(`nobody knows where ${open.deviceId} is`);
  const id = incidents.report({
    kind: open.type === 'fire' || open.type === 'smoke-seen' ? 'fire' : 'other',
    level: open.level,
    title: typeof title === 'string' && title !== '' ? title : words.incidentOf(open.text),
    address: building?.address ?? device?.name ?? '',
    place,
    ...(building === undefined ? {} : { buildingId: building.id }),
    ...(device?.floor === undefined ? {} : { floor: device.floor }),
    alarmIds: [alarm],
  });
  // Its own officer decides on units: it is accepted, and waits for a dispatch.
  world.after(5, () => incidents.advance(id, 'accepted'));
  incidents.whenReached(id, 'arrived', () => {
    world.after(600, () => incidents.advance(id, 'controlled'));
    world.after(1200, () => incidents.advance(id, 'closed'));
  });
  return yes;
}

function askedIn({ department, action, dueMinutes, recipient }: Record<string, unknown>): Asked | null {
  if (typeof department !== 'string' || typeof action !== 'string') return null;
  return {
    department,
    action,
    ...(typeof dueMinutes === 'number' ? { dueMinutes } : {}),
    ...(typeof recipient === 'string' ? { recipient } : {}),
  };
}

const answer = (refusal: string | null): Verdict => (refusal === null ? yes : no(refusal));

function namesIn(list: unknown, single: string): string[] {
  if (Array.isArray(list)) return list.filter((name) => typeof name === 'string');
  return single === '' ? [] : [single];
}
