/**
 * Owns: the district's time (steps of a tenth of a second), what is due when, and the way out for events.
 * Guarantees: things due at the same moment happen in the order they were asked for; `ts` of an event is the wall
 *   clock's time of its moment, at any speed.
 * Refuses: to look at the real clock; whoever drives it says how far to go.
 */
import { eventTime, type EventTime } from '../../contract/brand.ts';
import type { Stream, StreamEvent } from '../../contract/wire.ts';
import type { DrillSite } from '../site.ts';
import { random, type Random } from './random.ts';

/** ms of district time per step. */
export const STEP_MS = 100;

/** An event may say more than the contract asks; unknown fields are kept by the console. */
export type Said<S extends Stream> = StreamEvent[S] & Readonly<Record<string, unknown>>;
export type Emit = <S extends Stream>(stream: S, event: Said<S>, now?: boolean) => void;

export interface WorldOptions {
  readonly site: DrillSite;
  readonly seed: number;
  /** District seconds per wall second. */
  readonly speed: number;
  /** Wall clock, ms UTC, when district time is `startAt`. */
  readonly start: number;
  /** District seconds that have gone by when the doors open. */
  readonly startAt: number;
  /** Where events go; `now` asks not to wait for a batch. */
  readonly emit: (stream: Stream, event: StreamEvent[Stream], now: boolean) => void;
}

interface Due {
  readonly at: number;
  readonly turn: number;
  readonly act: () => void;
}

export class World {
  readonly site: DrillSite;
  readonly speed: number;
  readonly seed: number;
  /** Ordinary telemetry is silent while the past is made up quickly. */
  isOpen = false;
  /** Events said so far. */
  said = 0;
  readonly #options: WorldOptions;
  readonly #run: string;
  readonly #heap: Due[] = [];
  #now = 0;
  #start: number;
  #turn = 0;
  #ids = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.site = options.site;
    this.speed = options.speed;
    this.seed = options.seed;
    this.#start = options.start;
    this.#run = Math.floor(options.start / 1000).toString(36);
  }

  /** District time, s since its beginning. */
  get now(): number {
    return this.#now / 1000;
  }

  /** Wall time of this moment, or of `ago` district seconds before. */
  ts(ago = 0): EventTime {
    return eventTime(Math.round(this.#start + (this.#now - ago * 1000 - this.#options.startAt * 1000) / this.speed));
  }

  /** Wall time that lies `seconds` of real time from this moment: for the age of what was there at the opening. */
  wallAgo(seconds: number): EventTime {
    return eventTime(this.ts() - Math.round(seconds * 1000));
  }

  /** The wall clock went on without the district (a machine asleep): what follows is dated anew. */
  skip(ms: number): void {
    this.#start += ms;
  }

  random(name: string): Random {
    return random(this.seed, name);
  }

  /** An id that no earlier run has used. */
  id(prefix: string): string {
    return `${prefix}-${this.#run}-${(this.#ids++).toString(36)}`;
  }

  readonly emit: Emit = (stream, event, now = false) => {
    this.said++;
    this.#options.emit(stream, event, now);
  };

  /** Calls `act` once, `seconds` of district time from now. */
  after(seconds: number, act: () => void): void {
    this.#push({ at: this.#now + Math.max(0, seconds) * 1000, turn: this.#turn++, act });
  }

  /** Calls `act` again and again; what it returns is the wait in seconds. */
  every(first: number, act: () => number): void {
    const again = (): void => this.after(act(), again);
    this.after(first, again);
  }

  step(): void {
    this.#now += STEP_MS;
    for (let due = this.#heap[0]; due !== undefined && due.at <= this.#now; due = this.#heap[0]) {
      this.#pop();
      due.act();
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || isBefore(parent, due)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const [child, where] = right !== undefined && isBefore(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = where;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn);
