/**
 * Text of MessagePack bodies: which events hold text that is not UTF-8 (the reader itself lets it pass, as other text).
 *
 * Owns: walking the packing without reading it. Guarantees: bounded by the bytes, never throws, no recursion.
 * Refuses: to judge anything but text; what is not MessagePack is the reader's to refuse.
 */
import { isUtf8 } from 'node:buffer';

/** A size of so many bytes, big-endian; beyond the end it is nought or less than it says. */
function sizeAt(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = at; i < at + width; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}
/** Well-formed UTF-8; ASCII, the usual case, costs a look at each byte. */
function isText(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end;) {
    const byte = bytes[at] as number;
    if (byte < 0x80) at += 1;
    else if (byte >= 0xe1 && byte <= 0xec && at + 2 < end) {
      // Most of Chinese; nothing of it is overlong or half of a pair.
      if (((bytes[at + 1] as number) & 0xc0) !== 0x80 || ((bytes[at + 2] as number) & 0xc0) !== 0x80) return false;
      at += 3;
    } else return isUtf8(bytes.subarray(at, end));
  }
  return true;
}

/** Offsets of the events of a body whose text, names of fields included, is not UTF-8; null when all is well. */
export function strangeText(bytes: Uint8Array): Set<number> | null {
  const end = bytes.length;
  const first = bytes[0] ?? 0;
  const isList = (first >= 0x90 && first < 0xa0) || first === 0xdc || first === 0xdd;
  let strange: Set<number> | null = null;
  /** Of each event what is still to be stepped over; a list's own head is no event. */
  let left = isList ? 0 : 1;
  let event = isList ? -1 : 0;
  let at = isList ? (first < 0xa0 ? 1 : first === 0xdc ? 3 : 5) : 0;
  while (at < end) {
    if (left === 0) {
      event++;
      left = 1;
    }
    left--;
    const head = bytes[at++] as number;
    let text = -1;
    if (head < 0x80 || head >= 0xe0) continue;
    else if (head < 0x90) left += 2 * (head & 0x0f);
    else if (head < 0xa0) left += head & 0x0f;
    else if (head < 0xc0) text = head & 0x1f;
    else if (head <= 0xc3) continue;
    else if (head <= 0xc9) {
      const width = 2 ** ((head - 0xc4) % 3);
      at += width + sizeAt(bytes, at, width) + (head >= 0xc7 ? 1 : 0);
    } else if (head <= 0xca) at += 4;
    else if (head === 0xcb) at += 8;
    else if (head <= 0xd3) at += 2 ** ((head - 0xcc) % 4);
    else if (head <= 0xd8) at += 1 + 2 ** (head - 0xd4);
    else if (head <= 0xdb) {
      const width = 2 ** (head - 0xd9);
      text = sizeAt(bytes, at, width);
      at += width;
    } else {
      const width = head % 2 === 0 ? 2 : 4;
      left += sizeAt(bytes, at, width) * (head <= 0xdd ? 1 : 2);
      at += width;
    }
    if (text < 0) continue;
    if (!isText(bytes, at, Math.min(at + text, end))) (strange ??= new Set()).add(event);
    at += text;
  }
  return strange;
}
