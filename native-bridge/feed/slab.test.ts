import { expect, test } from 'vitest';
import { SlabBuilder, readSlab, type Kind } from './slab.ts';

const read = (builder: SlabBuilder): [number, Kind, string[]][] => {
  const out: [number, Kind, string[]][] = [];
  readSlab(builder.take(), (line, kind, frames) => out.push([line, kind, frames.map(String)]));
  return out;
};

test('F13: what a slab took comes out of it byte for byte and in order, whatever the number and size of frames', () => {
  const builder = new SlabBuilder();
  const long = 'x'.repeat(300_000);
  const told: [number, Kind, string[]][] = [
    [0, 'message', ['fire-iot.reading', '{"seq":1}', '{}']],
    [3, 'reply', ['', 'end', '']],
    [70_000, 'message', []],
    [0, 'message', [long, '烟感', long]],
    [1, 'message', Array.from({ length: 1000 }, (_, i) => String(i))],
  ];
  for (const [line, kind, frames] of told)
    builder.add(
      line,
      kind,
      frames.map((frame) => Buffer.from(frame)),
    );
  expect(builder.full).toBe(true);
  expect(read(builder)).toEqual(told);
  // The next one begins empty, and what was handed out is not touched by it.
  expect(builder.empty).toBe(true);
  builder.add(2, 'reply', [Buffer.from('later')]);
  expect(builder.full).toBe(false);
  expect(read(builder)).toEqual([[2, 'reply', ['later']]]);
});
