/**
 * The shelf of clips: a folder with a ring in it.
 *
 * Owns: `<id>.clip` and `<id>.json` beside it, what is there at start, what has to go. Guarantees: V7: never more than the
 *   bytes and days it was given, the oldest goes first; a clip that was being recorded when the process died is there
 *   again as far as it was whole; files it cannot read harm nothing.
 * Refuses: to guess at files of other names.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipRecord } from '../contract/clip-record.ts';
import { receiveTime, type CameraId } from '../contract/brand.ts';
import { readClip, type ClipPart } from './clip-file.ts';

export interface ShelfOptions {
  /** Made when absent. */
  dir: string;
  maxBytes: number;
  maxAgeMs: number;
  /** So much of the disk is left to the journal. */
  reserveBytes: number;
}
export interface Shelf {
  readonly all: () => readonly ClipRecord[];
  readonly fileOf: (id: string) => string;
  readonly partOf: (id: string) => string;
  /** The file `partOf(id)` is closed: as far as it is whole it becomes the clip, with the record as answered. Rejects when nothing is. */
  readonly keep: (record: ClipRecord) => Promise<ClipRecord>;
  readonly drop: (id: string) => Promise<void>;
  /** Removes what is over the bounds; answers the ids. */
  readonly trim: (now: number) => Promise<string[]>;
  /** There is room for more. */
  readonly hasRoom: () => Promise<boolean>;
  readonly read: (id: string) => Promise<ClipPart[] | null>;
}

const ID = /^[\w-]{1,96}$/;

const isRecord = (value: unknown, id: string): value is ClipRecord =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  value.id === id &&
  'bytes' in value &&
  'from' in value;

/** What a file says of itself when nobody could write its card. */
export const describe = (id: string, parts: readonly ClipPart[], bytes: number): ClipRecord | null => {
  const frames = parts.filter((part) => part.t === 'frame');
  const [first, last] = [frames[0], frames.at(-1)];
  if (!first || !last) return null;
  const boxes = parts.flatMap((part) =>
    part.t === 'boxes' ? part.boxes.map((box) => ({ pts: part.pts, ...box })) : [],
  );
  const bikes = boxes.filter(({ label }) => label === 'e-bike').sort((a, b) => b.confidence - a.confidence);
  const best = bikes[0];
  const note = parts.findLast((part) => part.t === 'note');
  return {
    id,
    cameraId: first.header.cameraId satisfies CameraId,
    from: receiveTime(first.at),
    to: receiveTime(last.at),
    firstPts: first.header.pts,
    lastPts: last.header.pts,
    frames: frames.length,
    bytes,
    why: note?.why ?? [best ? 'e-bike' : 'alarm'],
    alarmIds: note?.alarmIds ?? [],
    still: best ? { pts: best.pts, detectionId: best.detectionId, confidence: best.confidence } : null,
    state: 'torn',
    trouble: null,
  };
};

export const openShelf = async ({ dir, maxBytes, maxAgeMs, reserveBytes }: ShelfOptions): Promise<Shelf> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const clips = new Map<string, ClipRecord>();
  const fileOf = (id: string): string => join(dir, `${id}.clip`);
  const partOf = (id: string): string => join(dir, `${id}.part`);
  const cardOf = (id: string): string => join(dir, `${id}.json`);
  const syncFolder = async (): Promise<void> => {
    const folder = await open(dir, 'r');
    await folder.sync().finally(() => folder.close());
  };

  const keep = async (given: ClipRecord): Promise<ClipRecord> => {
    const { parts, whole } = await readClip(partOf(given.id));
    if (parts.length === 0) throw new Error('nothing of it is on disk');
    await truncate(partOf(given.id), whole);
    const record = { ...given, bytes: whole };
    const draft = `${cardOf(record.id)}.new`;
    await writeFile(draft, JSON.stringify(record), { mode: 0o600, flush: true });
    await rename(draft, cardOf(record.id));
    await rename(partOf(record.id), fileOf(record.id));
    await syncFolder();
    clips.set(record.id, record);
    return record;
  };
  const drop = async (id: string): Promise<void> => {
    clips.delete(id);
    for (const file of [fileOf(id), partOf(id), cardOf(id)]) await rm(file, { force: true });
  };
  const recover = async (id: string, file: string): Promise<void> => {
    const { parts, whole } = await readClip(file);
    const record = describe(id, parts, whole);
    if (record === null) return drop(id);
    if (file !== partOf(id)) await rename(file, partOf(id));
    await keep(record);
  };

  const names = await readdir(dir);
  for (const name of names) {
    const [id = '', end] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
    if (!ID.test(id)) continue;
    try {
      if (end === 'part') await recover(id, partOf(id));
      else if (end === 'json' && !names.includes(`${id}.clip`) && !names.includes(`${id}.part`)) await drop(id);
      else if (end === 'clip') {
        const card: unknown = await readFile(cardOf(id), 'utf8').then(JSON.parse, () => null);
        if (isRecord(card, id) && (await stat(fileOf(id))).size === card.bytes) clips.set(id, card);
        else await recover(id, fileOf(id));
      }
    } catch {
      // One file that cannot be read is left for people to look at.
    }
  }

  const all = (): ClipRecord[] => [...clips.values()].sort((a, b) => a.from - b.from);
  return {
    all,
    fileOf,
    partOf,
    keep,
    drop,
    trim: async (now) => {
      const gone: string[] = [];
      let bytes = all().reduce((sum, clip) => sum + clip.bytes, 0);
      for (const clip of all()) {
        if (bytes <= maxBytes && now - clip.to <= maxAgeMs) break;
        bytes -= clip.bytes;
        await drop(clip.id);
        gone.push(clip.id);
      }
      return gone;
    },
    hasRoom: async () => {
      const { bavail, bsize } = await statfs(dir);
      return bavail * bsize > reserveBytes;
    },
    read: async (id) => {
      if (!ID.test(id)) return null;
      return readClip(clips.has(id) ? fileOf(id) : partOf(id)).then(
        ({ parts }) => parts,
        () => null,
      );
    },
  };
};
