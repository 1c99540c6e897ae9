// The bridge as a utility process, and the ports of its viewers.
// Guarantees: a revived bridge keeps port and token; a viewer port asked for while the bridge is away is closed at once, so the
// page asks again. When it is revived: `launcher/lives.ts`.
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { GLIBC, NODE_FLAGS } from './launcher/bridge-memory.ts';
import { lives, type Life } from './launcher/lives.ts';

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

type BridgeLife = Life & Pick<UtilityProcess, 'postMessage'>;
const lifeOf = (child: UtilityProcess): BridgeLife => ({
  ...{ stdout: child.stdout, stderr: child.stderr },
  postMessage: (message, transfer) => {
    child.postMessage(message, transfer);
  },
  end: (signal) => {
    // What hangs hears no SIGTERM.
    if (signal === 'SIGTERM') child.kill();
    else if (child.pid !== undefined) process.kill(child.pid, signal);
  },
  onEnd: (hear) => {
    child.once('exit', (code) => {
      hear(code, '');
    });
  },
});

export const startBridge = (options: BridgeOptions): BridgeProcess => {
  let known: { port: number; token: string } | undefined;
  const begin = (): BridgeLife => {
    const args = ['--profile', options.profile, '--data', options.data, '--port', String(known?.port ?? options.port)];
    if (known) args.push('--token', known.token);
    return lifeOf(
      utilityProcess.fork(options.entry, args, {
        serviceName: 'fengsui-bridge',
        stdio: 'pipe',
        execArgv: [...NODE_FLAGS],
        // Not another allocator: Electron brings its own.
        env: { ...process.env, ...GLIBC },
      }),
    );
  };
  const bridge = lives({
    name: 'the bridge',
    begin,
    onLine: options.onLine,
    onReady: (ready) => {
      known = { port: Number(ready['port']), token: String(ready['token']) };
      options.onReady(ready);
    },
    onGone: (detail) => {
      options.onLine(`the bridge is gone (${detail}); it is started again`);
    },
  });
  bridge.ready.catch((error: unknown) => {
    options.onFatal(error instanceof Error ? error.message : String(error));
  });

  return {
    port: () => known?.port,
    openViewer() {
      const { port1, port2 } = new MessageChannelMain();
      const standing = bridge.standing();
      if (standing) standing.postMessage({ type: 'viewer' }, [port1]);
      else port1.close();
      return port2;
    },
    stop: bridge.stop,
  };
};
