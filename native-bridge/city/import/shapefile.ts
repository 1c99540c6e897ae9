/**
 * Shapefile to shapes: .shp with its .dbf, .prj and .cpg beside it, by shpjs.
 * Guarantees: the datum is left to the .prj's text; Chinese code pages are understood by their numbers.
 */
import { existsSync, readFileSync } from 'node:fs';
import shp from 'shpjs';
import { shapesOfGeoJson } from './geojson.ts';
import type { Shapes } from './shapes.ts';
import { Unreadable } from './trouble.ts';

const ENCODINGS: Readonly<Record<string, string>> = {
  ...{ '936': 'gbk', cp936: 'gbk', 'ansi 936': 'gbk', gb2312: 'gbk', '54936': 'gb18030', '65001': 'utf-8' },
};

/** @throws {Unreadable} */
export async function readShapefile(path: string, encoding: string | undefined): Promise<Shapes> {
  const beside = (ending: string): string | undefined =>
    [ending, ending.toUpperCase()].map((e) => path.replace(/\.shp$/i, e)).find((file) => existsSync(file));
  const dbf = beside('.dbf');
  const cpg = beside('.cpg');
  const prj = beside('.prj');
  const said = (encoding ?? (cpg === undefined ? 'utf-8' : readFileSync(cpg, 'latin1'))).trim().toLowerCase();
  const known = ENCODINGS[said] ?? said;
  try {
    new TextDecoder(known);
  } catch {
    throw new Unreadable('encoding', `"${said}" is not known`, 'use utf-8, gbk or gb18030');
  }
  let read: unknown;
  try {
    read = await shp({
      shp: readFileSync(path),
      ...(dbf === undefined ? {} : { dbf: readFileSync(dbf) }),
      cpg: known,
    });
  } catch (error) {
    throw new Unreadable('(file)', `is no Shapefile (${String(error)})`, 'give a whole .shp with its .dbf');
  }
  const { shapes, empty } = shapesOfGeoJson(read);
  return { shapes, empty, ...(prj === undefined ? {} : { prj: readFileSync(prj, 'utf8') }) };
}
