/**
 * `npm run keys`: makes CURVE pairs for a site, or shows the public half of the one there is.
 *
 * Owns: the command line. Guarantees: never prints a secret, never overwrites one. Refuses: odd names.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keyPair, secretFile } from './keys.ts';

const USAGE = `npm run keys -- [--data <dir>] [--name <name>]
  Makes the CURVE pair <dir>/keys/<name>.public and .secret (default: .data, console) unless it is there,
  and prints the public key. Give the public key to the other side; the secret stays in its file (mode 0600).`;

function main(): number {
  let values: { data: string; name: string; help: boolean };
  try {
    ({ values } = parseArgs({
      options: {
        data: { type: 'string', default: '.data' },
        name: { type: 'string', default: 'console' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (!/^[a-z][a-z0-9-]*$/.test(values.name)) {
    console.error(`--name: "${values.name}" is not lower-case letters, digits and hyphens; for instance "console"`);
    return 2;
  }
  const folder = resolve(values.data, 'keys');
  try {
    const { publicKey } = keyPair(folder, values.name);
    console.log(`${publicKey}\n${secretFile(folder, values.name)}`);
    return 0;
  } catch (error) {
    console.error(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
process.exitCode = main();
