/**
 * What `GET /health` answers; tools outside read it, so its shape is a promise.
 *
 * Owns: the shape. Guarantees: counts only, no personal data. Refuses: nothing.
 */
import type { Link } from './records.ts';
import type { Role } from './port.ts';

export interface Health {
  version: string;
  uptimeMs: number;
  drill: boolean;
  feeds: FeedHealth[];
  journal: { recording: boolean; events: number; bytes: number };
  picture: { devices: number; openAlarms: number; incidents: number };
  /** `clock`: what the viewer has drawn; `behind`: changes it has not. */
  viewers: { role: Role; clock: number; behind: number }[];
  orders: { waiting: number; answered: number };
}
export interface FeedHealth {
  source: string;
  link: Link;
  epoch: string | null;
  lastSeq: number;
  /** Valid events before de-duplication. */
  received: number;
  /** Events on disk. */
  journaled: number;
  duplicates: number;
  gapsHealed: number;
  quarantined: number;
  lagMs: number;
  skewMs: number;
  encrypted: boolean;
  progress?: { done: number; total: number; etaMs: number | null };
}
