/**
 * Owns: the platform's CURVE pair in a folder.
 * Guarantees: made when absent, the same ever after; the secret is readable by its owner only.
 * Refuses: a key file that does not hold 40 characters of Z85.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { curveKeyPair } from 'zeromq';
import { Z85_KEY } from '../contract/site.ts';

export interface KeyPair {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** `<dir>/<name>.public` and `<dir>/<name>.secret`, Z85 text. */
export function keysIn(dir: string, name: string): KeyPair {
  const publicFile = join(dir, `${name}.public`);
  const secretFile = join(dir, `${name}.secret`);
  if (existsSync(publicFile) && existsSync(secretFile)) {
    chmodSync(secretFile, 0o600);
    return { publicKey: readKey(publicFile), secretKey: readKey(secretFile) };
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const pair = curveKeyPair();
  writeFileSync(secretFile, `${pair.secretKey}\n`, { mode: 0o600 });
  writeFileSync(publicFile, `${pair.publicKey}\n`);
  return pair;
}

function readKey(file: string): string {
  const key = readFileSync(file, 'utf8').trim();
  if (!new RegExp(Z85_KEY).test(key))
    throw new Error(`${file}: not a CURVE key; remove both key files and they are made anew`);
  return key;
}
