/**
 * Owns: the cameras nobody cast: a calm loop of the fitting clip for as long as some console watches.
 * Guarantees: the first frame is a key frame and comes with the next step; `fseq` goes on where it was when the camera is
 *   watched again; a camera nobody watches costs nothing; an empty control room looks empty.
 * Refuses: detections and cab events: what an extra shows is no part of any story.
 */
import { cameraId } from '../../contract/brand.ts';
import type { SiteCamera } from '../../contract/site-files.ts';
import { WIRE_VERSION, type VideoHeader } from '../../contract/wire.ts';
import { hash } from './random.ts';
import type { Reel } from './cameras.ts';

/** Which clip and stretch of it a kind of camera shows when nothing happens. */
export const CALM: Readonly<Record<SiteCamera['kind'], readonly [clip: string, section: string]>> = {
  elevator: ['elevator-people', 'before'],
  lookout: ['lookout-smoke', 'calm'],
  fire: ['corridor-fire', 'calm'],
  'control-room': ['control-room', 'attended'],
};
export const DESERTED = ['control-room', 'unattended'] as const;

const TOPIC = 'video.frame.';
/** A process that was held up longer does not send what nobody waits for. */
const LATE_MS = 1500;

export interface ExtrasOptions {
  /** The cameras of the site that are not cast. */
  readonly cameras: readonly SiteCamera[];
  /** Null when there is no such clip: the camera stays dark. */
  readonly reel: (clip: string, section: string) => Reel | null;
  readonly isDeserted: (camera: SiteCamera) => boolean;
  readonly send: (header: VideoHeader, unit: Uint8Array) => void;
}
interface Playing {
  readonly camera: SiteCamera;
  reel: Reel;
  frame: number;
  /** Wall time of the first frame of this stretch, and frames sent since; 0: not begun. */
  began: number;
  sent: number;
}

export class Extras {
  readonly #options: ExtrasOptions;
  readonly #cameras: ReadonlyMap<string, SiteCamera>;
  readonly #prefixes = new Set<string>();
  readonly #playing = new Map<string, Playing>();
  readonly #fseq = new Map<string, number>();

  constructor(options: ExtrasOptions) {
    this.#options = options;
    this.#cameras = new Map(options.cameras.map((camera) => [camera.id, camera]));
  }

  /** How many cameras play now. */
  get playing(): number {
    return this.#playing.size;
  }

  /** As an XPUB tells: some console begins to want topics with this prefix, or the last one ceases to. */
  subscription(prefix: string, wanted: boolean): void {
    if (wanted) this.#prefixes.add(prefix);
    else this.#prefixes.delete(prefix);
    const named = prefix.startsWith(TOPIC) ? this.#cameras.get(prefix.slice(TOPIC.length)) : undefined;
    // A console names its cameras one by one; whoever asks for a whole prefix is looked through.
    for (const camera of named ? [named] : this.#cameras.values()) this.#settle(camera);
  }

  /** The loop begins anew: its first frame is a key frame. */
  keyframe(id: string): void {
    const playing = this.#playing.get(id);
    if (playing && !playing.reel.clip.isKey(playing.frame)) this.#turn(playing);
  }

  /** Sends what is due at `wall` (ms UTC). */
  step(wall: number): void {
    for (const playing of this.#playing.values()) {
      const { fps } = playing.reel.clip;
      const due = (): number => playing.began + (playing.sent * 1000) / fps;
      if (playing.began === 0 || wall - due() > LATE_MS) {
        // Not all cameras at the same moment.
        playing.began = wall - (hash(playing.camera.id) % Math.round(1000 / fps));
        playing.sent = 0;
      }
      while (due() <= wall) {
        this.#show(playing, Math.round(due()));
        playing.sent++;
      }
    }
  }

  #settle(camera: SiteCamera): void {
    const topic = TOPIC + camera.id;
    const isWanted = [...this.#prefixes].some((prefix) => topic.startsWith(prefix));
    if (isWanted === this.#playing.has(camera.id)) return;
    if (!isWanted) {
      this.#playing.delete(camera.id);
      return;
    }
    const reel = this.#reelOf(camera);
    if (reel) this.#playing.set(camera.id, { camera, reel, frame: keyIn(reel, hash(camera.id)), began: 0, sent: 0 });
  }

  #reelOf(camera: SiteCamera): Reel | null {
    const isEmpty = camera.kind === 'control-room' && this.#options.isDeserted(camera);
    return this.#options.reel(...(isEmpty ? DESERTED : CALM[camera.kind]));
  }

  #turn(playing: Playing): void {
    playing.reel = this.#reelOf(playing.camera) ?? playing.reel;
    playing.frame = playing.reel.from;
  }

  #show(playing: Playing, pts: number): void {
    const { camera, frame } = playing;
    const { clip, to } = playing.reel;
    const { w, h, codec } = clip;
    const fseq = (this.#fseq.get(camera.id) ?? 0) + 1;
    this.#fseq.set(camera.id, fseq);
    this.#options.send(
      { v: WIRE_VERSION, cameraId: cameraId(camera.id), pts, key: clip.isKey(frame), codec, w, h, fseq },
      clip.unit(frame),
    );
    playing.frame++;
    if (playing.frame >= to) this.#turn(playing);
  }
}

/** One of the reel's key frames: not all cameras of a kind show the same moment. */
function keyIn({ clip, from, to }: Reel, choice: number): number {
  const keys = Array.from({ length: to - from }, (_, i) => from + i).filter((i) => clip.isKey(i));
  return keys[choice % Math.max(1, keys.length)] ?? from;
}
