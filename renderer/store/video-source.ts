/**
 * Owns: the one door through which pictures and boxes reach the tiles.
 * Guarantees: wants are counted per camera; frames and boxes of a camera come only while somebody wants
 * it, frames in the order the bridge sent them, boxes before or after the frame they belong to.
 * Refuses: decoding, drawing, and telling whether a frame is clean; the tiles do that.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { BlindWhy } from '../../native-bridge/contract/blind.ts';
import type { Box } from '../../native-bridge/contract/port.ts';
import type { Take } from '../../native-bridge/contract/video-takes.ts';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import type { World } from './world.ts';

/** `data` is one Annex B access unit; the receiver may keep it, nobody else writes to it. */
export type FrameListener = (header: VideoHeader, data: Uint8Array) => void;
/** Every box of the frame captured at `pts` (ms UTC by the camera's clock). */
export type BoxesListener = (found: { pts: number; boxes: readonly Box[] }) => void;
export type Release = () => void;
type Unseeing = Exclude<BlindWhy, 'silent'>;

export interface VideoSource {
  /** Asks for a camera until released; the newest group of pictures comes at once when the bridge has it. */
  want(cameraId: CameraId): Release;
  /** How much of each camera this window takes from now on; `full` where nothing is said. */
  take(takes: ReadonlyMap<CameraId, Take>): void;
  /** The newest word of `take` on a camera; `onTake` hears the whole of it when it changes. */
  takeOf(cameraId: CameraId): Take;
  onTake(listener: () => void): Release;
  onFrame(cameraId: CameraId, listener: FrameListener): Release;
  onBoxes(cameraId: CameraId, listener: BoxesListener): Release;
  /** What this window sees in a camera's pictures; null: they are pictures. Told on when it changes. */
  saw(cameraId: CameraId, why: Unseeing | null): void;
  /** Bridge time in ms now: the clock that ages are counted by. */
  now(): number;
}

/** What the link calls: it brings messages in and is told when the set of wanted cameras changes. */
export interface VideoHub extends VideoSource {
  /** Sorted ids of the cameras somebody wants. */
  wanted(): CameraId[];
  /** Of those: how much, where it is not everything. */
  takes(): Record<CameraId, Take>;
  /** Called after each change of the set or of how much, at most once per turn of the event loop. */
  onWanted(listener: (ids: CameraId[], takes: Record<CameraId, Take>) => void): Release;
  /** Cameras whose pictures show nothing, as this window saw last. */
  sights(): Iterable<[CameraId, Unseeing]>;
  onSaw(listener: (cameraId: CameraId, why: Unseeing | null) => void): Release;
  frame(header: VideoHeader, data: Uint8Array): void;
  boxes(cameraId: CameraId, pts: number, boxes: readonly Box[]): void;
}

type Listeners<T> = Map<CameraId, Set<T>>;

function listen<T>(all: Listeners<T>, cameraId: CameraId, listener: T): Release {
  const those = all.get(cameraId) ?? new Set<T>();
  all.set(cameraId, those.add(listener));
  return () => {
    those.delete(listener);
    if (those.size === 0 && all.get(cameraId) === those) all.delete(cameraId);
  };
}

/** The hub between link and tiles. `now` is the bridge's clock as the store knows it. */
export function createVideoHub(now: () => number): VideoHub {
  const wants = new Map<CameraId, number>();
  const frames: Listeners<FrameListener> = new Map();
  const boxes: Listeners<BoxesListener> = new Map();
  const watchers = new Set<(ids: CameraId[], takes: Record<CameraId, Take>) => void>();
  const takers = new Set<() => void>();
  let taken: ReadonlyMap<CameraId, Take> = new Map();
  const seers = new Set<(cameraId: CameraId, why: Unseeing | null) => void>();
  const sights = new Map<CameraId, Unseeing>();
  let told = '';
  let telling = false;

  const wanted = (): CameraId[] => [...wants.keys()].sort();
  const takeOf = (id: CameraId): Take => taken.get(id) ?? 'full';
  const takes = (): Record<CameraId, Take> => {
    const less = wanted().filter((id) => takeOf(id) !== 'full');
    return Object.fromEntries(less.map((id) => [id, takeOf(id)]));
  };
  const tell = (): void => {
    if (telling) return;
    telling = true;
    queueMicrotask(() => {
      telling = false;
      const ids = wanted();
      const key = ids.map((id) => `${id} ${takeOf(id)}`).join('\n');
      if (key === told) return;
      told = key;
      for (const watcher of watchers) watcher(ids, takes());
    });
  };

  return {
    now,
    wanted,
    takes,
    takeOf,
    take(next) {
      const same = next.size === taken.size && [...next].every(([id, take]) => taken.get(id) === take);
      if (same) return;
      taken = new Map(next);
      for (const taker of takers) taker();
      tell();
    },
    onTake(listener) {
      takers.add(listener);
      return () => takers.delete(listener);
    },
    want(cameraId) {
      wants.set(cameraId, (wants.get(cameraId) ?? 0) + 1);
      tell();
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (wants.get(cameraId) ?? 1) - 1;
        if (left > 0) wants.set(cameraId, left);
        else wants.delete(cameraId);
        tell();
      };
    },
    onFrame: (cameraId, listener) => listen(frames, cameraId, listener),
    onBoxes: (cameraId, listener) => listen(boxes, cameraId, listener),
    onWanted(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    saw(cameraId, why) {
      if ((sights.get(cameraId) ?? null) === why) return;
      if (why === null) sights.delete(cameraId);
      else sights.set(cameraId, why);
      for (const seer of seers) seer(cameraId, why);
    },
    sights: () => sights.entries(),
    onSaw(listener) {
      seers.add(listener);
      return () => seers.delete(listener);
    },
    frame(header, data) {
      for (const listener of frames.get(header.cameraId) ?? []) listener(header, data);
    },
    boxes(cameraId, pts, found) {
      for (const listener of boxes.get(cameraId) ?? []) listener({ pts, boxes: found });
    },
  };
}

const hubs = new WeakMap<World, VideoHub>();
/** The one hub that belongs to this world: the link writes it, tiles read it. */
export const videoHubOf = (world: World): VideoHub => {
  const hub = hubs.get(world) ?? createVideoHub(world.now);
  hubs.set(world, hub);
  return hub;
};
