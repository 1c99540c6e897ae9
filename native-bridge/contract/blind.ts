/**
 * A camera that answers and shows nothing, or does not answer: as good as offline.
 *
 * Owns: the words. Guarantees: `since` is when it began, by the bridge's clock. Refuses: why it happened.
 */
import type { ReceiveTime } from './brand.ts';

/** `frozen`: the same picture again and again; `covered`: nothing but one surface; `blurred`: out of focus. */
export const BLIND_WHYS = ['silent', 'frozen', 'black', 'covered', 'blurred'] as const;
export type BlindWhy = (typeof BLIND_WHYS)[number];
export interface Blind {
  why: BlindWhy;
  since: ReceiveTime;
}
