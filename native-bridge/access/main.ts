/**
 * `npm run people`: who may act at this console.
 *
 * Owns: the command line. Guarantees: a PIN is typed unseen or comes from standard input, never from the command line, where
 * every user of the machine could read it. Refuses: to show a PIN or its hash.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { ROLES } from '../contract/access.ts';
import { PeopleError, readPeople, removePerson, setPerson } from './people.ts';

const USAGE = `npm run people -- list | set --name <name> --role <${ROLES.join('|')}> [--os-user <user>] | remove --name <name>
  [--data <dir>] (default .data). set asks for a PIN of 6 to 12 digits (or reads one line of standard input);
  with --os-user no PIN is asked: whoever runs the console as that user is signed in. A running console follows at once.`;

/** One line, not echoed to a terminal. */
const askPin = (): Promise<string> =>
  new Promise((done) => {
    const terminal = process.stdin.isTTY;
    if (terminal) process.stderr.write('PIN: ');
    const silent = new Writable({ write: (_chunk, _encoding, next) => next() });
    const line = createInterface({ input: process.stdin, output: silent, terminal });
    let told = false;
    const tell = (text: string): void => {
      if (told) return;
      told = true;
      line.close();
      if (terminal) process.stderr.write('\n');
      done(text.trim());
    };
    line.once('line', tell);
    line.once('close', () => tell(''));
  });

const wrong = (text: string): number => {
  console.error(`${text}\n${USAGE}`);
  return 2;
};
const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: '.data' },
      name: { type: 'string' },
      role: { type: 'string' },
      'os-user': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [what] = positionals;
  if (values.help || what === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const data = resolve(values.data);
  if (what === 'list') {
    for (const { name, role, pin, osUser } of readPeople(data))
      console.log([name, role, pin ? 'PIN' : '', osUser === undefined ? '' : `user ${osUser}`].join('\t'));
    return 0;
  }
  const { name } = values;
  if (name === undefined) return wrong('--name: is missing');
  if (what === 'remove') {
    if (removePerson(data, name)) return 0;
    console.error(`--name: there is no "${name}"; npm run people -- list shows who there is`);
    return 2;
  }
  if (what !== 'set') return wrong(`"${what}" is not list, set or remove`);
  const role = ROLES.find((one) => one === values.role);
  if (role === undefined) return wrong(`--role: "${values.role ?? ''}" is not one of ${ROLES.join(', ')}`);
  mkdirSync(data, { recursive: true });
  const osUser = values['os-user'];
  await setPerson(data, { name, role, ...(osUser === undefined ? { pin: await askPin() } : { osUser }) });
  return 0;
};

process.exitCode = await run().catch((error: unknown) => {
  const known = error instanceof PeopleError || error instanceof TypeError;
  console.error(known ? error.message : String(error));
  return known ? 2 : 1;
});
