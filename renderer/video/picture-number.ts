/**
 * The number of a picture, written into the picture itself.
 *
 * Owns: what stands there and where. Guarantees: E18; it is painted into the very picture it names, so that it agrees with
 *   what a camera burned in whatever is late. Refuses: fonts; characters come as masks.
 */
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { ink, surface } from '../design/tokens.ts';
import type { Mask, Plates } from './messages.ts';
import { fill, stamp, yuvOf, type Planes } from './planes.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Lines of the tile's own words at its lower right, which stay free. */
const FOOT = 1.15;

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');

/** "#1234 23:05:09.120": the picture's number in its stream and its camera's clock, `clock` ms ahead of UTC. */
export const numberOf = ({ fseq, pts }: Pick<VideoHeader, 'fseq' | 'pts'>, clock: number): string => {
  const at = (((pts + clock) % DAY_MS) + DAY_MS) % DAY_MS;
  const [h, min, s] = [at / HOUR_MS, (at / 60_000) % 60, (at / 1000) % 60];
  return `#${fseq} ${two(h)}:${two(min)}:${two(s)}.${String(Math.floor(at % 1000)).padStart(3, '0')}`;
};

/** Paints it at the lower right, above the tile's words; nothing without `plates.clock` or before the fonts are there. */
export const paintNumber = (p: Planes, header: Pick<VideoHeader, 'fseq' | 'pts'>, plates: Plates): void => {
  if (plates.clock === null) return;
  const masks = [...numberOf(header, plates.clock)].map((figure) => plates.masks[figure]);
  if (!masks.every((mask): mask is Mask => mask !== undefined)) return;
  const wide = masks.reduce((sum, mask) => sum + mask.w, 0) + 2 * plates.pad;
  const high = Math.max(...masks.map((mask) => mask.h));
  const [left, top] = [Math.max(0, p.w - wide), Math.max(0, Math.round(p.h - high * (1 + FOOT)))];
  fill(p, left, top, wide, high, yuvOf(surface.night, p.matrix), 0.85);
  let at = left + plates.pad;
  for (const mask of masks) {
    stamp(p, mask, at, top, yuvOf(ink.value, p.matrix));
    at += mask.w;
  }
};
