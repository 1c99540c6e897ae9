/**
 * Terrain as a relief: tiles whose colours are heights become tiles of light and shade, which are laid as imagery is.
 *
 * Owns: what a colour means, and the shading. Guarantees: a slope is as bright at a tile's edge as in its middle; level ground
 *   has one grey, whatever its height; a pixel without a height counts as sea level.
 * Refuses: to raise the city, which `terrain.ts` does; heights in JPEG, which its compression spoils.
 */
import { createCanvas, Image } from '@napi-rs/canvas';
import { cornerOf } from '../../contract/imagery.ts';
import type { HeightCode } from './plan.ts';

/** Metres of equator over the width of the web's grid: EPSG:3857 on the radius of WGS-84. */
const AROUND_M = 2 * Math.PI * 6_378_137;
/** Lower than any dry land: the colour says that nothing was measured. */
const NOT_MEASURED = -1000;
/** Light from the north-west, half-way up, as maps of the northern half of the world are shaded. */
const [SUN_AZIMUTH, SUN_HEIGHT] = [(315 * Math.PI) / 180, (45 * Math.PI) / 180];
/** A district's hills are a tenth as high as they are wide; drawn true they would hardly show on a dark wall. */
const STEEPER = 2;
/** Grey of level ground, the span around it and the least of all, of 255. The wall's tint darkens them further. */
const [LEVEL, SPAN, LEAST] = [96, 230, 36];

/** Heights of one tile, row by row from the north, m. */
export interface TileHeights {
  readonly side: number;
  readonly m: Float32Array;
}

/** @returns undefined: no picture, or none that is square. */
export async function heightsOf(bytes: Buffer, code: HeightCode): Promise<TileHeights | undefined> {
  const image = new Image();
  try {
    image.src = bytes;
    await image.decode();
  } catch {
    return undefined;
  }
  const side = image.width;
  if (side < 2 || image.height !== side) return undefined;
  const pen = createCanvas(side, side).getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, side, side);
  const m = new Float32Array(side * side);
  for (let i = 0; i < m.length; i++) {
    const [r = 0, g = 0, b = 0, alpha = 0] = [data[4 * i], data[4 * i + 1], data[4 * i + 2], data[4 * i + 3]];
    const high = code === 'mapbox' ? -10_000 + (r * 65_536 + g * 256 + b) * 0.1 : r * 256 + g + b / 256 - 32_768;
    m[i] = alpha < 255 || high < NOT_MEASURED ? 0 : high;
  }
  return { side, m };
}

/**
 * Light on the ground by Horn's slope over three times three pixels (Horn 1981, Hill shading and the reflectance map).
 * @param metres of one pixel's side
 * @returns a grey for every pixel, 0–255
 */
export function shade({ side, m }: TileHeights, metres: number): Uint8Array {
  /** Beyond the edge the slope goes on. */
  const along = (line: (i: number) => number, i: number): number => {
    if (i < 0) return 2 * line(0) - line(1);
    if (i >= side) return 2 * line(side - 1) - line(side - 2);
    return line(i);
  };
  const at = (x: number, y: number): number => along((row) => along((column) => m[row * side + column] ?? 0, x), y);
  const [sin, cos] = [Math.sin(SUN_HEIGHT), Math.cos(SUN_HEIGHT)];
  const [east, north] = [Math.sin(SUN_AZIMUTH), Math.cos(SUN_AZIMUTH)];
  const per = STEEPER / (8 * metres);
  const greys = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [nw, n, ne] = [at(x - 1, y - 1), at(x, y - 1), at(x + 1, y - 1)];
      const [sw, s, se] = [at(x - 1, y + 1), at(x, y + 1), at(x + 1, y + 1)];
      const [w, e] = [at(x - 1, y), at(x + 1, y)];
      const toEast = (ne + 2 * e + se - nw - 2 * w - sw) * per;
      const toNorth = (nw + 2 * n + ne - sw - 2 * s - se) * per;
      const light = (sin - cos * (toEast * east + toNorth * north)) / Math.hypot(1, toEast, toNorth);
      greys[y * side + x] = Math.max(LEAST, Math.min(255, LEVEL + (Math.max(0, light) - sin) * SPAN));
    }
  return greys;
}

/** Side of a pixel on the ground in the middle of a tile, m. */
export const metresOf = (z: number, y: number, side: number): number => {
  const [, lat] = cornerOf(z, 0, y + 0.5);
  return (AROUND_M * Math.cos((lat * Math.PI) / 180)) / 2 ** z / side;
};

/** One tile of terrain as a picture of its relief. @returns undefined: it is no picture of heights */
export async function reliefTile(
  { z, y, bytes }: { z: number; y: number; bytes: Buffer },
  code: HeightCode,
): Promise<Buffer | undefined> {
  const heights = await heightsOf(bytes, code);
  if (!heights) return undefined;
  const { side } = heights;
  const canvas = createCanvas(side, side);
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(side, side);
  shade(heights, metresOf(z, y, side)).forEach((grey, i) => picture.data.set([grey, grey, grey, 255], 4 * i));
  pen.putImageData(picture, 0, 0);
  return canvas.toBuffer('image/png');
}
