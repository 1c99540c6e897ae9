// Debian packages that the product or its tests need and npm does not carry.
// Guarantees: installs by itself only as root on a machine with apt-get; otherwise throws one line to copy.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';
import { step } from './progress.mjs';

/** @param {string} name @returns {string | undefined} the full path of a command on PATH */
export const onPath = (name) => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not in this folder
    }
  }
  return undefined;
};

/** What can show the wall without Electron, best first. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** @returns {string | undefined} */
export const findBrowser = () => {
  for (const name of BROWSERS) {
    const found = onPath(name);
    if (found) return found;
  }
  return undefined;
};

/** The packages cannot be had here; `message` is one line for people, with the command to copy. */
export class PackagesMissing extends Error {}

/**
 * @param {string[]} packages Debian package names
 * @param {string} why what they are for, as the end of a sentence
 */
export const installPackages = async (packages, why) => {
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !onPath('apt-get')) {
    throw new PackagesMissing(`${packages.join(', ')} missing (${why}). Install: sudo sh -c '${line}'`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await step(`installing ${packages.join(', ')} (${why})`, async () => {
    const update = await run('apt-get', ['-q', 'update'], { env });
    const install = await run('apt-get', ['-q', 'install', '-y', '--no-install-recommends', ...packages], { env });
    return install.code === 0 ? install : { code: install.code, output: update.output + install.output };
  });
  if (result.code !== 0) {
    throw new PackagesMissing(
      `${packages.join(', ')} could not be installed (${why}); try: ${line}\n${tail(result.output)}`,
    );
  }
};

/** @param {string} text */
const tail = (text) => text.trim().split('\n').slice(-5).join('\n');
