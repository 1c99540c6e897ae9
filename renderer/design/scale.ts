/**
 * Scale: one token, from the farthest seat to every size on the screen.
 *
 * Owns: the arithmetic from viewing distance (m) and pixel pitch (mm) to CSS pixels, and the form of the layout.
 * Guarantees: D4. `rem` is the size of a label; nothing is written smaller than 1 rem. Pure.
 * Refuses: to pretend. A screen too small for its distance is scaled down to hold the layout, and `legibleTo` says
 *   from how far it can then be read.
 *
 * NUREG-0700 (group-view displays): 16′ of arc for characters that are read, 22′ for those to be acted on;
 * Chinese characters take the larger in either case, having many more strokes in the same square.
 */

/** Height of a digit or capital, and of the ink of a full Chinese character, as a share of the font size (Noto Sans SC). */
export const DIGIT_HEIGHT = 0.733;
export const HAN_HEIGHT = 0.92;
export const READ_ARCMIN = 16;
export const ACT_ARCMIN = 22;
/** The layout needs this many label sizes; below that it is scaled down. */
export const LEAST = { wide: 48, high: 27 } as const;

export type Form = 'tight' | 'normal' | 'wide';

export interface Viewing {
  /** Farthest seat, metres. */
  distance: number;
  /** Millimetres from one pixel to the next. */
  pixelPitch: number;
}
export interface Scale {
  /** CSS pixels of a label, and the unit of everything else. */
  rem: number;
  /** Font size, in rem, of what must be acted on. */
  act: number;
  /** Lines that carry meaning: one minute of arc is what the eye resolves, they take two. CSS pixels. */
  line: number;
  /** Side of a symbol on the map, CSS pixels. */
  symbol: number;
  /** tight: one screen seen from afar; wide: two screens side by side. */
  form: Form;
  /** Label sizes from side to side and from top to bottom. */
  across: number;
  down: number;
  /** Metres from which the text meets its minimum; below `distance` when the screen is too small for it. */
  legibleTo: number;
}

/** Millimetres that `arcmin` minutes of arc cover at `distance` metres. */
export const heightAt = (arcmin: number, distance: number): number =>
  2 * distance * 1000 * Math.tan(((arcmin / 60) * Math.PI) / 360);

/** Font size in CSS pixels at which a label is high enough for that seat, in either script. */
const labelSize = ({ distance, pixelPitch }: Viewing): number =>
  Math.max(heightAt(READ_ARCMIN, distance) / DIGIT_HEIGHT, heightAt(ACT_ARCMIN, distance) / HAN_HEIGHT) / pixelPitch;
const actSize = ({ distance, pixelPitch }: Viewing): number =>
  heightAt(ACT_ARCMIN, distance) / Math.min(DIGIT_HEIGHT, HAN_HEIGHT) / pixelPitch;

/** `width` and `height` in CSS pixels; `pixelRatio` device pixels per CSS pixel (the pitch is that of device pixels). */
export const scaleFor = (viewing: Viewing, width: number, height: number, pixelRatio = 1): Scale => {
  const seen: Viewing = { distance: viewing.distance, pixelPitch: viewing.pixelPitch * pixelRatio };
  const wanted = labelSize(seen);
  const fits = Math.min(width / LEAST.wide, height / LEAST.high);
  const rem = Math.min(wanted, fits);
  const across = width / rem;
  const down = height / rem;
  const arcPixel = heightAt(1, seen.distance) / seen.pixelPitch;
  return {
    rem,
    act: actSize(seen) / wanted,
    line: Math.max(1, Math.round((2 * arcPixel * rem) / wanted)),
    symbol: 1.6 * rem,
    form: across < 66 || down < 34 ? 'tight' : across / down > 2.4 ? 'wide' : 'normal',
    across,
    down,
    legibleTo: viewing.distance * Math.min(1, rem / wanted),
  };
};
