/**
 * Owns: one smaller stream made of a camera's main stream: an ffmpeg fed with the main stream's tags.
 * Guarantees: its pictures bear the capture times of the main stream's pictures they were made of, so what was detected
 *   there is found here; it runs only while wanted; its death touches nothing else.
 * Refuses: to queue: an ffmpeg that does not keep up goes on at the next key frame.
 */
import type { Clock } from '../base/clock.ts';
import { runFfmpeg, plain, type Child } from './child.ts';
import type { VariantConfig } from './config.ts';
import { variantArgs } from './ffmpeg.ts';
import { FLV_START, type FlvTag } from './flv.ts';
import type { Outlet } from './outlet.ts';
import { Patience } from './patience.ts';
import type { Sps } from './sps.ts';

/** As in camera.ts. ms */
const LINGER_MS = 5000;
/** Tags of the main stream kept for who begins in the middle of a group of pictures. */
const MOST_KEPT_BYTES = 4 * 2 ** 20;
/** Times of pictures inside ffmpeg; more than a second of any camera. */
const MOST_TIMES = 600;

export interface VariantOptions {
  readonly config: VariantConfig;
  readonly outlet: Outlet;
  readonly clock: Clock;
  readonly isWanted: () => boolean;
  readonly say: (what: Readonly<Record<string, unknown>>, words: string) => void;
}

export class Variant {
  restarts = 0;
  readonly #o: VariantOptions;
  readonly #patience = new Patience();
  #child: Child | null = null;
  /** Since the newest key frame, the config first. */
  #config: FlvTag | null = null;
  #group: FlvTag[] = [];
  #groupBytes = 0;
  /** A key frame came, and nothing is missing since. */
  #began = false;
  #size = '';
  /** Capture time by the stream's own time, ms. */
  #times = new Map<number, number>();
  #keepsUp = true;
  #waits: (() => void) | null = null;
  #linger: (() => void) | null = null;
  #isClosed = false;

  constructor(options: VariantOptions) {
    this.#o = options;
  }

  /** Pictures of the main stream are missing up to its next key frame; `anew`: and what follows has other times. */
  break(anew: boolean): void {
    this.#group = [];
    this.#groupBytes = 0;
    this.#began = false;
    this.#keepsUp = false;
    if (!anew) return;
    this.#config = null;
    this.#times.clear();
    void this.#stop();
  }

  /** A tag of the main stream and, of a picture, its capture time and parameters. */
  feed(tag: FlvTag, key: boolean, pts: number, sps: Sps | null): void {
    if (tag.kind === 'config') {
      // Another stream: begun anew with its first key frame.
      if (this.#config !== null && !tag.data.equals(this.#config.data)) void this.#stop();
      this.#config = tag;
      return;
    }
    const shown = tag.dts + tag.cts;
    if (key) {
      // An ffmpeg that runs would press the new size into the old one.
      const size = `${sps?.w ?? 0}x${sps?.h ?? 0}`;
      if (this.#child !== null && size !== this.#size) void this.#stop();
      this.#size = size;
      this.#group = [];
      this.#groupBytes = 0;
      this.#began = true;
    } else if (!this.#began) return;
    this.#times.set(shown, pts);
    for (const [old] of this.#times) {
      if (this.#times.size <= MOST_TIMES) break;
      this.#times.delete(old);
    }
    this.#groupBytes += tag.raw.length;
    // What outgrew its bounds goes on and cannot be joined.
    if (this.#groupBytes <= MOST_KEPT_BYTES) this.#group.push(tag);
    else this.#group = [];
    if (this.#child === null) this.update();
    else if (this.#keepsUp || key) this.#keepsUp = this.#child.feed(tag.raw);
  }

  /** Whether it is wanted may have changed, or there is something to begin with. */
  update(): void {
    if (this.#isClosed) return;
    if (this.#o.isWanted()) {
      this.#linger?.();
      this.#linger = null;
      if (this.#child === null && this.#waits === null && this.#config !== null && this.#group.length > 0)
        this.#start();
    } else if (this.#child !== null && this.#linger === null) {
      this.#linger = this.#o.clock.after(LINGER_MS, () => {
        this.#linger = null;
        this.#o.say({}, 'nobody watches: stopped');
        void this.#stop().then(() => this.update());
      });
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#linger?.();
    this.#waits?.();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#o.outlet.begin();
    await child?.stop();
  }

  #start(): void {
    const { config, outlet, clock, say } = this.#o;
    outlet.begin();
    const child = runFfmpeg(variantArgs(config), {
      tag: (tag) => {
        const now = clock.now();
        this.#patience.well(now);
        outlet.take(tag, tag.kind === 'config' ? 0 : this.#timeOf(tag.dts + tag.cts, now), now);
      },
      said: () => undefined,
      ended: (why) => {
        if (this.#child !== child) return;
        this.#child = null;
        this.restarts++;
        const wait = this.#patience.next();
        say({ why: plain(why), againInMs: wait }, 'no pictures');
        outlet.begin();
        this.#waits = clock.after(wait, () => {
          this.#waits = null;
          this.update();
        });
      },
    });
    this.#child = child;
    const begin = [
      FLV_START,
      ...(this.#config === null ? [] : [this.#config.raw]),
      ...this.#group.map(({ raw }) => raw),
    ];
    this.#keepsUp = child.feed(Buffer.concat(begin));
  }

  /** The pipe is exact to the millisecond, the encoder's clock to its rounding. */
  #timeOf(shown: number, now: number): number {
    for (const near of [shown, shown - 1, shown + 1]) {
      const pts = this.#times.get(near);
      if (pts !== undefined) return pts;
    }
    return now;
  }
}
