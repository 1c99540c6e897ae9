/**
 * Owns: the alarms that are open now, and how they end.
 * Guarantees: one open alarm per device and type; a cleared event carries the id, type and level it was raised with.
 * Refuses: to clear what is not open.
 */
import { alarmId, deviceId } from '../../contract/brand.ts';
import type { AlarmType } from '../../contract/wire.ts';
import type { World } from './world.ts';

export type Level = 1 | 2 | 3 | 4;
type Values = Record<string, number | string | boolean | null>;

export interface OpenAlarm {
  readonly id: string;
  readonly deviceId: string;
  readonly type: AlarmType;
  readonly level: Level;
  readonly text: string;
  /** Ordinary ones end by themselves; those of a story when the story says so. */
  readonly isStory: boolean;
}

export interface RaiseOptions {
  readonly values?: Values;
  readonly story?: boolean;
  /** Raised this many seconds of wall time ago: for the opening. */
  readonly agoS?: number;
}

export class Alarms {
  readonly #world: World;
  readonly #open = new Map<string, OpenAlarm>();
  readonly #byPlace = new Map<string, string>();
  readonly #onEnd = new Map<string, () => void>();

  constructor(world: World) {
    this.#world = world;
  }

  get open(): ReadonlyMap<string, OpenAlarm> {
    return this.#open;
  }

  /** Returns the id; an alarm that is open already is not raised again. */
  raise(device: string, type: AlarmType, level: Level, text: string, options: RaiseOptions = {}): string {
    const place = `${device}/${type}`;
    const already = this.#byPlace.get(place);
    if (already !== undefined) return already;
    const id = this.#world.id('al');
    const alarm: OpenAlarm = { id, deviceId: device, type, level, text, isStory: options.story ?? false };
    this.#open.set(id, alarm);
    this.#byPlace.set(place, id);
    this.#say(alarm, 'raised', options.values, options.agoS);
    return id;
  }

  clear(id: string, values?: Values): void {
    const alarm = this.#open.get(id);
    if (alarm === undefined) return;
    this.#open.delete(id);
    this.#byPlace.delete(`${alarm.deviceId}/${alarm.type}`);
    this.#say(alarm, 'cleared', values);
    this.#onEnd.get(id)?.();
    this.#onEnd.delete(id);
  }

  clearAt(device: string, type: AlarmType): void {
    const id = this.#byPlace.get(`${device}/${type}`);
    if (id !== undefined) this.clear(id);
  }

  /** What else ends with it. */
  whenCleared(id: string, act: () => void): void {
    const before = this.#onEnd.get(id);
    this.#onEnd.set(id, () => {
      before?.();
      act();
    });
  }

  #say(alarm: OpenAlarm, state: 'raised' | 'cleared', values?: Values, agoS = 0): void {
    this.#world.emit(
      'fire-iot.alarm',
      {
        id: alarmId(alarm.id),
        deviceId: deviceId(alarm.deviceId),
        ts: agoS > 0 ? this.#world.wallAgo(agoS) : this.#world.ts(),
        type: alarm.type,
        level: alarm.level,
        state,
        text: alarm.text,
        ...(values === undefined ? {} : { values }),
      },
      true,
    );
  }
}
