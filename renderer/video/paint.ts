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
  // What matters most is painted last, over the rest.
  const order = [...shown.boxes].sort((a, b) => LOOKS[a.label].weight - LOOKS[b.label].weight);
  for (const box of order) paintBox(p, box, shown.how, plates);
};

const paintBox = (p: Planes, { label, confidence, box }: Box, how: Shown['how'], plates: Plates | null): void => {
  const look = LOOKS[label];
  const alpha = how === 'late' ? 0.45 : 1;
  const line = Math.max(2, Math.round((plates?.line ?? 2) * look.weight));
  const [x, y, w, h] = [box[0] * p.w, box[1] * p.h, box[2] * p.w, box[3] * p.h].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  const colour = yuvOf(look.line, p.matrix);
  // A dark rim keeps the line in sight on a bright picture.
  outline(p, x - line, y - line, w + 2 * line, h + 2 * line, 1, yuvOf(surface.night, p.matrix), 0, 0.6 * alpha);
  outline(p, x, y, w, h, line, colour, how === 'own' ? 0 : line * 4, alpha);
  if (!plates) return;
  const masks = [`label:${label}`, ...(how === 'own' ? `${Math.round(confidence * 100)}%` : '')]
    .map((key) => plates.masks[key])
    .filter((mask): mask is Mask => mask !== undefined);
  if (masks.length === 0) return;
  const { pad } = plates;
  const wide = masks.reduce((sum, mask) => sum + mask.w, 0) + 2 * pad;
  const high = Math.max(...masks.map((mask) => mask.h)) + pad;
  const left = Math.max(0, Math.min(p.w - wide, x - line));
  const above = y - line - high;
  const top = above >= 0 ? above : Math.min(p.h - high, y);
  fill(p, left, top, wide, high, yuvOf(look.plate, p.matrix), how === 'own' ? 0.92 : 0.6);
  let at = left + pad;
  for (const mask of masks) {
    stamp(p, mask, at, top + (high - mask.h) / 2, yuvOf(look.text, p.matrix), alpha);
    at += mask.w;
  }
};
