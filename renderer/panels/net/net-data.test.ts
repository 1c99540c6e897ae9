import { expect, test } from 'vitest';
import type { FeedRecord } from '../../../native-bridge/contract/records.ts';
import { bitsText, carriedOf, leftFor, videoShare } from './net-data.ts';

const feed = (id: string, bits?: number) => ({ id, ...(bits === undefined ? {} : { bits }) }) as FeedRecord;

test('F2: video has what the other sources leave; when they are over by themselves it has nothing, and that is said', () => {
  const carried = carriedOf([feed('fire-iot', 40_000), feed('linkage-110', 2000), feed('video', 90_000)]);
  expect(carried).toMatchObject({ bits: 132_000, others: 42_000, bound: false });
  expect(leftFor(128, carried)).toEqual({ video: 86_000, over: 0 });
  expect(leftFor(32, carried)).toEqual({ video: 0, over: 10_000 });
});
test('F2: a source that nobody measured makes the whole a bound', () => {
  expect(carriedOf([feed('fire-iot', 1000), feed('situation')])).toMatchObject({ bits: 1000, bound: true });
});
test('F2: the share of video stands still while it hardly differs, and falls to nothing at once', () => {
  expect(videoShare(null, 86_000)).toBe(0.08);
  expect(videoShare(0.08, 94_000)).toBe(0.08);
  expect(videoShare(0.08, 200_000)).toBe(0.2);
  expect(videoShare(0.08, 0)).toBe(0);
  expect([bitsText(86_400), bitsText(999_499), bitsText(1_234_000)]).toEqual(['86 kbit/s', '999 kbit/s', '1.2 Mbit/s']);
});
