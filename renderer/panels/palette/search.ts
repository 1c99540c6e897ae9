/**
 * Finding by what a hand types at night: pinyin, initials, characters, English.
 *
 * Owns: how well a name fits what was typed. Pure.
 * Guarantees: every word typed must be found; what begins the name comes before what stands inside it; a house comes before
 *   what bears its name; the order of equals is the order given (acts before things, open alarms before buildings).
 * Refuses: to know what a thing is.
 */
import { match as matchPinyin } from 'pinyin-pro';

export interface Findable {
  id: string;
  /** What is shown. */
  text: string;
  /** Other names it goes by: English, addresses, keys. */
  also: readonly string[];
}
const NOT = -1;
const HAN = /\p{Script=Han}/u;

/** 0 worst … 4 best, NOT when it does not fit. */
const fit = (typed: string, name: string): number => {
  const plain = name.toLowerCase();
  if (plain.startsWith(typed)) return 4;
  if (plain.includes(typed)) return 3;
  if (!/^[a-z]+$/.test(typed)) return NOT;
  const initials = plain
    .split(/[\s·-]+/)
    .map((part) => part[0] ?? '')
    .join('');
  if (initials.startsWith(typed)) return 2;
  if (!HAN.test(name)) return NOT;
  // Initials, whole syllables or beginnings of them, in one run of characters.
  const hits = matchPinyin(name, typed, { precision: 'start', continuous: true });
  if (hits === null || hits.length === 0) return NOT;
  return hits[0] === 0 ? 2 : 1;
};

export const search = <T extends Findable>(things: readonly T[], typed: string, most: number): T[] => {
  const parts = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return things.slice(0, most);
  const found: { thing: T; score: number }[] = [];
  for (const thing of things) {
    let score = 0;
    for (const part of parts) {
      let best = fit(part, thing.text);
      for (const name of thing.also) if (best < 4) best = Math.max(best, fit(part, name));
      if (best === NOT) {
        score = NOT;
        break;
      }
      score += best;
    }
    if (score !== NOT) found.push({ thing, score });
  }
  const names = new Set(found.map(({ thing: { text } }) => text));
  /** How many others found it bears in the beginning of its name: a lift that of its house. */
  const under = ({ text }: T): number => {
    let held = 0;
    for (let end = 1; end < text.length; end++) if (names.has(text.slice(0, end))) held += 1;
    return held;
  };
  // Stable: of equals the first given.
  return found
    .map((one) => ({ ...one, under: under(one.thing) }))
    .sort((a, b) => b.score - a.score || a.under - b.under)
    .slice(0, most)
    .map(({ thing }) => thing);
};
