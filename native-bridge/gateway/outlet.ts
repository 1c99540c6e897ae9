/**
 * Owns: one published stream: its numbers, its newest group of pictures, what it is like.
 * Guarantees: what leaves is an unbroken run of access units from a key frame on; a number left out in `fseq` says that
 *   something is missing. What is sent again has the number and the time it had before, so it can be told.
 * Refuses: units that no message can hold, and pictures after damage up to the next key frame.
 */
import { MAX_MESSAGE_BYTES, WIRE_VERSION, type VideoHeader } from '../contract/wire.ts';
import type { CameraId } from '../contract/brand.ts';
import { AccessUnits } from './access-units.ts';
import type { FlvTag } from './flv.ts';
import type { Sps } from './sps.ts';

/** As many as a console keeps (native-bridge/video): what exceeds it cannot be joined. */
const MOST_KEPT = 300;
const MOST_KEPT_BYTES = 4 * 2 ** 20;
/** Two who ask at once are answered once. ms */
const SAID_JUST_NOW_MS = 500;
/** Figures are of so long. ms */
const MEASURED_MS = 10_000;
/** Room for topic and header. */
const MOST_UNIT = MAX_MESSAGE_BYTES - 4096;

export interface OutletStatus {
  readonly fps: number;
  readonly kbps: number;
  /** Pictures from one key frame to the next, the last time. */
  readonly gop: number;
  readonly codec: string;
  readonly size: string;
  readonly frames: number;
  readonly damaged: number;
  readonly watched: boolean;
}
export interface OutletOptions {
  readonly cameraId: string;
  readonly send: (header: VideoHeader, unit: Buffer) => void;
  readonly isWatched: () => boolean;
  /** Something to tell, once per change. */
  readonly say: (what: Readonly<Record<string, unknown>>, words: string) => void;
}
interface Kept {
  readonly header: VideoHeader;
  readonly unit: Buffer;
}

export class Outlet {
  readonly id: string;
  readonly #o: OutletOptions;
  #units = new AccessUnits();
  #fseq = 0;
  #kept: Kept[] = [];
  #keptBytes = 0;
  #runs = false;
  #sps: Sps | null = null;
  #measured: { at: number; bytes: number }[] = [];
  #sinceKey = 0;
  #gop = 0;
  #frames = 0;
  #damaged = 0;
  #saidAgainAt = -Infinity;

  constructor(options: OutletOptions) {
    this.#o = options;
    this.id = options.cameraId;
  }

  get isWatched(): boolean {
    return this.#o.isWatched();
  }

  /** Another ffmpeg begins: nothing of the one before continues. */
  begin(): void {
    this.#units = new AccessUnits();
    this.damage();
    // Pictures of a camera that went silent must not greet somebody as its present.
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** Something is missing here; the next that leaves is a key frame. Answers whether anything was running. */
  damage(why?: string): boolean {
    const ran = this.#runs;
    this.#runs = false;
    if (!ran) return false;
    this.#fseq++;
    if (why !== undefined) {
      this.#damaged++;
      this.#o.say({ why }, 'damaged: waiting for a key frame');
    }
    return true;
  }

  /** `pts` and `now` in ms UTC. Answers the unit's parameters when it left or was kept, else null. */
  take(tag: FlvTag, pts: number, now: number): { key: boolean; sps: Sps } | null {
    if (tag.kind === 'config') {
      this.#units.configure(tag.data);
      return null;
    }
    const made = this.#units.assemble(tag.data);
    if (made.is === 'broken') this.damage(made.why);
    if (made.is !== 'unit') return null;
    const { unit, key, sps } = made;
    if (!key && !this.#runs) return null;
    if (unit.length > MOST_UNIT) {
      this.damage(`a picture of ${unit.length} bytes is larger than a message may be`);
      return null;
    }
    if (key) this.#key(sps);
    const { codec, w, h } = sps;
    const header: VideoHeader = {
      v: WIRE_VERSION,
      cameraId: this.id as CameraId,
      pts,
      key,
      codec,
      w,
      h,
      fseq: this.#fseq++,
    };
    this.#sinceKey++;
    this.#frames++;
    this.#measured.push({ at: now, bytes: unit.length });
    this.#keep({ header, unit });
    this.#o.send(header, unit);
    return { key, sps };
  }

  /** The newest group of pictures, again, to who asks for a key frame. */
  sayAgain(now: number): void {
    if (now - this.#saidAgainAt < SAID_JUST_NOW_MS || this.#kept.length === 0) return;
    this.#saidAgainAt = now;
    for (const { header, unit } of this.#kept) this.#o.send(header, unit);
  }

  status(now: number): OutletStatus {
    this.#measured = this.#measured.filter(({ at }) => at > now - MEASURED_MS);
    const bytes = this.#measured.reduce((sum, one) => sum + one.bytes, 0);
    const [first] = this.#measured;
    // In the first seconds: of what there is.
    const seconds = Math.max(1, Math.min(MEASURED_MS, now - (first?.at ?? now))) / 1000;
    return {
      fps: Math.round((this.#measured.length / Math.max(1, seconds)) * 10) / 10,
      kbps: Math.round((bytes * 8) / 1000 / Math.max(1, seconds)),
      gop: this.#gop,
      codec: this.#sps?.codec ?? '',
      size: this.#sps === null ? '' : `${this.#sps.w}x${this.#sps.h}`,
      frames: this.#frames,
      damaged: this.#damaged,
      watched: this.isWatched,
    };
  }

  #key(sps: Sps): void {
    if (this.#runs) this.#gop = this.#sinceKey;
    this.#sinceKey = 0;
    this.#runs = true;
    this.#kept = [];
    this.#keptBytes = 0;
    const { codec, w, h } = sps;
    if (codec !== this.#sps?.codec || w !== this.#sps.w || h !== this.#sps.h) {
      this.#o.say({ codec, w, h }, this.#sps === null ? 'pictures come' : 'the pictures are of another kind');
    }
    this.#sps = sps;
  }

  #keep(picture: Kept): void {
    // An empty shelf in the middle of a run: it outgrew its bounds.
    if (!picture.header.key && this.#kept.length === 0) return;
    this.#kept.push(picture);
    this.#keptBytes += picture.unit.length;
    if (this.#kept.length <= MOST_KEPT && this.#keptBytes <= MOST_KEPT_BYTES) return;
    this.#kept = [];
    this.#keptBytes = 0;
  }
}
