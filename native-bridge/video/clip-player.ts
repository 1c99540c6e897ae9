/**
 * Clips played to the windows that want them.
 *
 * Owns: reading a clip when it is wanted and sending it at its own pace, again and again. Guarantees: V8: frames carry the
 *   camera's times and the clip's name; every round begins with a key frame; what nobody wants is let go of.
 * Refuses: to play what cannot be read: it stays silent, and the tile says so.
 */
import type { Clock } from '../base/clock.ts';
import { clipCamera } from '../contract/clip-record.ts';
import type { ClipPart } from './clip-file.ts';
import type { VideoRelay } from './relay.ts';

/** Between two rounds. ms */
const PAUSE_MS = 1500;
/** A hole in the clip is not waited for longer. ms */
const MOST_GAP_MS = 1000;

export interface ClipPlayer {
  /** The complete set of clips that somebody wants. */
  readonly want: (ids: readonly string[]) => void;
  readonly close: () => void;
}

export const createClipPlayer = (options: {
  clock: Clock;
  read: (id: string) => Promise<readonly ClipPart[] | null>;
  relay: () => Pick<VideoRelay, 'frame' | 'boxes'>;
}): ClipPlayer => {
  const { clock, read, relay } = options;
  const playing = new Map<string, { stop: () => void }>();

  const play = (id: string): void => {
    const mine = { stop: (): void => undefined };
    playing.set(id, mine);
    const isMine = (): boolean => playing.get(id) === mine;
    let fseq = 0;
    const round = (): void => {
      read(id).then(
        (parts) => {
          if (isMine() && parts && parts.length > 0) step(parts, 0, null);
        },
        () => undefined,
      );
    };
    /** Sends everything up to the next frame that is not due yet. */
    const step = (parts: readonly ClipPart[], from: number, before: { pts: number; fseq: number } | null): void => {
      const cameraId = clipCamera(id);
      for (let i = from, last = before; ; i++) {
        const part = parts[i];
        if (!part) {
          mine.stop = clock.after(PAUSE_MS, round);
          return;
        }
        if (part.t === 'note') continue;
        if (part.t === 'boxes') {
          relay().boxes(cameraId, part.pts, part.boxes);
          continue;
        }
        const { header, data } = part;
        const wait = last === null ? 0 : Math.min(MOST_GAP_MS, Math.max(0, header.pts - last.pts));
        if (i > from && wait > 0) {
          const then = last;
          mine.stop = clock.after(wait, () => step(parts, i, then));
          return;
        }
        // What was missing when it was recorded is missing here too.
        fseq += last !== null && header.fseq > last.fseq ? header.fseq - last.fseq : 1;
        relay().frame({ ...header, cameraId, fseq }, data);
        last = { pts: header.pts, fseq: header.fseq };
      }
    };
    round();
  };
  return {
    want: (ids) => {
      for (const [id, { stop }] of playing) {
        if (ids.includes(id)) continue;
        stop();
        playing.delete(id);
      }
      for (const id of ids) if (!playing.has(id)) play(id);
    },
    close: () => {
      for (const { stop } of playing.values()) stop();
      playing.clear();
    },
  };
};
