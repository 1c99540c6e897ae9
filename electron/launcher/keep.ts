// Keeps one child process of Node alive for the launcher, and its log file.
// Guarantees: a child never outlives the launcher; what it said stands in its log. When it is revived: `lives.ts`.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lives, type Life, type LivesOptions } from './lives.ts';
import { Problem } from './problem.ts';

export interface KeepOptions extends Pick<LivesOptions<Life>, 'name' | 'onReady' | 'onGone' | 'readyTimeoutMs'> {
  /** Arguments for Node of the next start; asked anew at each revival. */
  readonly args: () => string[];
  readonly cwd: string;
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>;
  /** File that takes its output; overwritten at the start of the launcher. */
  readonly log: string;
}

export interface Kept {
  /** Of the first life. Rejects with a `Problem` when it never got ready. */
  readonly ready: Promise<Record<string, unknown>>;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

/** Deaths before the first `ready` after which another try would tell nothing new. */
const FIRST_TRIES = 3;
const TETHER = fileURLToPath(new URL('./tether.mjs', import.meta.url));

const begin = ({ args, cwd, env }: KeepOptions): Life & { readonly pid: number | undefined } => {
  const child = spawn(process.execPath, ['--import', TETHER, ...args()], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own group: Ctrl-C in the terminal reaches the launcher alone, which then stops everything in order.
    detached: true,
  });
  return {
    ...{ pid: child.pid, stdout: child.stdout, stderr: child.stderr },
    end: (signal) => void child.kill(signal),
    onEnd: (hear) => {
      child.on('error', (error) => {
        if (child.pid === undefined) hear(null, `cannot be started: ${error.message}`);
      });
      child.once('close', (code, signal) => {
        if (child.pid !== undefined) hear(code, String(signal));
      });
    },
  };
};

export const keep = (options: KeepOptions): Kept => {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log);
  const { name, onReady, onGone, readyTimeoutMs } = options;
  const kept = lives({
    ...{ name, onReady, onGone, readyTimeoutMs, firstTries: FIRST_TRIES },
    begin: () => begin(options),
    onLine: (line) => log.write(`${line}\n`),
  });
  return {
    ready: kept.ready.catch((error: unknown) => {
      const isTheirs = !(error instanceof Problem) || error.exitCode === 2;
      throw isTheirs ? error : new Problem(`${error.message}; see ${options.log}`, error.exitCode);
    }),
    pid: () => kept.running()?.pid,
    async stop() {
      await kept.stop();
      await new Promise<void>((done) =>
        log.end(() => {
          done();
        }),
      );
    },
  };
};
