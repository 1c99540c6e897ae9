// The wall in Electron. The shell itself starts the bridge (utilityProcess) and keeps its windows; the launcher keeps
// the shell. Guarantees: a shell that crashed is started again with bounded backoff; one that a person quit is not.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from './backoff.ts';
import { lines, readyLine } from './lines.ts';
import { Problem } from './problem.ts';
import { WALL_LIVE } from '../words.ts';
import type { Shell, SnapshotResult } from './shell.ts';

export interface ElectronOptions {
  /** Path of Electron's binary. */
  readonly binary: string;
  /** Folder with package.json, whose `main` is the shell. */
  readonly app: string;
  readonly args: readonly string[];
  readonly log: string;
  readonly onReady: (ready: Record<string, unknown>) => void;
  readonly onNote: (text: string) => void;
}

const GRACE_MS = 6000;

export const openElectron = (options: ElectronOptions): Shell => {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log);
  const pause = backoff();
  const closed = Promise.withResolvers<void>();
  closed.promise.catch(() => {}); // whoever opened the shell hears of it; until then it is no accident
  let stopping = false;
  let child: ChildProcess | undefined;
  let isLive = false;

  const start = (): void => {
    const born = Date.now();
    let last = '';
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const life = spawn(options.binary, [...sandbox, options.app, ...options.args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    child = life;
    const remember = (line: string): void => {
      log.write(`${line}\n`);
      if (line.trim() !== '') last = line;
    };
    const out = lines((line) => {
      remember(line);
      const ready = readyLine(line);
      if (ready) options.onReady(ready);
      if (line === WALL_LIVE) isLive = true;
    });
    const err = lines(remember);
    life.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk.toString());
    });
    life.stderr.on('data', (chunk: Buffer) => {
      err.push(chunk.toString());
    });
    life.stdin.on('error', () => {});
    life.once('error', (error) => {
      closed.reject(new Problem(`Electron cannot be started: ${error.message}`, 1));
    });
    life.once('close', (code, signal) => {
      if (stopping || code === 0) {
        closed.resolve();
        return;
      }
      if (code === 2) {
        closed.reject(new Problem(last));
        return;
      }
      const waitMs = pause.next(Date.now() - born);
      options.onNote(`Electron is gone (${signal ?? `exit code ${String(code)}`}); it is started again`);
      void sleep(waitMs).then(() => {
        if (!stopping) start();
      });
    });
  };
  start();

  /** The shell reads one request a line on its standard input, and answers with a file. */
  const ask = (request: Record<string, unknown>): void => {
    child?.stdin?.write(`${JSON.stringify(request)}\n`);
  };

  return {
    name: 'electron',
    closed: closed.promise,
    isLive: () => Promise.resolve(isLive),
    async snapshot(file, deadline): Promise<SnapshotResult> {
      const answer = `${file}.json`;
      ask({ do: 'snapshot', file, deadline, answer });
      while (Date.now() < deadline + 30_000) {
        await sleep(250);
        try {
          const read: unknown = JSON.parse(await readFile(answer, 'utf8'));
          if (typeof read === 'object' && read !== null && 'live' in read && 'boxed' in read) {
            return { live: read.live === true, boxed: Number(read.boxed) };
          }
        } catch {
          // not answered yet
        }
      }
      return { live: false, boxed: 0 };
    },
    refresh: () => {
      ask({ do: 'refresh' });
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
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
      closed.resolve();
    },
  };
};

/** Path of Electron's binary when it is on this machine. */
export const electronBinary = async (root: string): Promise<string | undefined> => {
  const home = join(root, 'node_modules/electron');
  try {
    const name = (await readFile(join(home, 'path.txt'), 'utf8')).trim();
    const file = join(home, 'dist', name);
    await access(file);
    return file;
  } catch {
    return undefined;
  }
};
