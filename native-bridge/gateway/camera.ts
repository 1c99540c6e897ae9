/**
 * Owns: one camera's connection: looking at it, taking its pictures, beginning again when they end.
 * Guarantees: at most one ffmpeg to the camera, and only while wanted; what died is started again after a bounded wait;
 *   silence counts as death; a stream that turns out unfit under way is transcoded or refused, in words, once per change.
 * Refuses: to show what the config refuses: it looks again now and then, since cameras are set otherwise.
 */
import type { Clock } from '../base/clock.ts';
import { runFfmpeg, plain, type Child } from './child.ts';
import type { CameraConfig } from './config.ts';
import { copyArgs, sizeSaid, transcodeArgs } from './ffmpeg.ts';
import type { FlvTag } from './flv.ts';
import { SliceJoiner } from './join-slices.ts';
import { MediaClock } from './media-clock.ts';
import type { Outlet } from './outlet.ts';
import { Patience } from './patience.ts';
import { decide, objection, probe, type Facts, type Plan } from './probe.ts';
import { redactFor } from './secrets.ts';
import type { Sps } from './sps.ts';

/** No picture for so long: dead. ms */
const SILENCE_MS = 10_000;
/** A connection is kept so long after the last who wanted it. ms */
const LINGER_MS = 5000;
/** A refused camera is looked at again. ms */
const LOOK_AGAIN_MS = 60_000;
/** Further back it is not another order of pictures but another time. ms */
const MOST_REORDERED_MS = 1000;
/** So many pictures without one that decoding can begin with: it has none. */
const MOST_KEYLESS = 400;

export type CameraState = 'idle' | 'looking' | 'starting' | 'running' | 'waiting' | 'refused';
export interface CameraOptions {
  readonly config: CameraConfig;
  readonly outlet: Outlet;
  readonly clock: Clock;
  readonly isWanted: () => boolean;
  readonly say: (what: Readonly<Record<string, unknown>>, words: string) => void;
  /** For the streams made of this one: every tag, of a picture with its capture time. */
  readonly onTag: (tag: FlvTag, key: boolean, pts: number, sps: Sps | null) => void;
  /** Pictures are missing up to the next key frame; `anew`: and what follows has other times. */
  readonly onBreak: (anew: boolean) => void;
}

export class Camera {
  state: CameraState = 'idle';
  /** How it is taken, while it is. */
  plan: Plan | null = null;
  restarts = 0;
  readonly times = new MediaClock();
  readonly #o: CameraOptions;
  readonly #patience = new Patience();
  #child: Child | null = null;
  #looking: AbortController | null = null;
  #timer: (() => void) | null = null;
  #linger: (() => void) | null = null;
  /** The objection found while running, which the next look does not see. */
  #found: string | null = null;
  /** Of the camera's own pictures, while they are transcoded. */
  #size: string | null = null;
  #joiner = new SliceJoiner();
  #heardAt = 0;
  #keyless = 0;
  #highest = -Infinity;
  #isClosed = false;
  /** Counts starts and halts: what an earlier one still waited for is of no account. */
  #turn = 0;

  constructor(options: CameraOptions) {
    this.#o = options;
  }

  /** Whether it is wanted may have changed. */
  update(): void {
    if (this.#isClosed) return;
    if (this.#o.isWanted()) {
      this.#linger?.();
      this.#linger = null;
      if (this.state === 'idle') void this.#start();
    } else if (this.state !== 'idle' && this.#linger === null) {
      this.#linger = this.#o.clock.after(LINGER_MS, () => {
        this.#linger = null;
        this.#o.say({}, 'nobody watches: stopped');
        void this.#halt('idle').then(() => this.update());
      });
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#linger?.();
    await this.#halt('idle');
  }

  async #halt(state: CameraState): Promise<void> {
    this.state = state;
    this.#turn++;
    this.#o.outlet.begin();
    this.#timer?.();
    this.#timer = null;
    this.#looking?.abort();
    const child = this.#child;
    this.#child = null;
    await child?.stop();
  }

  async #start(): Promise<void> {
    const { config, say, outlet } = this.#o;
    const turn = ++this.#turn;
    // A plan that brought pictures is kept; the camera is looked at again after a start that brought none.
    const plan = this.plan ?? (await this.#look());
    if (plan === null || turn !== this.#turn) return;
    this.plan = plan;
    if (plan.do === 'refuse') {
      this.#refuse(plan.why);
      return;
    }
    this.state = 'starting';
    this.#heardAt = this.#o.clock.now();
    this.#size = null;
    this.#joiner = new SliceJoiner();
    this.#keyless = 0;
    this.#highest = -Infinity;
    outlet.begin();
    this.#o.onBreak(true);
    const args = plan.do === 'copy' ? copyArgs(config.input) : transcodeArgs(config.input, config.kbps);
    say({ how: plan.do, ...(plan.why === '' ? {} : { why: plan.why }) }, 'starting');
    const child = runFfmpeg(args, {
      tag: (tag) => this.#arrive(tag),
      said: (line) => this.#said(line),
      ended: (why) => {
        if (this.#child === child) this.#died(why);
      },
    });
    this.#child = child;
    this.#watchSilence();
  }

  /** Null: it could not be looked at, and is tried again later. */
  async #look(): Promise<Plan | null> {
    const { config } = this.#o;
    this.state = 'looking';
    if (config.input.kind === 'pattern') return decide('a test pattern', config.unfit, config.input);
    const looking = new AbortController();
    this.#looking = looking;
    let facts: Facts;
    try {
      facts = await probe(config.input, looking.signal);
    } catch (error) {
      if (!looking.signal.aborted) this.#died(error instanceof Error ? error.message : String(error));
      return null;
    }
    return looking.signal.aborted ? null : decide(objection(facts) ?? this.#found, config.unfit, config.input);
  }

  #arrive(tag: FlvTag): void {
    for (const whole of this.#joiner.push(tag)) this.#take(whole);
  }

  #take(tag: FlvTag): void {
    const { outlet, clock, onTag } = this.#o;
    const now = clock.now();
    if (tag.kind === 'config') {
      outlet.take(tag, 0, now);
      onTag(tag, false, 0, null);
      return;
    }
    this.#heardAt = now;
    const shown = tag.dts + tag.cts;
    // Pictures shown in another order than they come: B-frames, whatever was announced.
    if (this.plan?.do === 'copy' && shown < this.#highest && this.#highest - shown < MOST_REORDERED_MS) {
      this.#unfit('pictures out of order (B-frames), which costs their time in delay');
      return;
    }
    this.#highest = shown;
    const pts = this.times.at(shown, now);
    const sent = outlet.take(tag, pts, now);
    if (sent === null) {
      if (++this.#keyless > MOST_KEYLESS) this.#unfit('no key frame that decoding can begin with');
      return;
    }
    this.#keyless = 0;
    if (sent.key && this.#isReordering(sent.sps)) {
      this.#unfit(`pictures out of order (B-frames, ${String(sent.sps.reorder)}), which costs their time in delay`);
      return;
    }
    onTag(tag, sent.key, pts, sent.sps);
    this.#patience.well(now);
    if (this.state === 'running') return;
    this.state = 'running';
    this.#o.say({ how: this.plan?.do ?? '' }, 'running');
  }

  #isReordering({ reorder }: Sps): boolean {
    return this.plan?.do === 'copy' && reorder !== null && reorder > 0;
  }

  #unfit(why: string): void {
    const { config, say } = this.#o;
    this.#found = why;
    this.plan = decide(why, config.unfit, config.input);
    if (this.plan.do === 'refuse') {
      this.#refuse(why);
      return;
    }
    say({ why }, 'cannot be shown as it is');
    this.#restart();
  }

  /** At once: nothing died. */
  #restart(): void {
    void this.#halt('starting').then(() => (this.#isClosed || this.state !== 'starting' ? undefined : this.#start()));
  }

  #refuse(why: string): void {
    this.#o.say({ why }, 'refused: unfit for consoles, and the config says not to transcode');
    void this.#halt('refused').then(() => {
      if (this.state !== 'refused' || this.#isClosed) return;
      this.#found = null;
      this.#again(LOOK_AGAIN_MS);
    });
  }

  #said(line: string): void {
    const size = sizeSaid(line);
    if (size !== null) {
      const was = this.#size;
      this.#size = size;
      if (was === null || was === size) return;
      this.#o.say({ was, is: size }, 'the camera changed its size: begun anew');
      this.#restart();
      return;
    }
    // Packets that were lost leave pictures that look whole and are not.
    if (/missed \d+ packets|concealing|corrupt/i.test(line)) {
      this.#o.outlet.damage(this.#shown(line));
      this.#o.onBreak(false);
    }
  }

  #watchSilence(): void {
    this.#timer = this.#o.clock.every(1000, () => {
      if (this.#o.clock.now() - this.#heardAt < SILENCE_MS) return;
      const child = this.#child;
      this.#child = null;
      void child?.stop();
      this.#died(`no picture for ${SILENCE_MS / 1000} s`);
    });
  }

  #died(why: string): void {
    if (this.#isClosed || this.state === 'idle') return;
    if (this.state !== 'running') this.plan = null;
    this.#child = null;
    this.#timer?.();
    this.restarts++;
    const wait = this.#patience.next();
    this.#o.say({ why: this.#shown(why), againInMs: wait }, 'no pictures');
    this.state = 'waiting';
    this.#o.outlet.begin();
    this.#again(wait);
  }

  #again(ms: number): void {
    const refused = this.state === 'refused';
    this.#timer = this.#o.clock.after(ms, () => {
      this.#timer = null;
      if (refused) this.plan = null;
      if (this.#o.isWanted()) void this.#start();
      else this.state = 'idle';
    });
  }

  #shown(text: string): string {
    const { input } = this.#o.config;
    const said = plain(text);
    return input.kind === 'rtsp' ? redactFor(input.url, said) : said;
  }
}
