/**
 * The boxes, painted into the picture they belong to.
 *
 * Owns: how each label looks. Guarantees: E3; an e-bike has the alarm's colour, a thick line, its symbol, its word and the
 *   confidence on a filled plate; everything else a thin light line and a dark plate, told apart by symbol and word.
 * Refuses: fonts; words come as masks.
 */
import type { Box } from '../../native-bridge/contract/port.ts';
import type { DetectionLabel } from '../../native-bridge/contract/wire.ts';
import { alarm, ink, surface } from '../design/tokens.ts';
import type { Shown } from './box-store.ts';
import type { Mask, Plates } from './messages.ts';
import { fill, outline, stamp, yuvOf, type Planes } from './planes.ts';

interface Look {
  line: string;
  plate: string;
  text: string;
  /** Lines as wide as this many of the scale's. */
  weight: number;
}
const plain: Look = { line: ink.label, plate: surface.night, text: ink.value, weight: 1 };
const urgent = (level: 1 | 2): Look => ({
  line: alarm[level].colour,
  plate: alarm[level].colour,
  text: alarm[level].on,
  weight: 2,
});
const LOOKS: Readonly<Record<DetectionLabel, Look>> = {
  'e-bike': urgent(2),
  flame: urgent(1),
  smoke: urgent(2),
  bicycle: plain,
  stroller: plain,
  wheelchair: plain,
  person: plain,
};

/** Without plates (fonts not there yet) boxes alone are drawn. */
export const paintBoxes = (p: Planes, shown: Shown, plates: Plates | null): void => {
  const words = new Map((plates ? wordsOf(p, shown, plates) : []).map((word) => [word.of, word]));
  // What matters most is painted last, over the lines and words of the rest.
  for (const box of weighed(shown).reverse()) {
    paintBox(p, edgesOf(p, box, plates), LOOKS[box.label], shown.how);
    const word = words.get(box);
    if (plates && word) paintWord(p, word, shown.how, plates.pad);
  }
};

type Size = Pick<Planes, 'w' | 'h'>;
/** The heaviest first. */
const weighed = ({ boxes }: Shown): Box[] => [...boxes].sort((a, b) => LOOKS[b.label].weight - LOOKS[a.label].weight);

/** Where the words stand; the first choice is that of what matters most. */
export const wordsOf = (size: Size, shown: Shown, plates: Plates): Word[] => {
  const words: Word[] = [];
  for (const box of weighed(shown)) {
    const word = wordOf(size, box, shown.how, plates, words);
    if (word) words.push(word);
  }
  return words;
};

interface Area {
  left: number;
  top: number;
  wide: number;
  high: number;
}
interface Word extends Area {
  of: Box;
  look: Look;
  masks: readonly Mask[];
}
interface Edges {
  x: number;
  y: number;
  w: number;
  h: number;
  line: number;
}

const edgesOf = (p: Size, { label, box }: Box, plates: Plates | null): Edges => {
  const [x, y, w, h] = [box[0] * p.w, box[1] * p.h, box[2] * p.w, box[3] * p.h].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  return { x, y, w, h, line: Math.max(2, Math.round((plates?.line ?? 2) * LOOKS[label].weight)) };
};
const alphaOf = (how: Shown['how']): number => (how === 'late' ? 0.45 : 1);

const paintBox = (p: Planes, { x, y, w, h, line }: Edges, look: Look, how: Shown['how']): void => {
  const alpha = alphaOf(how);
  // A dark rim keeps the line in sight on a bright picture.
  outline(p, x - line, y - line, w + 2 * line, h + 2 * line, 1, yuvOf(surface.night, p.matrix), 0, 0.6 * alpha);
  outline(p, x, y, w, h, line, yuvOf(look.line, p.matrix), how === 'own' ? 0 : line * 4, alpha);
};

const meet = (a: Area, b: Area): boolean =>
  a.left < b.left + b.wide && b.left < a.left + a.wide && a.top < b.top + b.high && b.top < a.top + a.high;

/**
 * Where a box's word stands: above it, below it, or inside its upper edge, where no word that matters more stands. Null: it
 * has none, or there is no room and its box says enough.
 */
const wordOf = (p: Size, box: Box, how: Shown['how'], plates: Plates, taken: readonly Area[]): Word | null => {
  const { label, confidence } = box;
  const look = LOOKS[label];
  const masks = [`label:${label}`, ...(how === 'own' ? `${Math.round(confidence * 100)}%` : '')]
    .map((key) => plates.masks[key])
    .filter((mask): mask is Mask => mask !== undefined);
  if (masks.length === 0) return null;
  const { x, y, w, h, line } = edgesOf(p, box, plates);
  const wide = masks.reduce((sum, mask) => sum + mask.w, 0) + 2 * plates.pad;
  const high = Math.max(...masks.map((mask) => mask.h)) + plates.pad;
  const within = (left: number): number => Math.max(0, Math.min(p.w - wide, left));
  const inside = Math.min(p.h - high, y);
  const [above, below] = [y - line - high, y + h + line];
  const tops = (above >= 0 ? [above, below, inside] : [inside, below]).filter((top) => top >= 0 && top + high <= p.h);
  // Flush with the box, else beside the word in the way, as long as it still stands on the box it names.
  const beside = taken.flatMap((other) => [other.left - wide, other.left + other.wide]);
  const lefts = [x - line, x + w + line - wide, ...beside].map(within).filter((at) => at < x + w && at + wide > x);
  const places = tops.flatMap((top) => lefts.map((left) => ({ left, top, wide, high })));
  const free = places.find((place) => taken.every((other) => !meet(place, other)));
  const most = { left: within(x - line), top: tops[0] ?? inside, wide, high };
  const place = free ?? (look.weight > 1 ? most : null);
  return place && { of: box, look, masks, ...place };
};

const paintWord = (p: Planes, { left, top, wide, high, look, masks }: Word, how: Shown['how'], pad: number): void => {
  fill(p, left, top, wide, high, yuvOf(look.plate, p.matrix), how === 'own' ? 0.92 : 0.6);
  let at = left + pad;
  for (const mask of masks) {
    stamp(p, mask, at, top + (high - mask.h) / 2, yuvOf(look.text, p.matrix), alphaOf(how));
    at += mask.w;
  }
};
