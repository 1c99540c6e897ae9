/**
 * Incidents in hand, in the order in which they matter.
 *
 * Owns: that order. Guarantees: worst level first, then the newest; a repeat report stands with the first one; one that is held
 *   back as a suspected false call stands below those in hand. Refuses: to leave one out because there are many.
 */
import type { IncidentRecord } from '../../native-bridge/contract/records.ts';

export const inHand = (incidents: Iterable<IncidentRecord>): IncidentRecord[] =>
  [...incidents]
    .filter(({ status, repeatOf }) => status !== 'closed' && repeatOf === undefined)
    .sort(
      (a, b) =>
        Number(a.suspended !== undefined) - Number(b.suspended !== undefined) || a.level - b.level || b.at - a.at,
    );
