/**
 * Which of the watched cameras see nothing.
 *
 * Owns: silence, which the bridge hears itself; and what windows see in the pictures: frozen, black, covered.
 * Guarantees: V9: a camera is called blind only after `SILENT_MS` without a frame while it is watched and its platform is
 *   live, or after a window has said so; it is clear again with the first frame, or when the windows say so.
 *   One that stays blind for the profile's time is told as an alarm, once, and as over when it sees again.
 * Refuses: to judge cameras nobody watches: what was last known of them stays, also from the run before.
 */
import type { Clock } from '../base/clock.ts';
import type { CameraId, ReceiveTime } from '../contract/brand.ts';
import type { Blind, BlindWhy } from '../contract/blind.ts';

/** Without another word in the profile a camera is blind so long before it becomes an alarm: past any restart of a camera. */
export const BLIND_ALARM_MS = 60_000;
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
  /** What was last known, by the run before; `alarmed`: as an alarm, too. */
  known?: Iterable<{ id: CameraId; blind: Blind; alarmed: boolean }>;
  /** Blind for `alarmAfterMs`, or no longer. */
  alarm?: (id: CameraId, blind: Blind, raised: boolean) => void;
  alarmAfterMs?: number;
}): Sight => {
  const { clock, linked, tell, known = [], alarm, alarmAfterMs = BLIND_ALARM_MS } = options;
  /** When each watched camera was last heard; at first, since when it is asked. */
  const heard = new Map<CameraId, number>();
  const blind = new Map<CameraId, Blind>();
  const alarmed = new Set<CameraId>();
  for (const each of known) {
    blind.set(each.id, each.blind);
    if (each.alarmed) alarmed.add(each.id);
  }
  const set = (id: CameraId, why: BlindWhy | null, since: number): void => {
    const before = blind.get(id);
    if ((before?.why ?? null) === why) return;
    if (why === null) blind.delete(id);
    // Another reason is the same blindness: it began when it began.
    else blind.set(id, { why, since: before?.since ?? (since as ReceiveTime) });
    tell(id, blind.get(id) ?? null);
    if (why === null && before && alarmed.delete(id)) alarm?.(id, before, false);
  };
  const raise = (now: number): void => {
    for (const [id, is] of blind) {
      if (alarmed.has(id) || !heard.has(id) || now - is.since < alarmAfterMs) continue;
      alarmed.add(id);
      alarm?.(id, is, true);
    }
  };
  return {
    watch: (ids) => {
      const wanted = new Set(ids);
      for (const id of heard.keys()) if (!wanted.has(id)) heard.delete(id);
      for (const id of ids) if (!heard.has(id)) heard.set(id, clock.now());
    },
    frame: (id) => {
      heard.set(id, clock.now());
      if (blind.get(id)?.why === 'silent') set(id, null, 0);
    },
    seen: (id, why) => {
      if (!heard.has(id) || (why === null && blind.get(id)?.why === 'silent')) return;
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
      raise(now);
    },
  };
};
