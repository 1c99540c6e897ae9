/**
 * The clock: the only way a room of the bridge knows the time or waits.
 *
 * Owns: the system clock and a manual one for tests and replay.
 * Guarantees: `now()` is wall time in ms; timers of the manual clock fire in order of their time, never by themselves.
 * Refuses: to be global; it is handed in.
 */
import type { ReceiveTime } from '../contract/brand.ts';

export interface Clock {
  /** ms since 1970 UTC, by this machine. */
  now(): ReceiveTime;
  /** Calls back once after `ms`; the answer cancels. Does not keep the process alive. */
  after(ms: number, act: () => void): () => void;
  /** Calls back every `ms` until cancelled. Does not keep the process alive. */
  every(ms: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now() as ReceiveTime,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(ms, act) {
    const timer = setInterval(act, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

export interface ManualClock extends Clock {
  /** Moves time on, firing what falls due, in order. */
  advance(ms: number): void;
}

export function manualClock(start = 1_700_000_000_000): ManualClock {
  let now = start;
  let turn = 0;
  const due = new Map<number, { at: number; again: number | null; act: () => void }>();
  const add = (at: number, again: number | null, act: () => void): (() => void) => {
    const id = turn++;
    due.set(id, { at, again, act });
    return () => due.delete(id);
  };
  return {
    now: () => now as ReceiveTime,
    after: (ms, act) => add(now + ms, null, act),
    every: (ms, act) => add(now + ms, Math.max(1, ms), act),
    advance(ms) {
      const until = now + ms;
      for (;;) {
        let next: [number, { at: number; again: number | null; act: () => void }] | null = null;
        for (const entry of due) if (entry[1].at <= until && (next === null || entry[1].at < next[1].at)) next = entry;
        if (next === null) break;
        const [id, timer] = next;
        now = Math.max(now, timer.at);
        if (timer.again === null) due.delete(id);
        else timer.at += timer.again;
        timer.act();
      }
      now = until;
    },
  };
}
