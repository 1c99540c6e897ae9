/**
 * The memory of the eye: the seconds around every e-bike and every alarm with a camera.
 *
 * Owns: which cameras are being recorded, until when, and the records of their clips. Guarantees: V6 to V8: a clip begins
 *   with the group of pictures that the relay holds and goes on for `AFTER_MS` after the last event; what comes again
 *   within that time makes it longer, up to `MOST_MS`; a disk that refuses ends the clip and is said.
 * Refuses: to hold up the relay: with a slow disk frames are left out up to the next key frame.
 */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { receiveTime, type AlarmId, type CameraId } from '../contract/brand.ts';
import type { ClipRecord } from '../contract/clip-record.ts';
import type { Box } from '../contract/port.ts';
import { openClipWriter, type ClipWriter } from './clip-file.ts';
import type { Shelf } from './clip-shelf.ts';
import type { VideoRelay } from './relay.ts';

export const AFTER_MS = 10_000;
export const MOST_MS = 120_000;
/** More than this waiting for the disk: it does not keep up. */
const MOST_WAITING = 8 * 1024 * 1024;
/** As many cameras at once as a wall shows; beyond that the first come stay. */
const MOST_AT_ONCE = 16;
const SYNC_MS = 1000;

export interface KeeperOptions {
  shelf: Shelf;
  relay: VideoRelay;
  clock: Clock;
  log: Log;
  /** The record as it is now; null when it is gone. */
  tell: (id: string, record: ClipRecord | null) => void;
}
export interface ClipKeeper {
  /** Boxes of a live frame. */
  readonly boxes: (cameraId: CameraId, pts: number, boxes: readonly Box[]) => void;
  readonly alarm: (id: AlarmId, cameraId: CameraId) => void;
  readonly recording: () => number;
  /** Resolves when every clip that has ended is on disk. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}
interface Recording {
  record: ClipRecord;
  readonly writer: ClipWriter;
  readonly begun: number;
  until: number;
}

const idOf = (camera: CameraId, now: number): string =>
  `${camera.replaceAll(/[^\w-]/g, '_').slice(0, 64)}-${now.toString(36)}`;

export const createClipKeeper = ({ shelf, relay, clock, log, tell }: KeeperOptions): ClipKeeper => {
  const open = new Map<CameraId, Recording>();
  const ending = new Set<Promise<void>>();
  let refusedAt = Number.NEGATIVE_INFINITY;

  const viewer = relay.join({
    frame: (header, data) => {
      const mine = open.get(header.cameraId);
      if (!mine || mine.writer.waiting() > MOST_WAITING) return false;
      const at = clock.now();
      mine.writer.add({ t: 'frame', header, data, at });
      const { record } = mine;
      if (record.frames === 0) Object.assign(record, { from: at, firstPts: header.pts });
      record.frames += 1;
      record.to = receiveTime(at);
      record.lastPts = header.pts;
      return true;
    },
    boxes: (cameraId, pts, boxes) => {
      const mine = open.get(cameraId);
      if (!mine) return;
      mine.writer.add({ t: 'boxes', pts, boxes });
      for (const { label, detectionId, confidence } of boxes)
        if (label === 'e-bike' && confidence > (mine.record.still?.confidence ?? 0))
          mine.record.still = { pts, detectionId, confidence };
    },
  });
  const follow = (): void => viewer.cameras([...open.keys()]);

  const finish = async (mine: Recording, failed: unknown): Promise<void> => {
    const { writer, record } = mine;
    let trouble = failed;
    if (trouble === null) await writer.sync().catch((error: unknown) => (trouble = error));
    await writer.close().catch(() => undefined);
    if (trouble !== null) {
      const isFull = trouble instanceof Error && 'code' in trouble && trouble.code === 'ENOSPC';
      record.trouble = isFull ? 'disk-full' : 'disk-error';
      log.error({ clip: record.id, error: String(trouble) }, 'clip not kept to its end');
    }
    try {
      if (record.frames === 0) {
        await shelf.drop(record.id);
        tell(record.id, null);
        return;
      }
      const kept = await shelf.keep({ ...record, state: 'kept' });
      tell(record.id, kept);
      for (const gone of await shelf.trim(clock.now())) tell(gone, null);
    } catch (error) {
      log.error({ clip: record.id, error: String(error) }, 'clip not kept');
      tell(record.id, { ...record, trouble: record.trouble ?? 'disk-error' });
    }
  };
  const end = (cameraId: CameraId, mine: Recording, failed: unknown = null): void => {
    if (open.get(cameraId) !== mine) return;
    open.delete(cameraId);
    follow();
    const done = finish(mine, failed).finally(() => ending.delete(done));
    ending.add(done);
  };
  const begin = (cameraId: CameraId): Recording | null => {
    const now = clock.now();
    if (open.size >= MOST_AT_ONCE) {
      if (now - refusedAt > 60_000) log.warn({ camera: cameraId }, 'too many clips at once: this one is not recorded');
      refusedAt = now;
      return null;
    }
    const id = idOf(cameraId, now);
    const record: ClipRecord = {
      ...{ id, cameraId, from: now, to: now, firstPts: 0, lastPts: 0, frames: 0, bytes: 0 },
      ...{ why: [], alarmIds: [], still: null, state: 'recording', trouble: null },
    };
    const mine: Recording = { record, writer: openClipWriter(shelf.partOf(id)), begun: now, until: now + AFTER_MS };
    open.set(cameraId, mine);
    follow();
    shelf.hasRoom().then(
      (room) => {
        if (!room) end(cameraId, mine, Object.assign(new Error('the disk is nearly full'), { code: 'ENOSPC' }));
      },
      (error: unknown) => end(cameraId, mine, error),
    );
    return mine;
  };
  const note = (cameraId: CameraId, why: 'e-bike' | 'alarm', alarm: AlarmId | null): void => {
    const mine = open.get(cameraId) ?? begin(cameraId);
    if (!mine) return;
    const { record } = mine;
    mine.until = Math.min(clock.now() + AFTER_MS, mine.begun + MOST_MS);
    const isNews = !record.why.includes(why) || (alarm !== null && !record.alarmIds.includes(alarm));
    if (!record.why.includes(why)) record.why = [...record.why, why];
    if (alarm !== null && !record.alarmIds.includes(alarm)) record.alarmIds = [...record.alarmIds, alarm];
    if (!isNews) return;
    mine.writer.add({ t: 'note', why: record.why, alarmIds: record.alarmIds });
    tell(record.id, { ...record });
  };

  const stop = clock.every(SYNC_MS, () => {
    const now = clock.now();
    for (const [cameraId, mine] of open) {
      if (now >= mine.until) end(cameraId, mine);
      else mine.writer.sync().catch((error: unknown) => end(cameraId, mine, error));
    }
  });
  return {
    boxes: (cameraId, _pts, boxes) => {
      if (boxes.some(({ label }) => label === 'e-bike')) note(cameraId, 'e-bike', null);
    },
    alarm: (id, cameraId) => note(cameraId, 'alarm', id),
    recording: () => open.size,
    settled: async () => void (await Promise.all(ending)),
    close: async () => {
      stop();
      for (const [cameraId, mine] of open) end(cameraId, mine);
      viewer.leave();
      await Promise.all(ending);
    },
  };
};
