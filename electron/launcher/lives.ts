// One child process after another: begun, revived with bounded backoff, ended. Shared by the launcher and the Electron shell,
// which only differ in how a process is begun.
// Guarantees: exit code 2 before the first `ready` means "asked wrongly" and is not tried again. What was ready once is never
// given up: a port that somebody took or a profile that was spoilt meanwhile is told, and tried until it is mended. A life that
// hangs before it is ready is killed outright. `stop` leaves nothing running.
import { backoff } from './backoff.ts';
import { lines, readyLine } from './lines.ts';
import { Problem } from './problem.ts';

interface Text {
  on(event: 'data', hear: (chunk: Buffer) => void): unknown;
}
/** A process while it lives. */
export interface Life {
  readonly stdout: Text | null;
  readonly stderr: Text | null;
  /** `SIGTERM` asks, `SIGKILL` also ends what hangs. */
  end(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Called once, also when it could not be begun. `code` null: `why` tells. */
  onEnd(hear: (code: number | null, why: string) => void): void;
}
export interface LivesOptions<L extends Life> {
  /** Shown to people when it dies. */
  readonly name: string;
  readonly begin: () => L;
  /** Every line but the ready ones. */
  readonly onLine: (line: string) => void;
  /** Every `ready` line, of each life. */
  readonly onReady?: ((ready: Record<string, unknown>) => void) | undefined;
  readonly onGone?: ((detail: string, waitMs: number) => void) | undefined;
  /** So many deaths before the first `ready`, or one that hung, tell enough; unless said it is tried on. */
  readonly firstTries?: number | undefined;
  /** Of each life; one minute unless said. */
  readonly readyTimeoutMs?: number | undefined;
}
export interface Lives<L extends Life> {
  /** Of the first life. Rejects with a `Problem` when it never got ready. */
  readonly ready: Promise<Record<string, unknown>>;
  /** The life that runs, ready or not. */
  readonly running: () => L | undefined;
  /** The same, once it is ready. */
  readonly standing: () => L | undefined;
  stop(): Promise<void>;
}

/** Bridge and drill promise to end within 2 s of SIGTERM. */
const GRACE_MS = 4000;

export const lives = <L extends Life>(options: LivesOptions<L>): Lives<L> => {
  const { name, firstTries = Number.POSITIVE_INFINITY, readyTimeoutMs = 60_000 } = options;
  const pause = backoff();
  const first = Promise.withResolvers<Record<string, unknown>>();
  // Who waits for it hears it; it may be that nobody does.
  first.promise.catch(() => undefined);
  let running: L | undefined;
  let standing: L | undefined;
  let everReady = false;
  let deaths = 0;
  let over = false;
  let timer: NodeJS.Timeout | undefined;

  const giveUp = (message: string, exitCode: number): void => {
    over = true;
    first.reject(new Problem(message, exitCode));
  };
  const begin = (): void => {
    const born = Date.now();
    const life = options.begin();
    running = life;
    let last = '';
    let hung = false;
    const hanging = setTimeout(() => {
      hung = true;
      life.end('SIGKILL');
    }, readyTimeoutMs);
    const hear = (line: string): void => {
      if (line.trim() !== '') last = line;
      options.onLine(line);
    };
    const out = lines((line) => {
      const ready = readyLine(line);
      if (!ready) return hear(line);
      clearTimeout(hanging);
      everReady = true;
      if (running === life) standing = life;
      options.onReady?.(ready);
      first.resolve(ready);
    });
    const err = lines(hear);
    life.stdout?.on('data', (chunk) => out.push(chunk.toString()));
    life.stderr?.on('data', (chunk) => err.push(chunk.toString()));
    life.onEnd((code, why) => {
      out.end();
      err.end();
      clearTimeout(hanging);
      running = standing = undefined;
      if (over) return;
      const asked = code === 2 && last !== '' ? last : null;
      if (code === 2 && !everReady) return giveUp(last || `${name}: refused its options`, 2);
      const slow = `is not ready after ${String(readyTimeoutMs / 1000)} s`;
      const detail = asked ?? (hung ? slow : code === null ? why : `exit code ${String(code)}`);
      deaths += 1;
      if (!everReady && Number.isFinite(firstTries)) {
        if (hung) return giveUp(`${name}: ${slow}`, 1);
        if (deaths >= firstTries) return giveUp(`${name}: does not start (${detail}): ${last || 'no output'}`, 1);
      }
      const waitMs = pause.next(Date.now() - born);
      options.onGone?.(everReady || last === '' ? detail : `${detail}: ${last}`, waitMs);
      timer = setTimeout(begin, waitMs);
    });
  };
  begin();

  return {
    ready: first.promise,
    running: () => running,
    standing: () => standing,
    async stop() {
      over = true;
      clearTimeout(timer);
      const life = running;
      if (!life) return;
      const gone = new Promise<void>((done) => {
        life.onEnd(() => {
          done();
        });
      });
      life.end('SIGTERM');
      const kill = setTimeout(() => {
        life.end('SIGKILL');
      }, GRACE_MS);
      await gone;
      clearTimeout(kill);
    },
  };
};
