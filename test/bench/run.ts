// `npm run bench [-- NAME…] [--json] [--minutes N]`: runs the benchmarks of this folder one after the other.
// Owns: discovery, choice by name, printing. A bench is a `*.bench.ts` here that exports `name` and `run`.
// Guarantees: with --json one line a result and nothing else on stdout; exit code 1 when a bench failed or none matched.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isBench, median, type Bench, type Result } from './result.ts';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '1' },
  },
});

const load = async (file: string): Promise<Bench> => {
  const module: unknown = await import(pathToFileURL(join(import.meta.dirname, file)).href);
  if (!isBench(module)) throw new Error(`${file}: must export name: string and run(): Promise<Result[]>`);
  return module;
};

/** `ingest` chooses `ingest.batched` and `ingest.single`; a whole name chooses itself. */
const wanted = (name: string): boolean =>
  positionals.length === 0 ||
  positionals.some((asked) => name === asked || name.startsWith(`${asked}.`) || asked.startsWith(`${name}.`));

const shown = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

const table = (results: readonly Result[]): void => {
  const rows = results.map((r) => [
    r.name,
    `${shown(r.value)} ${r.unit}`,
    r.against,
    `${shown(r.againstValue)} ${r.unit}`,
    `× ${shown(r.ratio)}`,
    `${String(r.runs.length)} runs ${shown(Math.min(...r.runs))} … ${shown(Math.max(...r.runs))}`,
  ]);
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), []);
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
};

const files = globSync('*.bench.ts', { cwd: import.meta.dirname }).sort();
const benches = (await Promise.all(files.map(load))).filter((bench) => wanted(bench.name));
if (values.list) {
  for (const bench of benches) console.log(bench.name);
  process.exit(0);
}
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes: "${values.minutes}"; would be right: a number above 0`);
  process.exit(2);
}
let failed = benches.length === 0;
if (failed) console.error(`no benchmark matches ${positionals.join(', ')}`);
for (const bench of benches) {
  try {
    const results = await bench.run({ minutes });
    for (const result of results)
      if (result.runs.length > 0 && !Number.isFinite(median(result.runs))) throw new Error('a run is not a number');
    if (values.json) for (const result of results) console.log(JSON.stringify(result));
    else table(results);
  } catch (error) {
    failed = true;
    console.error(`${bench.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
process.exit(failed ? 1 : 0);
