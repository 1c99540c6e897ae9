/**
 * What the console knows of one log (one source, one epoch): the numbers it holds and those it still lacks.
 *
 * Owns: held, settled and the top of one log. Guarantees: a number is fresh at most once; a number once settled
 * (held, broken, gone or refused) is not asked for again. Refuses: to guess beyond what the upstream said it has.
 */
import { Intervals, type Range } from '../base/intervals.ts';
import type { LogMemory } from './types.ts';

export class EpochLog {
  readonly epoch: string;
  /** Received and passed on. */
  readonly held: Intervals;
  /** Held, or not worth asking for: broken, gone upstream, refused. */
  readonly settled: Intervals;
  /** The state up to this number is in the picture; what is older is history. 0: no snapshot yet. */
  line: number;
  /** There was a complete snapshot of this log at some time. */
  known: boolean;
  /** The highest number the upstream is known to have. */
  top: number;
  /** Another log speaks now, and whether this one went on after `top` has not been found out. */
  endUnknown = true;
  /** Numbers that were believed already and are only missing in the journal. */
  readonly forgotten = new Intervals();
  /** Asked for in vain; asked again after the next connection. */
  readonly #refused = new Intervals();

  constructor(epoch: string, memory?: LogMemory) {
    this.epoch = epoch;
    this.held = new Intervals(memory?.held);
    this.settled = new Intervals(memory?.held);
    for (const [from, to] of [...(memory?.broken ?? []), ...(memory?.gone ?? [])]) this.settled.add(from, to);
    this.line = memory?.snapshot ?? 0;
    this.known = (memory?.snapshot ?? null) !== null;
    this.top = this.settled.last ?? 0;
  }

  /** Takes [from, to] in; answers what of it was fresh. */
  take(from: number, to: number): Range[] {
    const fresh = this.held.add(from, to);
    if (fresh.length > 0) {
      this.settled.add(from, to);
      if (this.#refused.size > 0) this.#refused.remove(from, to);
    }
    if (to > this.top) this.top = to;
    return fresh;
  }

  /** The heartbeat's word is final: the upstream has numbers up to `seq` and no further. */
  heartbeat(seq: number): void {
    this.top = seq;
  }

  /** Not held, and not to be asked for either. */
  settle(from: number, to: number): void {
    this.settled.add(from, to);
  }
  /** The platform has it, or should have, but does not give it. */
  refuse(from: number, to: number): void {
    for (const [a, b] of this.settled.add(from, to)) this.#refused.add(a, b);
  }
  /** What was refused is worth another try. */
  again(): void {
    for (const [from, to] of [...this.#refused]) {
      this.settled.remove(from, to);
      this.#refused.remove(from, to);
    }
  }
  /** Could not be read: no longer held, but a good copy is still welcome. */
  broke(from: number, to: number): void {
    this.held.remove(from, to);
    this.settled.add(from, to);
  }
  /** The journal does not have it after all. */
  forget(from: number, to: number): void {
    this.held.remove(from, to);
    this.settled.remove(from, to);
    this.forgotten.add(from, to);
  }

  /** Whether all of [from, to] was believed before and then forgotten; asked once, it is remembered again. */
  believed(from: number, to: number): boolean {
    if (this.forgotten.size === 0 || this.forgotten.missing(from, to, 1).length > 0) return false;
    this.forgotten.remove(from, to);
    return true;
  }

  /** Whether anything in [1, top] is lacking; constant time as long as nothing is. */
  get complete(): boolean {
    if (this.top === 0) return true;
    return this.settled.size === 1 && this.settled.first === 1 && (this.settled.last as number) >= this.top
      ? true
      : this.settled.missing(1, this.top, 1).length === 0;
  }
  /** How many numbers are lacking above (`picture`) and below (`history`) the line. */
  lacking(): { picture: number; history: number } {
    const sum = (ranges: Range[]): number => ranges.reduce((n, [from, to]) => n + to - from + 1, 0);
    const line = Math.min(this.line, this.top);
    return {
      picture: sum(this.settled.missing(line + 1, this.top)),
      history: line > 0 ? sum(this.settled.missing(1, line)) : 0,
    };
  }
  holes(): number {
    return this.complete ? 0 : this.settled.missing(1, this.top).length;
  }
  /** The next range worth asking for, at most `size` numbers: the picture's oldest first, then history, newest first. */
  next(size: number): Range | null {
    if (this.complete) return null;
    const line = Math.min(this.line, this.top);
    const first = this.settled.missing(line + 1, this.top, 1)[0];
    if (first !== undefined) return [first[0], Math.min(first[1], first[0] + size - 1)];
    const last = this.settled.missing(1, line).at(-1);
    return last === undefined ? null : [Math.max(last[0], last[1] - size + 1), last[1]];
  }
}
