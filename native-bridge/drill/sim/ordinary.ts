/**
 * Owns: the small troubles of every day: batteries, faults, silent devices, and how they end.
 * Guarantees: a device that is `offline` says so in the registry, is silent, and comes back; the rest end by themselves,
 *   sooner when an operator has acknowledged them.
 * Refuses: anything that needs a fire engine.
 */
import { buildingId, deviceId, type BlockId } from '../../contract/brand.ts';
import type { SiteDevice } from '../../contract/site-files.ts';
import type { DeviceEvent } from '../../contract/wire.ts';
import type { Alarms } from './alarms.ts';
import type { Random } from './random.ts';
import type { Readings } from './readings.ts';
import { ordinaryAlarms, type OrdinaryAlarm } from './words.ts';
import type { World } from './world.ts';

export class Ordinary {
  readonly #world: World;
  readonly #alarms: Alarms;
  readonly #readings: Readings;
  readonly #chance: Random;
  readonly #spared: ReadonlySet<string>;
  readonly #byKind = new Map<string, SiteDevice[]>();

  /** `spared`: devices that play a part in the scenario and have no troubles of their own. */
  constructor(world: World, alarms: Alarms, readings: Readings, spared: ReadonlySet<string>) {
    this.#world = world;
    this.#spared = spared;
    this.#alarms = alarms;
    this.#readings = readings;
    this.#chance = world.random('ordinary');
    for (const device of world.site.devices) {
      if (spared.has(device.id)) continue;
      const same = this.#byKind.get(device.kind);
      if (same === undefined) this.#byKind.set(device.kind, [device]);
      else same.push(device);
    }
  }

  /** `already` open when the doors open, then `perHour`; a share of all devices is silent from the start. */
  open(perHour: number, already: number, offline: number): void {
    const { devices } = this.#world.site;
    const silent = devices.filter(
      (device) => device.kind !== 'elevator' && device.kind !== 'vehicle' && !this.#spared.has(device.id),
    );
    for (let i = 0; i < devices.length * offline && silent.length > 0; i++)
      this.#setState(this.#chance.pick(silent), 'offline');
    for (let i = 0; i < already; i++)
      this.#trouble(
        this.#chance.between(60, 3 * 3600),
        ordinaryAlarms[ordinaryAlarms.length - 1 - (i % ordinaryAlarms.length)],
      );
    if (perHour <= 0) return;
    this.#world.every(this.#chance.wait(perHour), () => {
      this.#trouble(0, this.#kind());
      return this.#chance.wait(perHour);
    });
  }

  /** Somebody looks after it now. False when it is not one of these. */
  lookAfter(alarm: string): boolean {
    const open = this.#alarms.open.get(alarm);
    if (open === undefined || open.isStory) return false;
    this.#world.after(this.#chance.between(60, 180), () => this.#alarms.clear(alarm));
    return true;
  }

  #kind(): OrdinaryAlarm | undefined {
    const total = ordinaryAlarms.reduce((sum, kind) => sum + kind.parts, 0);
    let left = this.#chance.next() * total;
    return ordinaryAlarms.find((one) => (left -= one.parts) < 0);
  }

  #trouble(agoS: number, kind: OrdinaryAlarm | undefined): void {
    const kinds = kind?.kinds.filter((name) => this.#byKind.has(name)) ?? [];
    if (kind === undefined || kinds.length === 0) return;
    const device = this.#chance.pick(this.#byKind.get(this.#chance.pick(kinds)) ?? []);
    const id = this.#alarms.raise(device.id, kind.type, kind.level, `${device.name} ${kind.text}`, { agoS });
    if (kind.type === 'offline') {
      this.#setState(device, 'offline');
      this.#alarms.whenCleared(id, () => this.#setState(device, 'ok'));
    }
    this.#world.after(this.#chance.between(...kind.lasts), () => this.#alarms.clear(id));
  }

  #setState(device: SiteDevice, state: string): void {
    this.#readings.silence(device.id, state === 'offline');
    this.#world.emit('fire-iot.device', { ...registryEntry(device), ts: this.#world.ts(), state }, true);
    if (state === 'ok') this.#readings.say(device);
  }
}

/** The registry's words for a device of the site. */
export function registryEntry(device: SiteDevice): DeviceEvent {
  const { buildingId: building, blockId: block, id, ...rest } = device;
  return {
    ...rest,
    id: deviceId(id),
    ...(building === undefined ? {} : { buildingId: buildingId(building) }),
    ...(block === undefined ? {} : { blockId: block as BlockId }),
  };
}
