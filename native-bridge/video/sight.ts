/**
 * Which of the watched cameras see nothing.
 *
 * Owns: silence, which the bridge hears itself; and what windows see in the pictures: frozen, black, covered.
 * Guarantees: V9: a camera is called blind only after `SILENT_MS` without a frame while it is watched and its platform is
 *   live, or after a window has said so; it is clear again with the first frame, or when the windows say so.
 * Refuses: to judge cameras nobody watches: what was last known of them stays.
 */
import type { Clock } from '../base/clock.ts';
import type { CameraId, ReceiveTime } from '../contract/brand.ts';
import type { Blind, BlindWhy } from '../contract/blind.ts';

/** Longer than any key frame that was asked for takes, and than the pause of a slow camera (one frame in five seconds). */
export const SILENT_MS = 10_000;
export const LOOK_MS = 1000;

export interface Sight {
  readonly watch: (ids: readonly CameraId[]) => void;
  readonly frame: (id: CameraId) => void;
  /** A window looked at the pictures; null: they are pictures. */
  readonly seen: (id: CameraId, why: Exclude<BlindWhy, 'silent'> | null) => void;
  readonly look: () => void;
}

export const createSight = (options: {
  clock: Clock;
  linked: () => boolean;
  tell: (id: CameraId, blind: Blind | null) => void;
}): Sight => {
  const { clock, linked, tell } = options;
  /** When each watched camera was last heard; at first, since when it is asked. */
  const heard = new Map<CameraId, number>();
  const blind = new Map<CameraId, BlindWhy>();
  const set = (id: CameraId, why: BlindWhy | null, since: number): void => {
    if ((blind.get(id) ?? null) === why) return;
    if (why === null) blind.delete(id);
    else blind.set(id, why);
    tell(id, why === null ? null : { why, since: since as ReceiveTime });
  };
  return {
    watch: (ids) => {
      const wanted = new Set(ids);
      for (const id of heard.keys()) if (!wanted.has(id)) heard.delete(id);
      for (const id of ids) if (!heard.has(id)) heard.set(id, clock.now());
    },
    frame: (id) => {
      heard.set(id, clock.now());
      if (blind.get(id) === 'silent') set(id, null, 0);
    },
    seen: (id, why) => {
      if (!heard.has(id) || (why === null && blind.get(id) === 'silent')) return;
      set(id, why, clock.now());
    },
    look: () => {
      const now = clock.now();
      // With the whole platform lost nothing is known of its cameras: the link says so.
      if (!linked()) {
        for (const id of heard.keys()) heard.set(id, now);
        return;
      }
      for (const [id, at] of heard) if (now - at >= SILENT_MS) set(id, 'silent', at);
    },
  };
};
