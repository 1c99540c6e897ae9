/**
 * Keys: CURVE pairs as files that only their owner can read (F8).
 *
 * Owns: making and reading them. Guarantees: a secret is written once, with mode 0600, whole or not at all; it is
 * never printed or logged. Refuses: to overwrite a pair.
 */
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { curveKeyPair } from 'zeromq';

export interface CurvePair {
  publicKey: string;
  secretKey: string;
}
const Z85 = /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/;

export const publicFile = (folder: string, name: string): string => join(folder, `${name}.public`);
export const secretFile = (folder: string, name: string): string => join(folder, `${name}.secret`);

/** A secret key file: the key in Z85 and nothing else. Throws with the file's name when it is not. */
export function readKey(file: string): string {
  const key = readFileSync(file, 'utf8').trim();
  if (!Z85.test(key)) throw new Error(`${file}: is no CURVE key; a key is 40 characters of Z85`);
  return key;
}

/** Writes beside and links: two processes that start at once agree on one file. */
function writeOnce(file: string, text: string, mode: number): void {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, text, { mode });
  chmodSync(beside, mode);
  try {
    linkSync(beside, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** The pair of that name; made when there is none. */
export function keyPair(folder: string, name: string): CurvePair {
  const secretAt = secretFile(folder, name);
  if (!existsSync(secretAt)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = curveKeyPair();
    writeOnce(secretAt, `${made.secretKey}\n`, 0o600);
    // Only whoever's secret was kept writes the public half.
    if (readKey(secretAt) === made.secretKey) writeOnce(publicFile(folder, name), `${made.publicKey}\n`, 0o644);
  }
  return { secretKey: readKey(secretAt), publicKey: readKey(publicFile(folder, name)) };
}
