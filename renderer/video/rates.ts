/**
 * What each camera costs on the way here.
 *
 * Owns: bits a second by camera and step, from what arrived. Guarantees: the burst of a join does not count as a rate; a step
 *   never measured has no figure. Refuses: to guess; `budget.ts` has figures for what was never measured.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { Take } from '../../native-bridge/contract/video-takes.ts';

/** Whole seconds after a change that still hold the kept group of pictures. */
const SETTLING = 2;
/** Weight of the newest second: the rate of a group of pictures is seen after some seconds, not after one key frame. */
const NEWEST = 0.2;

export interface Rates {
  /** `now`: ms. */
  readonly note: (id: CameraId, take: Take, bytes: number, now: number) => void;
  /** bit/s; undefined when never measured. */
  readonly of: (id: CameraId, take: Take) => number | undefined;
}

export const createRates = (): Rates => {
  const known = new Map<string, number>();
  const running = new Map<CameraId, { take: Take; second: number; bits: number; seconds: number }>();
  const keyOf = (id: CameraId, take: Take): string => `${take} ${id}`;
  return {
    note: (id, take, bytes, now) => {
      const second = Math.floor(now / 1000);
      const run = running.get(id);
      if (run?.take !== take || second - run.second > 5 || second < run.second) {
        running.set(id, { take, second, bits: bytes * 8, seconds: 0 });
        return;
      }
      for (; run.second < second; run.second++) {
        run.seconds += 1;
        const key = keyOf(id, take);
        const before = known.get(key);
        if (run.seconds > SETTLING)
          known.set(key, before === undefined ? run.bits : before + (run.bits - before) * NEWEST);
        run.bits = 0;
      }
      run.bits += bytes * 8;
    },
    of: (id, take) => known.get(keyOf(id, take)),
  };
};
