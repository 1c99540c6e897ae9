/**
 * Port messages to bytes and back.
 *
 * Owns: the MessagePack dialect of the port: plain maps, no extensions, no `undefined`.
 * Guarantees: bytes handed out are nobody else's to write; what cannot be read as a map with a name is `null`.
 * Refuses: to check more than the envelope; `hub.ts` checks each message.
 */
import { Packr, Unpackr } from 'msgpackr';
import type { ViewerMessage } from '../contract/port.ts';
import type { VideoHeader } from '../contract/wire.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true, encodeUndefinedAsNil: true });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

export const pack = (message: ViewerMessage): Uint8Array => packr.pack(message);

export const unpack = (bytes: Uint8Array): Record<string, unknown> | null => {
  try {
    const value: unknown = unpackr.unpack(bytes);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};

/** One packing for all viewers of a frame. */
const packedFrames = new WeakMap<VideoHeader, Uint8Array>();
export const packFrame = (header: VideoHeader, data: Uint8Array): Uint8Array => {
  const known = packedFrames.get(header);
  if (known) return known;
  const bytes = pack({ t: 'frame', header, data });
  packedFrames.set(header, bytes);
  return bytes;
};
