/**
 * The feed's machine: live first, then snapshot and replay, merged by number (F1–F7). Pure: no socket, no clock.
 *
 * Owns: which numbers are fresh, what to ask next, the condition of the link.
 * Guarantees: each number of a log is delivered once; live messages at once; a snapshot whole or not at all.
 * Refuses: to look into bodies, and to believe a number for longer than the next heartbeat says otherwise.
 */
import type { Frame, FrameManner, Reject } from '../contract/frame.ts';
import type { ReceiveTime } from '../contract/brand.ts';
import { LOST_AFTER_MS, type Header } from '../contract/wire.ts';
import type { Range } from '../base/intervals.ts';
import { Asking } from './asking.ts';
import { DelayMeter } from './delay.ts';
import { EpochLog } from './epoch-log.ts';
import { ProgressMeter } from './progress.ts';
import { SnapshotParts } from './snapshot-parts.ts';
import type { Condition, Effects, LogMemory, Message } from './types.ts';

/** Behind by more than this: a fresh state is worth more than the way there; the rest becomes history. */
export const SNAPSHOT_RATHER = 20_000;
/** A connected platform that says nothing for so long is asked who it is. */
const ASK_ANYWAY_MS = 1500;
/** Messages later than this make the link `lagging`, ms. */
export const LAGGING_MS = 2000;
/** Logs of one source that are remembered at once; the journal remembers all. */
const MOST_LOGS = 64;

export interface MachineOptions {
  source: string;
  memory: readonly LogMemory[];
  effects: Effects;
  /** Distinguishes the requests of this run. */
  prefix: string;
  random?: () => number;
}

const NOTHING = new Uint8Array();

export class FeedMachine {
  readonly #source: string;
  readonly #effects: Effects;
  readonly #asking: Asking;
  readonly #delay = new DelayMeter();
  readonly #progress = new ProgressMeter();
  readonly #logs = new Map<string, EpochLog>();
  #log: EpochLog | null = null;
  #wantSnapshot = false;
  readonly #parts = new SnapshotParts();
  #lastHeard = 0;
  #openedAt: number | null = null;
  #gapsHealed = 0;

  constructor(options: MachineOptions) {
    this.#source = options.source;
    this.#effects = options.effects;
    this.#asking = new Asking(options.prefix, options.random ?? Math.random);
    for (const memory of options.memory.slice(-MOST_LOGS))
      this.#logs.set(memory.epoch, new EpochLog(memory.epoch, memory));
  }

  connected(now: number): void {
    this.#openedAt = now;
    this.#asking.fresh();
    for (const log of this.#logs.values()) log.again();
    // Nothing is known: who they are and how things stand is the first question.
    if (this.#logs.size === 0) this.#wantSnapshot = true;
    this.#pump(now);
  }
  disconnected(now: number): void {
    this.#openedAt = null;
    this.#parts.drop();
    this.#asking.failed(now);
  }
  /** Anything at all came, even what is not understood. */
  sign(now: number): void {
    this.#lastHeard = now;
  }

  message(topic: string, header: Header, body: Uint8Array, now: number): void {
    this.#lastHeard = now;
    this.#delay.heard(header.ts, now);
    const n = header.n ?? 1;
    const message = { topic, header, body, now };
    const log = this.#speaks(header.epoch);
    // The ordinary case: the very next number, nothing lacking.
    if (header.seq === log.top + 1 && log.complete && n > 0) {
      const to = header.seq + n - 1;
      log.take(header.seq, to);
      this.#effects.deliver(this.#frame(message, header.seq, to, 'live'));
    } else this.#numbered(message, log, 'live');
    if (!log.complete || this.#wantSnapshot) this.#pump(now);
  }

  /** A message with good numbers that must not be taken in: they are broken, and not asked for again. */
  refuse(topic: string, header: Header, reject: Reject, now: number): void {
    this.#lastHeard = now;
    const n = header.n ?? 1;
    if (n < 1 || header.seq < 1) return;
    const log = this.#logs.get(header.epoch) ?? this.#speaks(header.epoch);
    const to = header.seq + n - 1;
    for (const [from, until] of log.held.missing(header.seq, to)) {
      if (log.top < until) log.top = until;
      log.settle(from, until);
      this.#effects.refuse(this.#frame({ topic, header, body: NOTHING, now }, from, until, 'live'), reject);
    }
    this.#pump(now);
  }

  heartbeat(header: Header, now: number): void {
    this.#lastHeard = now;
    this.#delay.heard(header.ts, now);
    const log = this.#speaks(header.epoch);
    log.heartbeat(header.seq);
    this.#behind(log);
    this.#pump(now);
  }

  /** The epoch that speaks now is the platform's log, the latest always. */
  #speaks(epoch: string): EpochLog {
    if (this.#log?.epoch === epoch) return this.#log;
    let log = this.#logs.get(epoch);
    if (log === undefined) {
      log = new EpochLog(epoch);
      if (this.#logs.size >= MOST_LOGS) {
        for (const old of this.#logs.keys()) if (old !== this.#log?.epoch && this.#logs.delete(old)) break;
      }
      this.#logs.set(epoch, log);
    }
    this.#log = log;
    this.#asking.fresh();
    if (!log.known) this.#wantSnapshot = true;
    return log;
  }
  #behind(log: EpochLog): void {
    if (log.complete || !log.known || this.#wantSnapshot) return;
    if (log.lacking().picture > SNAPSHOT_RATHER) this.#wantSnapshot = true;
  }

  #frame({ topic, header, body, now }: Message, from: number, to: number, manner: FrameManner): Frame {
    const { epoch, seq, ts, n = 1 } = header;
    return { source: this.#source, epoch, topic, seq, n, from, to, ts, heard: now as ReceiveTime, manner, body };
  }

  /** Delivers what is fresh, tells what is not; answers how many were fresh. */
  #numbered(message: Message, log: EpochLog, manner: 'live' | 'replay'): number {
    const { header } = message;
    const n = header.n ?? 1;
    const to = header.seq + n - 1;
    if (n < 1 || header.seq < 1) return 0;
    const holes = log.holes();
    const jump = to > log.top;
    const fresh = log.take(header.seq, to);
    const after = log.holes();
    if (after < holes) this.#gapsHealed += holes - after;
    const tell = (from: number, until: number, how: FrameManner): void =>
      this.#effects.deliver(this.#frame(message, from, until, how));
    let at = header.seq;
    let count = 0;
    for (const [a, b] of fresh) {
      if (a > at) tell(at, a - 1, 'duplicate');
      count += b - a + 1;
      if (manner === 'live') tell(a, b, log.believed(a, b) ? 'history' : 'live');
      else this.#replayed(log, a, b, tell);
      at = b + 1;
    }
    if (at <= to) tell(at, to, 'duplicate');
    if (jump) this.#behind(log);
    return count;
  }
  /** What is older than the snapshot, of a log that is over, or was believed already, is for the journal only. */
  #replayed(log: EpochLog, from: number, to: number, tell: (from: number, to: number, how: FrameManner) => void): void {
    if (log.believed(from, to) || log !== this.#log) return tell(from, to, 'history');
    if (from <= log.line) tell(from, Math.min(to, log.line), 'history');
    if (to > log.line) tell(Math.max(from, log.line + 1), to, 'replay');
  }

  /** A part of a snapshot. */
  snapshotPart(id: string, topic: string, n: number, body: Uint8Array, now: number): void {
    this.#word(now);
    const flight = this.#asking.word(id, 0, now);
    if (flight?.ask.verb !== 'snapshot') return;
    if (!this.#parts.add({ topic, n, body })) this.failed(id, now);
  }
  /** A part of a replay; also one that nobody waits for any more: its numbers count. */
  replayPart(id: string, topic: string, header: Header, body: Uint8Array, now: number): void {
    this.#word(now);
    const log = this.#logs.get(header.epoch) ?? this.#speaks(header.epoch);
    const fresh = this.#numbered({ topic, header, body, now }, log, 'replay');
    this.#asking.word(id, fresh, now);
    this.#progress.came(fresh, now);
    // Everything asked for is here: the next need not wait for a last word, which may have been lost.
    if (this.#asking.whole(id)) this.end(id, null, null, now);
  }
  #word(now: number): void {
    this.#lastHeard = now;
    const flight = this.#asking.flight;
    if (flight !== null && !flight.answered) this.#delay.roundTrip(now - flight.sentAt);
  }

  /** The answer is complete. `epoch` and `seq` as the platform gave them, if it did. */
  end(id: string, epoch: string | null, seq: number | null, now: number): void {
    this.#word(now);
    const verb = this.#asking.flight?.ask.id === id ? this.#asking.flight.ask.verb : null;
    if (verb === 'snapshot') {
      if (epoch === null || seq === null) return this.failed(id, now);
      this.#asking.done(id, now);
      this.#snapshotEnd(epoch, seq, now);
    } else if (verb === 'replay') this.#asking.done(id, now);
    this.#pump(now);
  }
  #snapshotEnd(epoch: string, seq: number, now: number): void {
    const log = this.#speaks(epoch);
    for (const part of this.#parts.take()) {
      const header = { v: 1 as const, epoch, seq, n: part.n, ts: now };
      this.#effects.deliver(this.#frame({ ...part, header, now }, seq, seq, 'snapshot'));
    }
    this.#wantSnapshot = false;
    log.known = true;
    log.line = Math.max(log.line, seq);
    log.top = Math.max(log.top, seq);
    this.#effects.snapshot(epoch, seq);
  }

  /** The log no longer reaches back to what was asked for. */
  gone(id: string, oldest: number | null, now: number): void {
    this.#word(now);
    const flight = this.#asking.done(id, now);
    if (flight?.ask.verb !== 'replay' || flight.log === null) return this.#pump(now);
    const log = flight.log;
    const { from, to } = flight.ask.map;
    const trimmed = oldest !== null && oldest > from ? oldest - 1 : null;
    // Of a log that is over nobody tells the end: it had numbers up to there, and may have more.
    if (trimmed !== null && log !== this.#log && trimmed >= log.top) {
      log.top = trimmed;
      log.endUnknown = true;
    }
    const lost = log.settled.missing(trimmed === null ? from : 1, Math.min(trimmed ?? to, log.top));
    for (const range of lost) {
      log.settle(range[0], range[1]);
      this.#effects.gone(log.epoch, range);
      if (range[1] > log.line && log === this.#log) this.#wantSnapshot = true;
    }
    this.#pump(now);
  }
  /** The platform refused, or the answer could not be read. */
  failed(id: string, now: number): void {
    this.#lastHeard = now;
    if (this.#asking.flight?.ask.id !== id) return;
    this.#parts.drop();
    this.#asking.failed(now);
  }

  /** A message turned out unreadable as a whole. */
  broken(epoch: string, [from, to]: Range): void {
    this.#logs.get(epoch)?.broke(from, to);
  }
  /** The journal could not keep these; they are asked for again. */
  forget(epoch: string, ranges: readonly Range[]): void {
    for (const [from, to] of ranges) this.#logs.get(epoch)?.forget(from, to);
  }

  /** To be called several times a second. */
  tick(now: number): void {
    const flight = this.#asking.flight;
    this.#asking.tick(now);
    if (flight !== null && this.#asking.flight === null) this.#parts.drop();
    if (this.#openedAt !== null && this.#log === null && now - this.#openedAt > ASK_ANYWAY_MS)
      this.#wantSnapshot = true;
    this.#pump(now);
  }

  #pump(now: number): void {
    if (this.#openedAt === null || this.#asking.flight !== null || !this.#effects.ready()) return;
    const current = this.#log;
    const logs = current === null ? [] : [current, ...[...this.#logs.values()].filter((log) => log !== current)];
    const ask = this.#asking.next(this.#wantSnapshot, logs, current, now);
    if (ask !== null) {
      if (ask.verb === 'snapshot') this.#parts.drop();
      this.#effects.ask(ask);
    }
  }

  condition(now: number): Condition {
    const log = this.#log;
    const lacking = log === null || log.complete ? { picture: 0, history: 0 } : log.lacking();
    const lagMs = this.#delay.lagMs(now);
    const waiting = lacking.picture > 0 || (this.#wantSnapshot && !this.#asking.snapshotHopeless);
    const lost = this.#lastHeard === 0 || now - this.#lastHeard > LOST_AFTER_MS;
    return {
      link: lost ? 'lost' : waiting ? 'catching-up' : lagMs > LAGGING_MS ? 'lagging' : 'live',
      lastHeard: this.#lastHeard,
      epoch: log?.epoch ?? null,
      lastSeq: log?.top ?? 0,
      gapsHealed: this.#gapsHealed,
      lagMs,
      skewMs: this.#delay.skewMs(),
      progress: this.#progress.of(lacking.picture + lacking.history, now),
    };
  }
}
