// The bridge as a utility process: started, revived with bounded backoff, stopped; and the ports of its viewers.
// Guarantees: a revived bridge keeps port and token; a viewer port asked for while the bridge is away is closed at once,
// so the page asks again. Exit code 2 is a message for people: before the first `ready` it is not tried again; afterwards it is
// told and tried on, since a wall
// must not end because a file was spoilt or a port taken while it stood. A life that hangs before it is ready is killed.
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { ALLOCATOR, NODE_FLAGS } from './launcher/bridge-memory.ts';
import { backoff } from './launcher/backoff.ts';
import { lines, readyLine } from './launcher/lines.ts';

export interface BridgeOptions {
  /** Path of dist/bridge/main.js. */
  readonly entry: string;
  readonly profile: string;
  readonly data: string;
  readonly port: number;
  readonly onReady: (ready: Record<string, unknown>) => void;
  /** A line of the bridge that is not its ready line. */
  readonly onLine: (line: string) => void;
  readonly onFatal: (message: string) => void;
}

export interface BridgeProcess {
  /** Loopback port, once ready. */
  readonly port: () => number | undefined;
  /** The window's end of a new connection to the bridge. */
  openViewer(): MessagePortMain;
  stop(): Promise<void>;
}

const GRACE_MS = 4000;
/** A life that is not ready after so long hangs. */
const READY_MS = 60_000;
/** What hangs hears no SIGTERM. */
const killOutright = ({ pid }: UtilityProcess): void => {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
};

export const startBridge = (options: BridgeOptions): BridgeProcess => {
  const pause = backoff();
  let child: UtilityProcess | undefined;
  let isReady = false;
  let known: { port: number; token: string } | undefined;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let last = '';

  const start = (): void => {
    const born = Date.now();
    isReady = false;
    const args = ['--profile', options.profile, '--data', options.data, '--port', String(known?.port ?? options.port)];
    if (known) args.push('--token', known.token);
    const life = utilityProcess.fork(options.entry, args, {
      serviceName: 'fengsui-bridge',
      stdio: 'pipe',
      execArgv: [...NODE_FLAGS],
      env: { ...process.env, ...ALLOCATOR },
    });
    child = life;
    const hanging = setTimeout(() => killOutright(life), READY_MS);
    const say = (line: string): void => {
      if (line.trim() !== '') last = line;
      options.onLine(line);
    };
    const out = lines((line) => {
      const ready = readyLine(line);
      if (!ready) {
        say(line);
        return;
      }
      isReady = true;
      clearTimeout(hanging);
      known = { port: Number(ready['port']), token: String(ready['token']) };
      options.onReady(ready);
    });
    const err = lines(say);
    life.stdout?.on('data', (chunk: Buffer) => {
      out.push(chunk.toString());
    });
    life.stderr?.on('data', (chunk: Buffer) => {
      err.push(chunk.toString());
    });
    life.once('exit', (code) => {
      out.end();
      err.end();
      clearTimeout(hanging);
      if (child === life) child = undefined;
      isReady = false;
      if (stopping) return;
      if (code === 2 && known === undefined) {
        options.onFatal(last);
        return;
      }
      const wait = pause.next(Date.now() - born);
      const why = code === 2 ? last : `exit code ${String(code)}`;
      options.onLine(`the bridge is gone (${why}); it is started again`);
      timer = setTimeout(start, wait);
    });
  };
  start();

  return {
    port: () => known?.port,
    openViewer() {
      const { port1, port2 } = new MessageChannelMain();
      if (child && isReady) child.postMessage({ type: 'viewer' }, [port1]);
      else port1.close();
      return port2;
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const life = child;
      if (!life) return;
      const gone = new Promise<void>((done) =>
        life.once('exit', () => {
          done();
        }),
      );
      life.kill();
      const kill = setTimeout(() => killOutright(life), GRACE_MS);
      await gone;
      clearTimeout(kill);
    },
  };
};
