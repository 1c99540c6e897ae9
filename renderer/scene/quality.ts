/**
 * How finely the scene is drawn, chosen from what a frame really costs here.
 *
 * Owns: the levels and the choice. Guarantees: a still picture is always drawn at full resolution unless one frame would
 *   take longer than `STILL_MS`; while the eye moves, as coarse as it must be to reach `MOVING_MS`; no flutter: a finer
 *   level needs a clear margin. Pure.
 * Refuses: to trust the name of the graphics card.
 */
export type QualityLevel = 'full' | 'high' | 'balanced' | 'low';

export interface Quality {
  level: QualityLevel;
  /** Share of the device's pixels in each direction, standing still and while the eye moves. */
  still: number;
  moving: number;
  /** Samples a pixel; 1 is off. */
  msaa: 1 | 4;
  /** Smooth edges of the still picture afterwards, where samples cost too much. */
  fxaa: boolean;
  /** At most so many frames a second for things that move by themselves. */
  movers: number;
  /** Least ms between two drawings of the city because of changes in it. */
  changes: number;
}

export const QUALITY: Readonly<Record<QualityLevel, Quality>> = {
  full: { level: 'full', still: 1, moving: 1, msaa: 4, fxaa: false, movers: 60, changes: 0 },
  high: { level: 'high', still: 1, moving: 1, msaa: 1, fxaa: true, movers: 30, changes: 100 },
  balanced: { level: 'balanced', still: 1, moving: 0.6, msaa: 1, fxaa: true, movers: 15, changes: 500 },
  low: { level: 'low', still: 0.75, moving: 0.4, msaa: 1, fxaa: false, movers: 8, changes: 1500 },
};

/** A flight at 15 frames a second still reads as motion. */
export const MOVING_MS = 66;
/** Longer than this and the wall would seem to hang after each change. */
export const STILL_MS = 900;
/** A finer level must promise to stay below its bound with this factor to spare. */
const MARGIN = 1.6;

/** `frameMs`: one full-resolution frame without smoothing, measured. `now`: the level in use, null at the start. */
export const chooseLevel = (frameMs: number, now: QualityLevel | null): QualityLevel => {
  const fits = (level: QualityLevel, slack: number): boolean => {
    const cost = frameMs * slack;
    if (level === 'full') return cost < 7;
    if (level === 'high') return cost < MOVING_MS / 2;
    return level === 'low' || cost < STILL_MS;
  };
  const order: QualityLevel[] = ['full', 'high', 'balanced', 'low'];
  const at = now === null ? -1 : order.indexOf(now);
  for (const [i, level] of order.entries()) {
    if (fits(level, at >= 0 && i < at ? MARGIN : 1)) return level;
  }
  return 'low';
};
