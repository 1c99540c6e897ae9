/**
 * Walked: what a walk through the segments has passed, so that a join behind its back takes nothing from it.
 *
 * Owns: per log, the last segments passed and how many frames each had. Guarantees: of a segment that was joined out of the
 *   passed and the coming, the frames that were not passed yet are still told, once. Refuses: to hold the file for that: a
 *   walk may take as long as whoever reads likes.
 */
import type { Statement } from 'better-sqlite3';
import type { Connection } from './schema.ts';

/** Joined at once are some hundred segments at most, then those again with what follows. */
const MOST_PASSED = 4096;

interface Passed {
  id: number;
  frames: number;
}
export interface Swallowed {
  id: number;
  /** Frames at its beginning that were passed already. */
  skip: number;
}

export class Walked {
  readonly #logs = new Map<number, Passed[]>();
  readonly #frames: Statement<[number], number>;

  constructor(db: Connection) {
    this.#frames = db.prepare<[number], number>('SELECT frames FROM segment WHERE id = ?').pluck();
  }

  passed({ id, log, frames }: Passed & { log: number }): void {
    const list = this.#logs.get(log);
    if (list === undefined) this.#logs.set(log, [{ id, frames }]);
    else list.push({ id, frames });
    if (list !== undefined && list.length >= 2 * MOST_PASSED) list.splice(0, list.length - MOST_PASSED);
  }

  /** Segments at or before the place of the walk that have frames in them that it has not passed. */
  swallowed(): Swallowed[] {
    const found: Swallowed[] = [];
    for (const list of this.#logs.values()) {
      // The ordinary case: the last one passed stands as it was.
      const last = list.at(-1);
      if (last === undefined || this.#frames.get(last.id) === last.frames) continue;
      let skip = 0;
      for (let i = list.length - 1; i >= 0; i--) {
        const one = list[i] as Passed;
        skip += one.frames;
        const now = this.#frames.get(one.id);
        if (now === undefined) continue;
        // Joined under the number of its first; from now on it counts as one.
        list.splice(i, list.length - i, { id: one.id, frames: now });
        if (now > skip) found.push({ id: one.id, skip });
        break;
      }
    }
    return found.sort((a, b) => a.id - b.id);
  }
}
