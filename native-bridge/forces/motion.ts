/**
 * How somebody moves, as far as ways are concerned.
 *
 * Owns: the shape, and below which speed one stands. Guarantees: nothing. Refuses: places.
 */
/** Metres per second and degrees clockwise from north; nothing for what stands. */
export interface Motion {
  readonly speed: number;
  readonly heading: number;
}
/** Below this it stands, and may leave in either direction; m/s. */
export const STANDS = 2;
