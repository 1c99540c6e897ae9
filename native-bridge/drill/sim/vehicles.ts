/**
 * Owns: where the rescue vehicles are, what they are bound to, and their reports.
 * Guarantees: they move along roads only; a report every 2–5 s when moving, every 30 s when parked, at once on a change.
 * Refuses: to send one that is bound to another incident, or that does not exist.
 */
import { incidentId, unitId } from '../../contract/brand.ts';
import { metresBetween } from '../../contract/site-read.ts';
import type { LonLat, SiteVehicle } from '../../contract/site-files.ts';
import { drive, type Drive, type Moment } from './drive.ts';
import type { Random } from './random.ts';
import { openRoads, type Roads, type Way } from './roads.ts';
import type { World } from './world.ts';

export type UnitStatus = 'standby' | 'dispatched' | 'en-route' | 'on-scene' | 'returning' | 'patrol' | 'moving-up';

interface Unit {
  readonly id: string;
  readonly vehicle: SiteVehicle;
  readonly chance: Random;
  status: UnitStatus;
  incidentId: string | null;
  parked: Moment;
  leg: { readonly drive: Drive; readonly began: number } | null;
  /** Raised with every change, so that what was planned before it lapses. */
  turn: number;
  /** Counts reports: only the newest plans the next. */
  reports: number;
}

/** Seconds from the order to the wheels turning; GB/T 38315 style turnout of a station on call. */
const TURNOUT = [35, 60] as const;
/** Metres between two vehicles that stop at the same place. */
const SPACING = 13;
/** How many are out on inspection rounds at any time. */
const ROUNDS = 13;
const HASTE = { 'en-route': 1.15, patrol: 0.75, returning: 0.85, 'moving-up': 1 } as const;

export class Vehicles {
  readonly #world: World;
  readonly #roads: Roads;
  readonly #units = new Map<string, Unit>();
  readonly #chance: Random;
  #onArrive: (incidentId: string, unitId: string) => void = () => undefined;

  constructor(world: World) {
    this.#world = world;
    this.#roads = openRoads(world.site.roads);
    this.#chance = world.random('vehicles');
    for (const vehicle of world.site.vehicles) {
      const chance = world.random(vehicle.id);
      const parked = { lon: vehicle.lon, lat: vehicle.lat, heading: chance.between(0, 360), speed: 0 };
      this.#units.set(vehicle.id, {
        id: vehicle.id,
        vehicle,
        chance,
        status: 'standby',
        incidentId: null,
        parked,
        leg: null,
        turn: 0,
        reports: 0,
      });
    }
  }

  onArrive(act: (incidentId: string, unitId: string) => void): void {
    this.#onArrive = act;
  }

  /** Puts everyone in place; some are out already. */
  open(): void {
    for (const unit of this.#units.values()) this.#report(unit);
    const out = Math.min(ROUNDS, Math.floor(this.#units.size / 3));
    for (let i = 0; i < out; i++) this.#startRound(true);
    this.#world.every(20, () => {
      const busy = [...this.#units.values()].filter((u) => u.status === 'patrol').length;
      if (busy < out) this.#startRound(false);
      return this.#chance.between(15, 45);
    });
  }

  has(id: string): boolean {
    return this.#units.has(id);
  }

  statusOf(id: string): UnitStatus | null {
    return this.#units.get(id)?.status ?? null;
  }

  boundTo(incidentId: string): string[] {
    return [...this.#units.values()].filter((unit) => unit.incidentId === incidentId).map((unit) => unit.id);
  }

  /** The quickest to be there by road, of the types asked for, among those not bound. */
  nearest(to: LonLat, count: number, types?: readonly string[]): string[] {
    const goal = this.#roads.nearest(to);
    return [...this.#units.values()]
      .filter((unit) => unit.incidentId === null && (types === undefined || types.includes(unit.vehicle.type)))
      .map((unit) => ({ unit, far: metresBetween(this.#place(unit), to) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, count * 4)
      .map(({ unit }) => ({
        unit,
        s: this.#roads.way(this.#roads.nearest(this.#place(unit)), goal)?.seconds ?? Infinity,
      }))
      .sort((a, b) => a.s - b.s || (a.unit.id < b.unit.id ? -1 : 1))
      .slice(0, count)
      .map(({ unit }) => unit.id);
  }

  /** Null when it goes; otherwise why it does not. */
  send(id: string, incidentId: string, to: LonLat): string | null {
    const unit = this.#units.get(id);
    if (unit === undefined) return `no such unit: ${id}`;
    if (unit.incidentId === incidentId) return null;
    if (unit.incidentId !== null) return `${id} is bound to ${unit.incidentId}`;
    unit.incidentId = incidentId;
    this.#change(unit, 'dispatched');
    const wasOut = unit.leg !== null;
    const turn = unit.turn;
    const rank = this.boundTo(incidentId).length - 1;
    this.#world.after(wasOut ? 5 : unit.chance.between(...TURNOUT), () => {
      if (unit.turn !== turn) return;
      const isUnderWay = this.#go(unit, 'en-route', to, rank * SPACING, () => {
        this.#change(unit, 'on-scene');
        this.#onArrive(incidentId, id);
      });
      if (!isUnderWay) this.#park(unit, 'on-scene');
    });
    return null;
  }

  /** Called off and home; null when it turns round, otherwise why it does not. */
  recall(id: string, incidentId: string): string | null {
    const unit = this.#units.get(id);
    if (unit === undefined) return `no such unit: ${id}`;
    if (unit.incidentId !== incidentId) return `${id} is not bound to ${incidentId}`;
    unit.incidentId = null;
    this.#goHome(unit);
    return null;
  }

  /** Stands in at another station until it is needed; null when it goes, otherwise why it does not. */
  moveUp(id: string, to: LonLat): string | null {
    const unit = this.#units.get(id);
    if (unit === undefined) return `no such unit: ${id}`;
    if (unit.incidentId !== null) return `${id} is bound to ${unit.incidentId}`;
    const park = (): void => this.#park(unit, 'standby');
    return this.#go(unit, 'moving-up', to, 0, park, to) ? null : `no way for ${id}`;
  }

  /** Everyone bound to the incident goes home. */
  release(incidentId: string): void {
    for (const unit of this.#units.values()) {
      if (unit.incidentId !== incidentId) continue;
      unit.incidentId = null;
      this.#world.after(unit.chance.between(5, 90), () => {
        if (unit.incidentId === null) this.#goHome(unit);
      });
    }
  }

  #startRound(isUnderWay: boolean): void {
    const idle = [...this.#units.values()].filter((unit) => unit.status === 'standby' && unit.incidentId === null);
    if (idle.length === 0) return;
    const unit = this.#chance.pick(idle);
    let stops = unit.chance.whole(2, 4);
    const next = (): void => {
      if (unit.incidentId !== null) return;
      if (stops-- === 0) return this.#goHome(unit);
      const isThere = this.#go(unit, 'patrol', this.#someplace(unit), 0, () => {
        this.#park(unit, 'patrol');
        const turn = unit.turn;
        this.#world.after(unit.chance.between(60, 300), () => unit.turn === turn && next());
      });
      if (!isThere) this.#goHome(unit);
    };
    next();
    if (!isUnderWay || unit.leg === null) return;
    // At the opening some are half way already.
    unit.leg = { ...unit.leg, began: unit.leg.began - unit.chance.next() * unit.leg.drive.seconds * 0.7 };
    this.#report(unit);
  }

  /** A crossing within some kilometres of the unit's own station. */
  #someplace(unit: Unit): LonLat {
    const home: LonLat = [unit.vehicle.lon, unit.vehicle.lat];
    for (let tries = 0; tries < 40; tries++) {
      const place = unit.chance.pick(this.#roads.nodes);
      const far = metresBetween(home, place);
      if (far > 600 && far < 6000) return place;
    }
    return unit.chance.pick(this.#roads.nodes);
  }

  #goHome(unit: Unit): void {
    const home: LonLat = [unit.vehicle.lon, unit.vehicle.lat];
    const park = (): void => this.#park(unit, 'standby');
    if (!this.#go(unit, 'returning', home, 0, park, home)) park();
  }

  /** Starts a leg; false when there is no way. `short` metres before its end it stops. */
  #go(unit: Unit, status: keyof typeof HASTE, to: LonLat, short: number, arrived: () => void, last?: LonLat): boolean {
    const from = this.#place(unit);
    const way = this.#roads.way(this.#roads.nearest(from), this.#roads.nearest(to));
    if (way === null) return false;
    const whole = extend(way, from, last);
    const leg = drive(shorten(whole, short), HASTE[status]);
    const spread = 0.94 + 0.12 * unit.chance.next();
    unit.leg = { drive: { seconds: leg.seconds * spread, at: (s) => leg.at(s / spread) }, began: this.#world.now };
    this.#change(unit, status);
    const turn = unit.turn;
    const wait = (): void => {
      if (unit.turn !== turn || unit.leg === null) return;
      const left = unit.leg.drive.seconds - (this.#world.now - unit.leg.began);
      if (left > 0.05) return this.#world.after(left, wait);
      unit.parked = { ...unit.leg.drive.at(unit.leg.drive.seconds), speed: 0 };
      unit.leg = null;
      arrived();
    };
    this.#world.after(1, wait);
    return true;
  }

  #park(unit: Unit, status: UnitStatus): void {
    unit.parked = { ...this.#moment(unit), speed: 0 };
    unit.leg = null;
    this.#change(unit, status);
  }

  #change(unit: Unit, status: UnitStatus): void {
    unit.status = status;
    unit.turn++;
    this.#report(unit);
  }

  #report(unit: Unit): void {
    const { lon, lat, heading, speed } = this.#moment(unit);
    this.#world.emit('fire-iot.position', {
      id: this.#world.id('p'),
      unitId: unitId(unit.id),
      ts: this.#world.ts(),
      lon: Math.round(lon * 1e6) / 1e6,
      lat: Math.round(lat * 1e6) / 1e6,
      heading: Math.round(heading * 10) / 10,
      speed: Math.round(speed * 10) / 10,
      status: unit.status,
      ...(unit.incidentId === null ? {} : { incidentId: incidentId(unit.incidentId) }),
    });
    const mine = ++unit.reports;
    const wait = unit.leg === null ? 30 : unit.status === 'en-route' ? 2 : 2 + 3 * unit.chance.next();
    // In a hurried district no more than two reports a second of real time.
    this.#world.after(Math.max(wait, this.#world.speed / 2), () => unit.reports === mine && this.#report(unit));
  }

  #moment(unit: Unit): Moment {
    return unit.leg === null ? unit.parked : unit.leg.drive.at(this.#world.now - unit.leg.began);
  }

  #place(unit: Unit): LonLat {
    const { lon, lat } = this.#moment(unit);
    return [lon, lat];
  }
}

/** From where it stands to the first crossing, and from the last to its own bay. */
function extend(way: Way, first: LonLat, last: LonLat | undefined): Way {
  return {
    ...way,
    line: [first, ...way.line, ...(last === undefined ? [] : [last])],
    speeds: [1, 4, ...way.speeds.slice(1), ...(last === undefined ? [] : [4])],
  };
}

function shorten(way: Way, metres: number): Way {
  const line = [...way.line];
  let left = metres;
  while (line.length > 2) {
    const [a, b] = [line.at(-2), line.at(-1)];
    if (a === undefined || b === undefined) break;
    const far = metresBetween(a, b);
    if (far > left) {
      const share = left / far;
      line[line.length - 1] = [b[0] + (a[0] - b[0]) * share, b[1] + (a[1] - b[1]) * share];
      break;
    }
    left -= far;
    line.pop();
  }
  return { ...way, line, speeds: way.speeds.slice(0, line.length) };
}
