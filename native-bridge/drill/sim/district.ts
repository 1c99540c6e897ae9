/**
 * Owns: a district that lives: all its parts, its opening, and the acts of its scenario in their time.
 * Guarantees: `open()` leaves a district already alive; `advance(wall)` brings it to that moment by whole steps, so
 *   that the same steps give the same story.
 * Refuses: sockets; events leave through `emit`, frames through `frame`.
 */
import type { Stream, StreamEvent, VideoHeader, WireOrder } from '../../contract/wire.ts';
import { devicesCast, type Casting } from '../casting.ts';
import type { Verdict } from '../../platform/order-book.ts';
import type { Scenario } from '../scenario.ts';
import type { DrillSite } from '../site.ts';
import { Alarms } from './alarms.ts';
import { Cameras, type Channel } from './cameras.ts';
import { Extras } from './extras.ts';
import { Incidents } from './incidents.ts';
import { Tasks } from './tasks.ts';
import { Lifts } from './lifts.ts';
import { obey, type Hands } from './orders.ts';
import { Ordinary, registryEntry } from './ordinary.ts';
import { Readings } from './readings.ts';
import { Rooms } from './rooms.ts';
import { Situation } from './situation.ts';
import type { Stage } from './stage.ts';
import { playAct } from './stories.ts';
import { Vehicles } from './vehicles.ts';
import { STEP_MS, World } from './world.ts';

export interface DistrictOptions {
  readonly site: DrillSite;
  readonly scenario: Scenario;
  readonly casting: Casting;
  readonly seed: number;
  readonly speed: number;
  /** Wall clock at the opening, ms UTC. */
  readonly start: number;
  /** District seconds of the scenario that lie behind at the opening. */
  readonly startAt: number;
  readonly emit: (stream: Stream, event: StreamEvent[Stream], now: boolean) => void;
  readonly frame: (header: VideoHeader, unit: Uint8Array) => void;
}
/** District seconds before the opening, in which what is there already takes its state. */
const PRELUDE_S = 2;
/** The wall clock ran away from the process by so much: the machine slept. */
const ASLEEP_MS = 5000;

export class District {
  readonly world: World;
  readonly #options: DistrictOptions;
  readonly #readings: Readings;
  readonly #lifts: Lifts;
  readonly #cameras: Cameras;
  readonly #extras: Extras;
  readonly #hands: Hands;
  readonly #stage: Stage;
  #wall: number;
  #owed = 0;

  constructor(options: DistrictOptions) {
    const { scenario, casting } = options;
    this.#options = options;
    this.#wall = options.start;
    const world = new World({ ...options, startAt: options.startAt + PRELUDE_S });
    const alarms = new Alarms(world);
    const readings = new Readings(world, scenario.life.eventsPerSecond);
    const rooms = new Rooms(world, alarms, readings);
    const vehicles = new Vehicles(world);
    const tasks = new Tasks(world);
    const incidents = new Incidents(world, vehicles, tasks);
    const lifts = new Lifts(world);
    const situation = new Situation(world);
    const cameras = new Cameras(world, lifts, options.frame);
    const spared = devicesCast(casting);
    const ordinary = new Ordinary(world, alarms, readings, spared);
    const channels = new Map<string, Channel>();
    for (const [name, { camera, idle, begin }] of casting.cameras) {
      const elevator = camera.kind === 'elevator' ? (camera.elevatorId ?? null) : null;
      channels.set(name, cameras.add(camera.id, elevator, idle, begin));
    }
    const cast = new Set([...casting.cameras.values()].map(({ camera }) => camera.id));
    this.#extras = new Extras({
      cameras: options.site.cameras.filter(({ id }) => !cast.has(id)),
      reel: casting.reel,
      isDeserted: ({ buildingId }) => buildingId !== undefined && rooms.isEmpty(buildingId),
      send: options.frame,
    });
    this.world = world;
    this.#readings = readings;
    this.#lifts = lifts;
    this.#cameras = cameras;
    this.#hands = { world, alarms, ordinary, rooms, incidents, lifts, tasks, vehicles };
    this.#stage = { world, casting, channels, alarms, readings, rooms, situation, incidents, vehicles };
  }

  /** Everything there is, then what has happened up to the opening; all of it through `emit`. */
  open(): void {
    const { scenario, site, startAt } = this.#options;
    const { world } = this;
    const { opening, life } = scenario;
    for (const device of site.devices) world.emit('fire-iot.device', { ...registryEntry(device), ts: world.ts() });
    this.#readings.sayAll();
    this.#lifts.open();
    this.#stage.vehicles.open();
    this.#stage.rooms.open(devicesCast(this.#options.casting));
    this.#stage.incidents.open(life.incidentsPerHour, opening.incidents);
    this.#hands.ordinary.open(life.alarmsPerHour, opening.alarms, opening.offline);
    this.#stage.situation.open();
    if (opening.warning !== undefined) this.#stage.situation.warn(opening.warning);
    this.#schedule(0, startAt);
    while (world.now < startAt + PRELUDE_S) this.#step();
    world.isOpen = true;
  }

  /** Up to this moment of the wall clock (ms UTC). */
  advance(wall: number): void {
    const passed = wall - this.#wall;
    this.#wall = wall;
    if (passed > ASLEEP_MS) {
      this.world.skip(passed);
      return;
    }
    this.#owed += passed * this.world.speed;
    for (; this.#owed >= STEP_MS; this.#owed -= STEP_MS) this.#step();
    this.#cameras.step(wall);
    this.#extras.step(wall);
  }

  /** Some console begins to want video topics with this prefix, or the last one ceases to. */
  subscription(prefix: string, wanted: boolean): void {
    this.#extras.subscription(prefix, wanted);
  }

  keyframe(cameraId: string): void {
    this.#extras.keyframe(cameraId);
  }

  order(order: WireOrder): Verdict {
    return obey(this.#hands, order);
  }

  #step(): void {
    this.world.step();
    this.#readings.step();
  }

  /** The acts of one round; those before `from` that are films are not shown to empty rooms. */
  #schedule(round: number, from: number): void {
    const { scenario } = this.#options;
    const length = scenario.minutes * 60;
    const begins = round * length;
    for (const act of scenario.acts) {
      const at = begins + act.at - this.world.now;
      if (at < 0 || (act.act === 'ride' && begins + act.at < from)) continue;
      this.world.after(at, () => playAct(this.#stage, act));
    }
    if (scenario.loop) this.world.after(begins + length - this.world.now, () => this.#schedule(round + 1, from));
  }
}
