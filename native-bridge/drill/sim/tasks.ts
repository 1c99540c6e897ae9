/**
 * Owns: what departments and people are asked for, and what they answer.
 * Guarantees: a task answers within its own times; a person called by name answers and acknowledges; what was told by
 *   telephone stands, and the rest goes on from there.
 * Refuses: to know incidents; whoever asks does.
 */
import { alarmId, incidentId, taskId } from '../../contract/brand.ts';
import { TASK_STATUSES, type TaskStatus } from '../../contract/wire.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

interface Task {
  readonly id: string;
  readonly incidentId?: string;
  readonly alarmId?: string;
  readonly recipient?: string;
  readonly department: string;
  readonly action: string;
  readonly due: number | undefined;
}
/** What a department or a person was asked for; `already`: found in that state at the opening. */
export interface Asked {
  readonly department: string;
  readonly action: string;
  readonly dueMinutes?: number;
  readonly recipient?: string;
  readonly already?: TaskStatus;
}

export class Tasks {
  readonly #world: World;
  readonly #chance: Random;
  readonly #tasks = new Map<string, Task>();
  readonly #told = new Map<string, TaskStatus>();

  constructor(world: World) {
    this.#world = world;
    this.#chance = world.random('tasks');
  }

  /** Somebody telephoned. Null when it is noted, else why not. */
  receipt(id: string, status: TaskStatus): string | null {
    const task = this.#tasks.get(id);
    if (task === undefined) return `no such task: ${id}`;
    this.#say(task, status);
    return null;
  }

  /** Of an incident, or (a work order) of an alarm. */
  ask(of: Pick<Task, 'incidentId' | 'alarmId'>, { department, action, dueMinutes, recipient, already }: Asked): void {
    const who = recipient === undefined ? {} : { recipient };
    const task: Task = { id: this.#world.id('rw'), ...of, ...who, department, action, due: dueMinutes };
    this.#tasks.set(task.id, task);
    const called: TaskStatus[] = ['received', 'done'];
    const path: TaskStatus[] =
      recipient !== undefined ? called : this.#chance.chance(0.03) ? ['refused'] : [...TASK_STATUSES.slice(1, 5)];
    this.#say(task, already ?? 'sent');
    const waits = {
      received: [12, 45],
      'en-route': [40, 160],
      'on-scene': [200, 600],
      // Work takes its time; whoever was called by name says within minutes that it is taken.
      done: recipient === undefined ? [300, 1200] : [20, 120],
      refused: [30, 90],
      sent: [0, 0],
    } as const;
    let at = 0;
    for (const status of path.slice(already === undefined ? 0 : path.indexOf(already) + 1)) {
      const [low, high] = waits[status];
      at += this.#chance.between(low, high);
      this.#world.after(at, () => this.#isAhead(task.id, status) && this.#say(task, status));
    }
  }

  #isAhead(id: string, status: TaskStatus): boolean {
    return TASK_STATUSES.indexOf(status) > TASK_STATUSES.indexOf(this.#told.get(id) ?? 'sent');
  }

  #say(task: Task, status: TaskStatus): void {
    this.#told.set(task.id, status);
    this.#world.emit(
      'linkage-110.task',
      {
        id: taskId(task.id),
        ...(task.incidentId === undefined ? {} : { incidentId: incidentId(task.incidentId) }),
        ...(task.alarmId === undefined ? {} : { alarmId: alarmId(task.alarmId) }),
        ...(task.recipient === undefined ? {} : { recipient: task.recipient }),
        ts: this.#world.ts(),
        department: task.department,
        action: task.action,
        status,
        ...(task.due === undefined ? {} : { due: this.#world.wallAgo(-task.due * 60) }),
      },
      true,
    );
  }
}
