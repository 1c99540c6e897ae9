/**
 * Trouble with the disk, put into the words of the recording mark.
 *
 * Owns: which error means what, and setting a damaged file aside. Guarantees: an unknown error still has a reason.
 * Refuses: to repair; `npm run journal -- repair` does.
 */
import { accessSync, constants, existsSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';

export type Trouble = 'disk-full' | 'read-only' | 'corrupt' | 'busy' | 'too-new' | 'unavailable';

export function troubleOf(error: unknown): Trouble {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return 'read-only';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'corrupt';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  if (error instanceof Error && error.message.startsWith('journal of version')) return 'too-new';
  // SQLITE_IOERR_*, SQLITE_CANTOPEN, ENOENT, EIO … : the disk does not answer as a disk should.
  return 'unavailable';
}

/** The same while a file is opened: SQLite says only "cannot open" where its folder takes no file, the folder says why. */
export function troubleOpening(error: unknown, file: string): Trouble {
  const trouble = troubleOf(error);
  if (trouble !== 'unavailable') return trouble;
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (refused) {
    return troubleOf(refused);
  }
  return trouble;
}

/** Renames the file and what belongs to it; answers the new name without its folder. */
export function setAside(file: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
  let aside = `${file}.corrupt-${stamp}`;
  for (let turn = 2; existsSync(aside); turn++) aside = `${file}.corrupt-${stamp}-${turn}`;
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  return basename(aside);
}
