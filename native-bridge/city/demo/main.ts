/**
 * `npm run site:demo`: writes the demonstration site into `resources/sites/demo`.
 * Guarantees: a second run changes nothing; it tells what it wrote and how large.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSite } from './generate.ts';

const folder = fileURLToPath(new URL('../../../resources/sites/demo/', import.meta.url));
mkdirSync(folder, { recursive: true });
let sum = 0;
for (const [name, body] of generateSite()) {
  const bytes = Buffer.from(body);
  writeFileSync(join(folder, name), bytes);
  sum += bytes.length;
  process.stdout.write(`${name.padEnd(18)} ${(bytes.length / 1024).toFixed(0).padStart(6)} KiB\n`);
}
process.stdout.write(`${'in all'.padEnd(18)} ${(sum / 1024).toFixed(0).padStart(6)} KiB\n`);
