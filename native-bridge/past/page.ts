/**
 * Pages: whole pictures and changes as bytes of the file.
 *
 * Owns: the packing. Guarantees: Z3: a page comes back as it was written or throws. Refuses: to know where it stands.
 */
import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Packr, Unpackr } from 'msgpackr';
import type { Change, KeptPuts } from './mirror.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

export interface Page {
  sum: number;
  data: Buffer;
}
const pageOf = (value: unknown): Page => {
  const data = zstdCompressSync(packr.pack(value));
  return { sum: crc32(data), data };
};
const valueOf = ({ sum, data }: Page): unknown => {
  if (crc32(data) !== sum) throw new Error('checksum differs');
  return unpackr.unpack(zstdDecompressSync(data));
};

export const packWhole = (puts: KeptPuts): Page => pageOf(puts);
export const packChange = ({ puts, removes }: Change): Page => pageOf({ puts, removes });
// What comes back was written by this file, proven by its checksum.
export const unpackWhole = (page: Page): KeptPuts => valueOf(page) as KeptPuts;
export const unpackChange = (page: Page): Pick<Change, 'puts' | 'removes'> =>
  valueOf(page) as Pick<Change, 'puts' | 'removes'>;
