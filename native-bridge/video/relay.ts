/**
 * The relay: frames of the watched cameras to every viewer that wants them.
 *
 * Owns: who wants which camera, the newest group of pictures of each, and what a slow viewer does not get.
 * Guarantees: V1 to V5 of the README.
 * Refuses: to queue. A sink takes a frame at once or not at all; then its next frame is a key frame.
 */
import type { Clock } from '../base/clock.ts';
import type { CameraId } from '../contract/brand.ts';
import type { Box } from '../contract/port.ts';
import { VARIANTS, variantOf, type Take, type Variant } from '../contract/video-takes.ts';
import type { VideoHeader } from '../contract/wire.ts';
import { Pictures } from './pictures.ts';
import { createTaking } from './takes.ts';

/** How long a camera stays watched when nobody wants it: a window that reloads finds it running. ms */
export const LINGER_MS = 5000;
/** Key frames are asked for at most this often per camera. ms */
export const ASK_MS = 1000;

/** Where a viewer's frames go: the port. */
export interface VideoSink {
  /** Sends the frame and answers true, or does not send it and answers false (its outbox is full). Never waits. */
  frame(header: VideoHeader, data: Uint8Array): boolean;
  boxes(cameraId: CameraId, pts: number, boxes: readonly Box[]): void;
}
export interface VideoViewer {
  /** The complete set of cameras this viewer shows now, and how much of each; what is new in it begins at once. */
  cameras(ids: readonly CameraId[], takes?: ReadonlyMap<CameraId, Take>): void;
  /** Nothing comes any more. Calling it twice does nothing. */
  leave(): void;
}
export interface RelayOptions {
  clock: Clock;
  /** The complete set of cameras to subscribe to upstream, each time it changes. */
  watch: (ids: readonly CameraId[]) => void;
  keyframe: (cameraId: CameraId) => void;
  /** Streams the platform publishes beside each camera's own; none by default. */
  variants?: readonly Variant[];
}
/** Counted since the start; `cameras`, `viewers`, `keptBytes` as of now. */
export interface RelayCounts {
  cameras: number;
  viewers: number;
  keptBytes: number;
  framesIn: number;
  bytesIn: number;
  framesOut: number;
  /** Frames that no viewer could have used: a gap before them, no key frame yet, overtaken by a newer one. */
  gaps: number;
  keyless: number;
  late: number;
  /** Frames of unwanted cameras. */
  unwanted: number;
  /** Frames left out for a viewer that was slow, and how often a viewer began to be. */
  skipped: number;
  stalls: number;
  keyframesAsked: number;
  joins: number;
}
export interface VideoRelay {
  /** A frame from upstream; `data` must not change afterwards. */
  frame(header: VideoHeader, data: Uint8Array): void;
  /** Boxes of the frame with this `pts`; what comes for one frame in parts is passed on in parts. */
  boxes(cameraId: CameraId, pts: number, boxes: readonly Box[]): void;
  join(sink: VideoSink): VideoViewer;
  counts(): RelayCounts;
}

/** Whether a viewer's sequence runs; if not, its next frame must be a key frame. */
type Wants = Map<Viewer, { running: boolean }>;
interface Viewer {
  readonly sink: VideoSink;
}
interface Camera {
  readonly pictures: Pictures;
  readonly wants: Wants;
  askedAt: number;
  forget: (() => void) | null;
}

export function createVideoRelay({ clock, watch, keyframe, variants = [] }: RelayOptions): VideoRelay {
  const cameras = new Map<CameraId, Camera>();
  const viewers = new Set<Viewer>();
  const counts: RelayCounts = {
    cameras: 0,
    viewers: 0,
    keptBytes: 0,
    framesIn: 0,
    bytesIn: 0,
    framesOut: 0,
    gaps: 0,
    keyless: 0,
    late: 0,
    unwanted: 0,
    skipped: 0,
    stalls: 0,
    keyframesAsked: 0,
    joins: 0,
  };

  const tellWatch = (): void => watch([...cameras.keys()].sort());

  const ask = (id: CameraId, camera: Camera): void => {
    const now = clock.now();
    if (now - camera.askedAt < ASK_MS) return;
    camera.askedAt = now;
    counts.keyframesAsked += 1;
    keyframe(id);
  };

  const send = (viewer: Viewer, header: VideoHeader, data: Uint8Array): boolean => {
    let taken = false;
    try {
      taken = viewer.sink.frame(header, data);
    } catch {
      // A sink that fails is one that does not take: the others go on.
    }
    if (taken) counts.framesOut += 1;
    else counts.skipped += 1;
    return taken;
  };
  const sendBoxes = (viewer: Viewer, id: CameraId, pts: number, boxes: readonly Box[]): void => {
    try {
      viewer.sink.boxes(id, pts, boxes);
    } catch {
      // As above; the next boxes come with the next frame.
    }
  };

  const begin = (viewer: Viewer, id: CameraId, camera: Camera): void => {
    counts.joins += 1;
    const state = { running: false };
    camera.wants.set(viewer, state);
    const { kept } = camera.pictures;
    if (kept.length === 0) {
      ask(id, camera);
      return;
    }
    for (const [pts, boxes] of camera.pictures.boxes()) sendBoxes(viewer, id, pts, boxes);
    state.running = kept.every(({ header, data }) => send(viewer, header, data));
    if (!state.running) counts.stalls += 1;
  };

  const open = (id: CameraId): Camera => {
    const camera: Camera = { pictures: new Pictures(), wants: new Map(), askedAt: -Infinity, forget: null };
    cameras.set(id, camera);
    tellWatch();
    return camera;
  };
  const want = (viewer: Viewer, id: CameraId): void => {
    const camera = cameras.get(id) ?? open(id);
    camera.forget?.();
    camera.forget = null;
    if (!camera.wants.has(viewer)) begin(viewer, id, camera);
  };
  const unwant = (viewer: Viewer, id: CameraId, soon: boolean): void => {
    const camera = cameras.get(id);
    if (!camera?.wants.delete(viewer) || camera.wants.size > 0) return;
    const forget = (): void => {
      cameras.delete(id);
      tellWatch();
    };
    if (soon) forget();
    else camera.forget = clock.after(LINGER_MS, forget);
  };
  const join = (sink: VideoSink): { streams(ids: readonly CameraId[], soon: boolean): void; leave(): void } => {
    const viewer: Viewer = { sink };
    viewers.add(viewer);
    let mine = new Set<CameraId>();
    const set = (ids: Iterable<CameraId>, soon: boolean): void => {
      const next = new Set(ids);
      const before = mine;
      mine = next;
      for (const id of before) if (!next.has(id)) unwant(viewer, id, soon);
      for (const id of next) if (!before.has(id)) want(viewer, id);
    };
    return {
      streams: (ids, soon) => {
        if (viewers.has(viewer)) set(ids, soon);
      },
      leave: () => {
        set([], false);
        viewers.delete(viewer);
      },
    };
  };
  const published = new Set(variants);

  return {
    frame(header, data) {
      const camera = cameras.get(header.cameraId);
      if (!camera) {
        counts.unwanted += 1;
        return;
      }
      counts.framesIn += 1;
      counts.bytesIn += data.byteLength;
      const place = camera.pictures.place(header, data);
      if (place === 'late') {
        counts.late += 1;
        return;
      }
      if (place === 'gap' || place === 'keyless') {
        if (place === 'gap') counts.gaps += 1;
        else counts.keyless += 1;
        for (const state of camera.wants.values()) state.running = false;
        ask(header.cameraId, camera);
        return;
      }
      for (const [viewer, state] of camera.wants) {
        if (place === 'next' && !state.running) {
          counts.skipped += 1;
          continue;
        }
        const was = state.running;
        state.running = send(viewer, header, data);
        if (was && !state.running) counts.stalls += 1;
      }
    },
    boxes(cameraId, pts, boxes) {
      for (const stream of [cameraId, ...VARIANTS.map((variant) => variantOf(cameraId, variant))]) {
        const camera = cameras.get(stream);
        if (!camera) continue;
        camera.pictures.mark(pts, boxes);
        for (const viewer of camera.wants.keys()) sendBoxes(viewer, stream, pts, boxes);
      }
    },
    join: (sink) => createTaking({ clock, sink, join, variants: published }),
    counts() {
      let keptBytes = 0;
      for (const { pictures } of cameras.values()) keptBytes += pictures.bytes;
      return { ...counts, cameras: cameras.size, viewers: viewers.size, keptBytes };
    },
  };
}
