/**
 * Owns: the drill's process: from options to a district on sockets, and out again.
 * Guarantees: one line `{"ready":true,…}` on stdout once consoles can connect and the profile is written; SIGTERM and
 *   SIGINT end it cleanly within two seconds.
 * Refuses: to start half: what is wrong with options, scenario or site is one line on stderr, exit code 2.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { castScenario } from './casting.ts';
import { OptionError, readOptions } from './options.ts';
import { keysIn } from '../platform/keys.ts';
import { startPlatform } from '../platform/platform.ts';
import { Outbox } from './outbox.ts';
import { writeProfile } from './profile-out.ts';
import { readScenario, ScenarioError } from './scenario.ts';
import { District } from './sim/district.ts';
import { readSite, SiteError } from './site.ts';

/** Frames are due every 67 ms; half of that keeps them even. */
const TICK_MS = 33;
/** Ordinary events wait so long for company. */
const BATCH_MS = 66;

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const scenario = readScenario(options.scenario);
  const site = readSite(options.site);
  const casting = castScenario(scenario, site, options.clips);
  mkdirSync(join(options.data, 'drill'), { recursive: true });

  // A console that waited for this drill may subscribe before the district stands.
  const early: [string, boolean][] = [];
  let subscription = (prefix: string, wanted: boolean): void => void early.push([prefix, wanted]);

  // The doors are bound first, so that their addresses are known; the profile that leads to them comes last.
  const platform = await startPlatform({
    sources: options.sources,
    basePort: options.basePort,
    curve: keysIn(join(options.data, 'keys'), 'drill'),
    ordersFile: join(options.data, 'drill', 'orders.ndjson'),
    onCommand: (_source, order) => district.order(order),
    onSubscription: (source, prefix, wanted) => {
      if (source === 'video') subscription(prefix, wanted);
    },
    onKeyframe: (cameraId) => district.keyframe(cameraId),
  });
  const outbox = new Outbox(platform, options.sources);
  const district = new District({
    site,
    scenario,
    casting,
    seed: options.seed ?? scenario.seed,
    speed: options.speed,
    start: Date.now(),
    startAt: options.startAt * 60,
    emit: (stream, event, now) => outbox.put(stream, event, now),
    frame: (header, unit) => platform.video(header, unit),
  });
  subscription = (prefix, wanted) => district.subscription(prefix, wanted);
  for (const [prefix, wanted] of early) subscription(prefix, wanted);
  district.open();
  outbox.open();

  let flushed = 0;
  const ticking = setInterval(() => {
    const wall = Date.now();
    district.advance(wall);
    outbox.flushUrgent();
    if (wall - flushed < BATCH_MS) return;
    flushed = wall;
    outbox.flush();
  }, TICK_MS);
  const stop = async (): Promise<void> => {
    clearInterval(ticking);
    await platform.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  writeProfile(options.profileOut, options.site, platform.endpoints);
  process.stdout.write(`${JSON.stringify({ ready: true, profile: options.profileOut })}\n`);
}

run().catch((error: unknown) => {
  const isUsers = error instanceof OptionError || error instanceof ScenarioError || error instanceof SiteError;
  const text = error instanceof Error ? (isUsers ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(isUsers ? 2 : 1);
});
