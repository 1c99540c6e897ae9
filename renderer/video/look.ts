/**
 * Whether a picture shows anything.
 *
 * Owns: the judgement over several looks: frozen, black, covered. Guarantees: E10; nothing is said before it has been so for
 *   `SURE_MS`; one look that is different takes it back.
 * Refuses: taste: a still scene with any noise or a running clock in it is a picture.
 */
import type { BlindWhy } from '../../native-bridge/contract/blind.ts';

export type Unseeing = Exclude<BlindWhy, 'silent'>;

export const LOOK_MS = 1000;
export const SURE_MS = 10_000;
/** Every so many pixels, both ways: 3,600 points of 640 × 360. */
const STEP = 8;
/** Video black is 16; a sensor in the dark is a little above. A surface that fills the view differs by little. */
const BLACK = 24;
const FLAT = 3;

export interface Light {
  data: Uint8Array;
  offset: number;
  stride: number;
  w: number;
  h: number;
}
export interface Look {
  /** The light plane of a picture just shown; `now` in ms. */
  note: (light: Light, now: number) => Unseeing | null;
}

const sample = ({ data, offset, stride, w, h }: Light): Uint8Array => {
  const across = Math.ceil(w / STEP);
  const points = new Uint8Array(across * Math.ceil(h / STEP));
  let n = 0;
  for (let y = 0; y < h; y += STEP) for (let x = 0; x < w; x += STEP) points[n++] = data[offset + y * stride + x] ?? 0;
  return points;
};
const judge = (points: Uint8Array, before: Uint8Array | null): Unseeing | null => {
  const mean = points.reduce((sum, each) => sum + each, 0) / points.length;
  const spread = Math.sqrt(points.reduce((sum, each) => sum + (each - mean) ** 2, 0) / points.length);
  if (spread < FLAT) return mean < BLACK ? 'black' : 'covered';
  return before?.length === points.length && points.every((each, i) => each === before[i]) ? 'frozen' : null;
};

export const createLook = (): Look => {
  let before: Uint8Array | null = null;
  let suspect: Unseeing | null = null;
  let since = 0;
  return {
    note: (light, now) => {
      const points = sample(light);
      const is = judge(points, before);
      before = points;
      if (is !== suspect) {
        suspect = is;
        since = now;
      }
      return suspect !== null && now - since >= SURE_MS ? suspect : null;
    },
  };
};
