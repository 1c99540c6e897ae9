// Knows whether a build is still the build of these sources.
// Guarantees: judged by content, not by time; a build that did not finish has no stamp.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tests and prose do not change what is built. */
const NOT_BUILT = /\.(test\.tsx?|bench\.ts|md)$/;

/** One hash over the names and contents of the files below `folders` (and of single `files`), relative to `root`. */
export const contentHash = (root: string, folders: readonly string[], files: readonly string[]): string => {
  const hash = createHash('sha256');
  const found = globSync(
    folders.map((folder) => `${folder}/**/*.*`),
    { cwd: root, withFileTypes: true },
  )
    .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of [...found, ...files.map((file) => join(root, file))]) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
};

/** Runs `build` unless the stamp beside `output` says that this very content was built before. */
export const whenChanged = async (stampFile: string, hash: string, build: () => Promise<void>): Promise<boolean> => {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return false;
  rmSync(stampFile, { force: true });
  await build();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
  return true;
};
