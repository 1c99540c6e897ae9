/**
 * When what lies over the city is drawn again.
 *
 * Owns: what of it changed, and when it was drawn last. Guarantees: no more often than the machine bears; what moves by itself
 *   is drawn when it asked to be; what stands is drawn anew only when it changed or the eye moved. Pure but for the drawing.
 * Refuses: to know what it is, and to know of the city.
 */
export interface OverCity {
  marked: () => void;
  moved: () => void;
  /** `whole`: what stands has shifted too. */
  draw: (now: number, whole: boolean) => void;
  drawIfDue: (now: number) => void;
  /** When it may be drawn again, and when it has to be; `performance.now()`. */
  earliest: () => number;
  next: () => number;
}

/** `draw` answers in how many ms it wants to be drawn again; `gap` is the least time between two, ms. */
export const createOverCity = (draw: (now: number, whole: boolean) => number, gap: () => number): OverCity => {
  let marksDirty = true;
  let moversDirty = false;
  let drawnAt = -1e9;
  let wantedAt = Infinity;
  /** A frame comes a little early or late: not a whole one later for that. */
  const NEARLY_MS = 2;
  const earliest = (): number => drawnAt + gap();
  const drawNow = (now: number, whole: boolean): void => {
    const all = whole || marksDirty;
    marksDirty = false;
    moversDirty = false;
    drawnAt = now;
    wantedAt = now + draw(now, all);
  };
  return {
    marked: () => {
      marksDirty = true;
    },
    moved: () => {
      moversDirty = true;
    },
    draw: drawNow,
    drawIfDue: (now) => {
      if (now < earliest() - NEARLY_MS) return;
      if (marksDirty || moversDirty || now >= wantedAt - NEARLY_MS) drawNow(now, false);
    },
    earliest,
    next: () => (marksDirty || moversDirty ? earliest() : Math.max(wantedAt, earliest())),
  };
};
