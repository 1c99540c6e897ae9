/**
 * Chance that can be repeated: a seeded generator (sfc32) and smooth noise.
 * Guarantees: the same seed gives the same numbers on every machine; `fork` gives each subject its
 * own stream, so that a change in one does not disturb the others.
 */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  range(from: number, to: number): number;
  /** Whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One key, by its weight. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
  shuffled<T>(list: readonly T[]): T[];
  fork(subject: string): Random;
}

function hash(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  }
  return h >>> 0;
}

export function makeRandom(seed: string): Random {
  let a = hash(`${seed}/a`);
  let b = hash(`${seed}/b`);
  let c = hash(`${seed}/c`);
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[int(0, list.length - 1)];
    if (chosen === undefined) throw new RangeError('nothing to pick from');
    return chosen;
  };
  return {
    next,
    int,
    pick,
    range: (from, to) => from + next() * (to - from),
    chance: (probability) => next() < probability,
    weighted: <K extends string>(weights: Readonly<Partial<Record<K, number>>>): K => {
      const keys = Object.keys(weights) as K[];
      let left = next() * keys.reduce((sum, key) => sum + (weights[key] ?? 0), 0);
      for (const key of keys) {
        left -= weights[key] ?? 0;
        if (left < 0) return key;
      }
      return pick(keys);
    },
    shuffled: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        const held = copy[i];
        const other = copy[j];
        if (held !== undefined && other !== undefined) {
          copy[i] = other;
          copy[j] = held;
        }
      }
      return copy;
    },
    fork: (subject) => makeRandom(`${seed}/${subject}`),
  };
}

/** Smooth value noise in -1 … 1 over the plane; `scale` is the size of its features in metres. */
export function makeNoise(seed: string, scale: number): (x: number, y: number) => number {
  const base = hash(seed);
  const lattice = (i: number, j: number): number => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ base;
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return (((h ^ (h >>> 16)) >>> 0) / 4294967296) * 2 - 1;
  };
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const i = Math.floor(x / scale);
    const j = Math.floor(y / scale);
    const s = ease(x / scale - i);
    const t = ease(y / scale - j);
    const low = lattice(i, j) * (1 - s) + lattice(i + 1, j) * s;
    const high = lattice(i, j + 1) * (1 - s) + lattice(i + 1, j + 1) * s;
    return low * (1 - t) + high * t;
  };
}
