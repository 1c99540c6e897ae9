// An aerial picture of the whole district for the scene benchmark, as `city build` writes one: noise, which no encoder makes
// small and no graphics process skips. Guarantees: the same tiles every time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { tileAt, type ImageryIndex } from '../../native-bridge/contract/imagery.ts';

/** Around this place, so far, degrees; the finest pixels are 4 m wide there. */
const CENTRE = [120.875, 29.98] as const;
const REACH = 0.2;
const ZOOMS = [9, 10, 11, 12, 13, 14, 15];

const tile = (seed: number): Buffer => {
  const canvas = createCanvas(256, 256);
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(256, 256);
  let x = seed;
  for (let i = 0; i < picture.data.length; i += 1) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    picture.data[i] = i % 4 === 3 ? 255 : 90 + (x >>> 26);
  }
  pen.putImageData(picture, 0, 0);
  return canvas.toBuffer('image/jpeg');
};

/** Writes `imagery-0.json` and `imagery-0.tiles`. @param at how a page reaches the folder from the pack's own */
export const writeAir = (folder: string, at: string): void => {
  const kinds = [1, 2, 3, 4].map(tile);
  const bodies: Buffer[] = [];
  const rows: ImageryIndex['rows'] = [];
  for (const z of ZOOMS) {
    const [west = 0, north = 0] = tileAt(z, [CENTRE[0] - REACH, CENTRE[1] + REACH]).map(Math.floor);
    const [east = 0, south = 0] = tileAt(z, [CENTRE[0] + REACH, CENTRE[1] - REACH]).map(Math.floor);
    for (let x = west; x <= east; x += 1)
      for (let y = north; y <= south; y += 1) {
        const body = kinds[(x + 2 * y) % kinds.length] ?? Buffer.alloc(0);
        rows.push([z, x, y, body.length]);
        bodies.push(body);
      }
  }
  const index: ImageryIndex = { format: 'fengsui/imagery@1', tiles: `${at}imagery-0.tiles`, type: 'image/jpeg', rows };
  writeFileSync(join(folder, 'imagery-0.json'), JSON.stringify(index));
  writeFileSync(join(folder, 'imagery-0.tiles'), Buffer.concat(bodies));
};
