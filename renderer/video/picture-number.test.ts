import { expect, test } from 'vitest';
import type { Plates } from './messages.ts';
import { numberOf, paintNumber } from './picture-number.ts';
import { planesOf, type Planes } from './planes.ts';

const AHEAD = 8 * 3_600_000;
const header = { fseq: 1234, pts: Date.UTC(2026, 10, 26, 15, 5, 9, 120) };

test("E18: the number is the stream's, the clock the camera's in the district's time", () => {
  expect(numberOf(header, AHEAD)).toBe('#1234 23:05:09.120');
  expect(numberOf({ fseq: 0, pts: header.pts + 3_600_000 }, AHEAD)).toBe('#0 00:05:09.120');
});

const [w, h] = [640, 360];
const solid = { w: 10, h: 20, alpha: new Uint8Array(200).fill(255) };
const plates = (clock: number | null): Plates => ({
  ...{ line: 2, pad: 4, clock },
  masks: Object.fromEntries([...'0123456789#:. '].map((figure) => [figure, solid])),
});
const black = (): Planes => {
  const data = new Uint8Array((w * h * 3) / 2).fill(16, 0, w * h).fill(128, w * h);
  const layout = [
    { offset: 0, stride: w },
    { offset: w * h, stride: w / 2 },
    { offset: (w * h * 5) / 4, stride: w / 2 },
  ];
  return planesOf('I420', data, w, h, layout, 'bt709') as Planes;
};
const bright = ({ data }: Planes): [number, number][] => {
  const found: [number, number][] = [];
  for (let i = 0; i < w * h; i++) if ((data[i] ?? 0) > 120) found.push([i % w, Math.floor(i / w)]);
  return found;
};

test('E18: it stands at the lower right, clear of what cameras burn in at the left; unasked for nothing is painted', () => {
  const [asked, unasked] = [black(), black()];
  paintNumber(asked, header, plates(AHEAD));
  paintNumber(unasked, header, plates(null));
  const marks = bright(asked);
  expect(marks).toHaveLength(18 * 200);
  expect(marks.every(([x, y]) => x > w / 2 && y > (h * 3) / 4)).toBe(true);
  expect(bright(unasked)).toHaveLength(0);
});
