/**
 * One bridge per data folder: two writers would be two truths.
 *
 * Owns: `bridge.lock` in the data folder. Guarantees: taken by one process at a time; the system gives it back when that
 *   process dies in whatever way, so that nothing stale can stand in the way (J10).
 * Refuses: to stop a bridge whose folder cannot be written: it records nothing there that could be spoilt.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A bridge that was told to end has this long to do so before its successor gives up. */
const PATIENCE_MS = 1500;

/** `message` is the one line to print; callers exit 2. */
export class FolderInUse extends Error {
  constructor(folder: string, holder: string) {
    super(
      `command line: --data: "${folder}" is in use by another bridge${holder}; stop that one, or give another folder`,
    );
    this.name = 'FolderInUse';
  }
}
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The number of the process that holds it, for people; the lock itself is the file system's. */
const holderOf = (file: string): string => {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? ` (process ${String(pid)})` : '';
  } catch {
    return '';
  }
};

function take(file: string): Database.Database {
  const db = new Database(file, { timeout: PATIENCE_MS });
  try {
    // Nothing is ever written: the open transaction is the lock.
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Takes the folder for this process, making it when needed. @returns gives it back.
 * @throws {FolderInUse}
 */
export function holdFolder(folder: string): () => void {
  const file = join(folder, 'bridge.lock');
  const pid = join(folder, 'bridge.pid');
  const attempt = (): Database.Database | null => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return take(file);
    } catch (error) {
      if (codeOf(error).startsWith('SQLITE_BUSY')) throw new FolderInUse(folder, holderOf(pid));
      if (codeOf(error) !== 'SQLITE_NOTADB') return null;
      rmSync(file, { force: true });
      return take(file);
    }
  };
  const lock = attempt();
  if (lock === null) return () => undefined;
  try {
    writeFileSync(pid, String(process.pid));
  } catch {
    // A full disk: the lock holds without the number.
  }
  return () => {
    rmSync(pid, { force: true });
    lock.close();
  };
}
