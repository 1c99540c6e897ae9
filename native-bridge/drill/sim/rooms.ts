/**
 * Owns: control rooms (who is there) and roof tanks of the high-rises.
 * Guarantees: a room left for more than three minutes raises `unattended`; somebody's return clears it; a reminder
 *   brings somebody back; a tank's alarms follow its level and pressure.
 * Refuses: to empty a room that is empty.
 */
import type { SiteDevice, Tower } from '../../contract/site-files.ts';
import type { Alarms } from './alarms.ts';
import type { Readings } from './readings.ts';
import { round } from './readings.ts';
import type { World } from './world.ts';
import { words } from './words.ts';

/** Seconds a room may be empty before the platform calls it unattended. */
const ALLOWED = 180;
/** Leavings an hour and room; most are short. */
const LEAVINGS = 0.12;
/** MPa and m under which a roof tank no longer serves its hydrants. */
export const LOW_PRESSURE = 0.15;
export const LOW_LEVEL = 1.2;

export class Rooms {
  readonly #world: World;
  readonly #alarms: Alarms;
  readonly #readings: Readings;
  /** Empty rooms, with who wants to know of the return. */
  readonly #empty = new Map<string, { readonly turn: number; readonly back: (() => void) | null }>();
  #turn = 0;

  constructor(world: World, alarms: Alarms, readings: Readings) {
    this.#world = world;
    this.#alarms = alarms;
    this.#readings = readings;
  }

  /** `spared`: control rooms that are left only when the scenario says so. */
  open(spared: ReadonlySet<string>): void {
    const chance = this.#world.random('rooms');
    const towers = this.#world.site.towers.filter((tower) => !spared.has(tower.controlRoomId));
    if (towers.length === 0) return;
    this.#world.every(chance.wait(LEAVINGS * towers.length), () => {
      this.leave(chance.pick(towers), chance.chance(0.75) ? chance.between(40, 170) : chance.between(240, 900), null);
      return chance.wait(LEAVINGS * towers.length);
    });
  }

  /** Everybody leaves for `seconds`; `back` is called when somebody is there again. False when it is empty already. */
  leave(tower: Tower, seconds: number, back: (() => void) | null): boolean {
    const room = this.#room(tower);
    if (room === undefined || this.#empty.has(tower.id)) return false;
    const turn = this.#turn++;
    this.#empty.set(tower.id, { turn, back });
    this.#readings.twist(room, (values) => ({ ...values, attended: false, persons: 0 }), 30);
    const isStill = (): boolean => this.#empty.get(tower.id)?.turn === turn;
    this.#world.after(ALLOWED, () => {
      if (isStill())
        this.#alarms.raise(room.id, 'unattended', 3, words.unattended(tower.name.zh), { story: back !== null });
    });
    this.#world.after(seconds, () => isStill() && this.#return(tower));
    return true;
  }

  /** Nobody is in this building's control room. */
  isEmpty(buildingId: string): boolean {
    return this.#world.site.towers.some((tower) => tower.buildingId === buildingId && this.#empty.has(tower.id));
  }

  /** The property office is told: somebody is there within two minutes. False when nobody is missing. */
  remind(buildingId: string): boolean {
    const tower = this.#world.site.towers.find((one) => one.buildingId === buildingId);
    const empty = tower && this.#empty.get(tower.id);
    if (tower === undefined || empty === undefined) return false;
    this.#world.after(this.#world.random(`remind/${buildingId}/${empty.turn}`).between(35, 110), () => {
      if (this.#empty.get(tower.id)?.turn === empty.turn) this.#return(tower);
    });
    return true;
  }

  /** The roof tank runs low over `fall` seconds and is filled again after `low` more. */
  drain(tower: Tower, fall: number, low: number): void {
    const tank = this.#world.site.deviceById.get(tower.tankId);
    if (tank === undefined) return;
    this.#readings.twist(
      tank,
      (values, seconds) => {
        const share =
          seconds < fall ? seconds / fall : seconds < fall + low ? 1 : Math.max(0, 1 - (seconds - fall - low) / 300);
        const level = Number(values['level']) * (1 - share) + 0.6 * share;
        const pressure = Number(values['pressure']) * (1 - share) + 0.09 * share;
        return { level: round(level, 2), pressure: round(pressure, 3) };
      },
      8,
    );
    const watch = (): void => {
      const values = this.#readings.valuesOf(tank) ?? {};
      if (Number(values['level']) < LOW_LEVEL)
        this.#alarms.raise(tank.id, 'low-level', 3, words.lowLevel(tower.name.zh, Number(values['level'])), {
          values,
          story: true,
        });
      else this.#alarms.clearAt(tank.id, 'low-level');
      if (Number(values['pressure']) < LOW_PRESSURE)
        this.#alarms.raise(tank.id, 'low-pressure', 2, words.lowPressure(tower.name.zh, Number(values['pressure'])), {
          values,
          story: true,
        });
      else this.#alarms.clearAt(tank.id, 'low-pressure');
    };
    for (let s = 8; s <= fall + low + 320; s += 8) this.#world.after(s, watch);
    this.#world.after(fall + low + 330, () => this.#readings.untwist(tank));
  }

  #room(tower: Tower): SiteDevice | undefined {
    return this.#world.site.deviceById.get(tower.controlRoomId);
  }

  #return(tower: Tower): void {
    const empty = this.#empty.get(tower.id);
    const room = this.#room(tower);
    if (empty === undefined || room === undefined) return;
    this.#empty.delete(tower.id);
    this.#readings.untwist(room);
    this.#alarms.clearAt(room.id, 'unattended');
    empty.back?.();
  }
}
