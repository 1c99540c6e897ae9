import { expect, test } from 'vitest';
import { receiveTime } from '../native-bridge/contract/brand.ts';
import type { FeedRecord } from '../native-bridge/contract/records.ts';
import { wallState } from './wall-state.ts';

const feed = (link: FeedRecord['link']): FeedRecord => ({
  id: 'fire-iot',
  link,
  lastHeard: receiveTime(1),
  epoch: 'e',
  lastSeq: 1,
  received: 1,
  journaled: 1,
  duplicates: 0,
  gapsHealed: 0,
  quarantined: 0,
  lagMs: 5,
  skewMs: 0,
  encrypted: true,
  rate: 1,
});
const live = { drawn: true, connected: true, feeds: [feed('live')], devices: 1 };

test('live only when drawn, connected, every feed live and a device known', () => {
  expect(wallState(live)).toBe('live');
  expect(wallState({ ...live, drawn: false })).toBe('starting');
  expect(wallState({ ...live, connected: false })).toBe('drawn');
  expect(wallState({ ...live, feeds: [feed('live'), feed('lost')] })).toBe('drawn');
  expect(wallState({ ...live, feeds: [] })).toBe('drawn');
  expect(wallState({ ...live, devices: 0 })).toBe('drawn');
});
