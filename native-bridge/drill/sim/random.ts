/**
 * Owns: chance, from a seed.
 * Guarantees: the same seed and name give the same numbers; each part of the district draws from its own stream, so
 *   that one more draw here changes nothing there.
 * Refuses: secrets; this is for stories.
 */

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** In [low, high). */
  between(low: number, high: number): number;
  /** A whole number in [low, high]. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of them; throws when there is none. */
  pick<T>(from: readonly T[]): T;
  /** Seconds to the next of something that happens `perHour` times an hour on average. */
  wait(perHour: number): number;
  /** Around 0, deviation about 1 (sum of four). */
  bell(): number;
}

export function random(seed: number, name: string): Random {
  let state = hash(`${seed}/${name}`);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick(from) {
      const one = from[whole(0, from.length - 1)];
      if (one === undefined) throw new Error(`${name}: nothing to choose from`);
      return one;
    },
    wait: (perHour) => (-Math.log(1 - next()) * 3600) / perHour,
    bell: () => (next() + next() + next() + next() - 2) * 1.732,
  };
}

/** FNV-1a, 32 bits: a number for a name. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
