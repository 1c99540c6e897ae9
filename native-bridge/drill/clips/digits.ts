/**
 * Owns: figures made of seven strokes, since no font is to be relied on; the burned-in mark.
 * Guarantees: the same pixels on every machine.
 * Refuses: letters other than the minus sign and the arrows up and down.
 */
import type { Lens, Pen, Vec3 } from './lens.ts';
import { add, paint, times } from './lens.ts';
import { markBits, markCell, markLeft, markTop } from './frame-mark.ts';

//   0
// 5   1
//   6
// 4   2
//   3
const strokes: Readonly<Record<string, string>> = {
  '0': '012345',
  '1': '12',
  '2': '01643',
  '3': '01623',
  '4': '5612',
  '5': '05623',
  '6': '054326',
  '7': '012',
  '8': '0123456',
  '9': '012356',
  '-': '6',
};
const ends: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [1, 1, 1, 2],
  [0, 2, 1, 2],
  [0, 1, 0, 2],
  [0, 0, 0, 1],
  [0, 1, 1, 1],
];

/** The strokes of a text as bars [x, y, w, h]; a figure is 1 wide and 2 high, the next begins at 1.6. */
function bars(text: string, thick: number): [number, number, number, number][] {
  const out: [number, number, number, number][] = [];
  [...text].forEach((figure, place) => {
    for (const stroke of strokes[figure] ?? '') {
      const [x1, y1, x2, y2] = ends[Number(stroke)] ?? [0, 0, 0, 0];
      out.push([place * 1.6 + x1 - thick / 2, y1 - thick / 2, x2 - x1 + thick, y2 - y1 + thick]);
    }
  });
  return out;
}

/** Figures flat on the picture: left top corner and height in pixels. */
export function flatDigits(pen: Pen, text: string, x: number, y: number, high: number): void {
  const k = high / 2;
  for (const [bx, by, w, h] of bars(text, 0.28)) {
    pen.fillRect(x + bx * k, y + by * k, w * k, h * k);
  }
}

/** Figures on a wall: `origin` is the top left, `right` and `down` are the axes, one figure width long. */
export function wallDigits(
  pen: Pen,
  eye: Lens,
  text: string,
  origin: Vec3,
  right: Vec3,
  down: Vec3,
  colour: string,
): void {
  const at = (x: number, y: number): Vec3 => add(origin, add(times(right, x), times(down, y)));
  for (const [x, y, w, h] of bars(text, 0.3)) {
    paint(pen, eye, [at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)], colour);
  }
}

/** Burns the frame number into the bottom left: the coded strip and readable figures beside it. */
export function burnMark(pen: Pen, frame: number): void {
  pen.fillStyle = '#101216';
  pen.fillRect(markLeft - 4, markTop - 4, 18 * markCell + 8 + 52, markCell + 8);
  markBits(frame).forEach((white, cell) => {
    pen.fillStyle = white ? '#f4f5f7' : '#0b0c0e';
    pen.fillRect(markLeft + cell * markCell, markTop, markCell, markCell);
  });
  pen.fillStyle = '#d9dde3';
  flatDigits(pen, String(frame).padStart(4, '0'), markLeft + 18 * markCell + 10, markTop, markCell);
}
