/**
 * The shape every language has, and how to look a word up.
 *
 * Owns: `Words`, `wordsOf`, `word`. Guarantees: a language that lacks a word does not compile.
 * Refuses: to hide what it does not know: an unknown word of a platform is shown as the platform wrote it.
 */
import { en } from './en.ts';
import { zh } from './zh.ts';

type Widen<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> };

export type Words = Widen<typeof zh>;
export type Locale = 'zh' | 'en';

const LANGUAGES: Readonly<Record<Locale, Words>> = { zh, en };
export const wordsOf = (locale: Locale): Words => LANGUAGES[locale];

/** The word for `key`, or `key` itself when the platform's vocabulary is larger than ours. */
export const word = (table: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(table, key) ? (table[key] ?? key) : key;
