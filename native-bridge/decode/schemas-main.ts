/**
 * `npm run contract`: writes the JSON Schemas of the contract into `resources/contract/`.
 * Guarantees: schema files that the contract no longer has are removed; nothing else there is touched.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCHEMA_END, schemaFiles } from './schemas.ts';

const folder = fileURLToPath(new URL('../../resources/contract/', import.meta.url));
const files = schemaFiles();
for (const name of readdirSync(folder)) {
  if (name.endsWith(SCHEMA_END) && !files.has(name)) rmSync(join(folder, name));
}
for (const [name, text] of files) writeFileSync(join(folder, name), text);
console.log(`${String(files.size)} schemas written to resources/contract`);
