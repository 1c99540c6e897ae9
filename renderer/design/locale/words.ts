/**
 * Looking words up.
 *
 * Owns: `wordsOf`, `word`. Guarantees: every language is built in. Refuses: to hide what it does not know: an unknown
 * word of a platform is shown as the platform wrote it.
 */
import { en } from './en.ts';
import type { Locale, Words } from './shape.ts';
import { zh } from './zh.ts';

export type { Locale, Words } from './shape.ts';

const LANGUAGES: Readonly<Record<Locale, Words>> = { zh, en };
export const wordsOf = (locale: Locale): Words => LANGUAGES[locale];

/** Who acted: a person by name, a position by its word, the console itself. */
export const actor = (words: Words, by: string): string =>
  by === 'console' ? words.linkage.byItself : word(words.access.role, by);

/** The word for `key`, or `key` itself when the platform's vocabulary is larger than ours. */
export const word = (table: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(table, key) ? (table[key] ?? key) : key;
