/**
 * Who gets how much of the screen's budget.
 *
 * Owns: the share-out. Guarantees: E12: the sum of what is granted never exceeds the budget by its estimates; who matters more
 *   never has less than who matters less could keep from it; every camera has a picture before any has a better one; a step
 *   up needs room to spare, so that figures that tremble change nothing.
 * Refuses: to know why a camera matters; the order it is given says so.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { STILL_EVERY_MS, TAKES, type Take, type Variant } from '../../native-bridge/contract/video-takes.ts';

/** Asked of each camera that was never measured, bit/s: 360p15 of the cameras at hand, and the gateway's own defaults. */
const USUAL: Readonly<Record<Take, number>> = { full: 800_000, sub: 400_000, second: 120_000, still: 16_000, hold: 0 };
/** A glance at a camera without stills of its own costs its newest group of pictures: about two seconds of it. */
const GLANCE_S = 2;
/** A better step than now is taken when it fits into this share of what is left. */
const ROOM = 0.9;

export interface Claim {
  id: CameraId;
  /** What it has now. */
  now: Take | null;
  /** It shows what is open: an alarm, an e-bike, what a hand chose. */
  urgent: boolean;
  /** bit/s at a step, where that was measured. */
  rate: (take: Take) => number | undefined;
}
export interface Shares {
  takes: ReadonlyMap<CameraId, Take>;
  /** bit/s, by the estimates. */
  used: number;
}

const stepsOf = (variants: ReadonlySet<Variant>): readonly Take[] =>
  TAKES.filter((take) => (take !== 'sub' || variants.has('sub')) && (take !== 'second' || variants.has('still')));

/** bit/s that a camera costs at a step. */
export const costOf = ({ rate }: Pick<Claim, 'rate'>, take: Take, variants: ReadonlySet<Variant>): number => {
  if (take === 'hold') return 0;
  if (take !== 'still') return rate(take) ?? USUAL[take];
  const every = STILL_EVERY_MS / 1000;
  if (variants.has('still')) return (rate('second') ?? USUAL.second) / every;
  return ((rate('full') ?? USUAL.full) * GLANCE_S) / every;
};

/** `claims`: who matters most first. `budget`: bit/s; null: everybody has everything. */
export const share = (claims: readonly Claim[], budget: number | null, variants: ReadonlySet<Variant>): Shares => {
  const takes = new Map<CameraId, Take>();
  const cost = (claim: Claim, take: Take): number => costOf(claim, take, variants);
  if (budget === null) {
    for (const { id } of claims) takes.set(id, 'full');
    return { takes, used: claims.reduce((sum, claim) => sum + cost(claim, 'full'), 0) };
  }
  const steps = stepsOf(variants);
  let left = budget;
  /** The best step that the rest of the budget holds, beside what it has. */
  const improve = (claim: Claim): void => {
    const has = takes.get(claim.id) ?? 'hold';
    const room = left + cost(claim, has);
    const keeps = TAKES.indexOf(claim.now ?? 'hold');
    const best = steps.find((take) => cost(claim, take) <= room * (TAKES.indexOf(take) < keeps ? ROOM : 1)) ?? 'hold';
    if (takes.has(claim.id) && TAKES.indexOf(best) >= TAKES.indexOf(has)) return;
    takes.set(claim.id, best);
    left = room - cost(claim, best);
  };
  for (const claim of claims) if (claim.urgent) improve(claim);
  for (const claim of claims) {
    if (takes.has(claim.id)) continue;
    const least = cost(claim, 'still');
    takes.set(claim.id, least <= left ? 'still' : 'hold');
    if (least <= left) left -= least;
  }
  for (const claim of claims) improve(claim);
  return { takes, used: budget - left };
};
