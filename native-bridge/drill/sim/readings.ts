/**
 * Owns: what the sensors measure, and the ordinary flow of readings.
 * Guarantees: readings fill the district's flow up to its ordinary rate and give way to everything else; every sensor
 *   has its turn; what a story says of a device shows in its readings.
 * Refuses: readings of devices that are offline, and of kinds that measure nothing.
 */
import { deviceId } from '../../contract/brand.ts';
import type { DeviceKind } from '../../contract/wire.ts';
import type { SiteDevice } from '../../contract/site-files.ts';
import { hash, type Random } from './random.ts';
import { STEP_MS, type World } from './world.ts';

export type Values = Record<string, number | string | boolean | null>;
/** Changes ordinary values; `seconds` since the story began. */
export type Twist = (values: Values, seconds: number) => Values;

/** Shares of the flow. Smoke detectors say little in truth; here they say what is left. */
const SHARES: readonly (readonly [DeviceKind, number])[] = [
  ['electricity', 50],
  ['smoke', 24],
  ['charging-pile', 20],
  ['control-room', 4],
  ['water-tank', 2],
];

interface Ring {
  readonly devices: readonly SiteDevice[];
  readonly share: number;
  at: number;
  debt: number;
}

export class Readings {
  readonly #world: World;
  readonly #perSecond: number;
  readonly #chance: Random;
  readonly #rings: Ring[] = [];
  readonly #twists = new Map<string, { readonly twist: Twist; readonly since: number }>();
  readonly #silent = new Set<string>();
  #credit = 0;
  #saidBefore = 0;

  constructor(world: World, perSecond: number) {
    this.#world = world;
    this.#perSecond = perSecond;
    this.#chance = world.random('readings');
    for (const [kind, share] of SHARES) {
      const devices = world.site.devices.filter((device) => device.kind === kind);
      // Neighbours do not speak one after the other.
      devices.sort((a, b) => hash(a.id) - hash(b.id));
      if (devices.length > 0) this.#rings.push({ devices, share, at: 0, debt: 0 });
    }
  }

  silence(id: string, isSilent: boolean): void {
    if (isSilent) this.#silent.add(id);
    else this.#silent.delete(id);
  }

  isSilent(id: string): boolean {
    return this.#silent.has(id);
  }

  /** From now on the device measures something else, and says so every `everyS` seconds (0: when its turn comes). */
  twist(device: SiteDevice, twist: Twist, everyS: number): void {
    const mine = { twist, since: this.#world.now };
    this.#twists.set(device.id, mine);
    if (everyS <= 0) return;
    const again = (): void => {
      if (this.#twists.get(device.id) !== mine) return;
      this.say(device);
      this.#world.after(everyS, again);
    };
    again();
  }

  untwist(device: SiteDevice): void {
    if (this.#twists.delete(device.id)) this.say(device);
  }

  /** One reading of it, now. */
  say(device: SiteDevice): void {
    if (this.#silent.has(device.id)) return;
    const values = this.valuesOf(device);
    if (values === null) return;
    this.#world.emit('fire-iot.reading', {
      id: this.#world.id('r'),
      deviceId: deviceId(device.id),
      ts: this.#world.ts(),
      values,
    });
  }

  /** Everyone once, for the opening. */
  sayAll(): void {
    for (const ring of this.#rings) for (const device of ring.devices) this.say(device);
  }

  step(): void {
    const before = this.#saidBefore;
    this.#saidBefore = this.#world.said;
    if (!this.#world.isOpen) return;
    const perStep = (this.#perSecond * STEP_MS) / 1000 / this.#world.speed;
    const others = this.#world.said - before;
    this.#credit = Math.max(-2 * this.#perSecond, Math.min(this.#perSecond / 4, this.#credit + perStep - others));
    while (this.#credit >= 1) {
      this.#credit--;
      this.#sayNext();
    }
    this.#saidBefore = this.#world.said;
  }

  #sayNext(): void {
    let most: Ring | undefined;
    for (const ring of this.#rings) {
      ring.debt += ring.share;
      if (most === undefined || ring.debt > most.debt) most = ring;
    }
    if (most === undefined) return;
    most.debt -= this.#rings.reduce((sum, ring) => sum + ring.share, 0);
    const device = most.devices[most.at];
    most.at = (most.at + 1) % most.devices.length;
    if (device !== undefined) this.say(device);
  }

  valuesOf(device: SiteDevice): Values | null {
    const plain = this.#plain(device);
    if (plain === null) return null;
    const twist = this.#twists.get(device.id);
    return twist === undefined ? plain : twist.twist(plain, this.#world.now - twist.since);
  }

  #plain(device: SiteDevice): Values | null {
    // Each device is itself: four fixed numbers in [0, 1), and a slow wave of its own.
    const own = hash(device.id);
    const [a, b, c] = [(own & 255) / 256, ((own >>> 8) & 255) / 256, ((own >>> 16) & 255) / 256];
    const wave = Math.sin(this.#world.now / (600 + 900 * a) + 6.28 * b);
    const noise = this.#chance.bell();
    switch (device.kind) {
      case 'smoke':
        return {
          obscuration: round(Math.max(0, 0.05 + 0.1 * a + 0.02 * wave + 0.01 * noise), 3),
          battery: Math.round(62 + 38 * b - 0.2 * c),
        };
      case 'electricity': {
        const old = device.blockId === undefined ? 1 : 1.8;
        const current = Math.max(0.2, (3 + 14 * a * a) * (1 + 0.25 * wave) + 0.3 * noise);
        const voltage = 226 + 7 * wave * c + noise;
        return {
          residualCurrent: round(Math.max(1, old * (8 + 22 * b) + 3 * wave + noise), 1),
          cableTemp: round(24 + 0.6 * current + 4 * c + 0.3 * noise, 1),
          current: round(current, 2),
          voltage: round(voltage, 1),
          power: Math.round(current * voltage * 0.92),
          breaker: 'closed',
        };
      }
      case 'charging-pile': {
        const sockets = Math.max(0, Math.min(10, Math.round(10 * a + 2 * wave)));
        return {
          power: Math.round(sockets * (140 + 60 * b) * (1 + 0.03 * noise)),
          temp: round(25 + sockets * 1.1 + 0.4 * noise, 1),
          sockets,
        };
      }
      case 'water-tank':
        return {
          pressure: round(0.32 + 0.1 * a + 0.006 * wave + 0.002 * noise, 3),
          level: round(2.5 + 0.7 * b + 0.12 * wave, 2),
        };
      case 'control-room':
        return { attended: true, persons: a < 0.6 ? 1 : 2 };
      default:
        return null;
    }
  }
}

export const round = (value: number, digits: number): number => {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
};
