/**
 * A clip's file: frames and boxes, one record after another.
 *
 * Owns: the format, writing it without holding anybody up, reading it back. Guarantees: V6: a record is whole or not there;
 *   what `sync` resolved for survives a power loss; a torn end costs its last record only.
 * Refuses: to look into pictures. A record is `length, crc32, length of the head, head (JSON), bytes`, numbers little-endian.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { ClipRecord } from '../contract/clip-record.ts';
import type { Box } from '../contract/port.ts';
import type { VideoHeader } from '../contract/wire.ts';

export type ClipPart =
  | { readonly t: 'frame'; readonly header: VideoHeader; readonly data: Uint8Array; readonly at: number }
  | { readonly t: 'boxes'; readonly pts: number; readonly boxes: readonly Box[] }
  /** Why it is recorded, as known by then: for whoever finds the file without its card. */
  | { readonly t: 'note'; readonly why: ClipRecord['why']; readonly alarmIds: ClipRecord['alarmIds'] };

const FIXED = 12;
/** A frame of the feed contract is at most 1 MiB. */
const MOST_RECORD = 2 * 1024 * 1024;
const NO_BYTES = new Uint8Array();

export const packPart = (part: ClipPart): Buffer => {
  const { head, data } =
    part.t === 'frame'
      ? { head: { t: part.t, header: part.header, at: part.at }, data: part.data }
      : { head: part, data: NO_BYTES };
  const text = Buffer.from(JSON.stringify(head));
  const record = Buffer.alloc(FIXED + text.length + data.byteLength);
  record.writeUInt32LE(record.length - 8, 0);
  record.writeUInt32LE(text.length, 8);
  text.copy(record, FIXED);
  record.set(data, FIXED + text.length);
  record.writeUInt32LE(crc32(record.subarray(8)), 4);
  return record;
};

const partOf = (body: Buffer): ClipPart | null => {
  const length = body.readUInt32LE(0);
  try {
    // Our own bytes, proven by their checksum.
    const head = JSON.parse(body.toString('utf8', 4, 4 + length)) as ClipPart;
    return head.t === 'frame' ? { ...head, data: new Uint8Array(body.subarray(4 + length)) } : head;
  } catch {
    return null;
  }
};

/** What can be read, and how many bytes of the file are whole. */
export const readParts = (bytes: Buffer): { parts: ClipPart[]; whole: number } => {
  const parts: ClipPart[] = [];
  let at = 0;
  while (at + FIXED <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + 8 + length;
    if (length < 4 || length > MOST_RECORD || end > bytes.length) break;
    const body = bytes.subarray(at + 8, end);
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) break;
    const part = partOf(body);
    if (part === null) break;
    parts.push(part);
    at = end;
  }
  return { parts, whole: at };
};
export const readClip = async (file: string): Promise<{ parts: ClipPart[]; whole: number }> =>
  readParts(await readFile(file));

export interface ClipWriter {
  /** Kept in memory until the next `sync`. */
  readonly add: (part: ClipPart) => void;
  /** Bytes that wait. */
  readonly waiting: () => number;
  /** Everything added so far is on disk when it resolves; rejects as the disk does. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openClipWriter = (file: string): ClipWriter => {
  let handle: Promise<FileHandle> | null = null;
  let pending: Buffer[] = [];
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    const now = pending;
    if (now.length === 0) return;
    pending = [];
    waiting = 0;
    handle ??= open(file, 'ax', 0o600);
    const to = await handle;
    await to.appendFile(Buffer.concat(now));
    await to.datasync();
  };
  return {
    add: (part) => {
      const record = packPart(part);
      pending.push(record);
      waiting += record.length;
    },
    waiting: () => waiting,
    sync: () => (last = last.then(write)),
    close: async () => {
      // The handle goes whatever became of the last write.
      await last.catch(() => undefined);
      const opened = await handle?.catch(() => null);
      await opened?.close();
    },
  };
};
