// One console per data folder: two journals in one file would be two truths.
// Guarantees: the lock of a dead launcher is taken over; the lock tells others where the console serves.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from './problem.ts';

const isLauncher = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('launcher');
  } catch {
    return process.platform !== 'linux';
  }
};

/** Step by step: the recursive option never returns where a file system refuses new folders (`/proc`). */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
};

/** Takes the folder, making it when needed. @returns gives it back */
export const lockFolder = (folder: string): (() => void) => {
  const file = join(folder, 'launcher.pid');
  try {
    makeFolder(folder);
  } catch {
    throw new Problem(`option --data: "${folder}" cannot be made; give a folder that this user may write`);
  }
  const take = (): void => {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  };
  try {
    take();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EEXIST') throw new Problem(`option --data: "${folder}" cannot be written; give another folder`);
    const pid = Number(readFileSync(file, 'utf8'));
    if (isLauncher(pid)) {
      throw new Problem(
        `option --data: "${folder}" is in use by process ${String(pid)}; stop that one or give another folder`,
      );
    }
    rmSync(file, { force: true });
    take();
  }
  return () => {
    rmSync(file, { force: true });
  };
};
