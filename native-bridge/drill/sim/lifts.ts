/**
 * Owns: the elevators of the high-rises: calls, cabs, doors, loads, by up/down collective control.
 * Guarantees: a cab moves one floor at a time with closed doors, keeps its direction while there is a call ahead,
 *   and says every change; an idle cab speaks again every 4.5 s. A driven or held cab is left alone.
 * Refuses: express zones, destination control, two cabs in one shaft.
 */
import { elevatorId, type EventTime } from '../../contract/brand.ts';
import type { CabEvent } from '../../contract/wire.ts';
import type { Tower } from '../../contract/site-files.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

type Direction = CabEvent['direction'];
type Door = CabEvent['door'];

interface Rider {
  readonly from: number;
  readonly to: number;
  readonly kg: number;
}
interface Cab {
  readonly id: string;
  readonly chance: Random;
  readonly group: Group;
  /** Index into the tower's floors. */
  at: number;
  direction: Direction;
  door: Door;
  riders: Rider[];
  /** Another part of the drill says where it is (a camera plays a ride in it). */
  isDriven: boolean;
  isHeld: boolean;
  isBusy: boolean;
  /** Raised when doors open or close, so that an older wait lapses. */
  turn: number;
  saidAt: number;
}
interface Group {
  readonly tower: Tower;
  readonly cabs: Cab[];
  readonly waiting: Rider[];
  readonly ground: number;
}

/** Seconds. A residential cab at 1.75 m/s passes a floor of 3 m in 1.7 s; starts and stops cost more. */
const PASS = 1.7;
const START = 2.6;
const DOOR = 2.2;
const DWELL = 2.8;
const PER_RIDER = 1.1;
/** kg: 13 persons, GB/T 7588 style rated load. */
const RATED = 1000;
/** Rides an hour and cab, on average over the evening. */
const RIDES = 34;
/** Real seconds; shorter than the time after which a console calls a cab late. */
const SPEAK_S = 4.5;

export class Lifts {
  readonly #world: World;
  readonly #cabs = new Map<string, Cab>();

  constructor(world: World) {
    this.#world = world;
    for (const tower of world.site.towers) {
      const ground = Math.max(0, tower.floors.indexOf(1));
      const group: Group = { tower, cabs: [], waiting: [], ground };
      for (const shaft of tower.shafts) {
        const chance = world.random(shaft.elevatorId);
        const at = chance.chance(0.5) ? ground : chance.whole(0, tower.floors.length - 1);
        const cab: Cab = {
          id: shaft.elevatorId,
          chance,
          group,
          at,
          direction: 'idle',
          door: 'closed',
          riders: [],
          isDriven: false,
          isHeld: false,
          isBusy: false,
          turn: 0,
          saidAt: 0,
        };
        group.cabs.push(cab);
        this.#cabs.set(cab.id, cab);
      }
    }
  }

  open(): void {
    const speak = SPEAK_S * Math.max(1, this.#world.speed);
    for (const cab of this.#cabs.values()) {
      this.#say(cab);
      this.#world.every(cab.chance.next() * speak, () => {
        if (!cab.isDriven && this.#world.now - cab.saidAt > speak - 0.3) this.#say(cab);
        return speak;
      });
    }
    const groups = new Set([...this.#cabs.values()].map((cab) => cab.group));
    for (const group of groups) {
      const chance = this.#world.random(`calls/${group.tower.id}`);
      const rate = RIDES * group.cabs.length;
      this.#world.every(chance.wait(rate), () => {
        this.#call(group, chance);
        return chance.wait(rate);
      });
    }
  }

  has(id: string): boolean {
    return this.#cabs.has(id);
  }

  floorOf(id: string): number {
    const cab = this.#cabs.get(id);
    return cab?.group.tower.floors[cab.at] ?? 1;
  }

  isHeld(id: string): boolean {
    return this.#cabs.get(id)?.isHeld ?? false;
  }

  /** From now on `drive` says what it does; its riders are let out in thought. */
  takeOver(id: string, floor: number): void {
    const cab = this.#cabs.get(id);
    if (cab === undefined) return;
    cab.isDriven = true;
    cab.at = Math.max(0, cab.group.tower.floors.indexOf(floor));
    cab.riders = [];
  }

  /** What a driven cab shows at `ts`. */
  drive(id: string, ts: EventTime, floor: number, direction: Direction, door: Door, load: number): void {
    const cab = this.#cabs.get(id);
    if (cab === undefined || !cab.isDriven) return;
    cab.at = Math.max(0, cab.group.tower.floors.indexOf(floor));
    cab.direction = direction;
    cab.door = door;
    this.#emit(cab, ts, floor, load);
  }

  /** Opens the doors at the next floor and keeps them open, until let go. False when there is no such cab. */
  hold(id: string, isHeld: boolean): boolean {
    const cab = this.#cabs.get(id);
    if (cab === undefined) return false;
    cab.isHeld = isHeld;
    if (!cab.isDriven) {
      if (isHeld && !cab.isBusy) this.#arrive(cab);
      if (!isHeld && cab.door === 'held') this.#close(cab);
    }
    return true;
  }

  #call(group: Group, chance: Random): void {
    const { tower, ground } = group;
    const top = tower.floors.length - 1;
    if (top < 1) return;
    // An evening: six of ten come home, three go out, one visits a neighbour.
    const flat = chance.whole(Math.min(top, ground + 1), top);
    const kind = chance.next();
    const other = chance.whole(0, top);
    const entry = chance.chance(0.25) ? 0 : ground;
    const [from, to] = kind < 0.6 ? [entry, flat] : kind < 0.9 ? [flat, entry] : [flat, other];
    if (from === to || group.waiting.length > 30) return;
    group.waiting.push({ from, to, kg: chance.whole(48, 92) });
    let best: Cab | null = null;
    let least = Infinity;
    for (const cab of group.cabs) {
      if (cab.isDriven || cab.isHeld) continue;
      const isAway = cab.direction !== 'idle' && (from - cab.at) * (cab.direction === 'up' ? 1 : -1) < 0;
      const cost = Math.abs(cab.at - from) + cab.riders.length * 2 + (isAway ? top : 0);
      if (cost < least) [best, least] = [cab, cost];
    }
    if (best !== null && !best.isBusy) this.#decide(best);
  }

  /** Doors are closed: where next? */
  #decide(cab: Cab): void {
    if (cab.isDriven) {
      cab.isBusy = false;
      return;
    }
    cab.isBusy = true;
    const { waiting } = cab.group;
    if (cab.isHeld || waiting.some((rider) => rider.from === cab.at && this.#suits(cab, rider)))
      return this.#arrive(cab);
    const ahead = (sign: number): boolean =>
      cab.riders.some((r) => (r.to - cab.at) * sign > 0) || waiting.some((r) => (r.from - cab.at) * sign > 0);
    const before = cab.direction;
    if (cab.direction === 'up' && !ahead(1)) cab.direction = 'idle';
    if (cab.direction === 'down' && !ahead(-1)) cab.direction = 'idle';
    if (cab.direction === 'idle') cab.direction = ahead(1) ? 'up' : ahead(-1) ? 'down' : 'idle';
    if (cab.direction !== before) this.#say(cab);
    if (cab.direction === 'idle') {
      cab.isBusy = false;
      return;
    }
    this.#move(cab, START);
  }

  #move(cab: Cab, seconds: number): void {
    this.#world.after(seconds, () => {
      if (cab.isDriven) {
        cab.isBusy = false;
        return;
      }
      const last = cab.group.tower.floors.length - 1;
      cab.at = Math.max(0, Math.min(last, cab.at + (cab.direction === 'up' ? 1 : -1)));
      this.#say(cab);
      const isWanted =
        cab.isHeld ||
        cab.riders.some((rider) => rider.to === cab.at) ||
        cab.group.waiting.some((rider) => rider.from === cab.at && this.#suits(cab, rider));
      const sign = cab.direction === 'up' ? 1 : -1;
      const isMoreAhead =
        cab.riders.some((r) => (r.to - cab.at) * sign > 0) ||
        cab.group.waiting.some((r) => (r.from - cab.at) * sign > 0);
      if (isWanted) this.#arrive(cab);
      else if (isMoreAhead) this.#move(cab, PASS);
      else this.#decide(cab);
    });
  }

  /** Collective control: only who goes the cab's way gets in, unless there is nothing more that way. */
  #suits(cab: Cab, rider: Rider): boolean {
    if (weight(cab) + rider.kg > RATED * 0.8) return false;
    if (cab.direction === 'idle' || cab.riders.length === 0) return true;
    return rider.to > rider.from === (cab.direction === 'up');
  }

  #arrive(cab: Cab): void {
    cab.isBusy = true;
    const turn = ++cab.turn;
    cab.door = cab.isHeld ? 'held' : 'open';
    this.#say(cab);
    const leaving = cab.riders.filter((rider) => rider.to === cab.at).length;
    cab.riders = cab.riders.filter((rider) => rider.to !== cab.at);
    const { waiting } = cab.group;
    let entering = 0;
    for (let i = 0; i < waiting.length; i++) {
      const rider = waiting[i];
      if (rider === undefined || rider.from !== cab.at || !this.#suits(cab, rider)) continue;
      waiting.splice(i--, 1);
      cab.riders.push(rider);
      entering++;
      if (cab.direction === 'idle') cab.direction = rider.to > rider.from ? 'up' : 'down';
    }
    const dwell = DWELL + PER_RIDER * (leaving + entering);
    this.#world.after(dwell * 0.7, () => {
      if (leaving + entering > 0 && turn === cab.turn && !cab.isDriven) this.#say(cab);
    });
    this.#world.after(dwell, () => {
      if (turn !== cab.turn) return;
      if (cab.isDriven) cab.isBusy = false;
      else if (!cab.isHeld) this.#close(cab);
      else if (cab.door !== 'held') {
        cab.door = 'held';
        this.#say(cab);
      }
    });
  }

  #close(cab: Cab): void {
    cab.turn++;
    cab.door = 'closed';
    this.#say(cab);
    this.#world.after(DOOR, () => this.#decide(cab));
  }

  #say(cab: Cab): void {
    this.#emit(cab, this.#world.ts(), cab.group.tower.floors[cab.at] ?? 1, weight(cab));
  }

  #emit(cab: Cab, ts: EventTime, floor: number, load: number): void {
    cab.saidAt = this.#world.now;
    const { direction, door } = cab;
    this.#world.emit('fire-iot.cab', {
      id: this.#world.id('c'),
      elevatorId: elevatorId(cab.id),
      ts,
      floor,
      direction,
      door,
      load,
    });
  }
}

const weight = (cab: Cab): number => cab.riders.reduce((sum, rider) => sum + rider.kg, 0);
