/**
 * The shape every language has.
 *
 * Owns: `Words`, `Locale`. Guarantees: a language that lacks a word does not compile. Refuses: words.
 */
import type { zh } from './zh.ts';

export type Widen<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> };

export type Words = Widen<typeof zh>;
export type Locale = 'zh' | 'en';
