/**
 * The layers of the map that a window can show or not, by name.
 *
 * Owns: that list. Guarantees: imports nothing. Refuses: what a layer looks like, and whether it is shown.
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
  'cover',
  'dark',
] as const;
export type Layer = (typeof LAYERS)[number];
