/**
 * Walking the patrol.
 *
 * Owns: which stop it is at and since when. Guarantees: E9: a stop that was interrupted has its full time again.
 * Refuses: to choose what is shown beside it.
 */
import { useMemo, useState } from 'react';
import { useView } from '../store/hooks.ts';
import type { Known } from './choose.ts';
import { tourOf, type Stop } from './patrol.ts';

export interface Tour {
  stop: Stop;
  waiting: boolean;
  /** Until the next stop, ms. */
  left: number;
}

/** Null when there is no patrol. `n`: tiles of the layout. */
export const useTour = (cameras: readonly Known[], n: number, waiting: boolean, now: number): Tour | null => {
  const on = useView((view) => view.patrol);
  const dwell = useView((view) => view.dwellMs);
  const stops = useMemo(() => tourOf(cameras, n), [cameras, n]);
  const [walk, setWalk] = useState({ at: 0, since: now });
  // Set while rendering, once a second at most: `now` moves no faster.
  if (!on || waiting) {
    if (walk.since !== now) setWalk({ ...walk, since: now });
  } else if (now - walk.since >= dwell) setWalk({ at: walk.at + 1, since: now });
  const stop = stops[walk.at % Math.max(1, stops.length)];
  return on && stop ? { stop, waiting, left: Math.max(0, dwell - (now - walk.since)) } : null;
};
