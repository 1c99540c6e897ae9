/**
 * `npm run city -- build --site <folder> [--out <folder>] [--force]`: makes the city pack of a site.
 * Guarantees: one line of progress at a time; a bad option or profile is one line and exit 2.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadProfile, ProfileError } from '../config.ts';
import { buildPack } from './build/pack.ts';
import { SiteError } from './site.ts';

const USAGE = 'city build --site <folder with site.yaml> [--out <folder>] [--force]';

/** What is the caller's to mend: told in one line. */
class UsageError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parsed(args);
  if (positionals[0] !== 'build' || positionals.length !== 1)
    throw new UsageError(`${positionals[0] ?? 'no command'}: ${USAGE}`);
  if (values.site === undefined) throw new UsageError(`--site is missing: ${USAGE}`);
  const profile = loadProfile(join(resolve(values.site), 'site.yaml'));
  const out = resolve(values.out ?? fileURLToPath(new URL(`../../dist/city/${profile.pack}`, import.meta.url)));
  let told = Date.now();
  const { card, built } = await buildPack(
    {
      id: profile.pack,
      name: profile.name,
      synthetic: profile.synthetic,
      ...(profile.provenance === undefined ? {} : { provenance: profile.provenance }),
      files: profile.files,
      out,
      force: values.force ?? false,
    },
    (done, of) => {
      if (Date.now() - told < 1000) return;
      told = Date.now();
      process.stderr.write(`city ${profile.pack}: ${done} of ${of} buildings\n`);
    },
  );
  const { buildings, tiles, triangles, bytes } = card.counts;
  process.stdout.write(
    `city ${card.id}: ${built ? 'built' : 'unchanged'}, ${buildings} buildings, ${tiles} tiles, ${triangles} triangles, ${(bytes / 2 ** 20).toFixed(1)} MiB in ${out}\n`,
  );
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

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ProfileError || error instanceof SiteError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
