/**
 * The people of a console and their PINs: `<data>/people.json`.
 *
 * Owns: that file. Guarantees: X1 a PIN is kept as a salted scrypt hash in a file of mode 0600 and compared in constant
 *   time; X2 a file that cannot be read or is not right lets nobody in, and says so.
 * Refuses: a PIN shorter than six digits, a name twice.
 */
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type Role } from '../contract/access.ts';

/** About 100 ms and 32 MB a try: slow to guess, quick enough to type. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;
const BYTES = 32;
const PIN = /^\d{6,12}$/;

export interface Person {
  id: string;
  name: string;
  role: Role;
  pin?: { salt: string; hash: string; N: number; r: number; p: number };
  /** Signed in without a PIN when the console runs as this user of the operating system. */
  osUser?: string;
}
/** `message` says what to mend. */
export class PeopleError extends Error {}

export const fileOf = (data: string): string => join(data, 'people.json');

const isText = (value: unknown, most = 64): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;
const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isPin = (pin: unknown): boolean =>
  isMap(pin) &&
  isText(pin['salt'], 256) &&
  isText(pin['hash'], 256) &&
  [pin['N'], pin['r'], pin['p']].every((one) => Number.isSafeInteger(one));
const isPerson = (value: unknown): value is Person =>
  isMap(value) &&
  isText(value['id']) &&
  isText(value['name']) &&
  ROLES.some((role) => role === value['role']) &&
  (value['pin'] === undefined || isPin(value['pin'])) &&
  (value['osUser'] === undefined || isText(value['osUser']));

/** No file: no people. @throws {PeopleError} */
export const readPeople = (data: string): Person[] => {
  const file = fileOf(data);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new PeopleError(`${file}: cannot be read; make it readable to the console's user`);
  }
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new PeopleError(`${file}: is not JSON; set the people anew with npm run people`);
  }
  if (!Array.isArray(read) || !read.every(isPerson))
    throw new PeopleError(`${file}: is not a list of people; set them anew with npm run people`);
  return read;
};
const writePeople = (data: string, people: readonly Person[]): void => {
  const file = fileOf(data);
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(people, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
};

const hashed = (pin: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> =>
  new Promise((done, failed) => {
    scrypt(pin, salt, BYTES, cost, (error, key) => (error ? failed(error) : done(key)));
  });

/** Adds a person or changes one of that name. @throws {PeopleError} */
export const setPerson = async (
  data: string,
  wanted: { name: string; role: Role; pin?: string; osUser?: string },
): Promise<Person> => {
  const { name, role, pin, osUser } = wanted;
  if (!isText(name)) throw new PeopleError('--name: 1 to 64 characters');
  if (pin === undefined && osUser === undefined) throw new PeopleError('give a PIN, or --os-user');
  if (pin !== undefined && !PIN.test(pin)) throw new PeopleError('a PIN is 6 to 12 digits');
  const people = readPeople(data);
  const known = people.find((one) => one.name === name);
  const salt = randomBytes(16);
  const person: Person = {
    id: known?.id ?? `p-${randomBytes(4).toString('hex')}`,
    ...{ name, role },
    ...(pin === undefined
      ? {}
      : {
          pin: {
            salt: salt.toString('base64'),
            hash: (await hashed(pin, salt, COST)).toString('base64'),
            ...{ N: COST.N, r: COST.r, p: COST.p },
          },
        }),
    ...(osUser === undefined ? {} : { osUser }),
  };
  writePeople(data, [...people.filter((one) => one !== known), person]);
  return person;
};
/** Answers whether there was one of that name. @throws {PeopleError} */
export const removePerson = (data: string, name: string): boolean => {
  const people = readPeople(data);
  const left = people.filter((one) => one.name !== name);
  if (left.length === people.length) return false;
  writePeople(data, left);
  return true;
};

export const pinFits = async ({ pin }: Person, typed: string): Promise<boolean> => {
  if (!pin) return false;
  const { salt, hash, N, r, p } = pin;
  const key = await hashed(typed, Buffer.from(salt, 'base64'), { N, r, p, maxmem: COST.maxmem });
  const kept = Buffer.from(hash, 'base64');
  return kept.length === key.length && timingSafeEqual(kept, key);
};

/** Changes with every change of the file; 0 without one. */
export const stampOf = (data: string): number => {
  try {
    const { mtimeMs, size, ino } = statSync(fileOf(data));
    return mtimeMs + size / 1e4 + ino / 1e9;
  } catch {
    return 0;
  }
};
