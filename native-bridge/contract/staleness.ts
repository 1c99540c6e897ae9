/**
 * How old is too old: fresh, late and stale limits by kind of thing.
 *
 * Owns: the limits and the one function that applies them.
 * Guarantees: silence is never fresh; a thing with no limits of its own follows its source.
 * Refuses: to know the time by itself; the caller brings `now`, by the bridge's clock.
 */

/** ms: up to `fresh` it is current; up to `late` it is late; beyond `stale` it says nothing of the present. */
export interface AgeLimits {
  fresh: number;
  late: number;
  stale: number;
}
const s = 1000;
const h = 3600 * s;

/**
 * House limits, from how often each kind reports: vehicles every few seconds, cabs at every move, NB-IoT smoke
 * detectors once a day (26 h allows for one late report), boxes with every frame. A profile may override them.
 */
export const AGE_LIMITS = {
  vehicle: { fresh: 10 * s, late: 30 * s, stale: 120 * s },
  cab: { fresh: 5 * s, late: 15 * s, stale: 60 * s },
  incident: { fresh: 3 * s, late: 10 * s, stale: 30 * s },
  smoke: { fresh: 26 * h, late: 26 * h, stale: 26 * h },
  electricity: { fresh: 10 * 60 * s, late: 30 * 60 * s, stale: 2 * h },
  'charging-pile': { fresh: 10 * 60 * s, late: 30 * 60 * s, stale: 2 * h },
  'water-tank': { fresh: 30 * 60 * s, late: 2 * h, stale: 6 * h },
  'control-room': { fresh: 5 * 60 * s, late: 15 * 60 * s, stale: 60 * 60 * s },
  'fire-panel': { fresh: 26 * h, late: 26 * h, stale: 26 * h },
  elevator: { fresh: 26 * h, late: 26 * h, stale: 26 * h },
  camera: { fresh: 26 * h, late: 26 * h, stale: 26 * h },
  hydrant: { fresh: 26 * h, late: 26 * h, stale: 26 * h },
  box: { fresh: 0.2 * s, late: 1 * s, stale: 3 * s },
  feed: { fresh: 1.5 * s, late: 3 * s, stale: 10 * s },
} as const satisfies Record<string, AgeLimits>;
export type AgeKind = keyof typeof AGE_LIMITS;

export type Age = 'fresh' | 'late' | 'stale';

/** `heard` and `now` in ms by one clock. Late and stale begin beyond `fresh` and `stale`; between them it is late. */
export const ageOf = (limits: AgeLimits, heard: number, now: number): Age => {
  const age = now - heard;
  if (age <= limits.fresh) return 'fresh';
  return age <= limits.stale ? 'late' : 'stale';
};
