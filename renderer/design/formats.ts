/**
 * Formats: how numbers, times, ages and amounts are written.
 *
 * Owns: one writer per locale and time zone. Guarantees: D5; times are the district's, 24 hours; a span never says more
 * than two units; nothing rounds up to a value that was not reached. Refuses: to know the time; callers bring it.
 */
import type { Locale } from './locale/words.ts';

const UNITS = {
  zh: {
    s: ' 秒',
    min: ' 分',
    onlyMin: ' 分钟',
    h: ' 小时',
    d: ' 天',
    ago: '前',
    unheard: (n: string, since: string) => `（${n} 失联 ${since}）`,
  },
  en: {
    s: ' s',
    min: ' min',
    onlyMin: ' min',
    h: ' h',
    d: ' d',
    ago: ' ago',
    unheard: (n: string, since: string) => ` (${n} unheard for ${since})`,
  },
} as const;

/** Units as the wire defines them (`ReadingUnits`). */
const VALUE_UNITS: Readonly<Record<string, { unit: string; digits: number }>> = {
  obscuration: { unit: '%', digits: 1 },
  battery: { unit: '%', digits: 0 },
  residualCurrent: { unit: 'mA', digits: 0 },
  cableTemp: { unit: '°C', digits: 1 },
  current: { unit: 'A', digits: 1 },
  voltage: { unit: 'V', digits: 0 },
  power: { unit: 'W', digits: 0 },
  temp: { unit: '°C', digits: 1 },
  pressure: { unit: 'MPa', digits: 2 },
  level: { unit: 'm', digits: 2 },
  load: { unit: 'kg', digits: 0 },
};

/** A count of things whose silence is not counted as normal. */
export interface Bound {
  /** Known to be so, by something heard in time. */
  known: number;
  /** All there are. */
  total: number;
  /** Of these nothing was heard in time. */
  unheard: number;
  /** Of the unheard: ms since the one unheard longest spoke; null when it never did. */
  silentFor: number | null;
}

export interface Formats {
  /** "12 秒前" */
  age: (ms: number) => string;
  /** "12 秒", "3 分 20 秒" is never said: "3 分钟" */
  span: (ms: number) => string;
  /** Its greatest unit alone, where there is no room: "2 小时", "12 分" */
  brief: (ms: number) => string;
  /** "23:05:09" */
  clock: (at: number) => string;
  /** "23:05" */
  minute: (at: number) => string;
  /** "2026-11-23" */
  date: (at: number) => string;
  /** 0 Sunday – 6. */
  weekday: (at: number) => number;
  /** ms that the district's time is ahead of UTC at a time. */
  ahead: (at: number) => number;
  /** Hour of the district's day, 0–23. */
  hour: (at: number) => number;
  count: (n: number) => string;
  /** "18 / 24", or "≥ 18 / 24（6 失联 14 分钟）" when some were not heard. */
  bound: (bound: Bound, never: string) => string;
  bytes: (n: number) => string;
  /** Per second: "308", "2.4". */
  rate: (n: number) => string;
  /** A reading's field with its unit; fields of other vocabularies pass without one. */
  value: (field: string, value: number) => string;
  /** "3.2 km", "240 m" */
  metres: (m: number) => string;
  percent: (share: number) => string;
}

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;

export const createFormats = (locale: Locale, timezone: string): Formats => {
  const u = UNITS[locale];
  const tag = locale === 'zh' ? 'zh-CN' : 'en-GB';
  const fixed = (digits: number) =>
    new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const digits = [fixed(0), fixed(1), fixed(2)];
  const write = (n: number, places: number): string => (digits[places] ?? plain).format(n);
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const at = (ms: number): Record<string, string> =>
    Object.fromEntries(parts.formatToParts(ms).map((part) => [part.type, part.value]));

  const span = (ms: number): string => {
    const t = Math.max(0, ms);
    if (t < MIN) return `${Math.floor(t / S)}${u.s}`;
    if (t < H) return `${Math.floor(t / MIN)}${u.onlyMin}`;
    if (t < D) {
      const rest = Math.floor((t % H) / MIN);
      return `${Math.floor(t / H)}${u.h}${rest > 0 ? ` ${rest}${u.min}` : ''}`;
    }
    const rest = Math.floor((t % D) / H);
    return `${Math.floor(t / D)}${u.d}${rest > 0 ? ` ${rest}${u.h}` : ''}`;
  };

  const brief = (ms: number): string => {
    const t = Math.max(0, ms);
    const [unit, word] = t < MIN ? [S, u.s] : t < H ? [MIN, u.min] : t < D ? [H, u.h] : [D, u.d];
    return `${Math.floor(t / unit)}${word}`;
  };

  return {
    span,
    brief,
    age: (ms) => span(ms) + u.ago,
    clock: (ms) => ((p) => `${p['hour']}:${p['minute']}:${p['second']}`)(at(ms)),
    minute: (ms) => ((p) => `${p['hour']}:${p['minute']}`)(at(ms)),
    date: (ms) => ((p) => `${p['year']}-${p['month']}-${p['day']}`)(at(ms)),
    weekday: (ms) => ((p) => new Date(`${p['year']}-${p['month']}-${p['day']}T00:00:00Z`).getUTCDay())(at(ms)),
    ahead: (ms) =>
      ((p) =>
        Date.parse(`${p['year']}-${p['month']}-${p['day']}T${p['hour']}:${p['minute']}:${p['second']}Z`) -
        Math.floor(ms / S) * S)(at(ms)),
    hour: (ms) => Number(at(ms)['hour']),
    count: (n) => plain.format(n),
    bound: ({ known, total, unheard, silentFor }, never) => {
      const share = `${plain.format(known)} / ${plain.format(total)}`;
      if (unheard === 0) return share;
      return `≥ ${share}${u.unheard(plain.format(unheard), silentFor === null ? never : span(silentFor))}`;
    },
    bytes: (n) => {
      const steps = ['B', 'kB', 'MB', 'GB', 'TB'];
      let [value, i] = [n, 0];
      while (value >= 1000 && i < steps.length - 1) [value, i] = [value / 1000, i + 1];
      return `${write(value, i > 0 && value < 10 ? 1 : 0)} ${steps[i] ?? ''}`;
    },
    rate: (n) => write(n, n > 0 && n < 10 ? 1 : 0),
    value: (field, value) => {
      const known = VALUE_UNITS[field];
      return known ? `${write(value, known.digits)} ${known.unit}` : write(value, Number.isInteger(value) ? 0 : 2);
    },
    metres: (m) => (m < 1000 ? `${write(m, m < 10 ? 1 : 0)} m` : `${write(m / 1000, 1)} km`),
    percent: (share) => `${write(100 * share, 0)} %`,
  };
};
