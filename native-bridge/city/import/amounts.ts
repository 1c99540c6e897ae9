/**
 * Numbers as people write them: "12.5", "12.5 m", "40 ft", "6层", "60 km/h", "37 mph".
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

/** Floors above ground; "5;6" counts as the higher. */
export function floorsOf(text: string | undefined): number | undefined {
  const parts = (text ?? '').split(/[;,、]/).map((part) => /^\s*(\d+(?:\.\d+)?)\s*(层|F|floors?)?\s*$/i.exec(part));
  const values = parts.map((found) => (found === null ? NaN : Number(found[1])));
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
