/**
 * The layers of the map that a window may put out.
 *
 * Owns: their names. Guarantees: nothing. Refuses: alarms, incidents and units: they cannot be hidden.
 */

/** In the order in which they are offered. `cover` and `dark` answer a question and are off until it is asked. */
export const LAYERS = [
  'station',
  'hydrant',
  'water-intake',
  'shelter',
  'depot',
  'key-unit',
  'camera',
  'device',
  'blocks',
  'zones',
  'warning',
  'imagery',
  'cover',
  'dark',
] as const;
export type Layer = (typeof LAYERS)[number];
