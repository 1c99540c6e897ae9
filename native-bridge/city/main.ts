/**
 * `npm run city -- build --site <folder> [--out <folder>] [--force]`: makes a city pack.
 * A folder with city.yaml is a district's own data: pack and site files come out. One with site.yaml alone holds site
 * files already: only the pack is made.
 * Guarantees: a line of progress a second for what takes longer than two; what is wrong is one line and exit 2.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { explain, loadProfile, ProfileError } from '../config.ts';
import type { Progress } from './build/pack.ts';
import { PackError } from './build/whole.ts';
import type { PackCard } from './card.ts';
import { PLAN_FILE, readPlan } from './import/plan.ts';
import { summary } from './import/tally.ts';
import { CityError } from './import/trouble.ts';
import { SiteError } from './site.ts';

const USAGE = 'city build --site <folder with city.yaml or site.yaml> [--out <folder>] [--force]';
const QUIET_MS = 2000;
const EVERY_MS = 1000;

/** What is the caller's to mend: told in one line. */
class UsageError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parsed(args);
  if (positionals[0] !== 'build' || positionals.length !== 1)
    throw new UsageError(`${positionals[0] ?? 'no command'}: ${USAGE}`);
  if (values.site === undefined) throw new UsageError(`--site is missing: ${USAGE}`);
  const folder = resolve(values.site);
  const force = values.force ?? false;
  const outOf = (pack: string): string =>
    resolve(values.out ?? fileURLToPath(new URL(`../../dist/city/${pack}`, import.meta.url)));
  const began = Date.now();

  if (existsSync(join(folder, PLAN_FILE)) || !existsSync(join(folder, 'site.yaml'))) {
    const plan = readPlan(folder, explain);
    const out = outOf(plan.id);
    // The geometry libraries take a second to load: not for a plan that is refused.
    const { buildDistrict } = await import('./import/district.ts');
    const { card, report, built } = await buildDistrict({ plan, out, force }, teller(plan.id, began));
    if (report !== undefined) process.stdout.write(`${summary(report)}\n`);
    tell(card, built, out, began);
    return;
  }
  const profile = loadProfile(join(folder, 'site.yaml'));
  const { pack: id, name, synthetic, files, provenance } = profile;
  const order = {
    id,
    name,
    synthetic,
    ...(provenance === undefined ? {} : { provenance }),
    files,
    out: outOf(id),
    force,
  };
  const { buildPack } = await import('./build/pack.ts');
  const { card, built } = await buildPack(order, teller(id, began).progress);
  tell(card, built, order.out, began);
}

function tell(card: PackCard, built: boolean, out: string, began: number): void {
  const { buildings, tiles, triangles, bytes } = card.counts;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `city ${card.id}: ${built ? `built in ${seconds} s` : 'unchanged'}, ${buildings} buildings, ${tiles} tiles, ${triangles} triangles, ${(bytes / 2 ** 20).toFixed(1)} MiB in ${out}\n`,
  );
}

function teller(id: string, began: number): { phase: (what: string) => void; progress: Progress } {
  let phase = 'buildings';
  let last = 0;
  const say = (line: string): void => {
    const now = Date.now();
    if (now - began < QUIET_MS || now - last < EVERY_MS) return;
    last = now;
    process.stderr.write(`city ${id}: ${line}\n`);
  };
  return {
    phase: (what) => {
      phase = what;
      say(what);
    },
    progress: (done, of) => say(`${phase}, ${done} of ${of}`),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { site: { type: 'string' }, out: { type: 'string' }, force: { type: 'boolean' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? `${error.message.split('\n')[0]}: ${USAGE}` : USAGE);
  }
}

const MENDABLE = [UsageError, ProfileError, SiteError, CityError, PackError];
try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error) || !MENDABLE.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
