/**
 * What the ribbon draws, from marks: rides, and what followed on the same floor.
 *
 * Owns: the pairing of boarding and leaving, the chain of later signs on a floor, the places in time and height.
 * Guarantees: pure; a mark that fits no ride still stands alone; nothing is drawn that no mark says.
 * Refuses: to judge; it only puts side by side what happened on one floor within `CHAIN_MS`.
 */
import type { MarkRecord } from '../../../native-bridge/contract/records.ts';

/** A ride in an elevator is over by then. ms */
export const RIDE_MS = 5 * 60_000;
/** Charging and what comes of it are looked for this long after an e-bike got out on a floor. ms */
export const CHAIN_MS = 3 * 3_600_000;

export interface Ride {
  from: MarkRecord;
  to: MarkRecord;
}
export interface Chain {
  floor: number;
  /** The e-bike that got out there, then what was heard from that floor, in order. */
  links: MarkRecord[];
  /** After each link, how many points of signs stand against the floor so far; never falls. */
  scores: number[];
}

/**
 * Points of a sign, set here so that one alone never outweighs an alarm: an e-bike that went to a floor 1, charging there 1,
 * a current that has grown by a quarter since the first reading there 2, obscuration that has doubled and is worth a word 3,
 * over-temperature 3, a fire alarm 5. A reading as it always is adds nothing, and no sign counts twice.
 */
const POINTS = {
  'e-bike-out': 1,
  charging: 1,
  current: 2,
  smoke: 3,
  'over-temperature': 3,
  fire: 5,
} as const;
/** Below this no pile charges anything, W; and below this no smoke is worth a word, in the detector's own unit. */
const CHARGING_W = 20;
const HAZE = 1;

export const scoresOf = (links: readonly MarkRecord[]): number[] => {
  const first = new Map<MarkRecord['kind'], number>();
  const seen = new Set<MarkRecord['kind']>();
  let score = 0;
  return links.map(({ kind, value }) => {
    const began = first.get(kind) ?? value;
    if (began !== undefined && !first.has(kind)) first.set(kind, began);
    const says =
      kind === 'charging'
        ? (value ?? Infinity) >= CHARGING_W
        : kind === 'current'
          ? value === undefined || (began !== undefined && value >= 1.25 * began && value > began)
          : kind === 'smoke'
            ? value === undefined || (began !== undefined && value >= 2 * began && value >= HAZE)
            : true;
    const points = POINTS[kind as keyof typeof POINTS] as number | undefined;
    if (says && points !== undefined && !seen.has(kind)) {
      seen.add(kind);
      score += points;
    }
    return score;
  });
};

export const ridesOf = (marks: readonly MarkRecord[]): Ride[] => {
  const rides: Ride[] = [];
  const boarded = new Map<string, MarkRecord>();
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const lift = mark.elevatorId ?? '';
    if (mark.kind === 'e-bike-in') boarded.set(lift, mark);
    else if (mark.kind === 'e-bike-out') {
      const from = boarded.get(lift);
      if (from && mark.at - from.at <= RIDE_MS) rides.push({ from, to: mark });
      boarded.delete(lift);
    }
  }
  return rides;
};

const FOLLOWS = new Set<MarkRecord['kind']>(['charging', 'current', 'over-temperature', 'smoke', 'fire']);

export const chainsOf = (marks: readonly MarkRecord[]): Chain[] => {
  const inOrder = [...marks].sort((a, b) => a.at - b.at);
  const chains: Chain[] = [];
  const taken = new Set<string>();
  for (const out of inOrder) {
    if (out.kind !== 'e-bike-out') continue;
    const later = inOrder.filter(
      (mark) =>
        FOLLOWS.has(mark.kind) &&
        !taken.has(mark.id) &&
        mark.floor === out.floor &&
        mark.at > out.at &&
        mark.at - out.at <= CHAIN_MS,
    );
    if (later.length === 0) continue;
    for (const mark of later) taken.add(mark.id);
    const links = [out, ...later];
    chains.push({ floor: out.floor, links, scores: scoresOf(links) });
  }
  return chains;
};

/** Hours between two lines of the time axis, so that there are at most `most` of them. */
export const hourStep = (span: number, most: number): number =>
  [0.25, 0.5, 1, 2, 3, 6, 12].find((hours) => span / (hours * 3_600_000) <= most) ?? 12;
