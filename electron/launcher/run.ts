// The launcher's story on one screen: read the options, build, start drill and bridge, open the wall, watch, stop.
// Guarantees: stops everything it started, in order, on SIGINT, SIGTERM, the end of its parent or `--exit-after`.
// Exit codes: 0 stopped as asked, 1 something failed, 2 asked wrongly.
import { join } from 'node:path';
import { buildAll, root } from './build.ts';
import { chooseShell, type Choice } from './choose-shell.ts';
import { lockFolder } from './lock.ts';
import { DEFAULT_SIZE, parseOptions, type Options } from './options.ts';
import { Problem } from './problem.ts';
import { startBridge, startDrill, type Served, type ServiceOptions } from './services.ts';
import { openBrowser } from './shell-browser.ts';
import { openElectron } from './shell-electron.ts';
import type { Shell } from './shell.ts';
import { takeSnapshot } from './snapshot.ts';
import { step } from './progress.mjs';
import { announceLive, watch } from './watch.ts';

const say = (text: string): void => {
  console.log(`fengsui: ${text}`);
};
/** What to undo, newest first. */
const undo: (() => Promise<void> | void)[] = [];

interface Ended {
  readonly code: number;
  readonly message?: string;
}
const end = Promise.withResolvers<Ended>();
const fatal = (error: unknown): void => {
  if (error instanceof Problem) end.resolve({ code: error.exitCode, message: error.message });
  else end.resolve({ code: 1, message: error instanceof Error ? error.message : String(error) });
};

const listen = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end.resolve({ code: 0, message: 'stopping' });
    });
  }
  // npm killed outright would leave this process behind.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  setInterval(() => {
    if (process.ppid !== parent) end.resolve({ code: 0 });
  }, 1000).unref();
};

interface Opened {
  readonly shell?: Shell;
  readonly served: Served;
}

const drillFor = async (services: ServiceOptions): Promise<string> => {
  const drill = await step('starting the drill', () => startDrill(services));
  undo.push(() => drill.kept?.stop());
  return drill.profile;
};

/** Electron starts the bridge itself. */
const inElectron = async (binary: string, options: Options, services: ServiceOptions): Promise<Opened> => {
  const { data, port, size } = options;
  const ready = Promise.withResolvers<Served>();
  const shell = openElectron({
    binary,
    app: root,
    args: [
      ...['--profile', await drillFor(services), '--data', data, '--port', String(port)],
      ...(size ? ['--size', `${String(size.width)}x${String(size.height)}`] : []),
    ],
    log: join(data, 'log/electron.log'),
    onReady: (line) => {
      ready.resolve({ port: Number(line['port']), token: String(line['token']), url: String(line['url']) });
    },
    onNote: say,
  });
  undo.push(() => shell.stop());
  shell.closed.catch(ready.reject);
  return { shell, served: await ready.promise };
};

const bridgeFor = async (services: ServiceOptions): Promise<Served> => {
  const profile = await drillFor(services);
  const bridge = await step('starting the bridge', () => startBridge(services, profile));
  undo.push(() => bridge.kept.stop());
  return bridge.served;
};

const openShell = async (choice: Choice, options: Options, services: ServiceOptions): Promise<Opened> => {
  if (choice.kind === 'electron') return inElectron(choice.binary, options, services);
  const served = bridgeFor(services);
  if (choice.kind === 'none') return { served: await served };
  // A bridge that cannot start is told once, through `served`.
  const url = served.then((known) => known.url);
  url.catch(() => undefined);
  // The browser starts while the services do.
  const shell = openBrowser({
    executable: choice.executable,
    headless: choice.headless,
    url,
    size: options.size ?? DEFAULT_SIZE,
    userData: join(options.data, 'browser'),
    onNote: say,
  });
  undo.push(() => shell.stop());
  shell.closed.catch(() => undefined);
  return { shell, served: await served };
};

const main = async (): Promise<void> => {
  const home = process.env['INIT_CWD'] ?? process.cwd();
  const options = parseOptions(process.argv.slice(2), home, root);
  if ('usage' in options) {
    console.log(options.usage);
    end.resolve({ code: 0 });
    return;
  }
  undo.push(lockFolder(options.data));
  const choice = await chooseShell(options.shell, root);
  await buildAll();
  const started = Date.now();
  const exitAt = options.exitAfterMs === undefined ? undefined : started + options.exitAfterMs;
  const services: ServiceOptions = {
    root,
    profile: options.profile,
    data: options.data,
    port: options.port,
    drill: options.drill,
    onNote: say,
  };
  const { shell, served } = await openShell(choice, options, services);
  say(`${shell?.name ?? 'no window'}, ${served.url}`);
  undo.push(watch(served.port, shell, say), announceLive(shell, say));
  shell?.closed.then(() => {
    end.resolve({ code: 0, message: 'the wall was closed' });
  }, fatal);
  const picture = takeSnapshot(shell, options.snapshot, exitAt, say);
  if (exitAt !== undefined) {
    setTimeout(
      () =>
        void picture.then((good) => {
          end.resolve({ code: good ? 0 : 1 });
        }),
      exitAt - Date.now(),
    );
  }
};

listen();
main().catch(fatal);
const { code, message } = await end.promise;
if (message !== undefined) (code === 0 ? console.log : console.error)(`fengsui: ${message}`);
for (const act of undo.reverse()) await act();
process.exit(code);
