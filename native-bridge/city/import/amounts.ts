/**
 * Numbers as people write them: "12.5", "12.5 m", "40 ft", "6层", "六层", "砼6", "60 km/h", "37 mph".
 * Guarantees: undefined for what cannot be read; nothing is guessed.
 */
const FOOT = 0.3048;
const MILE = 1.609344;

/** Metres. */
export function metresOf(text: string | undefined): number | undefined {
  const found = /^\+?(\d+(?:[.,]\d+)?)\s*(m|米|公尺|metres?|meters?|ft|feet|')?$/i.exec(text ?? '');
  if (found === null) return undefined;
  const value = Number((found[1] ?? '').replace(',', '.'));
  return /^(ft|feet|')$/i.test(found[2] ?? '') ? value * FOOT : value;
}

const DIGITS = '零一二三四五六七八九';
/** "六" 6, "十二" 12, "三十三" 33; digits as they are. NaN for anything else. */
function countOf(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const found = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(text.replace('两', '二'));
  const [, first = '', ten = '', last = ''] = found ?? [];
  if (found === null || first + ten + last === '' || (ten === '' && first !== '' && last !== '')) return NaN;
  if (ten === '') return DIGITS.indexOf(first + last);
  return (first === '' ? 1 : DIGITS.indexOf(first)) * 10 + (last === '' ? 0 : DIGITS.indexOf(last));
}

/** As survey sheets write them: with the structure before ("砼6", "混3"), "约5层", "地上6层地下2层". */
const FLOORS =
  /^\s*(?:约|共|地上|砼|混|砖|钢|木|石|破)?\s*(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*(?:层|F|floors?)?\s*(?:地下\S+)?\s*$/i;

/** Floors above ground; "5;6" and "5-6" count as the higher. */
export function floorsOf(text: string | undefined): number | undefined {
  const values = (text ?? '')
    .split(/[;,、]|(?<=\d)\s*[-–~～至]\s*(?=\d)/)
    .map((part) => countOf(FLOORS.exec(part)?.[1] ?? ''));
  if (values.length === 0 || values.some((v) => !Number.isFinite(v))) return undefined;
  return Math.max(...values);
}

/** km/h. */
export function speedOf(text: string | undefined): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(km\/?h|kmh|kph|公里\/小时|mph)?$/i.exec(text?.trim() ?? '');
  if (found === null) return undefined;
  const value = Number(found[1]) * (found[2]?.toLowerCase() === 'mph' ? MILE : 1);
  return value >= 1 && value <= 200 ? Math.round(value) : undefined;
}
