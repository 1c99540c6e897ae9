/**
 * The level at which the city is drawn, and why it is that one.
 *
 * Owns: what a frame costs by the last measurement, the level chosen by it or fixed by hand. Guarantees: S6: it follows what
 *   frames cost while the wall runs; a level that is fixed stays, whatever they cost; whoever asks is told of every choice.
 * Refuses: to draw or to measure.
 */
import { chooseLevel, QUALITY, type Quality, type QualityLevel } from './quality.ts';
import { createWatch, type Seen } from './watch.ts';

export interface Cost {
  frameMs: number;
  scriptMs: number;
}
export interface LoopReport extends Cost {
  level: QualityLevel;
  /** By the profile or by hand, not by measurement. */
  fixed: boolean;
}
export interface Level {
  readonly quality: () => Quality;
  readonly isMeasured: () => boolean;
  readonly fix: (level: QualityLevel | null) => void;
  /** A frame that was drawn anyway. */
  readonly saw: (frame: Seen) => void;
  /** Looks at what was seen; answers whether a measurement is needed to know. */
  readonly judge: (now: number) => boolean;
  /** One frame at full resolution, measured. */
  readonly measured: (cost: Cost) => void;
}

export const createLevel = (report: (report: LoopReport) => void): Level => {
  const watch = createWatch();
  let quality: Quality = QUALITY.balanced;
  let fixed: QualityLevel | null = null;
  let cost: Cost = { frameMs: 0, scriptMs: 0 };
  let isMeasured = false;
  const choose = (): void => {
    const before = quality;
    quality = QUALITY[fixed ?? chooseLevel(cost.frameMs, isMeasured ? quality.level : null)];
    watch.changed(quality.changes > before.changes, performance.now());
    report({ level: quality.level, fixed: fixed !== null, ...cost });
  };
  return {
    quality: () => quality,
    isMeasured: () => isMeasured,
    fix: (level) => {
      fixed = level;
      choose();
    },
    saw: watch.saw,
    judge: (now) => {
      if (fixed !== null) return false;
      const frameMs = watch.cost(cost.frameMs, now);
      if (frameMs === null || chooseLevel(frameMs, quality.level) === quality.level)
        return watch.doubts(cost.frameMs, now);
      cost = { ...cost, frameMs };
      choose();
      return false;
    },
    measured: (now) => {
      cost = now;
      choose();
      isMeasured = true;
    },
  };
};
