// The Electron shell: lockdown first, then the bridge, then its windows. Knows nothing of what they say to each other.
// Guarantees: one instance; the display never sleeps; bridge and pages come back by themselves; a clean end stops all.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, Menu, net, powerSaveBlocker, protocol, session } from 'electron';
import { startBridge, type BridgeProcess } from './bridge-process.ts';
import { isOurSender, lockApp, lockSession } from './lockdown.ts';
import { windowsOf } from './placement.ts';
import { hearRequests, whenLive } from './requests.ts';
import { answerApp } from './serve-app.ts';
import { readShellOptions, type ShellOptions } from './shell-options.ts';
import { openWindows } from './windows.ts';
import { PORT_CHANNEL, SCHEME, WALL_LIVE } from './words.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** The bridge and its workers lie unpacked beside the archive: threads start from real files. */
const bridgeEntry = join(here, '../bridge/main.js').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** WebGL stays allowed after deaths of the GPU process; no name but loopback resolves. */
const SWITCHES: [name: string, value?: string][] = [
  ['disable-domain-blocking-for-3d-apis'],
  ['disable-gpu-process-crash-limit'],
  ['enable-unsafe-swiftshader'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
];

const options = (): ShellOptions | undefined => {
  const home = app.isPackaged ? process.resourcesPath : app.getAppPath();
  try {
    return readShellOptions(process.argv.slice(1), { home, userData: app.getPath('userData'), cwd: process.cwd() });
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    return undefined;
  }
};

const open = (asked: ShellOptions): BridgeProcess => {
  lockSession(session.defaultSession);
  Menu.setApplicationMenu(null);
  powerSaveBlocker.start('prevent-display-sleep');
  const windows = openWindows({
    preload: join(here, 'preload.cjs'),
    size: asked.size,
    note,
    quit: () => {
      app.quit();
    },
  });
  const bridge = startBridge({
    entry: bridgeEntry,
    ...asked,
    onReady: (ready) => {
      process.stdout.write(`${JSON.stringify(ready)}\n`);
      windows.arrange(windowsOf(ready));
    },
    onLine: note,
    onFatal: (message) => {
      note(message);
      app.exit(2);
    },
  });
  protocol.handle(SCHEME, (request) =>
    answerApp(
      { folder: join(here, '../renderer'), bridgePort: bridge.port, fetch: (url, init) => net.fetch(url, init) },
      request,
    ),
  );
  ipcMain.on(PORT_CHANNEL, (event) => {
    if (isOurSender(event.senderFrame)) event.sender.postMessage(PORT_CHANNEL, null, [bridge.openViewer()]);
  });
  app.on('second-instance', () => {
    windows.all()[0]?.focus();
  });
  hearRequests(process.stdin, windows.all, note);
  void whenLive(windows.all, () => process.stdout.write(`${WALL_LIVE}\n`));
  return bridge;
};

const main = async (): Promise<void> => {
  if (!app.requestSingleInstanceLock()) {
    note('Fengsui is already running here');
    app.exit(0);
    return;
  }
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
  lockApp(app);
  const asked = options();
  if (!asked) {
    app.exit(2);
    return;
  }
  await app.whenReady();
  const bridge = open(asked);
  let stopped = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void bridge.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      app.quit();
    });
};

void main();
