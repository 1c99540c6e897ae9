/**
 * What keys do to the video of this window: the layout, the patrol and the budget.
 *
 * Owns: going through the layouts, by one key in turn or by that key and a number. Guarantees: a number counts as a
 *   layout's only for `PAIR_MS` after the key. Refuses: to know which cameras are shown.
 */
import { VIDEO_LAYOUTS, type VideoLayout } from '../../native-bridge/contract/video-layout.ts';
import type { ViewStore } from './view.ts';

/** Two keys count as one act within this time. ms */
export const PAIR_MS = 1500;

/** Mbit/s, as the key goes through them: a wall on fibre down to a vehicle on a weak link; 0: no video on that line. */
export const BUDGETS = [16, 8, 4, 2, 1, 0.5, 0.2, 0.05, 0] as const;

export interface VideoDesk {
  layout: () => void;
  /** The n-th layout, when the layout key was pressed a moment ago; answers whether it was. */
  layoutNumber: (n: number) => boolean;
  patrol: () => void;
  /** Numbers and clocks in the pictures, on or off. */
  numbers: () => void;
  /** The next smaller budget; after the smallest, none. */
  budget: () => void;
}

export const createVideoDesk = (view: ViewStore, now: () => number): VideoDesk => {
  let pressed = Number.NEGATIVE_INFINITY;
  const set = (videoLayout: VideoLayout | undefined): void => {
    if (videoLayout) view.setState({ videoLayout, pinnedCamera: null });
  };
  return {
    layout: () => {
      pressed = now();
      const { videoLayout, shownLayout } = view.getState();
      const at = VIDEO_LAYOUTS.indexOf(videoLayout ?? shownLayout);
      set(VIDEO_LAYOUTS[(at + 1) % VIDEO_LAYOUTS.length]);
    },
    layoutNumber: (n) => {
      if (now() - pressed > PAIR_MS) return false;
      pressed = Number.NEGATIVE_INFINITY;
      set(VIDEO_LAYOUTS[n - 1]);
      return true;
    },
    budget: () =>
      view.setState(({ videoBudget }) => ({
        videoBudget: BUDGETS.find((each) => each < (videoBudget ?? Infinity)) ?? null,
      })),
    numbers: () => view.setState(({ pictureNumbers }) => ({ pictureNumbers: !pictureNumbers })),
    patrol: () => view.setState(({ patrol }) => ({ patrol: !patrol })),
  };
};
