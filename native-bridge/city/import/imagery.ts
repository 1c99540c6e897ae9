/**
 * Imagery and terrain of a district: tiles from MBTiles or PMTiles into one file of the pack that a window reads by ranges.
 *
 * Owns: which tiles go along, and where they lie in WGS-84. Guarantees: a tile that is cut off or no picture is left out and
 *   counted; tiles in GCJ-02 are laid where they belong, to centimetres; the same input gives the same bytes.
 * Refuses: vector tiles, BD-09 (whose grid is none of the web's), a file that does not say its datum, heights in no known code.
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cornerOf, tileAt, type ImageryIndex, type ShiftGrid } from '../../contract/imagery.ts';
import type { LonLat } from '../../contract/site-files.ts';
import type { CarriedImagery } from '../card.ts';
import { datumOf } from './crs.ts';
import { HEIGHT_CODES, type CityPlan, type HeightCode } from './plan.ts';
import { rasterTiles, type RasterTile } from './raster.ts';
import { reliefTile } from './relief.ts';
import type { CityReport } from './tally.ts';
import { CityError, Unreadable } from './trouble.ts';

/** Farther from the district than the eye ever is, degrees. */
const MARGIN = 0.6;
/** The shift of GCJ-02 bends over kilometres: between points so far apart it is straight to a centimetre. Degrees. */
const STEP = 0.005;
/** Coarser tiles are as large as a province; finer ones than the eye comes near to. */
const ZOOMS = [8, 20] as const;

type Box = readonly [west: number, south: number, east: number, north: number];

/** Wrong parts of the plan, before anything is read that takes time. @throws {CityError} */
export function checkImagery(plan: CityPlan): void {
  plan.tiles.forEach(({ kind, crs, encoding }, i) => {
    const fail = (field: string, wrong: string, right: string): never => {
      throw new CityError(plan.path, `tiles[${i}].${field}`, wrong, right);
    };
    if (kind === 'terrain' && encoding === undefined)
      fail('encoding', 'is missing', `say how a colour tells a height: ${HEIGHT_CODES.join(' or ')}`);
    if (kind === 'imagery' && encoding !== undefined)
      fail('encoding', 'is a word of terrain', 'leave it out, or say kind: terrain');
    if (crs === undefined)
      fail(
        'crs',
        'is missing',
        'say in which datum the tiles are cut, wgs84 or gcj02: the wrong one lies some 500 m off',
      );
    else if (crs !== 'wgs84' && crs !== 'gcj02')
      fail('crs', `tiles cut in ${crs} cannot be laid`, 'give them in the web’s grid, in wgs84 or gcj02');
  });
}

export async function makeImagery(
  plan: CityPlan,
  folder: string,
  near: Box,
  report: CityReport,
): Promise<CarriedImagery[]> {
  const carried: CarriedImagery[] = [];
  for (const [i, { file, shown, kind, crs, encoding, provenance }] of plan.tiles.entries()) {
    const name = `imagery-${i}`;
    const out = openSync(join(folder, `${name}.tiles`), 'w');
    const counts = { read: 0, damaged: 0 };
    const rows: ImageryIndex['rows'] = [];
    let type: ImageryIndex['type'] | undefined;
    try {
      for (const tile of rasterTiles(file, wantedNear(near))) {
        counts.read += 1;
        const picture = await pictureOf(tile, encoding);
        type ??= picture?.type;
        if (picture === undefined || picture.type !== type) counts.damaged += 1;
        else {
          rows.push([tile.z, tile.x, tile.y, picture.bytes.length]);
          writeSync(out, picture.bytes);
        }
      }
    } catch (error) {
      if (error instanceof Unreadable)
        throw new CityError(plan.path, `tiles[${i}].${error.field}`, `${shown} ${error.message}`, error.right);
      throw error;
    } finally {
      closeSync(out);
    }
    if (type === undefined || rows.length === 0)
      throw new CityError(
        plan.path,
        `tiles[${i}].file`,
        counts.read === 0
          ? `${shown} has no tile near the district`
          : `none of the ${counts.read} tiles of ${shown} is a whole picture`,
        'check that it covers the district in zooms 8 to 20, as png, jpg or webp',
      );
    if (counts.damaged > 0)
      report.notes.push(`${shown}: ${counts.damaged} of ${counts.read} tiles are damaged and left out`);
    const coverage = boxOf(rows);
    const shift = crs === 'gcj02' ? shiftOver(coverage) : undefined;
    const index: ImageryIndex = {
      ...{ format: 'fengsui/imagery@1', tiles: `${name}.tiles`, type, rows },
      ...(shift ? { shift } : {}),
    };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(index)}\n`);
    const zooms = rows.map(([z]) => z);
    report.files.push({ layer: kind, file: shown, crs: crs ?? '', features: rows.length });
    carried.push({
      ...{ kind: 'imagery', file: `${name}.json`, crs: crs ?? '', coverage, tiles: rows.length },
      ...{ zooms: [Math.min(...new Set(zooms)), Math.max(...new Set(zooms))], damaged: counts.damaged },
      ...(kind === 'terrain' ? { relief: true } : {}),
      provenance: provenance ?? plan.provenance,
    });
  }
  return carried;
}

/** What is laid of a tile: itself, or the relief of its heights. @returns undefined: it is damaged */
async function pictureOf(
  tile: RasterTile,
  encoding: HeightCode | undefined,
): Promise<{ type: ImageryIndex['type']; bytes: Buffer } | undefined> {
  const type = typeOf(tile.bytes);
  if (type === undefined || encoding === undefined) return type && { type, bytes: tile.bytes };
  if (type === 'image/jpeg')
    throw new Unreadable('file', 'holds heights as jpg, which its compression spoils', 'give png or lossless webp');
  const bytes = await reliefTile(tile, encoding);
  return bytes && { type: 'image/png', bytes };
}

const wantedNear = ([west, south, east, north]: Box) => {
  const edges = new Map<number, Box>();
  return (z: number, x: number, y: number): boolean => {
    if (z < ZOOMS[0] || z > ZOOMS[1]) return false;
    let edge = edges.get(z);
    if (!edge) {
      const [x0, y0] = tileAt(z, [west - MARGIN, north + MARGIN]);
      const [x1, y1] = tileAt(z, [east + MARGIN, south - MARGIN]);
      edge = [Math.floor(x0), Math.floor(y0), x1, y1];
      edges.set(z, edge);
    }
    return x >= edge[0] && x <= edge[2] && y >= edge[1] && y <= edge[3];
  };
};

/** Of a picture that is whole: what begins as one must also end as one. */
export function typeOf(bytes: Buffer): ImageryIndex['type'] | undefined {
  const text = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (text(0, 8) === '\x89PNG\r\n\x1a\n')
    return text(-8, -4) === 'IEND' || bytes.includes('IEND') ? 'image/png' : undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8)
    return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 2 ? 'image/jpeg' : undefined;
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return bytes.length >= bytes.readUInt32LE(4) + 8 ? 'image/webp' : undefined;
  return undefined;
}

/** Of the finest tiles: coarse ones reach far beyond what there is to see. */
function boxOf(rows: ImageryIndex['rows']): Box {
  const finest = rows.reduce((most, [z]) => Math.max(most, z), 0);
  let [w, s, e, n] = [180, 90, -180, -90];
  for (const [z, x, y] of rows) {
    if (z !== finest) continue;
    const [west, north] = cornerOf(z, x, y);
    const [east, south] = cornerOf(z, x + 1, y + 1);
    [w, s, e, n] = [Math.min(w, west), Math.min(s, south), Math.max(e, east), Math.max(n, north)];
  }
  return [w, s, e, n];
}

function shiftOver([west, south, east, north]: Box): ShiftGrid {
  const { toWgs84 } = datumOf('gcj02');
  const columns = Math.min(400, Math.ceil((east - west) / STEP) + 1);
  const rows = Math.min(400, Math.ceil((north - south) / STEP) + 1);
  const step = Math.max((east - west) / (columns - 1), (north - south) / (rows - 1), STEP);
  const [lon, lat]: [number[], number[]] = [[], []];
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const at: LonLat = [west + i * step, south + j * step];
      const [toLon, toLat] = toWgs84(...at);
      lon.push(Math.round((toLon - at[0]) * 1e7));
      lat.push(Math.round((toLat - at[1]) * 1e7));
    }
  return { west, south, step, columns, rows, lon, lat };
}
