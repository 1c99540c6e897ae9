/**
 * The video gateway as a process: `npm run gateway -- --config cameras.yaml --data D`.
 *
 * Owns: start, ready line, signals, exit codes.
 * Guarantees: one line `{"ready":true,…}` on standard output once consoles can connect and the profile that leads them
 *   here is written; SIGTERM and SIGINT end it and every ffmpeg of it within two seconds, exit code 0.
 * Refuses: to start half: a wrong option or camera list, a missing ffmpeg, a port in use is one line and exit code 2.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { systemClock } from '../base/clock.ts';
import { openLog } from '../base/log.ts';
import { cameraId } from '../contract/brand.ts';
import type { ProfileSource } from '../contract/site.ts';
import { cameraOf, VARIANTS, variantOf, type Variant } from '../contract/video-takes.ts';
import { keysIn } from '../platform/keys.ts';
import type { PlatformEndpoint } from '../platform/platform.ts';
import { ConfigError, loadConfig } from './config.ts';
import { openGateway, streamIds } from './gateway.ts';
import { OptionError, readOptions } from './options.ts';

const EXIT_MS = 1800;
const BAD_START = 2;

class ToolMissing extends Error {}

async function needTools(): Promise<void> {
  for (const tool of ['ffmpeg', 'ffprobe']) {
    try {
      await promisify(execFile)(tool, ['-version'], { timeout: 10_000 });
    } catch {
      throw new ToolMissing(
        `${tool}: cannot be run; install ffmpeg (Debian: apt-get install ffmpeg) and have it on the PATH`,
      );
    }
  }
}

/** Written whole or not at all. `extends: demo` takes the site from the demonstration; name your own instead. */
function writeProfile(file: string, { events, request, serverKey }: PlatformEndpoint, variants: Variant[]): void {
  const feed = {
    ...{ source: 'video', events, request },
    ...(serverKey === undefined ? {} : { serverKey }),
    ...(variants.length === 0 ? {} : { variants }),
  };
  const profile: ProfileSource = { id: 'gateway', extends: 'demo', feeds: [feed] };
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `# Written by the video gateway at each start.\n${stringify(profile)}`, { mode: 0o600 });
  renameSync(draft, file);
}

/** Those that every camera has: a console asks for them by name. */
function variantsOf(streams: readonly string[]): Variant[] {
  const all = new Set(streams);
  const own = streams.filter((id) => cameraOf(cameraId(id)) === id);
  return VARIANTS.filter((variant) => own.every((id) => all.has(variantOf(cameraId(id), variant))));
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const config = loadConfig(options.config);
  await needTools();
  const log = openLog().room('gateway');
  const curve = keysIn(join(options.data, 'keys'), 'gateway');
  const gateway = await openGateway({ config, curve, clock: systemClock, log });
  const stop = (): void => {
    setTimeout(() => process.exit(0), EXIT_MS).unref();
    void gateway.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const cameras = config.cameras.flatMap(streamIds);
  writeProfile(options.profileOut, gateway.endpoint, variantsOf(cameras));
  process.stdout.write(
    `${JSON.stringify({ ready: true, profile: options.profileOut, ...gateway.endpoint, cameras })}\n`,
  );
}

run().catch((error: unknown) => {
  const isUsers = error instanceof OptionError || error instanceof ConfigError || error instanceof ToolMissing;
  const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isUsers) process.stderr.write(`${error.message}\n`);
  else if (isBusy) process.stderr.write('listen: the port is in use; give other ones, or 0 for any free one\n');
  else process.stderr.write(`gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(isUsers || isBusy ? BAD_START : 1);
});
