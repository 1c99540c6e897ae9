/**
 * The boxes of one camera, waiting for their frames or outliving them a little.
 *
 * Owns: boxes by `pts`. Guarantees: E3: `at` gives the boxes of exactly this frame, else the newest older ones while their
 *   limit lasts; boxes of one frame that come in parts are joined by track. Bounded.
 * Refuses: to move a box to where the thing might be by now.
 */
import type { Box } from '../../native-bridge/contract/port.ts';
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';

/** Frames whose boxes are kept: four seconds at 30/s. */
const KEEP = 120;

export interface Shown {
  boxes: readonly Box[];
  /** `own`: of this very frame; `near`, `late`: of an earlier one, up to 0.2 s and beyond. */
  how: 'own' | 'near' | 'late';
}
export interface BoxStore {
  put: (pts: number, boxes: readonly Box[]) => void;
  has: (pts: number) => boolean;
  /** What may be drawn on the frame `pts` when that frame is `age` ms old; null when nothing may. */
  at: (pts: number, age: number) => Shown | null;
  /** The newest time of boxes, null when there were none yet. */
  newest: () => number | null;
}

const nameOf = (box: Box): string => `${box.label}/${box.track || box.detectionId}`;

export const createBoxStore = (): BoxStore => {
  const byPts = new Map<number, Map<string, Box>>();
  let newest: number | null = null;
  return {
    put: (pts, boxes) => {
      const held = byPts.get(pts) ?? new Map<string, Box>();
      for (const box of boxes) held.set(nameOf(box), box);
      byPts.set(pts, held);
      newest = newest === null ? pts : Math.max(newest, pts);
      if (byPts.size <= KEEP) return;
      const oldest = [...byPts.keys()].sort((a, b) => a - b).slice(0, byPts.size - KEEP);
      for (const each of oldest) byPts.delete(each);
    },
    has: (pts) => byPts.has(pts),
    newest: () => newest,
    at: (pts, age) => {
      if (age > AGE_LIMITS.box.stale) return null;
      const own = byPts.get(pts);
      if (own) return { boxes: [...own.values()], how: 'own' };
      let before: number | null = null;
      for (const each of byPts.keys()) if (each < pts && (before === null || each > before)) before = each;
      if (before === null) return null;
      const behind = pts - before + age;
      if (behind > AGE_LIMITS.box.late) return null;
      return { boxes: [...(byPts.get(before)?.values() ?? [])], how: behind <= AGE_LIMITS.box.fresh ? 'near' : 'late' };
    },
  };
};
