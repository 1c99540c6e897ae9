/**
 * Owns: 110 incidents, from report to closure.
 * Guarantees: statuses only go forward, in the contract's order; an incident with units is `dispatched` when the first
 *   is sent and `arrived` when the first is there.
 * Refuses: acts on an incident that is closed or unknown.
 */
import { buildingId, incidentId, type EventTime } from '../../contract/brand.ts';
import { INCIDENT_STATUSES, type IncidentStatus } from '../../contract/wire.ts';
import type { LonLat } from '../../contract/site-files.ts';
import type { Random } from './random.ts';
import type { Asked, Tasks } from './tasks.ts';
import type { Vehicles } from './vehicles.ts';
import { incidentKinds, type IncidentKind } from './words.ts';
import type { World } from './world.ts';

export interface NewIncident {
  readonly kind: string;
  readonly level: 1 | 2 | 3 | 4;
  readonly title: string;
  readonly address: string;
  readonly place: LonLat;
  readonly buildingId?: string;
  readonly floor?: number;
  readonly caller?: string;
  readonly alarmIds?: readonly string[];
}
interface Incident extends NewIncident {
  readonly id: string;
  status: IncidentStatus;
}
/** Seconds from one status to the next, for an incident that runs by itself. */
export interface Pace {
  readonly accept: number;
  readonly dispatch: number;
  readonly control: number;
  readonly close: number;
}

export class Incidents {
  readonly #world: World;
  readonly #vehicles: Vehicles;
  readonly #chance: Random;
  readonly #all = new Map<string, Incident>();
  readonly #tasks: Tasks;
  readonly #reach = new Map<string, ((status: IncidentStatus) => void)[]>();

  constructor(world: World, vehicles: Vehicles, tasks: Tasks) {
    this.#tasks = tasks;
    this.#world = world;
    this.#vehicles = vehicles;
    this.#chance = world.random('incidents');
    vehicles.onArrive((id) => this.advance(id, 'arrived'));
  }

  has(id: string): boolean {
    const incident = this.#all.get(id);
    return incident !== undefined && incident.status !== 'closed';
  }

  placeOf(id: string): LonLat | null {
    return this.#all.get(id)?.place ?? null;
  }

  statusOf(id: string): IncidentStatus | null {
    return this.#all.get(id)?.status ?? null;
  }

  /** Ordinary ones, `perHour` on average; `already` of them when the doors open. */
  open(perHour: number, already: number): void {
    for (let i = 0; i < already; i++) this.#world.after(i * 0.2, () => this.#ordinary(i));
    if (perHour <= 0) return;
    this.#world.every(this.#chance.wait(perHour), () => {
      this.#ordinary(-1);
      return this.#chance.wait(perHour);
    });
  }

  report(what: NewIncident, agoS = 0): string {
    const incident: Incident = { ...what, id: this.#world.id('jq'), status: 'reported' };
    this.#all.set(incident.id, incident);
    this.#say(incident, agoS > 0 ? this.#world.wallAgo(agoS) : this.#world.ts());
    return incident.id;
  }

  /** Goes to `status` if it lies ahead. */
  advance(id: string, status: IncidentStatus): void {
    const incident = this.#all.get(id);
    if (incident === undefined || INCIDENT_STATUSES.indexOf(status) <= INCIDENT_STATUSES.indexOf(incident.status))
      return;
    incident.status = status;
    this.#say(incident, this.#world.ts());
    if (status === 'closed') this.#vehicles.release(id);
    for (const act of this.#reach.get(id) ?? []) act(status);
    if (status === 'closed') this.#reach.delete(id);
  }

  whenReached(id: string, status: IncidentStatus, act: () => void): void {
    const acts = this.#reach.get(id) ?? [];
    acts.push((reached) => reached === status && act());
    this.#reach.set(id, acts);
  }

  /** Null when they go, else why not. */
  dispatch(id: string, units: readonly string[]): string | null {
    const incident = this.#all.get(id);
    if (incident === undefined || incident.status === 'closed') return `no open incident ${id}`;
    if (units.length === 0) return 'unitIds: expected at least one';
    const unknown = units.find((unit) => !this.#vehicles.has(unit));
    if (unknown !== undefined) return `no such unit: ${unknown}`;
    const refusals = units.map((unit) => this.#vehicles.send(unit, id, incident.place)).filter((why) => why !== null);
    if (refusals.length === units.length) return refusals[0] ?? null;
    this.advance(id, 'accepted');
    this.advance(id, 'dispatched');
    return null;
  }

  /** Null when they turn round, else why not. */
  recall(id: string, units: readonly string[]): string | null {
    const refusals = units.map((unit) => this.#vehicles.recall(unit, id)).filter((why) => why !== null);
    return refusals.length === units.length ? (refusals[0] ?? 'unitIds: expected at least one') : null;
  }

  /** Null when the department was told, else why not. */
  task(id: string, asked: Asked): string | null {
    if (!this.has(id)) return `no open incident ${id}`;
    this.#tasks.ask({ incidentId: id }, asked);
    return null;
  }

  /** Runs by itself: accepted, units sent, there, under control, over. Units already bound are counted. */
  run(id: string, units: number, pace: Pace, types?: readonly string[]): void {
    const { accept, dispatch, control, close } = pace;
    this.#world.after(accept, () => this.advance(id, 'accepted'));
    this.#world.after(accept + dispatch, () => {
      const incident = this.#all.get(id);
      if (incident === undefined || incident.status === 'closed') return;
      const missing = units - this.#vehicles.boundTo(id).length;
      if (missing > 0) this.dispatch(id, this.#vehicles.nearest(incident.place, missing, types));
      else this.advance(id, 'dispatched');
      if (units === 0) this.#world.after(this.#chance.between(240, 600), () => this.advance(id, 'arrived'));
      else this.#world.after(1500, () => this.advance(id, 'arrived'));
    });
    this.whenReached(id, 'arrived', () => {
      this.#world.after(control, () => this.advance(id, 'controlled'));
      this.#world.after(control + close, () => this.advance(id, 'closed'));
    });
  }

  #ordinary(already: number): void {
    const chance = this.#chance;
    const what = kindBy(chance.next());
    const buildings = [...this.#world.site.buildings.values()];
    if (buildings.length === 0) return;
    const building = chance.pick(buildings);
    const id = this.report(
      {
        kind: what.kind,
        level: what.level,
        title: what.title,
        address: building.address,
        place: building.centre,
        buildingId: building.id,
        caller: `${chance.pick(['王', '陈', '李', '张', '沈', '章', '徐', '夏'])}${chance.pick(['先生', '女士'])}`,
      },
      already < 0 ? 0 : chance.between(120, 1500),
    );
    const stage = already < 0 ? 0 : already % 5;
    // At the opening incidents are found in several states.
    for (const status of INCIDENT_STATUSES.slice(1, stage + 1)) {
      if (status === 'dispatched' && what.units > 0)
        this.dispatch(id, this.#vehicles.nearest(building.centre, what.units));
      else this.advance(id, status);
    }
    const pace = {
      accept: chance.between(8, 40),
      dispatch: chance.between(20, 60),
      control: chance.between(300, 900),
      close: chance.between(240, 900),
    };
    if (stage < 3) this.run(id, what.units, pace);
    else {
      if (stage < 4) this.#world.after(pace.control, () => this.advance(id, 'controlled'));
      this.#world.after(pace.control + pace.close, () => this.advance(id, 'closed'));
    }
    for (const [department, action] of what.tasks) {
      const wait = stage > 1 ? 0.1 : pace.accept + chance.between(5, 40);
      this.#world.after(wait, () =>
        this.task(id, {
          ...{ department, action, dueMinutes: chance.whole(15, 40) },
          ...(stage > 2 ? { already: 'on-scene' } : stage > 1 ? { already: 'received' } : {}),
        }),
      );
    }
  }

  #say(incident: Incident, ts: EventTime): void {
    const [lon, lat] = incident.place;
    this.#world.emit(
      'linkage-110.incident',
      {
        id: incidentId(incident.id),
        ts,
        kind: incident.kind,
        level: incident.level,
        title: incident.title,
        address: incident.address,
        lon,
        lat,
        ...(incident.buildingId === undefined ? {} : { buildingId: buildingId(incident.buildingId) }),
        ...(incident.floor === undefined ? {} : { floor: incident.floor }),
        status: incident.status,
        ...(incident.caller === undefined ? {} : { caller: incident.caller }),
        ...(incident.alarmIds === undefined ? {} : { alarmIds: incident.alarmIds }),
      },
      true,
    );
  }
}

function kindBy(share: number): IncidentKind {
  const total = incidentKinds.reduce((sum, kind) => sum + kind.parts, 0);
  let left = share * total;
  for (const kind of incidentKinds) {
    left -= kind.parts;
    if (left < 0) return kind;
  }
  throw new Error('no kind of incident');
}
