/**
 * Departure: when the open group leaves for the writer.
 *
 * Owns: the timer of the group that is being filled, and whether the one before has been answered.
 * Guarantees: a group leaves `GROUP_MS` after its first message, or as soon after that as the writer has answered the one
 *   before: the busier the disk, the larger the groups and the fewer the wake-ups.
 * Refuses: to know what is in a group; one that is full or urgent leaves without being asked about.
 */
import type { Position } from './types.ts';

const GROUP_MS = 10;
/** Urgent groups follow each other no faster: a flood of alarms is written in groups too. */
const URGENT_MS = 2;

export class Departure {
  readonly #leave: () => void;
  #timer: NodeJS.Timeout | null = null;
  #hurried: NodeJS.Timeout | null = null;
  /** Its time has come, but the writer is at the one before. */
  #due = false;
  #leftAt = 0;
  #told: Position = 0;
  #answered: Position = 0;

  constructor(leave: () => void) {
    this.#leave = leave;
  }
  /** There is something in the group. */
  soon(): void {
    if (this.#due) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#answered < this.#told) this.#due = true;
      else this.#leave();
    }, GROUP_MS);
  }
  /** There is something in the group that must not wait for it to fill. */
  urgent(): void {
    const wait = this.#leftAt + URGENT_MS - performance.now();
    if (wait <= 0) this.#leave();
    else this.#hurried ??= setTimeout(() => this.#leave(), wait);
  }
  /** It is leaving now, whatever the reason. */
  leaves(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#hurried !== null) clearTimeout(this.#hurried);
    this.#timer = null;
    this.#hurried = null;
    this.#due = false;
    this.#leftAt = performance.now();
  }
  /** The writer has it and will answer. */
  told(position: Position): void {
    this.#told = position;
  }
  answered(position: Position): void {
    this.#answered = position;
    if (this.#due && position >= this.#told) this.#leave();
  }
  /** Nobody will answer any more. */
  abandoned(): void {
    this.answered(this.#told);
  }
}
