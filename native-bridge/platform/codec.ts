/**
 * Owns: the two encodings of the feed contract, JSON and MessagePack.
 * Guarantees: what is read is told by the first byte (`{` or `[` is JSON); MessagePack is written as plain
 *   maps, so any language's decoder reads it.
 * Refuses: nothing; bytes that are neither throw, and the caller answers for that.
 */
import { Packr, Unpackr } from 'msgpackr';

export type Encoding = 'msgpack' | 'json';

const packr = new Packr({ useRecords: false, variableMapSize: true });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

/** A map or an array, as bytes of one frame. */
export function encode(value: object, encoding: Encoding): Buffer {
  return encoding === 'json' ? Buffer.from(JSON.stringify(value)) : packr.pack(value);
}

/** Throws when the bytes are neither JSON nor MessagePack. */
export function decode(bytes: Uint8Array): unknown {
  const first = bytes[0];
  if (first === 0x7b || first === 0x5b) return JSON.parse(Buffer.from(bytes).toString('utf8'));
  return unpackr.unpack(bytes);
}

/** A frame that must hold a map, or null when it does not. */
export function decodeMap(bytes: Uint8Array | undefined): Record<string, unknown> | null {
  if (bytes === undefined) return null;
  try {
    const value = decode(bytes);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
