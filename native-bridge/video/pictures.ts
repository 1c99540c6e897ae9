/**
 * The newest group of pictures of one camera.
 *
 * Owns: which frames continue the sequence and which are beyond repair; the frames kept for those who join.
 * Guarantees: V3; what is kept always begins with a key frame and has no gap; boxes are kept only beside their frames.
 * Refuses: to look into the bytes.
 */
import type { Box } from '../contract/port.ts';
import type { VideoHeader } from '../contract/wire.ts';

/** Ten seconds at 30/s: no camera for surveillance puts its key frames further apart without being asked to. */
export const MAX_FRAMES = 300;
/** 4 Mbit/s for eight seconds. */
export const MAX_BYTES = 4 * 1024 * 1024;

export interface Picture {
  readonly header: VideoHeader;
  readonly data: Uint8Array;
}
/**
 * `key` begins a sequence, `next` continues it; `gap`: a frame before it is missing; `late`: number already passed;
 * `keyless`: no key frame was seen yet.
 */
export type Place = 'key' | 'next' | 'gap' | 'late' | 'keyless';

export class Pictures {
  #kept: Picture[] = [];
  #bytes = 0;
  /** Number of the last frame of the unbroken sequence; null when the next must be a key frame. */
  #last: number | null = null;
  #boxes = new Map<number, readonly Box[]>();

  /** Frames that a new viewer can be given, key frame first; empty when it must wait for one. */
  get kept(): readonly Picture[] {
    return this.#kept;
  }
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the frame in and says where it belongs. After a `gap` everything is `keyless` or `late` up to a key frame. */
  place(header: VideoHeader, data: Uint8Array): Place {
    if (header.key) {
      this.clear();
      this.#last = header.fseq;
      this.#keep(header, data);
      return 'key';
    }
    if (this.#last === null) return 'keyless';
    if (header.fseq <= this.#last) return 'late';
    if (header.fseq !== this.#last + 1) {
      this.clear();
      return 'gap';
    }
    this.#last = header.fseq;
    // An empty shelf with a running sequence: it outgrew its bounds; it goes on but cannot be joined.
    if (this.#kept.length > 0) this.#keep(header, data);
    return 'next';
  }

  /** Boxes may come before or after their frame; those of frames long gone are not kept. */
  mark(pts: number, boxes: readonly Box[]): void {
    const first = this.#kept[0];
    if (!first || pts < first.header.pts) return;
    this.#boxes.set(pts, [...(this.#boxes.get(pts) ?? []), ...boxes]);
    if (this.#boxes.size > MAX_FRAMES) this.#boxes.clear();
  }
  boxes(): ReadonlyMap<number, readonly Box[]> {
    return this.#boxes;
  }

  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
    this.#last = null;
    this.#boxes = new Map();
  }

  #keep(header: VideoHeader, data: Uint8Array): void {
    this.#kept.push({ header, data });
    this.#bytes += data.byteLength;
    if (this.#kept.length <= MAX_FRAMES && this.#bytes <= MAX_BYTES) return;
    this.#kept = [];
    this.#bytes = 0;
    this.#boxes.clear();
  }
}
