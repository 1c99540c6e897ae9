// Brings a bare clone to where everything can run: npm packages and the Node that comes with them.
// Guarantees: plain JavaScript without dependencies, runs on the stock Node 20 of Debian; does nothing when nothing is
// missing (some ten milliseconds); never removes what is installed and right.
// Refuses: to go on with native modules that do not load.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';
import { step } from './progress.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** The Node that everything runs on; it is an npm package. */
export const node24 = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @typedef {{ packages?: Record<string, { version?: string; optional?: boolean; devOptional?: boolean }> }} Lock */

/** @param {string} path @returns {Lock | undefined} */
const readLock = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** @param {Lock} wanted @param {Lock} present */
export const lockSatisfied = (wanted, present) =>
  Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const there = present.packages?.[path];
    return there ? there.version === entry.version : entry.optional === true || entry.devOptional === true;
  });

const packagesPresent = () => {
  const wanted = readLock(join(root, 'package-lock.json'));
  const present = readLock(join(root, 'node_modules/.package-lock.json'));
  return wanted !== undefined && present !== undefined && lockSatisfied(wanted, present);
};

/** @param {string} what @param {string[]} args */
const npm = async (what, args) => {
  const result = await step(what, () =>
    run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root }),
  );
  if (result.code !== 0) {
    throw new Error(
      `${what} failed (npm ${args.join(' ')}):\n${result.output.trim().split('\n').slice(-8).join('\n')}`,
    );
  }
};

const NATIVES = `const D = require('better-sqlite3'); new D(':memory:').close(); require('zeromq');`;

const checkNatives = async () => {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = createHash('sha256').update(lock).update(process.platform).update(process.arch).digest('hex');
  const file = join(root, '.cache/natives');
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return;
  const result = await run(node24, ['-e', NATIVES], { cwd: root, timeoutMs: 30_000 });
  if (result.code !== 0) throw new Error(`a native module does not load on this machine:\n${result.output.trim()}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
};

/** npm packages and Node 24. Throws an `Error` whose message is for people. */
export const install = async () => {
  if (!packagesPresent()) await npm('installing npm packages', ['ci']);
  // .npmrc keeps install scripts off; `node` alone needs its own, which links the right binary.
  if (!existsSync(node24)) await npm('installing Node 24', ['rebuild', 'node', '--ignore-scripts=false']);
  await checkNatives();
};
