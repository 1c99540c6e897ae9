import { expect, test } from 'vitest';
import { AccessUnits, beginsPicture, type Assembled } from './access-units.ts';
import { decodeCount, flvOf, tagsOf } from './clips-fake.ts';
import { flvPicture, type FlvTag } from './flv.ts';
import { SliceJoiner } from './join-slices.ts';

const flv = flvOf('320x180', '-bf', '0', '-x264-params', 'slices=3');
const [config, ...pictures] = tagsOf(flv);

function assemble(tags: readonly FlvTag[], withConfig = true): Assembled[] {
  const units = new AccessUnits();
  if (withConfig && config) units.configure(config.data);
  return tags.map((tag) => units.assemble(tag.data));
}
const types = (unit: Buffer): number[] => {
  const found: number[] = [];
  for (let at = unit.indexOf('00000001', 0, 'hex'); at >= 0; at = unit.indexOf('00000001', at + 4, 'hex'))
    found.push((unit[at + 4] ?? 0) & 31);
  return found;
};
const unitsOf = (made: readonly Assembled[]): Buffer[] => made.flatMap((one) => (one.is === 'unit' ? [one.unit] : []));
/** NAL units of a picture, each a tag of its own with the picture's time. */
function cut(tag: FlvTag): FlvTag[] {
  const parts: FlvTag[] = [];
  for (let at = 0; at < tag.data.length;) {
    const end = at + 4 + tag.data.readUInt32BE(at);
    parts.push(flvPicture(tag.data.subarray(at, end), tag.dts, tag.cts, false));
    at = end;
  }
  return parts;
}
const join = (tags: readonly FlvTag[]): FlvTag[] => {
  const joiner = new SliceJoiner();
  return tags.flatMap((tag) => joiner.push(tag));
};

test('G2: parameter sets that stand only beside the stream are put before each key frame; it decodes cleanly', () => {
  const made = assemble(pictures);
  expect(made.map((one) => one.is === 'unit' && one.key)).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => i % 5 === 0),
  );
  for (const one of made) {
    if (one.is === 'unit' && one.key)
      expect(types(one.unit).filter((t) => [5, 7, 8].includes(t))).toEqual([7, 8, 5, 5, 5]);
  }
  expect(decodeCount(Buffer.concat(unitsOf(made)))).toBe(10);
});

test('G2: nothing leaves before parameter sets are known; those in band go before those beside', () => {
  expect(assemble(pictures, false).every(({ is }) => is === 'nothing')).toBe(true);
  const [other] = tagsOf(flvOf('160x120', '-bf', '0'));
  const units = new AccessUnits();
  units.configure(other?.data ?? Buffer.alloc(0));
  const record = config?.data ?? Buffer.alloc(0);
  const spsEnd = 8 + record.readUInt16BE(6);
  const asNal = (set: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, set.length]), set]);
  const ppsEnd = spsEnd + 3 + record.readUInt16BE(spsEnd + 1);
  const inBand = [asNal(record.subarray(8, spsEnd)), asNal(record.subarray(spsEnd + 3, ppsEnd))];
  const made = units.assemble(Buffer.concat([...inBand, pictures[0]?.data ?? Buffer.alloc(0)]));
  expect(made).toMatchObject({ is: 'unit', key: true, sps: { w: 320, h: 180 } });
});

test('G2: a picture cut into packets, parameter sets before every slice, is put together again', () => {
  const record = config?.data ?? Buffer.alloc(0);
  const sps = record.subarray(6, 8 + record.readUInt16BE(6));
  const between = Buffer.concat([Buffer.alloc(2), sps]);
  const parts = pictures.flatMap((tag) =>
    cut(tag).map((part) => flvPicture(Buffer.concat([between, part.data]), part.dts, part.cts, false)),
  );
  // The end of the last picture is known when another begins.
  const joined = join([...parts, flvPicture(pictures[0]?.data ?? Buffer.alloc(0), 1000, 0, true)]);
  const units = unitsOf(assemble(joined));
  expect(units.map((unit) => types(unit).filter((type) => type === 1 || type === 5).length)).toEqual(
    pictures.map(() => 3),
  );
  expect(decodeCount(Buffer.concat(units))).toBe(10);
});

test('G2: a sender that cuts its key frames only costs a delay at those only', () => {
  const joiner = new SliceJoiner();
  const counts = pictures.map((tag, i) => (i % 5 === 0 ? cut(tag) : [tag]).map((part) => joiner.push(part).length));
  // Whole: 1 at once; a key frame comes out with the picture after it. The first has a remark (SEI) in front.
  expect(counts.map((parts) => parts.reduce((sum, n) => sum + n))).toEqual([1, 1, 2, 1, 1, 0, 2, 1, 1, 1]);
});

test('G2: a sender that keeps its pictures whole waits for one picture only, at the very first', () => {
  const joiner = new SliceJoiner();
  expect(pictures.map((tag) => joiner.push(tag).length)).toEqual([0, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('G6: a picture whose first slice is lost, or a cut-off NAL unit, is damage', () => {
  const [, second] = pictures;
  const slices = cut(second ?? flvPicture(Buffer.alloc(0), 0, 0, false));
  expect(slices.map(({ data }) => beginsPicture(data))).toEqual([true, false, false]);
  const made = assemble([...slices.slice(1, 2), flvPicture(Buffer.from([0, 0, 9, 9, 0x41]), 0, 0, false)]);
  expect(made).toEqual([
    { is: 'broken', why: 'a picture without its first slice' },
    { is: 'broken', why: 'a NAL unit is cut off' },
  ]);
});
