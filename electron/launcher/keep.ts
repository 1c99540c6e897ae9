// Keeps one child process alive. Owns: start, revival with bounded backoff, clean stop, its log file.
// Guarantees: `stop` leaves nothing running (SIGTERM, then SIGKILL after the grace time); a child never outlives the
// launcher; exit code 2 before the first `ready` means "asked wrongly" and is not tried again. What was ready once is
// never given up: a later life that hangs before it is ready is killed; a port that somebody took or a profile that was
// spoilt meanwhile is told, and tried until it is mended.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backoff } from './backoff.ts';
import { lines, readyLine } from './lines.ts';
import { Problem } from './problem.ts';

export interface KeepOptions {
  /** Shown to people when it dies. */
  readonly name: string;
  /** Arguments for Node of the next start; asked anew at each revival. */
  readonly args: () => string[];
  readonly cwd: string;
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>;
  /** File that takes its output; overwritten at the start of the launcher. */
  readonly log: string;
  /** Every `ready` line, of each life. */
  readonly onReady?: (ready: Record<string, unknown>) => void;
  readonly onGone?: (detail: string, waitMs: number) => void;
  /** It cannot be spawned any more, after having been ready once. */
  readonly onFatal?: (problem: Problem) => void;
  /** Of each life; one minute unless said. */
  readonly readyTimeoutMs?: number;
}

export interface Kept {
  /** Of the first life. Rejects with a `Problem` when it never got ready. */
  readonly ready: Promise<Record<string, unknown>>;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

/** Deaths before the first `ready` after which another try would tell nothing new. */
const FIRST_TRIES = 3;
/** The bridge promises to end within 2 s of SIGTERM; the drill the same. */
const GRACE_MS = 4000;
const TETHER = fileURLToPath(new URL('./tether.mjs', import.meta.url));

export const keep = (options: KeepOptions): Kept => {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log);
  const pause = backoff();
  const { readyTimeoutMs = 60_000 } = options;
  let stopping = false;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let everReady = false;
  let tries = 0;
  const first = Promise.withResolvers<Record<string, unknown>>();

  const fail = (problem: Problem): void => {
    stopping = true;
    if (everReady) options.onFatal?.(problem);
    else first.reject(problem);
  };

  const start = (): void => {
    const born = Date.now();
    let last: string[] = [];
    const life = spawn(process.execPath, ['--import', TETHER, ...options.args()], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own group: Ctrl-C in the terminal reaches the launcher alone, which then stops everything in order.
      detached: true,
    });
    child = life;
    const hanging = everReady ? setTimeout(() => life.kill('SIGKILL'), readyTimeoutMs) : undefined;
    const remember = (line: string): void => {
      log.write(`${line}\n`);
      if (line.trim() !== '') last = [...last.slice(-7), line];
    };
    const out = lines((line) => {
      const ready = readyLine(line);
      remember(line);
      if (!ready) return;
      clearTimeout(hanging);
      everReady = true;
      options.onReady?.(ready);
      first.resolve(ready);
    });
    const err = lines(remember);
    life.stdout?.on('data', (chunk: Buffer) => {
      out.push(chunk.toString());
    });
    life.stderr?.on('data', (chunk: Buffer) => {
      err.push(chunk.toString());
    });
    life.once('error', (error) => {
      fail(new Problem(`${options.name}: cannot be started: ${error.message}`, 1));
    });
    life.once('close', (code, signal) => {
      out.end();
      err.end();
      clearTimeout(hanging);
      if (child === life) child = undefined;
      if (stopping) return;
      if (code === 2 && !everReady) {
        fail(new Problem(last.at(-1) ?? `${options.name}: refused its options`));
        return;
      }
      const detail = code === 2 ? (last.at(-1) ?? 'refused its options') : (signal ?? `exit code ${String(code)}`);
      tries += 1;
      if (!everReady && tries >= FIRST_TRIES) {
        fail(
          new Problem(
            `${options.name}: does not start (${detail}): ${last.at(-1) ?? 'no output'}; see ${options.log}`,
            1,
          ),
        );
        return;
      }
      const waitMs = pause.next(Date.now() - born);
      options.onGone?.(everReady ? detail : `${detail}: ${last.at(-1) ?? 'no output'}`, waitMs);
      timer = setTimeout(start, waitMs);
    });
  };

  const limit = setTimeout(() => {
    if (everReady || stopping) return;
    fail(new Problem(`${options.name}: is not ready after ${String(readyTimeoutMs / 1000)} s; see ${options.log}`, 1));
  }, readyTimeoutMs);
  first.promise
    .finally(() => {
      clearTimeout(limit);
    })
    .catch(() => {});
  start();

  return {
    ready: first.promise,
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      clearTimeout(limit);
      const life = child;
      if (life && life.exitCode === null && life.signalCode === null) {
        const gone = new Promise<void>((done) =>
          life.once('close', () => {
            done();
          }),
        );
        life.kill('SIGTERM');
        const kill = setTimeout(() => life.kill('SIGKILL'), GRACE_MS);
        await gone;
        clearTimeout(kill);
      }
      await new Promise<void>((done) =>
        log.end(() => {
          done();
        }),
      );
    },
  };
};
