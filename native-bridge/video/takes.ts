/**
 * How much of each camera one viewer takes.
 *
 * Owns: which streams stand for a camera at its step, and the moments in which a camera is only glanced at.
 * Guarantees: V11: a change of step loses nothing before the new stream's first key frame is there, and from then on costs
 *   nothing more; a camera at `still` is asked for until one key frame came, and let go of at once, as one that is held; the
 *   viewer sees a camera's own name whatever stream it gets.
 * Refuses: to choose steps; the window does.
 */
import type { Clock } from '../base/clock.ts';
import type { CameraId } from '../contract/brand.ts';
import { cameraOf, STILL_EVERY_MS, variantOf, type Take, type Variant } from '../contract/video-takes.ts';
import type { VideoHeader } from '../contract/wire.ts';
import type { Box } from '../contract/port.ts';

/** Where frames go, as `relay.ts` says. */
interface Sink {
  frame(header: VideoHeader, data: Uint8Array): boolean;
  boxes(cameraId: CameraId, pts: number, boxes: readonly Box[]): void;
}
/** What streams are taken from: `soon`, those not named any more are let go of at once. */
interface Streams {
  streams(ids: readonly CameraId[], soon: boolean): void;
  leave(): void;
}
export interface Taking {
  cameras(ids: readonly CameraId[], takes?: ReadonlyMap<CameraId, Take>): void;
  leave(): void;
}

interface Want {
  take: Take;
  /** Null: nothing is asked for at the moment. */
  stream: CameraId | null;
  /** The stream of the step before, until the new one has begun. */
  before: CameraId | null;
  again: (() => void) | null;
}

/** One renamed header for all viewers of a frame: it is packed once. */
const named = new WeakMap<VideoHeader, VideoHeader>();
const underItsName = (header: VideoHeader, cameraId: CameraId): VideoHeader => {
  if (header.cameraId === cameraId) return header;
  const known = named.get(header) ?? { ...header, cameraId };
  named.set(header, known);
  return known;
};

export const createTaking = (options: {
  clock: Clock;
  sink: Sink;
  join: (sink: Sink) => Streams;
  /** Streams the platform publishes beside a camera's own. */
  variants: ReadonlySet<Variant>;
}): Taking => {
  const { clock, sink, variants } = options;
  const wants = new Map<CameraId, Want>();

  const streamFor = (id: CameraId, take: Take): CameraId | null => {
    if (take === 'hold') return null;
    if (take === 'sub' && variants.has('sub')) return variantOf(id, 'sub');
    if ((take === 'second' || take === 'still') && variants.has('still')) return variantOf(id, 'still');
    return id;
  };
  const settle = (soon = false): void => {
    const all = new Set<CameraId>();
    for (const { stream, before } of wants.values()) {
      if (stream) all.add(stream);
      if (before) all.add(before);
    }
    joined.streams([...all], soon);
  };
  /** A glance that got its picture: nothing is asked for until the next one. */
  const rest = (id: CameraId, want: Want): void => {
    want.again ??= clock.after(STILL_EVERY_MS, () => {
      want.again = null;
      want.stream = streamFor(id, want.take);
      settle();
    });
    want.stream = null;
  };
  const joined = options.join({
    frame: (header, data) => {
      const id = cameraOf(header.cameraId);
      const want = wants.get(id);
      if (!want) return true;
      if (header.cameraId !== want.stream) {
        return header.cameraId === want.before ? sink.frame(underItsName(header, id), data) : true;
      }
      const glance = want.take === 'still' || (want.take === 'second' && want.stream === id);
      if (glance && !header.key) return true;
      const taken = sink.frame(underItsName(header, id), data);
      if (!taken) return false;
      const begun = want.before !== null;
      want.before = null;
      if (want.take === 'still') rest(id, want);
      // Not from within a frame: the relay is handing it round. At once: the budget counts what comes from now on.
      if (begun || want.take === 'still') queueMicrotask(() => settle(true));
      return true;
    },
    boxes: (stream, pts, boxes) => sink.boxes(cameraOf(stream), pts, boxes),
  });

  return {
    cameras: (ids, takes) => {
      const next = new Set(ids);
      let held = false;
      for (const [id, want] of wants) {
        if (next.has(id)) continue;
        want.again?.();
        wants.delete(id);
      }
      for (const id of next) {
        const take = takes?.get(id) ?? 'full';
        const was = wants.get(id);
        if (was?.take === take) continue;
        was?.again?.();
        const stream = streamFor(id, take);
        const running = was?.stream ?? was?.before ?? null;
        const before = stream !== null && running !== stream ? running : null;
        wants.set(id, { take, stream, before, again: null });
        if (stream === null) held = true;
      }
      // A tile that closed may come back; what the budget took away costs from this moment on.
      settle(held);
    },
    leave: () => {
      for (const { again } of wants.values()) again?.();
      wants.clear();
      joined.leave();
    },
  };
};
