/**
 * Owns: the platform's eye on one filmed ride: when an e-bike is in the cab, where it gets out, what it does there.
 * Guarantees: one alarm per ride, raised when the e-bike has been seen on eight frames running, cleared after it is gone
 *   or when an operator says it is none.
 * Refuses: bicycles, strollers and wheelchairs.
 */
import type { Tower } from '../../contract/site-files.ts';
import type { Seen } from './cameras.ts';
import { round } from './readings.ts';
import type { Stage } from './stage.ts';
import { words } from './words.ts';

/** Frames: about half a second to be sure, a second to be sure of the contrary. */
const SURE = 8;
const GONE = 15;
/** District seconds: from the door of the cab to the plug, and how long it charges. */
const TO_PLUG = 50;
const CHARGES = 420;

export class EBikeWatch {
  readonly #stage: Stage;
  readonly #tower: Tower;
  readonly #elevator: string;
  readonly #charges: boolean;
  #seen = 0;
  #missed = 0;
  #alarm: string | null = null;
  #floor = 1;
  #isOver = false;

  constructor(stage: Stage, tower: Tower, elevator: string, charges: boolean) {
    this.#stage = stage;
    this.#tower = tower;
    this.#elevator = elevator;
    this.#charges = charges;
  }

  see({ boxes, fact }: Seen): void {
    if (this.#isOver) return;
    const isThere = boxes.some((box) => box.label === 'e-bike');
    this.#seen = isThere ? this.#seen + 1 : 0;
    this.#missed = isThere ? 0 : this.#missed + 1;
    if (isThere) this.#floor = fact?.floor ?? this.#floor;
    if (this.#alarm === null && this.#seen >= SURE) {
      const shaft = this.#tower.shafts.findIndex((one) => one.elevatorId === this.#elevator) + 1;
      this.#alarm = this.#stage.alarms.raise(
        this.#elevator,
        'e-bike',
        2,
        words.eBike(this.#tower.name.zh, shaft, this.#floor),
        {
          values: { floor: this.#floor },
          story: true,
        },
      );
    } else if (this.#alarm !== null && this.#missed >= GONE) this.end();
  }

  /** It is out of the cab, or the film is over. */
  end(): void {
    if (this.#isOver || this.#alarm === null) return;
    this.#isOver = true;
    this.#stage.alarms.clear(this.#alarm, { floor: this.#floor });
    if (this.#charges) this.#stage.world.after(TO_PLUG, () => this.#charge());
  }

  /** The floor's meter shows what was carried up. */
  #charge(): void {
    const { world, readings, alarms } = this.#stage;
    const meters = world.site.devices.filter(
      (device) => device.kind === 'electricity' && device.buildingId === this.#tower.buildingId,
    );
    const meter = meters.sort(
      (a, b) => Math.abs((a.floor ?? 1) - this.#floor) - Math.abs((b.floor ?? 1) - this.#floor),
    )[0];
    if (meter === undefined) return;
    readings.twist(
      meter,
      (values, s) => {
        const share = s < 60 ? s / 60 : s > CHARGES - 60 ? Math.max(0, (CHARGES - s) / 60) : 1;
        const current = round(Number(values['current']) + 14 * share, 2);
        return {
          ...values,
          current,
          residualCurrent: round(Number(values['residualCurrent']) + 9 * share, 1),
          cableTemp: round(Number(values['cableTemp']) + 13 * share, 1),
          power: Math.round(current * Number(values['voltage']) * 0.92),
        };
      },
      5,
    );
    world.after(75, () => {
      const values = readings.valuesOf(meter) ?? {};
      const floor = meter.floor ?? this.#floor;
      alarms.raise(meter.id, 'overload', 3, words.charging(this.#tower.name.zh, floor, Number(values['current'])), {
        values,
        story: true,
      });
    });
    world.after(CHARGES, () => {
      readings.untwist(meter);
      alarms.clearAt(meter.id, 'overload');
    });
  }
}
