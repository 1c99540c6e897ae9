/**
 * From information objects to events of the contract.
 *
 * Owns: ids of what speaks GB/T 26875.3, its registry entries, alarms, readings.
 * Guarantees: the same part has the same id for ever; each part is registered before its first alarm; times without zone
 *   are Asia/Shanghai; what is being tested is marked `test` and never an urgent alarm.
 * Refuses: places it was not told; a transmitter that the profile does not place has alarms without a place.
 */
import type { AlarmType } from '../../contract/wire.ts';
import type { TransmitterPlace } from '../../contract/site.ts';
import type { WallTime } from './frame.ts';
import type { GbObject } from './objects.ts';
import { kindOfPart, nameOfPart, nameOfSystem, valueOf } from './parts.ts';

export interface Said {
  topic: 'fire-iot.device' | 'fire-iot.alarm' | 'fire-iot.reading';
  event: Record<string, unknown>;
}

/** China has one zone and no summer time since 1992. */
const SHANGHAI_MS = 8 * 3_600_000;
/** A wall clock of Asia/Shanghai as ms UTC; null when it shows no such time. */
export const instantOf = ({ year, month, day, hour, minute, second }: WallTime): number | null => {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(ms).getUTCDate() === day ? ms - SHANGHAI_MS : null;
};

/** Address of a transmitter as the profile and ids write it: twelve hexadecimal digits. */
export const addressText = (address: bigint): string => address.toString(16).padStart(12, '0');

interface Part {
  id: string;
  kind: ReturnType<typeof kindOfPart>;
  name: string;
  fire: boolean;
  fault: boolean;
  test: boolean;
}

const partOf = (transmitter: string, object: Exclude<GbObject, { flag: 3 }>): Part => {
  if (object.flag === 21) {
    const { fire, fault, powerFault, lineFault, test } = object.status;
    return {
      id: transmitter,
      kind: 'fire-panel',
      name: '用户信息传输装置',
      fire,
      fault: fault || powerFault || lineFault,
      test,
    };
  }
  const { fire, fault, powerFault, test } = object.status;
  const state = { fire, fault: fault || powerFault, test };
  const system = `${transmitter}-${object.system}.${object.systemAddress}`;
  if (object.flag === 1) return { id: system, kind: 'fire-panel', name: nameOfSystem(object.system), ...state };
  return {
    id: `${system}-${object.part}.${object.partAddress}`,
    kind: kindOfPart(object.part),
    name: object.description || nameOfPart(object.part),
    ...state,
  };
};

/** Remembers what is registered and raised; one for each feed. */
export class GbEvents {
  readonly #places: ReadonlyMap<string, TransmitterPlace>;
  readonly #registered = new Map<string, string>();
  readonly #raised = new Set<string>();

  constructor(places: readonly TransmitterPlace[]) {
    this.#places = new Map(places.map((place) => [place.address.toLowerCase(), place]));
  }

  /** `now` stands in for a time that the device's clock does not have. */
  of(source: bigint, object: GbObject, raw: Buffer, now: number): Said[] {
    const address = addressText(source);
    const transmitter = `gb-${address}`;
    const ts = instantOf(object.time) ?? now;
    if (object.flag === 3) {
      const kind = kindOfPart(object.part);
      const id = `${transmitter}-${object.system}.${object.systemAddress}-${object.part}.${object.partAddress}`;
      const reading = {
        id: `${id}/${ts}/${object.analogue}`,
        deviceId: id,
        ts,
        values: valueOf(kind, object.analogue, object.value),
      };
      return [
        ...this.#register(address, id, kind, nameOfPart(object.part), false),
        { topic: 'fire-iot.reading', event: reading },
      ];
    }
    const part = partOf(transmitter, object);
    return [
      ...this.#register(address, part.id, part.kind, part.name, part.test),
      ...this.#alarm(part, 'fire', part.fire, ts, raw),
      ...this.#alarm(part, 'fault', part.fault, ts, raw),
    ];
  }

  #register(address: string, id: string, kind: Part['kind'], name: string, test: boolean): Said[] {
    const place = this.#places.get(address);
    const state = test ? 'test' : 'ok';
    if (place === undefined || this.#registered.get(id) === `${name}/${state}`) return [];
    this.#registered.set(id, `${name}/${state}`);
    const { lon, lat, buildingId } = place;
    const event = { id, kind, name: place.name === undefined ? name : `${place.name} ${name}`, lon, lat, state };
    return [{ topic: 'fire-iot.device', event: buildingId === undefined ? event : { ...event, buildingId } }];
  }

  /** After a restart nothing is known to be raised: a clear is then told as well, it harms nothing. */
  #alarm(part: Part, type: AlarmType, on: boolean, ts: number, raw: Buffer): Said[] {
    const id = `${part.id}/${type}`;
    const known = this.#raised.has(id);
    if (!on && !known && this.#registered.has(`${id}?`)) return [];
    this.#registered.set(`${id}?`, 'told');
    if (on) this.#raised.add(id);
    else this.#raised.delete(id);
    const level = type === 'fault' || part.test ? 4 : 1;
    const event = {
      ...{ id, deviceId: part.id, ts, type, level, state: on ? 'raised' : 'cleared', text: part.name },
      ...(part.test ? { test: true } : {}),
      gb26875: raw.toString('hex'),
    };
    return [{ topic: 'fire-iot.alarm', event }];
  }
}
