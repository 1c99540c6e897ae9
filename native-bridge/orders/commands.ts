/**
 * Commands: what an act of a person does, here and upstream.
 *
 * Owns: one handler per command of the port.
 * Guarantees: a command without a handler does not compile; arguments that are not of the command's shape are refused by
 *   name; what is refused has changed nothing; an act on an alarm is in the picture only once its order is kept.
 * Refuses: acts of roles that may only look.
 */
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clock } from '../base/clock.ts';
import { elevatorId, type OrderId } from '../contract/brand.ts';
import type { ActName, Commands, Role } from '../contract/port.ts';
import type { OrderRecord } from '../contract/records.ts';
import type { WireOrder } from '../contract/wire.ts';
import { KINDS, type OrderedName } from './kinds.ts';
import type { OrderDesk } from './desk.ts';
import { SHAPES } from './shapes.ts';

/** What the picture does at once; each throws an error with a `code` when it cannot. */
export interface ActsHere {
  acknowledge(
    ids: Commands['acknowledge']['args']['alarmIds'],
    by: string,
    now: ReturnType<Clock['now']>,
  ): readonly string[];
  confirm(id: Commands['confirm']['args']['alarmId'], verdict: string, by: string, now: ReturnType<Clock['now']>): void;
  shelve(
    id: Commands['shelve']['args']['alarmId'],
    minutes: number,
    reason: string,
    by: string,
    now: ReturnType<Clock['now']>,
  ): number;
  unshelve(id: Commands['unshelve']['args']['alarmId']): void;
  verdict(
    camera: Commands['verdict']['args']['cameraId'],
    detection: Commands['verdict']['args']['detectionId'],
    is: Commands['verdict']['args']['is'],
    by: string,
    now: ReturnType<Clock['now']>,
  ): void;
  askDoor(elevator: ReturnType<typeof elevatorId>, now: ReturnType<Clock['now']>): void;
  needAlarm(id: Commands['confirm']['args']['alarmId']): { heard: number; confirmed?: unknown; test?: boolean };
  needBuilding(id: Commands['remind']['args']['buildingId']): void;
  needElevator(id: ReturnType<typeof elevatorId>): void;
  needIncident(id: Commands['task']['args']['incidentId']): void;
  outOfService(
    id: Commands['outOfService']['args']['deviceId'],
    reason: string,
    by: string,
    now: ReturnType<Clock['now']>,
  ): number;
  inService(id: Commands['inService']['args']['deviceId']): number;
  merge(into: string, from: string, by: string, now: ReturnType<Clock['now']>): void;
  split(id: Commands['split']['args']['alarmId'], by: string, now: ReturnType<Clock['now']>): string;
  linkReport(
    id: Commands['linkReport']['args']['incidentId'],
    to: Commands['linkReport']['args']['repeatOf'],
    by: string,
    now: ReturnType<Clock['now']>,
  ): void;
  handover(args: Commands['handover']['args'], now: ReturnType<Clock['now']>): string;
  suspend(
    id: Commands['suspend']['args']['incidentId'],
    reason: Commands['suspend']['args']['reason'],
    by: string,
    now: ReturnType<Clock['now']>,
  ): void;
  personalOf(id: Commands['reveal']['args']['incidentId']): Commands['reveal']['result'];
  closeRoads(args: Commands['closeRoads']['args'], by: string, now: ReturnType<Clock['now']>): number;
  needTask(id: Commands['receipt']['args']['taskId']): void;
  /** Units that are bound to an incident, or (null) stand free. */
  needUnits(ids: Commands['recall']['args']['unitIds'], bound: Commands['recall']['args']['incidentId'] | null): void;
  tick(args: Commands['tick']['args'], by: string, now: ReturnType<Clock['now']>): void;
  own(args: Commands['own']['args'], by: string, now: ReturnType<Clock['now']>): void;
  draw(args: Commands['draw']['args'], by: string, now: ReturnType<Clock['now']>): string;
  erase(id: string, by: string, now: ReturnType<Clock['now']>): void;
}

/** What a profile may give a role the right to. */
export const ACT_NAMES = Object.keys(SHAPES) as ActName[];
const checks = new Map(ACT_NAMES.map((name) => [name as string, Compile(SHAPES[name])]));

const CommandMessage = Compile(
  Type.Object({ name: Type.String(), args: Type.Unknown(), by: Type.String({ minLength: 1, maxLength: 128 }) }),
);

/** Why a command was not done; `code` for programs. */
export class CommandRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'CommandRefused';
    this.code = code;
  }
}

export interface CommandRoom {
  /** Resolves with the command's result; rejects with an error that has a `code`. */
  readonly run: (role: Role, message: unknown) => Promise<unknown>;
  /** After a restart: the acts of kept orders hold, also where the picture was kept before them. */
  readonly again: (record: OrderRecord, wire: WireOrder) => void;
}
export interface CommandOptions {
  acts: ActsHere;
  desk: OrderDesk;
  clock: Clock;
  /** The sources that the profile has a feed for. */
  sources: ReadonlySet<string>;
  /** Department that traces a suspected false call. */
  traceTo?: string | undefined;
  audit: (by: string, act: string, detail: Readonly<Record<string, unknown>>) => void;
}
type Handlers = { [N in ActName]: (args: Commands[N]['args'], by: string) => Promise<Commands[N]['result']> };

/** What the police is asked for; the departments read the district's language. */
const TRACE = '核查报警来源';

export const createCommands = ({ acts, desk, clock, sources, traceTo, audit }: CommandOptions): CommandRoom => {
  const order = async <N extends OrderedName>(name: N, args: Commands[N]['args'], by: string): Promise<OrderId> => {
    const { source, target, lifetime, detail } = KINDS[name];
    if (!sources.has(source)) throw new CommandRefused('no-feed', `this site has no feed ${source} to send ${name} to`);
    const more = detail === undefined ? {} : { detail: detail(args) };
    return await desk.give({ source, type: name, target: target(args), args: { ...args }, by, lifetime, ...more });
  };
  const handlers: Handlers = {
    acknowledge: async (args, by) => {
      args.alarmIds.forEach(acts.needAlarm);
      const orderIds = sources.has(KINDS.acknowledge.source) ? [await order('acknowledge', args, by)] : [];
      return { acknowledged: acts.acknowledge(args.alarmIds, by, clock.now()).length, orderIds };
    },
    confirm: async (args, by) => {
      acts.needAlarm(args.alarmId);
      const given = await order('confirm', args, by);
      acts.confirm(args.alarmId, args.verdict, by, clock.now());
      return { orderId: given };
    },
    shelve: ({ alarmId, minutes, reason }, by) =>
      Promise.resolve({ until: acts.shelve(alarmId, minutes, reason, by, clock.now()) }),
    unshelve: ({ alarmId }) => {
      acts.unshelve(alarmId);
      return Promise.resolve({});
    },
    verdict: async (args, by) => {
      const given = await order('verdict', args, by);
      acts.verdict(args.cameraId, args.detectionId, args.is, by, clock.now());
      return { orderId: given };
    },
    remind: async (args, by) => {
      acts.needBuilding(args.buildingId);
      return { orderId: await order('remind', args, by) };
    },
    holdDoor: async (args, by) => {
      const elevator = elevatorId(args.elevatorId);
      acts.needElevator(elevator);
      const given = await order('holdDoor', args, by);
      if (args.hold) acts.askDoor(elevator, clock.now());
      return { orderId: given };
    },
    openIncident: async (args, by) => {
      if (acts.needAlarm(args.alarmId).test === true)
        throw new CommandRefused(
          'only-a-test',
          'this alarm comes from a test of the device; no incident is opened for it',
        );
      return { orderId: await order('openIncident', args, by) };
    },
    dispatch: async (args, by) => {
      acts.needIncident(args.incidentId);
      return { orderIds: [await order('dispatch', args, by)] };
    },
    task: async (args, by) => {
      acts.needIncident(args.incidentId);
      return { orderId: await order('task', args, by) };
    },
    receipt: async (args, by) => {
      acts.needTask(args.taskId);
      return { orderId: await order('receipt', args, by) };
    },
    recall: async (args, by) => {
      acts.needIncident(args.incidentId);
      acts.needUnits(args.unitIds, args.incidentId);
      return { orderId: await order('recall', args, by) };
    },
    divert: async (args, by) => {
      acts.needIncident(args.incidentId);
      acts.needUnits(args.unitIds, args.from);
      return { orderId: await order('divert', args, by) };
    },
    moveUp: async (args, by) => {
      acts.needUnits([args.unitId], null);
      return { orderId: await order('moveUp', args, by) };
    },
    workOrder: async (args, by) => {
      acts.needAlarm(args.alarmId);
      return { orderId: await order('workOrder', args, by) };
    },
    notify: async (args, by) => {
      acts.needAlarm(args.alarmId);
      return { orderId: await order('notify', args, by) };
    },
    tick: (args, by) => {
      acts.tick(args, by, clock.now());
      return Promise.resolve({});
    },
    own: (args, by) => {
      acts.own(args, by, clock.now());
      return Promise.resolve({});
    },
    draw: (args, by) => Promise.resolve({ sketchId: acts.draw(args, by, clock.now()) }),
    erase: ({ sketchId }, by) => {
      acts.erase(sketchId, by, clock.now());
      return Promise.resolve({});
    },
    outOfService: ({ deviceId, reason }, by) =>
      Promise.resolve({ alarms: acts.outOfService(deviceId, reason, by, clock.now()) }),
    inService: ({ deviceId }) => Promise.resolve({ alarms: acts.inService(deviceId) }),
    merge: ({ into, from }, by) => {
      acts.merge(into, from, by, clock.now());
      return Promise.resolve({});
    },
    split: ({ alarmId }, by) => Promise.resolve({ clusterId: acts.split(alarmId, by, clock.now()) }),
    suspend: async ({ incidentId, reason }, by) => {
      acts.suspend(incidentId, reason, by, clock.now());
      if (reason === null || traceTo === undefined) return { orderIds: [] };
      return { orderIds: [await order('task', { incidentId, department: traceTo, action: TRACE }, by)] };
    },
    linkReport: ({ incidentId, repeatOf }, by) => {
      acts.linkReport(incidentId, repeatOf, by, clock.now());
      return Promise.resolve({});
    },
    reveal: ({ incidentId }) => Promise.resolve(acts.personalOf(incidentId)),
    handover: (args) => Promise.resolve({ id: acts.handover(args, clock.now()) }),
    closeRoads: (args, by) => Promise.resolve({ changed: acts.closeRoads(args, by, clock.now()) }),
  };
  const call = <N extends ActName>(name: N, args: unknown, by: string): Promise<Commands[N]['result']> =>
    handlers[name](args as Commands[N]['args'], by);

  return {
    run: async (role, message) => {
      if (!CommandMessage.Check(message)) throw new CommandRefused('bad-message', 'a command has name, args and by');
      const { name, args, by } = message;
      const check = checks.get(name);
      if (!check) throw new CommandRefused('unknown-command', `there is no command ${name.slice(0, 64)}`);
      if (role === 'viewer') throw new CommandRefused('forbidden', 'this window may look, not act');
      if (!check.Check(args)) {
        const [wrong] = check.Errors(args);
        throw new CommandRefused('bad-args', `${name}${wrong?.instancePath ?? ''}: ${wrong?.message ?? 'wrong shape'}`);
      }
      try {
        const result = await call(name as ActName, args, by);
        // The audit keeps that somebody looked, not once more what was seen.
        audit(by, name, name === 'reveal' ? { args } : { args, result });
        return result;
      } catch (error) {
        // What was tried belongs to the story too.
        const code = error instanceof Error && 'code' in error ? error.code : 'failed';
        audit(by, name, { args, refused: code });
        throw error;
      }
    },
    again: ({ by, at }, { type, args }) => {
      if (type !== 'acknowledge' && type !== 'confirm') return;
      if (!checks.get(type)?.Check(args)) return;
      const { alarmIds, alarmId, verdict } = args as Partial<
        Commands['acknowledge']['args'] & Commands['confirm']['args']
      >;
      for (const id of alarmIds ?? [alarmId]) {
        try {
          if (id === undefined) continue;
          const alarm = acts.needAlarm(id);
          // What rose again after the act was not meant by it.
          if (alarm.heard > at) continue;
          if (verdict === undefined) acts.acknowledge([id], by, at);
          else if (alarm.confirmed === undefined) acts.confirm(id, verdict, by, at);
        } catch {
          // The alarm has left the picture since.
        }
      }
    },
  };
};
