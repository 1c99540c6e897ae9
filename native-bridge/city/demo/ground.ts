/**
 * Who stands where: keeps convex shapes (roads, canals, houses) and says whether a place is free.
 * Guarantees: nothing placed through `claim` overlaps anything placed before.
 */
import { convexMeet, type XY } from './plane.ts';

const CELL = 60;

export interface Ground {
  /** True when none of the parts comes nearer than `gap` metres to what is there. */
  free(parts: readonly (readonly XY[])[], gap: number): boolean;
  put(part: readonly XY[]): void;
  /** Puts all parts if they are free. */
  claim(parts: readonly (readonly XY[])[], gap: number): boolean;
}

function cellsOf(part: readonly XY[], margin: number): string[] {
  const xs = part.map((p) => p[0]);
  const ys = part.map((p) => p[1]);
  const keys: string[] = [];
  const to = (v: number) => Math.floor(v / CELL);
  for (let i = to(Math.min(...xs) - margin); i <= to(Math.max(...xs) + margin); i++) {
    for (let j = to(Math.min(...ys) - margin); j <= to(Math.max(...ys) + margin); j++) {
      keys.push(`${i},${j}`);
    }
  }
  return keys;
}

export function makeGround(): Ground {
  const cells = new Map<string, (readonly XY[])[]>();
  const put = (part: readonly XY[]): void => {
    for (const key of cellsOf(part, 0)) {
      const held = cells.get(key);
      if (held === undefined) cells.set(key, [part]);
      else held.push(part);
    }
  };
  const free: Ground['free'] = (parts, gap) =>
    parts.every((part) =>
      cellsOf(part, gap).every((key) => (cells.get(key) ?? []).every((other) => !convexMeet(part, other, gap))),
    );
  return {
    free,
    put,
    claim: (parts, gap) => {
      if (!free(parts, gap)) return false;
      parts.forEach(put);
      return true;
    },
  };
}
