import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiveTime } from '../contract/brand.ts';
import type { Frame } from '../contract/frame.ts';
import { readSegment, SegmentBuilder, type StoredFrame } from './segment.ts';

const number = fc.integer({ min: 1, max: 2 ** 50 });
const frame = fc
  .record({
    topic: fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => text.isWellFormed()),
    seq: number,
    n: fc.integer({ min: 1, max: 5000 }),
    skip: fc.nat({ max: 10 }),
    cut: fc.nat({ max: 10 }),
    ts: fc.integer({ min: 0, max: 2 ** 44 }),
    heard: fc.integer({ min: 0, max: 2 ** 44 }),
    manner: fc.constantFrom('live' as const, 'replay' as const, 'history' as const, 'snapshot' as const),
    body: fc.uint8Array({ maxLength: 3000 }),
    rejected: fc.array(fc.nat({ max: 4999 }), { maxLength: 5 }),
  })
  .map(({ seq, n, skip, cut, heard, rejected, manner, ...rest }): StoredFrame => {
    const whole = manner === 'snapshot';
    const from = whole ? seq : seq + Math.min(skip, n - 1);
    const to = whole ? seq + n - 1 : Math.max(from, seq + n - 1 - cut);
    const made: Frame = { source: 's', epoch: 'e', seq, n, from, to, heard: receiveTime(heard), manner, ...rest };
    return { frame: made, rejected };
  });

test('J3 whatever goes into a segment comes out again, byte for byte', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
      const builder = new SegmentBuilder(64);
      for (const { frame: each, rejected } of frames) builder.add(each, rejected);
      const { bytes, length } = builder.finish();
      const read = [...readSegment(new Uint8Array(bytes, 0, length), 's', 'e')];
      expect(read.map(({ frame: each, rejected }) => ({ frame: { ...each, body: [...each.body] }, rejected }))).toEqual(
        frames.map(({ frame: each, rejected }) => ({ frame: { ...each, body: [...each.body] }, rejected })),
      );
    }),
  );
});

test('J3 damaged bytes are an error that says so, never an endless loop or foreign frames without end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      let frames = 0;
      try {
        for (const each of readSegment(bytes, 's', 'e')) if (each) frames++;
      } catch (error) {
        expect(String(error)).toContain('damaged segment');
      }
      expect(frames).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
