/**
 * Asking: what to request next, how much at a time, and when to stop believing that an answer will come.
 *
 * Owns: the one request in flight, its size, the waiting between failures.
 * Guarantees: one request at a time; ranges grow while answers are quick and shrink when they are slow or fail; a
 *   range that was asked for `FRUITLESS` times in vain is settled as refused. Refuses: to send anything itself.
 */
import type { Ask } from './types.ts';
import type { EpochLog } from './epoch-log.ts';

/** No word on a request for so long: it failed. Twice the round trip of a geostationary link and to spare. */
export const REQUEST_TIMEOUT_MS = 5000;
/** A line may be too slow for one part of an answer in that time: every failure doubles it, up to 40 s. */
const MOST_DOUBLINGS = 3;
/** A gap may heal by itself (reordering) for so long before it is asked for. */
const GRACE_MS = 60;
/**
 * Answers within `QUICK_MS` double the range, beyond `SLOW_MS` halve it: live messages wait behind one range at most.
 * Counted without the line's own round trip: a satellite is far away, not slow.
 */
const QUICK_MS = 250;
const SLOW_MS = 1000;
const FIRST_SIZE = 256;
const MOST_SIZE = 16_384;
const FRUITLESS = 3;
const WAIT_MOST_MS = 15_000;
/** An earlier log's end is history: where nobody answers for it, it is asked for ever more seldom, and never given up. */
const TAIL_WAIT_MS = 5000;
const TAIL_DOUBLINGS = 5;

interface Flight {
  ask: Ask;
  log: EpochLog | null;
  sentAt: number;
  wordAt: number;
  answered: boolean;
  /** Numbers that came with it and were fresh. */
  fresh: number;
  /** What follows the last known number of an earlier log; nobody knows whether there is anything. */
  tail: boolean;
}

export class Asking {
  #flight: Flight | null = null;
  #size = FIRST_SIZE;
  /** Answers of this size came whole of late; what a platform's queue cannot hold it drops. */
  #most = MOST_SIZE;
  #serial = 0;
  #waitUntil = 0;
  #failures = 0;
  #fruitless = 0;
  #fruitlessFrom = 0;
  #snapshotFailures = 0;
  #snapshotAt = 0;
  /** Earlier logs may be asked for their ends again at this time, after so many requests without an answer. */
  #tailAt = 0;
  #tailFailures = 0;
  #lackingSince: number | null = null;
  /** The shortest time to the first word of an answer on this connection, ms. */
  #roundTrip = Number.POSITIVE_INFINITY;
  readonly #prefix: string;
  readonly #random: () => number;

  constructor(prefix: string, random: () => number) {
    this.#prefix = prefix;
    this.#random = random;
  }

  get flight(): Flight | null {
    return this.#flight;
  }
  /** A snapshot was asked for twice in vain: the wall goes on without. */
  get snapshotHopeless(): boolean {
    return this.#snapshotFailures >= 2;
  }

  #send(ask: Ask, log: EpochLog | null, now: number, tail = false): Ask {
    this.#flight = { ask, log, sentAt: now, wordAt: now, answered: false, fresh: 0, tail };
    return ask;
  }
  #id(): string {
    return `${this.#prefix}${(this.#serial++).toString(36)}`;
  }

  /**
   * The next request, or null when there is nothing to ask, or not yet. `logs`: the most wanted first; `current`: the
   * one that speaks, of which heartbeats tell the end.
   */
  next(wantSnapshot: boolean, logs: readonly EpochLog[], current: EpochLog | null, now: number): Ask | null {
    if (this.#flight !== null) return null;
    if (wantSnapshot && now >= this.#snapshotAt) {
      return this.#send({ id: this.#id(), verb: 'snapshot', map: {} }, null, now);
    }
    for (const log of logs) {
      const range = log.next(this.#size);
      if (range === null) continue;
      this.#lackingSince ??= now;
      if (now < this.#waitUntil || now - this.#lackingSince < GRACE_MS) return null;
      // Some read `to` as exclusive: the second time one more is asked for.
      const to = range[1] + this.#fruitless;
      return this.#send({ id: this.#id(), verb: 'replay', map: { epoch: log.epoch, from: range[0], to } }, log, now);
    }
    this.#lackingSince = null;
    return now >= this.#tailAt && now >= this.#waitUntil ? this.#nextTail(logs, current, now) : null;
  }
  #nextTail(logs: readonly EpochLog[], current: EpochLog | null, now: number): Ask | null {
    if (current === null) return null;
    const log = logs.find((each) => each !== current && each.endUnknown);
    if (log === undefined) return null;
    const map = { epoch: log.epoch, from: log.top + 1, to: log.top + this.#size };
    return this.#send({ id: this.#id(), verb: 'replay', map }, log, now, true);
  }

  /** A part of the answer came, with so many fresh numbers. */
  word(id: string, fresh: number, now: number): Flight | null {
    const flight = this.#flight;
    if (flight?.ask.id !== id) return null;
    flight.wordAt = now;
    if (!flight.answered) this.#roundTrip = Math.min(this.#roundTrip, now - flight.sentAt);
    flight.answered = true;
    flight.fresh += fresh;
    return flight;
  }

  /** Every number of the range asked for has come. */
  whole(id: string): boolean {
    const flight = this.#flight;
    if (flight?.ask.id !== id || flight.ask.verb !== 'replay' || flight.log === null) return false;
    return flight.log.settled.missing(flight.ask.map.from, flight.ask.map.to, 1).length === 0;
  }
  /** The answer is complete. Settles what will never come. */
  done(id: string, now: number): Flight | null {
    const flight = this.#flight;
    if (flight?.ask.id !== id) return null;
    this.#flight = null;
    this.#failures = 0;
    if (flight.ask.verb === 'snapshot') {
      this.#snapshotFailures = 0;
      return flight;
    }
    if (flight.fresh > 0) {
      this.#fruitless = 0;
      const took = now - flight.sentAt - Math.min(this.#roundTrip, now - flight.sentAt);
      this.#most = Math.min(this.#most + (this.#most >> 3), MOST_SIZE);
      if (took < QUICK_MS) this.#size = Math.min(this.#size * 2, this.#most);
      else if (took > SLOW_MS) this.#size = Math.max(this.#size >> 1, 16);
    } else if (flight.tail) {
      if (flight.log !== null) flight.log.endUnknown = false;
      this.#tailFailures = 0;
    } else if (flight.log !== null) {
      const from = flight.ask.map.from;
      this.#fruitless = this.#fruitlessFrom === from ? this.#fruitless + 1 : 1;
      this.#fruitlessFrom = from;
      this.#waitUntil = now + 200 * 2 ** this.#fruitless;
      if (this.#fruitless >= FRUITLESS) this.#giveUp(flight, true);
    }
    return flight;
  }

  #giveUp(flight: Flight, grow: boolean): void {
    if (flight.ask.verb !== 'replay' || flight.log === null) return;
    flight.log.refuse(flight.ask.map.from, Math.min(flight.ask.map.to, flight.log.top));
    this.#fruitless = 0;
    // A hole that nobody can fill is stepped over in ever longer strides.
    if (grow) this.#size = Math.min(this.#size * 8, 2 ** 40);
  }

  /** No answer, or one that says no. */
  failed(now: number): void {
    const flight = this.#flight;
    if (flight === null) return;
    this.#flight = null;
    if (flight.tail) {
      this.#tailAt = now + TAIL_WAIT_MS * 2 ** Math.min(this.#tailFailures++, TAIL_DOUBLINGS);
      return;
    }
    const wait = Math.min(WAIT_MOST_MS, 250 * 2 ** Math.min(this.#failures, 10));
    // Jitter: two consoles that lost the same platform do not come back in step.
    const until = now + wait / 2 + (wait / 2) * this.#random();
    this.#failures++;
    if (flight.ask.verb === 'snapshot') {
      this.#snapshotFailures++;
      this.#snapshotAt = until;
      return;
    }
    this.#waitUntil = until;
    if (flight.fresh > 0) this.#failures = 1;
    // One poisonous message must not stop the rest: narrow it down, then step over it.
    const span = flight.ask.map.to - flight.ask.map.from + 1;
    if (flight.fresh === 0 && span <= 1 && this.#failures > FRUITLESS) this.#giveUp(flight, false);
    this.#size = Math.max(1, Math.min(span, MOST_SIZE) >> 2);
    if (flight.fresh > 0) this.#most = this.#size = Math.min(MOST_SIZE, Math.max(FIRST_SIZE, flight.fresh));
  }

  /** Fails what has waited too long. */
  tick(now: number): void {
    const patience = REQUEST_TIMEOUT_MS * 2 ** Math.min(this.#failures, MOST_DOUBLINGS);
    if (this.#flight !== null && now - this.#flight.wordAt > patience) this.failed(now);
  }
  /** A new connection, or a new log: what failed before says nothing now. */
  fresh(): void {
    this.#waitUntil = 0;
    this.#snapshotAt = 0;
    this.#failures = 0;
    this.#fruitless = 0;
    this.#tailAt = 0;
    this.#tailFailures = 0;
    this.#roundTrip = Number.POSITIVE_INFINITY;
  }
  /** Forgets the request in flight. */
  drop(): void {
    this.#flight = null;
  }
}
