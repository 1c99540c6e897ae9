/**
 * Ages as this window counts them: limits of the profile, and what is unheard because its source is.
 *
 * Owns: the limits in force, the freshness of a record, honest counts over devices and units.
 * Guarantees: H1 silence is never counted as normal; H2 nothing from a lost source is fresh; H3 known + not known + unheard
 *   = total. Pure. Refuses: to know the time; callers bring the bridge's.
 */
import { AGE_LIMITS, ageOf, type Age, type AgeKind, type AgeLimits } from '../../native-bridge/contract/staleness.ts';
import type { FeedRecord, Heard } from '../../native-bridge/contract/records.ts';
import type { SiteCard } from '../../native-bridge/contract/port.ts';

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;
const ms = (x: unknown, otherwise: number): number => (typeof x === 'number' && x > 0 ? x : otherwise);

/** The profile's limits for a kind where it has some, else the house's. */
export const limitsOf = (site: SiteCard | null, kind: AgeKind): AgeLimits => {
  const house: AgeLimits = AGE_LIMITS[kind];
  const staleness = site?.thresholds['staleness'];
  const own = isObject(staleness) ? staleness[kind] : undefined;
  if (!isObject(own)) return house;
  return {
    fresh: ms(own['fresh'], house.fresh),
    late: ms(own['late'], house.late),
    stale: ms(own['stale'], house.stale),
  };
};

/** ms until which a source counts as heard: now while its link stands, else its last word. */
export const heardUntil = (feed: FeedRecord | undefined, connected: boolean, now: number): number => {
  if (!feed) return 0;
  return connected && feed.link !== 'lost' ? now : feed.lastHeard;
};

/** The age of a record: by its own kind, and stale when its source is lost for longer than a feed may be silent. */
export const ageOfRecord = (
  record: Heard,
  limits: AgeLimits,
  feed: FeedRecord | undefined,
  connected: boolean,
  now: number,
): Age => {
  const own = ageOf(limits, record.at, now);
  if (own === 'stale') return own;
  const source = ageOf(AGE_LIMITS.feed, heardUntil(feed, connected, now), now);
  if (source === 'stale') return 'stale';
  return source === 'late' ? 'late' : own;
};

/** Same shape as the design's `Bound`. */
export interface Count {
  known: number;
  total: number;
  unheard: number;
  silentFor: number | null;
}

/** How many of these are so. What is stale or never spoke counts as unheard, whatever it said last. */
export const countOf = <T extends Heard>(
  records: Iterable<T>,
  about: {
    is: (record: T) => boolean;
    spoke: (record: T) => boolean;
    age: (record: T) => Age;
    now: number;
    heard: (record: T) => number;
  },
): Count => {
  const count: Count = { known: 0, total: 0, unheard: 0, silentFor: null };
  for (const record of records) {
    count.total += 1;
    const spoke = about.spoke(record);
    if (!spoke || about.age(record) === 'stale') {
      count.unheard += 1;
      if (spoke) count.silentFor = Math.max(count.silentFor ?? 0, about.now - about.heard(record));
    } else if (about.is(record)) count.known += 1;
  }
  return count;
};
