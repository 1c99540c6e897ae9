/**
 * The bridge as a process.
 *
 * Owns: start, ready line, signals, exit codes.
 * Guarantees: one ready line of JSON on standard output when everything stands; SIGTERM ends cleanly in less than two
 *   seconds with exit code 0; what is wrong with options or profile is one line and exit code 2.
 * Refuses: to die of one bad message: an error that nobody caught is logged, and survived unless it comes again and again.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from './base/clock.ts';
import { openLog } from './base/log.ts';
import { loadProfile, ProfileError } from './config.ts';
import { FolderInUse, holdFolder } from './journal/lock.ts';
import { OptionError, readOptions } from './options.ts';
import { openPipeline } from './pipeline.ts';
import { openLoopback } from './port/loopback.ts';
import { openMessagePorts, parentPort } from './port/message-port.ts';
import { createMetrics } from './port/metrics.ts';

/** From sources this file lies one folder below the root, from the bundle two. */
const root = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url));
const EXIT_MS = 1800;
const BAD_START = 2;
/** More errors than this in a minute that nobody caught: something is broken that does not mend itself. */
const MOST_UNCAUGHT = 20;

const versionOf = (): string => {
  const read: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '0.0.0';
};

const start = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  const profile = loadProfile(options.profile);
  const release = holdFolder(options.data);
  const log = openLog();
  let uncaught: number[] = [];
  let close = (): Promise<void> => Promise.resolve();
  const stop = (code: number): void => {
    setTimeout(() => process.exit(code), EXIT_MS).unref();
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ error: String(error) }, 'not closed cleanly');
        process.exit(code);
      },
    );
  };
  const survive = (error: unknown): void => {
    log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'nobody caught this');
    const now = Date.now();
    uncaught = [...uncaught.filter((at) => now - at < 60_000), now];
    if (uncaught.length > MOST_UNCAUGHT) stop(1);
  };
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(0));

  const city = join(root, 'dist/city');
  const version = versionOf();
  const drill = profile.drill || options.drillMark;
  const pipeline = await openPipeline({ profile, data: options.data, city, version, drill, clock: systemClock, log });
  close = pipeline.close;
  const { hub, relay, health, onApplied } = pipeline;
  const server = await openLoopback({
    port: options.port,
    token: options.token,
    folders: { page: join(root, 'dist/renderer'), site: profile.files, city },
    health,
    metrics: createMetrics({ health, port: hub.counts, video: () => ({ ...relay.counts() }), onApplied }),
    join: hub.join,
    log: log.room('port'),
  });
  close = async () => {
    await Promise.all([server.close(), pipeline.close()]);
    release();
  };
  const { port } = server;
  const url = `http://127.0.0.1:${port}/#token=${options.token}`;
  const ready = { ready: true, port, token: options.token, url, windows: profile.windows };
  const shell = parentPort();
  if (shell) {
    openMessagePorts(shell, hub.join);
    shell.postMessage(ready);
  }
  process.stdout.write(`${JSON.stringify(ready)}\n`);
};

start().catch((error: unknown) => {
  const known = error instanceof OptionError || error instanceof ProfileError || error instanceof FolderInUse;
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (known) process.stderr.write(`${error.message}\n`);
  else if (busy) process.stderr.write('command line: --port: is in use; give another one, or 0 for any free one\n');
  else process.stderr.write(`bridge: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(known || busy ? BAD_START : 1);
});
