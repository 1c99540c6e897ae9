/**
 * Belief: what waits for the disk, and is then told group by group.
 *
 * Owns: observations appended and not yet told, and the marks of the groups that are through. Guarantees: told in the order
 *   given, each once, with the mark of their group and never a part of one; after `sliceMs` the event loop has its turn,
 *   so that a flood does not hold up windows and keys. Refuses: to know what an observation says.
 */
import type { Observation } from './contract/observation.ts';
import type { Position } from './journal/types.ts';

export interface Belief {
  /** To be told once the group with this position, or a later one, is through. */
  add(observation: Observation, position: Position): void;
  /** A group has been committed, or never will be. */
  through(position: Position): void;
  /** Whether there is more to tell than one slice took, and has been for `ms`. */
  behind(ms?: number): boolean;
  /** Forgets what is not told. */
  drop(): void;
}

export const createBelief = (
  sliceMs: number,
  tell: (observations: readonly Observation[], mark: Position) => void,
): Belief => {
  let waiting: { observation: Observation; position: Position }[] = [];
  let marks: { position: Position; since: number }[] = [];
  let planned = false;
  const slice = (): void => {
    planned = false;
    const until = performance.now() + sliceMs;
    for (let mark = marks.shift(); mark !== undefined; mark = marks.shift()) {
      const { position } = mark;
      let to = 0;
      while (to < waiting.length && (waiting[to]?.position ?? 0) <= position) to++;
      if (to === 0) continue;
      const group = waiting.slice(0, to).map(({ observation }) => observation);
      waiting = waiting.slice(to);
      tell(group, position);
      if (marks.length === 0 || performance.now() < until) continue;
      planned = true;
      setImmediate(slice);
      return;
    }
  };
  return {
    add: (observation, position) => void waiting.push({ observation, position }),
    through(position) {
      marks.push({ position, since: performance.now() });
      if (planned) return;
      // A transaction tells of several groups one after the other.
      planned = true;
      queueMicrotask(slice);
    },
    behind: (ms = 0) => planned && performance.now() - (marks[0]?.since ?? Number.POSITIVE_INFINITY) >= ms,
    drop() {
      waiting = [];
      marks = [];
    },
  };
};
