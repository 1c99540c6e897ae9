/**
 * Whether a picture shows anything.
 *
 * Owns: the judgement over several looks: frozen, black, covered, blurred. Guarantees: E10; nothing is said before it has been so
 *   for `SURE_MS`; one look that is different takes it back; blurred is a camera against itself, never against another.
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
/**
 * Sharpness is the squared step from a point to its neighbour as a share of the picture's variance, so that dusk and smoke,
 * which lessen both, are no blur. Measured on the eight clips at hand: a lens out of focus (Gauss, 6 pixels of 640) leaves 0.02
 * to 0.09 of it; a camera's own pictures vary down to 0.3 of their sharpest, and that is a corridor filling with smoke.
 */
const BLURRED = 0.2;
const NEIGHBOUR = 2;
/** Looks before a camera's own sharpness counts as known, and how slowly a change for good is taken for it: half an hour. */
const KNOWN_AFTER = 30;
const LEARN = 0.05;
const LEARN_SUSPECT = 1 / 1800;

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
interface Measure {
  is: Unseeing | null;
  /** Null where there is nothing to be sharp. */
  sharpness: number | null;
}
const energyOf = ({ data, offset, stride, w, h }: Light): number => {
  let [sum, n] = [0, 0];
  for (let y = 0; y < h; y += STEP)
    for (let x = 0; x + NEIGHBOUR < w; x += STEP, n++) {
      const at = offset + y * stride + x;
      sum += ((data[at] ?? 0) - (data[at + NEIGHBOUR] ?? 0)) ** 2;
    }
  return n === 0 ? 0 : sum / n;
};
const judge = (light: Light, points: Uint8Array, before: Uint8Array | null): Measure => {
  const mean = points.reduce((sum, each) => sum + each, 0) / points.length;
  const spread = Math.sqrt(points.reduce((sum, each) => sum + (each - mean) ** 2, 0) / points.length);
  if (spread < FLAT) return { is: mean < BLACK ? 'black' : 'covered', sharpness: null };
  const frozen = before?.length === points.length && points.every((each, i) => each === before[i]);
  return { is: frozen ? 'frozen' : null, sharpness: energyOf(light) / spread ** 2 };
};

export const createLook = (): Look => {
  let before: Uint8Array | null = null;
  let suspect: Unseeing | null = null;
  let since = 0;
  /** The camera's own sharpness. */
  let usual = 0;
  let looks = 0;
  return {
    note: (light, now) => {
      const points = sample(light);
      const { is: seen, sharpness } = judge(light, points, before);
      before = points;
      const blurred = seen === null && sharpness !== null && looks >= KNOWN_AFTER && sharpness < usual * BLURRED;
      const is = blurred ? 'blurred' : seen;
      if (sharpness !== null && seen === null) {
        looks += 1;
        usual += (sharpness - usual) * (blurred ? LEARN_SUSPECT : Math.max(LEARN, 1 / looks));
      }
      if (is !== suspect) {
        suspect = is;
        since = now;
      }
      return suspect !== null && now - since >= SURE_MS ? suspect : null;
    },
  };
};
