/**
 * The two message headers, checked by validators compiled from their schemas; for the bridge only (compiling needs
 * `new Function`, which no window allows).
 *
 * Owns: the compiled checks. Guarantees: what passes has the static type. Refuses: numbers beyond exact integers.
 */
import { Compile } from 'typebox/compile';
import { Header, VideoHeader } from './wire.ts';

const headers = Compile(Header);
const videoHeaders = Compile(VideoHeader);

export const isHeader = (map: unknown): map is Header =>
  headers.Check(map) && map.seq + (map.n ?? 1) <= Number.MAX_SAFE_INTEGER;
export const isVideoHeader = (map: unknown): map is VideoHeader => videoHeaders.Check(map);
