/**
 * Labels that never cover one another.
 *
 * Owns: which labels of a frame are drawn and where. Guarantees: by priority, the smaller number first; no two overlap;
 *   none overlaps a reserved symbol except its own (but for the few that must be read); a label tries the right, left, upper and lower side of its point.
 * Refuses: text smaller than the scale's label; to draw before the font is there (the overlay waits for it).
 */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
export interface LabelAsk {
  text: string;
  /** The point it belongs to, CSS pixels, and the free radius around it. */
  x: number;
  y: number;
  gap: number;
  /** Font size, CSS pixels. */
  size: number;
  colour: string;
  /** 0 is drawn first. */
  priority: number;
  weight?: 400 | 500 | 600;
  /** Drawn even over something else, when there is no free place. */
  must?: boolean;
  /** Centred on its point (names of areas) instead of beside it. */
  centred?: boolean;
}
export interface Placed extends LabelAsk {
  box: Box;
}
const CELL = 64;

/** Boxes by coarse cells, so that thousands of questions stay cheap. */
export class Occupied {
  private readonly cells = new Map<number, Box[]>();
  private readonly below: Occupied | null;

  /** `below`: what is taken there is taken here too, and stays untouched. */
  constructor(below: Occupied | null = null) {
    this.below = below;
  }

  add(box: Box): void {
    const right = Math.floor((box.x + box.w) / CELL);
    const bottom = Math.floor((box.y + box.h) / CELL);
    const top = Math.floor(box.y / CELL);
    for (let i = Math.floor(box.x / CELL); i <= right; i++) {
      for (let j = top; j <= bottom; j++) {
        const key = i * 4096 + j;
        const held = this.cells.get(key);
        if (held) held.push(box);
        else this.cells.set(key, [box]);
      }
    }
  }
  free(box: Box): boolean {
    const right = Math.floor((box.x + box.w) / CELL);
    const bottom = Math.floor((box.y + box.h) / CELL);
    const top = Math.floor(box.y / CELL);
    for (let i = Math.floor(box.x / CELL); i <= right; i++) {
      for (let j = top; j <= bottom; j++) {
        for (const other of this.cells.get(i * 4096 + j) ?? []) {
          if (
            box.x < other.x + other.w &&
            other.x < box.x + box.w &&
            box.y < other.y + other.h &&
            other.y < box.y + box.h
          )
            return false;
        }
      }
    }
    return this.below?.free(box) ?? true;
  }
}

/** `measure` gives the width of a text; `taken` is filled with what is placed. */
export const placeLabels = (
  asks: readonly LabelAsk[],
  taken: Occupied,
  screen: { width: number; height: number },
  measure: (text: string, size: number, weight: number) => number,
): Placed[] => {
  const placed: Placed[] = [];
  for (const ask of [...asks].sort((a, b) => a.priority - b.priority)) {
    const w = measure(ask.text, ask.size, ask.weight ?? 400) + 6;
    const h = ask.size * 1.3;
    const tries: Box[] = ask.centred
      ? [{ x: ask.x - w / 2, y: ask.y - h / 2, w, h }]
      : [
          { x: ask.x + ask.gap, y: ask.y - h / 2, w, h },
          { x: ask.x - ask.gap - w, y: ask.y - h / 2, w, h },
          { x: ask.x - w / 2, y: ask.y - ask.gap - h, w, h },
          { x: ask.x - w / 2, y: ask.y + ask.gap, w, h },
        ];
    const visible = tries.filter(
      (b) => b.x >= 0 && b.y >= 0 && b.x + b.w <= screen.width && b.y + b.h <= screen.height,
    );
    const box = visible.find((b) => taken.free(b)) ?? (ask.must ? visible[0] : undefined);
    if (!box) continue;
    taken.add(box);
    placed.push({ ...ask, box });
  }
  return placed;
};
