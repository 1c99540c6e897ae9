/**
 * A whole picture that comes in pieces.
 *
 * Owns: what has come of it. Guarantees: L2: all of it at once, or nothing. Refuses: deltas.
 */
import type { Puts } from '../../native-bridge/contract/port.ts';
import { COLLECTIONS, type Collection } from '../../native-bridge/contract/records.ts';

export interface Pieces {
  /** The whole picture with the last piece; null before. */
  readonly add: (puts: Puts, more: boolean) => Puts | null;
  /** What came so far belongs to nothing. */
  readonly drop: () => void;
}

const append = <C extends Collection>(to: Puts, from: Puts, name: C): void => {
  const more = from[name];
  if (!more) return;
  const held = to[name];
  // One by one: a picture may hold more records than a call takes arguments.
  if (held) for (const record of more) held.push(record as never);
  else to[name] = more;
};

export const createPieces = (): Pieces => {
  let held: Puts | null = null;
  return {
    add: (puts, more) => {
      const all: Puts = held ?? {};
      for (const collection of COLLECTIONS) append(all, puts, collection);
      held = more ? all : null;
      return more ? null : all;
    },
    drop: () => {
      held = null;
    },
  };
};
