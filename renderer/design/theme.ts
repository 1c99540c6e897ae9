/**
 * Theme: tokens and scale as CSS custom properties, written once on the root element.
 *
 * Owns: the names of the properties. Guarantees: style sheets hold no colour and no size in pixels of their own.
 * Refuses: media queries for size; the form of the layout is `data-form` on the root.
 */
import {
  alarm,
  chart,
  flash,
  ink,
  inkSunlight,
  LEVELS,
  link,
  linkSunlight,
  past,
  risk,
  RISK_ORDER,
  surface,
  surfacePast,
  surfaceSunlight,
  surfaceSunlightPast,
} from './tokens.ts';
import type { Scale } from './scale.ts';

export const FONT_FAMILY = "'Noto Sans SC Variable', 'Noto Sans SC', sans-serif";

export type Theme = 'dark' | 'sunlight';

/** Every custom property and its value; `isPast`: the wall shows the past. */
export const properties = (scale: Scale, isPast = false, theme: Theme = 'dark'): Record<string, string> => {
  const dark = { ...(isPast ? surfacePast : surface), ...ink };
  const light = { ...(isPast ? surfaceSunlightPast : surfaceSunlight), ...inkSunlight };
  const dashed = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  const all: Record<string, string> = {
    '--font': FONT_FAMILY,
    '--act': `${scale.act}rem`,
    '--stroke': `${scale.line}px`,
    '--hair': `${Math.max(1, Math.round(scale.line / 2))}px`,
    '--symbol': `${scale.symbol}px`,
    '--flash-period': `${1 / flash.hz}s`,
    '--flash-low': String(flash.low),
    '--past-frame': past.frame,
    '--past-veil': past.veil,
  };
  // What stands on the city, on pictures and in charts stays dark: base.css takes these for it.
  for (const [name, colour] of Object.entries(dark)) all[`--dark-${dashed(name)}`] = colour;
  for (const [name, colour] of Object.entries(theme === 'sunlight' ? light : dark)) all[`--${dashed(name)}`] = colour;
  all['--edge'] = theme === 'sunlight' ? inkSunlight.value : 'transparent';
  for (const level of LEVELS) all[`--level-${level}`] = alarm[level].colour;
  for (const name of RISK_ORDER) {
    all[`--risk-${name}`] = risk[name].colour;
    all[`--on-risk-${name}`] = risk[name].on;
  }
  for (const [name, { colour }] of Object.entries(link))
    all[`--link-${name}`] = theme === 'sunlight' ? linkSunlight[name as keyof typeof link] : colour;
  for (const [name, colour] of Object.entries(chart)) all[`--chart-${name}`] = colour;
  return all;
};

export const applyTheme = (root: HTMLElement, scale: Scale, isPast = false, theme: Theme = 'dark'): void => {
  root.dataset['theme'] = theme;
  for (const [name, value] of Object.entries(properties(scale, isPast, theme))) root.style.setProperty(name, value);
  root.style.fontSize = `${scale.rem}px`;
  root.dataset['form'] = scale.form;
};
