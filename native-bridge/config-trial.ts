/**
 * Profiles for tests: written where nobody else writes, and what they are refused with.
 *
 * Owns: the folders. Guarantees: each profile has one of its own. Refuses: to be part of the product.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfile, ProfileError } from './config.ts';

/** Writes the files into a fresh folder and gives the path of the first. */
export function write(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return join(folder, Object.keys(files)[0] ?? '');
}
/** What a profile is refused with; throws when it is not. */
export function refusal(files: Readonly<Record<string, string>>): ProfileError {
  const path = write(files);
  try {
    loadProfile(path);
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
/** A profile with one feed that has these lines more. */
export const feed = (lines: string): Record<string, string> => ({
  'site.yaml': `id: mine\nextends: demo\nfeeds:\n  - source: fire-iot\n    events: tcp://127.0.0.1:7101\n    request: tcp://127.0.0.1:7102\n${lines}`,
});
