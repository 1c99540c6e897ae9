/**
 * Colour arithmetic: what the tests measure the tokens with, and what mixes two of them.
 *
 * Owns: luminance, contrast, lightness, distance, and how a colour looks to people with dichromacy.
 * Guarantees: pure; colours are `#rrggbb`. Refuses: anything else (throws).
 */

/** Linear light, 0–1 each. */
export type Rgb = readonly [r: number, g: number, b: number];
export type Sight = 'normal' | 'protanopia' | 'deuteranopia';

const toLinear = (byte: number): number => {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const toByte = (c: number): number => Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));

export const parse = (hex: string): Rgb => {
  const m = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!m) throw new Error(`not a colour: ${hex}`);
  const at = (i: number): number => toLinear(Number.parseInt(m[i] ?? '', 16));
  return [at(1), at(2), at(3)];
};
const print = (c: Rgb): string => `#${c.map((v) => toByte(v).toString(16).padStart(2, '0')).join('')}`;

/** WCAG 2 relative luminance. */
export const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2 contrast ratio, 1–21. */
export const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(parse(a)), luminance(parse(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

// Machado, Oliveira & Fernandes 2009, severity 1.0, in linear RGB.
const SEEN: Record<Exclude<Sight, 'normal'>, readonly Rgb[]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
const seenBy = (hex: string, sight: Sight): Rgb => {
  const c = parse(hex);
  if (sight === 'normal') return c;
  const row = (i: number): number => {
    const [x, y, z] = SEEN[sight][i] ?? [0, 0, 0];
    return Math.min(1, Math.max(0, x * c[0] + y * c[1] + z * c[2]));
  };
  return [row(0), row(1), row(2)];
};

/** CIE L*a*b*, D65. */
const lab = ([r, g, b]: Rgb): Rgb => {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

/** CIE L* (0 black – 100 white) as seen by someone. */
export const lightness = (hex: string, sight: Sight = 'normal'): number => lab(seenBy(hex, sight))[0];

/** CIE76 distance as seen by someone; 2.3 is just noticeable side by side. */
export const distance = (a: string, b: string, sight: Sight = 'normal'): number => {
  const [x, y] = [lab(seenBy(a, sight)), lab(seenBy(b, sight))];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
};

/** `part` of `b` in `a`, mixed as light: what a stale thing loses and a plate gains. */
export const mix = (a: string, b: string, part: number): string => {
  const [x, y] = [parse(a), parse(b)];
  const at = (i: 0 | 1 | 2): number => x[i] * (1 - part) + y[i] * part;
  return print([at(0), at(1), at(2)]);
};
