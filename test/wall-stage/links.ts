/**
 * The scripted links of the stage.
 *
 * Owns: four feeds per scene. Guarantees: valid records of the contract. Refuses: randomness.
 */
import { receiveTime } from '../../native-bridge/contract/brand.ts';
import type { FeedRecord, Link } from '../../native-bridge/contract/records.ts';

export type SceneName = 'evening' | 'flood' | 'lost' | 'quiet';
const MIN = 60_000;

const feed = (now: number, id: string, rate: number, link: Link, over: Partial<FeedRecord> = {}): FeedRecord => ({
  id,
  link,
  lastHeard: receiveTime(now - 300),
  epoch: 'stage',
  lastSeq: 90_000,
  received: 90_000,
  journaled: 90_000,
  duplicates: 3,
  gapsHealed: 1,
  quarantined: 2,
  lagMs: 24,
  skewMs: 40,
  encrypted: true,
  rate,
  bits: Math.round(rate * (id === 'video' ? 12_000 : 900)),
  ...over,
});
export const feeds = (now: number, scene: SceneName, started: number): FeedRecord[] => [
  scene === 'lost'
    ? feed(now, 'fire-iot', 0, 'lost', { lastHeard: receiveTime(started - 14 * MIN) })
    : feed(now, 'fire-iot', 268 + 20 * Math.sin(now / 9000), 'live'),
  feed(now, 'linkage-110', 1.4, scene === 'lost' ? 'lagging' : 'live', scene === 'lost' ? { lagMs: 5200 } : {}),
  scene === 'lost'
    ? feed(now, 'video', 8, 'catching-up', { progress: { done: 41_000, total: 96_000, etaMs: 21_000 } })
    : feed(now, 'video', 0.2, 'live', { pictures: 135 }),
  feed(now, 'situation', 0.2, 'live', { encrypted: scene !== 'lost' }),
];
