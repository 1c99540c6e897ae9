/**
 * What is other in the profile than at the last start: a handover names it.
 *
 * Owns: `<data>/settings-seen.json`, the profile as it was last read, field by field.
 * Guarantees: each changed field once, with what it was and what it is; at the first start nothing is a change; a file that
 *   cannot be read or written costs the list, never the start. Refuses: the addresses of a drill, which are new at every start.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceiveTime } from './contract/brand.ts';
import type { SettingRecord } from './contract/duty-records.ts';
import type { Profile } from './contract/site.ts';

type Fields = Record<string, string>;
/** Longer values are told by their beginning. */
const MOST = 120;
/** Where the profile lies and what it is made of is no setting. */
const NOT_SETTINGS: readonly string[] = ['origin', 'files'];

/** Lists of things with an id are told by that id, so that one more in front moves no other. */
const flatten = (value: unknown, at: string, into: Fields): Fields => {
  if (typeof value !== 'object' || value === null) into[at] = String(value).slice(0, MOST);
  else if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    into[at] = value.join(', ').slice(0, MOST);
  else
    for (const [key, one] of Object.entries(value)) {
      const named =
        typeof one === 'object' && one !== null && 'id' in one && Array.isArray(value) ? String(one.id) : key;
      flatten(one, at === '' ? named : `${at}.${named}`, into);
    }
  return into;
};
export const fieldsOf = (profile: Profile): Fields => {
  const skipped = profile.drill ? [...NOT_SETTINGS, 'feeds'] : NOT_SETTINGS;
  return flatten(Object.fromEntries(Object.entries(profile).filter(([key]) => !skipped.includes(key))), '', {});
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');

/** Reads what was seen last and keeps what is seen now. */
export const settingsChanged = (
  profile: Profile,
  data: string,
  at: ReceiveTime,
  trouble: (text: string) => void,
): SettingRecord[] => {
  const file = join(data, 'settings-seen.json');
  const now = fieldsOf(profile);
  let before: Fields | null = null;
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isFields(read)) before = read;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) trouble(`${file}: ${String(error)}`);
  }
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(now, null, 1)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    trouble(`${file}: ${String(error)}`);
  }
  if (before === null) return [];
  const was = before;
  return [...new Set([...Object.keys(was), ...Object.keys(now)])]
    .filter((id) => was[id] !== now[id])
    .sort()
    .map((id) => ({ id, at, before: was[id] ?? null, now: now[id] ?? null }));
};
