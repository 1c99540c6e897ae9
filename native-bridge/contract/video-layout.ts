/**
 * The named layouts of the video wall.
 *
 * Owns: their names, in the order the key goes through them, and how many tiles each has.
 * Guarantees: names never change their meaning: profiles hold them. Refuses: sizes; those are the window's.
 */
/** `1+5`: one large and five small; `strip`: one large above a film strip of six; `1+6`: a tall column, six below in pairs; `3`: beside one another. */
export const VIDEO_LAYOUTS = ['1', '4', '1+3', '1+5', '1+7', '9', '16', 'strip', '1+6', '3'] as const;
export type VideoLayout = (typeof VIDEO_LAYOUTS)[number];

export const TILES_OF: Readonly<Record<VideoLayout, number>> = {
  '1': 1,
  '4': 4,
  '1+3': 4,
  '1+5': 6,
  '1+7': 8,
  '9': 9,
  '16': 16,
  strip: 7,
  '1+6': 7,
  '3': 3,
};

/** What a window of the profile says of its video. */
export interface WindowVideo {
  readonly layout?: VideoLayout;
  /** Goes through the camera groups from the start. */
  readonly patrol?: boolean;
  /** Seconds each group of the patrol stays. */
  readonly dwell?: number;
  /** Mbit/s that this window takes for its video; without it, everything it shows. */
  readonly budget?: number;
}
