/**
 * A folder that appears whole or not at all.
 * Guarantees: what is there stays until its successor is complete; a failure leaves nothing half-made.
 * Refuses: to replace a folder that is no pack.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What the caller must mend; one line. */
export class PackError extends Error {}

/** @throws {PackError} when `out` holds something that is not ours to delete. */
export function checkFree(out: string): void {
  if (!existsSync(out)) return;
  const ours = statSync(out).isDirectory() && (existsSync(join(out, 'pack.json')) || readdirSync(out).length === 0);
  if (!ours)
    throw new PackError(`${out}: is there and is no city pack; give --out a folder that is new, empty or a pack`);
}

export async function writeWhole<T>(out: string, fill: (folder: string) => Promise<T>): Promise<T> {
  checkFree(out);
  const fresh = join(dirname(out), `.${basename(out)}.${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const result = await fill(fresh);
    rmSync(out, { recursive: true, force: true });
    renameSync(fresh, out);
    return result;
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}
