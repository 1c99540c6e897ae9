/**
 * Owns: one running ffmpeg: its pipes, its last words, its end.
 * Guarantees: tags come in order; `onEnd` is called exactly once, with what it said; after `stop()` no tag comes any
 *   more, and within KILL_MS it is gone, whatever it is doing.
 * Refuses: to outlive the gateway: without a reader ffmpeg's next write ends it, should the gateway be killed.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { FlvReader, type FlvTag } from './flv.ts';

/** A camera gets its TEARDOWN, if it answers in that time. */
const KILL_MS = 700;
/** Bytes waiting for an ffmpeg that does not keep up. */
const MOST_WAITING = 4 * 2 ** 20;

export interface Child {
  /** False: it does not keep up, and this was not taken. */
  feed(bytes: Uint8Array): boolean;
  stop(): Promise<void>;
}
export interface ChildWatch {
  tag(tag: FlvTag): void;
  /** A line of its warnings and errors, not yet redacted. */
  said(line: string): void;
  /** Why it ended, in its own words where there are any; not yet redacted. */
  ended(why: string): void;
}

export function runFfmpeg(args: readonly string[], watch: ChildWatch): Child {
  const child = spawn('ffmpeg', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let isStopped = false;
  let last = '';
  let fault = '';
  const reader = new FlvReader((tag) => watch.tag(tag));
  child.stdout.on('data', (chunk: Buffer) => {
    if (isStopped || fault !== '') return;
    try {
      reader.push(chunk);
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      child.kill('SIGKILL');
    }
  });
  // What it says at its end comes before the end: 'close' waits for the pipes.
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (/\[(error|fatal|panic)\]/.test(line)) last = line;
    if (!isStopped) watch.said(line);
  });
  child.stdin.on('error', () => undefined);
  const gone = new Promise<void>((done) => {
    let isOver = false;
    const over = (why: string): void => {
      if (isOver) return;
      isOver = true;
      done();
      watch.ended(why);
    };
    child.on('error', (error) => over(error.message));
    child.on('close', (code, signal) => over(fault || plain(last) || `ffmpeg ended with ${String(signal ?? code)}`));
  });
  return {
    feed(bytes) {
      if (isStopped || child.stdin.destroyed || child.stdin.writableLength > MOST_WAITING) return false;
      child.stdin.write(bytes);
      return true;
    },
    async stop() {
      if (!isStopped) {
        isStopped = true;
        child.stdin.destroy();
        child.kill('SIGTERM');
      }
      const late = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
      await gone;
      clearTimeout(late);
    },
  };
}

/** `[rtsp @ 0x55…] [error] method DESCRIBE failed` → `method DESCRIBE failed`. */
export const plain = (line: string): string => line.replace(/^(\[[^\]]*\]\s*)+/, '').trim();
