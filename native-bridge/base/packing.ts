/**
 * Packing: reads bytes that are JSON or MessagePack, told by the first byte, as the feed contract wants it.
 *
 * Owns: telling the two apart and reading them. Guarantees: plain data or an `Unreadable`, never another error, never
 * a shared buffer kept. Refuses: numbers as BigInt (they become plain numbers) and text that is neither.
 */
import { Unpackr } from 'msgpackr';

export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number', bundleStrings: false });

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Whether the bytes are JSON by their first byte; blanks and a byte order mark before it are forgiven. */
export function isJson(bytes: Uint8Array): boolean {
  const first = bytes[0];
  if (first === 0x7b || first === 0x5b) return true;
  if (first === undefined) return false;
  let at = first === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (at === 0 && !isSpace(first)) return false;
  while (at < bytes.length && isSpace(bytes[at] as number)) at++;
  return bytes[at] === 0x7b || bytes[at] === 0x5b;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads one value; throws `Unreadable` with few words. */
export function unpackAny(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new Unreadable('empty');
  try {
    if (isJson(bytes)) {
      const text = asBuffer(bytes).toString('utf8');
      return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    }
    return unpackr.unpack(asBuffer(bytes));
  } catch (error) {
    // The parser's words quote the input; they are cut so that a log line stays a line.
    throw new Unreadable(String(error instanceof Error ? error.message : error).slice(0, 120));
  }
}
