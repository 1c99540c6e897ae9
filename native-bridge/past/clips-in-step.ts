/**
 * Kept clips, shown in step with the moment: several cameras, one time.
 *
 * Owns: which clip of each wanted camera holds the moment, and how far it has been sent. Guarantees: Z7: a camera shows the
 *   frames that came up to the moment and none after it; every run begins with a key frame; where no clip holds the moment
 *   nothing is sent.
 * Refuses: to touch the clips; they are the keeper's.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraId } from '../contract/brand.ts';
import type { ClipRecord } from '../contract/clip-record.ts';
import { CLIP_HOLD_MS } from '../contract/past.ts';
import type { Relay } from '../port/types.ts';
import { readClip, type ClipPart } from '../video/clip-file.ts';

/** Clips that have ended since are looked for so often, ms. */
const LOOK_MS = 3000;

type Sink = Parameters<Relay['join']>[0];
interface Lane {
  clip: string | null;
  parts: readonly ClipPart[] | null;
  /** The next part to be sent. */
  next: number;
  at: number;
  fseq: number;
  last: number | null;
}
export interface ClipsInStep {
  readonly relay: Relay;
  /** Sends what came up to this moment; `fast`: of it only the key frames, since nobody can see more of them. */
  readonly go: (at: number, fast: boolean) => void;
}

const cardsIn = async (dir: string): Promise<ClipRecord[]> => {
  const names = await readdir(dir).catch(() => [] as string[]);
  const cards = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map((name) =>
        readFile(join(dir, name), 'utf8').then(
          (text) => JSON.parse(text) as ClipRecord,
          () => null,
        ),
      ),
  );
  return cards.flatMap((card) => (typeof card?.from === 'number' && typeof card.to === 'number' ? [card] : []));
};

export const createClipsInStep = (dir: string, now: () => number = Date.now): ClipsInStep => {
  const lanes = new Map<CameraId, Lane>();
  let sink: Sink | null = null;
  let cards: ClipRecord[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let moment = 0;
  let isFast = false;

  const look = (): void => {
    if (now() - lookedAt < LOOK_MS) return;
    lookedAt = now();
    void cardsIn(dir).then((found) => {
      cards = found;
      lanes.forEach(step);
    });
  };
  const load = (lane: Lane, id: string): void => {
    Object.assign(lane, { clip: id, parts: null, next: 0, last: null });
    readClip(join(dir, `${id}.clip`)).then(
      ({ parts }) => {
        if (lane.clip !== id) return;
        lane.parts = parts;
        lanes.forEach((one, camera) => one === lane && step(one, camera));
      },
      () => undefined,
    );
  };
  /** The newest key frame up to the moment. */
  const keyBefore = (parts: readonly ClipPart[]): number =>
    parts.findLastIndex((part) => part.t === 'frame' && part.header.key && part.at <= moment);
  const step = (lane: Lane, camera: CameraId): void => {
    const card = cards.find(
      ({ cameraId, from, to }) => cameraId === camera && from <= moment && moment <= to + CLIP_HOLD_MS,
    );
    if (!card) {
      Object.assign(lane, { clip: null, parts: null });
      return;
    }
    if (lane.clip !== card.id) return load(lane, card.id);
    const { parts } = lane;
    if (parts === null || sink === null) return;
    const key = keyBefore(parts);
    // At high speed a picture is shown and the next key frame waited for.
    if (isFast && lane.last !== null && moment >= lane.at && key < lane.next) return;
    // Back in time, or so far on that the frames between need not be seen.
    if (moment < lane.at || key > lane.next || lane.last === null) {
      if (key < 0) return;
      Object.assign(lane, { next: key, last: null });
    }
    lane.at = moment;
    for (; ; lane.next += 1) {
      const part = parts[lane.next];
      if (!part || (part.t === 'frame' && part.at > moment)) return;
      if (part.t === 'boxes') sink.boxes(camera, part.pts, part.boxes);
      if (part.t !== 'frame') continue;
      const { header, data } = part;
      // What was missing when it was recorded is missing here too.
      lane.fseq += lane.last !== null && header.fseq > lane.last ? header.fseq - lane.last : 1;
      lane.last = header.fseq;
      sink.frame({ ...header, fseq: lane.fseq }, data);
      if (!isFast) continue;
      lane.next += 1;
      return;
    }
  };
  return {
    relay: {
      join: (given) => {
        sink = given;
        return {
          cameras: (ids) => {
            for (const id of lanes.keys()) if (!ids.includes(id)) lanes.delete(id);
            for (const id of ids)
              if (!lanes.has(id)) lanes.set(id, { clip: null, parts: null, next: 0, at: 0, fseq: 0, last: null });
            look();
            lanes.forEach(step);
          },
          leave: () => {
            sink = null;
            lanes.clear();
          },
        };
      },
    },
    go: (at, fast) => {
      moment = at;
      isFast = fast;
      look();
      lanes.forEach(step);
    },
  };
};
