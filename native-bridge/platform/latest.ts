/**
 * Owns: the latest state of everything a source has said, by stream: what a snapshot sends.
 * Guarantees: one event per thing (the newest), in the order things first appeared; `take()` is a moment in
 *   time: later events do not change what it returned.
 * Refuses: to grow without end: cleared alarms, closed incidents and passing things are kept to a number.
 * Events handed in belong to this store from then on and must not be changed.
 */

export type PlainEvent = Readonly<Record<string, unknown>>;

/** Which field names the thing an event is about; streams not listed go by `id`. */
const SUBJECT: Readonly<Record<string, readonly string[]>> = {
  reading: ['deviceId'],
  cab: ['elevatorId'],
  position: ['unitId'],
  risk: ['zoneId', 'field'],
  detection: ['cameraId', 'track'],
};
/** How many are kept of streams whose things come and go; others are bounded by the world itself. */
const ROOM: Readonly<Record<string, number>> = {
  alarm: 8_000,
  incident: 2_000,
  task: 4_000,
  detection: 200,
  opinion: 200,
  warning: 200,
};
const ROOM_OTHERS = 200_000;

/** Over, so the first to be given up when room is short. */
const isOver = (event: PlainEvent): boolean => event['state'] === 'cleared' || event['status'] === 'closed';

export class LatestState {
  readonly #streams = new Map<string, Map<string, PlainEvent>>();

  /** `stream` without source and key, such as `reading`. */
  put(stream: string, events: readonly PlainEvent[]): void {
    let things = this.#streams.get(stream);
    if (things === undefined) {
      things = new Map();
      this.#streams.set(stream, things);
    }
    const fields = SUBJECT[stream] ?? ['id'];
    for (const event of events) things.set(fields.map((field) => String(event[field])).join('/'), event);
    const room = ROOM[stream] ?? ROOM_OTHERS;
    if (things.size > room) giveUp(things, room);
  }

  clear(): void {
    this.#streams.clear();
  }

  /** The streams asked for (all when undefined), inside `area` when the event has a place. */
  take(streams?: readonly string[], area?: readonly [number, number, number, number]): Map<string, PlainEvent[]> {
    const taken = new Map<string, PlainEvent[]>();
    for (const [stream, things] of this.#streams) {
      if (streams !== undefined && !streams.includes(stream)) continue;
      const events = [...things.values()];
      taken.set(stream, area === undefined ? events : events.filter((event) => isInside(event, area)));
    }
    return taken;
  }
}

function giveUp(things: Map<string, PlainEvent>, room: number): void {
  const spare = Math.floor(room * 0.9);
  for (const onlyOver of [true, false]) {
    for (const [key, event] of things) {
      if (things.size <= spare) return;
      if (!onlyOver || isOver(event)) things.delete(key);
    }
  }
}

function isInside(event: PlainEvent, [west, south, east, north]: readonly [number, number, number, number]): boolean {
  const { lon, lat } = event;
  if (typeof lon !== 'number' || typeof lat !== 'number') return true;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
