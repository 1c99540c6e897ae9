/**
 * Tokens: every colour on the wall, and the shapes that say the same without colour.
 *
 * Owns: surfaces, text, the four alarm levels, the four risk and warning colours, ages, links, chart fills.
 * Guarantees: D1, D2, D3 of this room's README, measured by `tokens.test.ts`. Colours are `#rrggbb`.
 * Refuses: colours anywhere else; a panel or layer that needs one asks for it here.
 */

/** A calm night: blue-grey surfaces one step apart, no pure black or white. */
export const surface = {
  /** Behind everything; the scene's sky and ground begin here. */
  night: '#0a0f15',
  panel: '#0f161d',
  raised: '#151e27',
  chosen: '#1b2833',
  line: '#24313d',
  lineStrong: '#3a4a59',
} as const;

/** The same surfaces while the wall shows the past: brown like an old photograph, so that nobody takes it for now. */
export const surfacePast: Readonly<Record<keyof typeof surface, string>> = {
  night: '#15110a',
  panel: '#1b160e',
  raised: '#231c12',
  chosen: '#2a2317',
  line: '#3b3223',
  lineStrong: '#5c4e34',
};
/** By day in a vehicle: light surfaces that outshine what is reflected in them; the city stays as it is, with what is written on it. */
export const surfaceSunlight: Readonly<Record<keyof typeof surface, string>> = {
  night: '#dfe5ea',
  panel: '#f4f7f9',
  raised: '#e8edf1',
  chosen: '#d3e4ea',
  line: '#bcc7d0',
  lineStrong: '#6f7f8c',
};
/** The past by day: the same brown, in light. */
export const surfaceSunlightPast: Readonly<Record<keyof typeof surface, string>> = {
  night: '#ebe3d2',
  panel: '#f7f1e3',
  raised: '#f0e8d7',
  chosen: '#e6dcc6',
  line: '#c9bb9d',
  lineStrong: '#85775a',
};
/** The frame round a wall that shows the past, and the veil over its city. */
export const past = { frame: '#8d7b58', veil: '#6b552b' } as const;

export const ink = {
  /** Values and what must be acted on: ≥ 7:1 on every surface. */
  value: '#e4ebf1',
  /** Labels: ≥ 4.5:1 on every surface. */
  label: '#a3b3c2',
  /** Units, captions, what is at rest: ≥ 4.5:1 too. */
  quiet: '#8b9bab',
  /** What is chosen or has the focus. Never an alarm, never a risk. */
  accent: '#63cfd6',
  /** Text on a plate of `value` or `accent`: how a lost link or a drill is marked, without borrowing a colour. */
  onPlate: '#0d141b',
} as const;

/** On light surfaces. Symbols of levels and risks keep their colours, and get an edge of `value`: that is what stands at 7:1. */
export const inkSunlight: Readonly<Record<keyof typeof ink, string>> = {
  value: '#0b1720',
  label: '#22323e',
  quiet: '#364653',
  accent: '#00505b',
  onPlate: '#f4f7f9',
};

export type Level = 1 | 2 | 3 | 4;
export const LEVELS = [1, 2, 3, 4] as const satisfies readonly Level[];
export type LevelShape = 'octagon' | 'triangle' | 'diamond' | 'circle';

/** Alarm levels, 1 the worst. The word is in the locale (`alarm.level`). */
export const alarm: Readonly<Record<Level, { colour: string; on: string; shape: LevelShape }>> = {
  1: { colour: '#ff456c', on: '#16060a', shape: 'octagon' },
  2: { colour: '#ffab66', on: '#1a0f05', shape: 'triangle' },
  3: { colour: '#f3eebc', on: '#17160a', shape: 'diamond' },
  4: { colour: '#ad9dff', on: '#0e0b1d', shape: 'circle' },
};

export type RiskColour = 'red' | 'orange' | 'yellow' | 'blue';
/** Worst first. */
export const RISK_ORDER = ['red', 'orange', 'yellow', 'blue'] as const satisfies readonly RiskColour[];

/** Fixed by regulation (四色图, 预警信号). `bars`: so many of four bars stand filled; that carries the order without colour. */
export const risk: Readonly<Record<RiskColour, { colour: string; on: string; bars: 1 | 2 | 3 | 4 }>> = {
  red: { colour: '#fb6450', on: '#190706', bars: 4 },
  orange: { colour: '#ff9a2e', on: '#1a0f03', bars: 3 },
  yellow: { colour: '#ffe04a', on: '#181404', bars: 2 },
  blue: { colour: '#2a5cd0', on: '#f0f4fc', bars: 1 },
};

/** How much saturation is left, and how opaque a symbol is, by age. Stale keeps its shape: it is old, not gone. */
export const ageing = {
  fresh: { saturation: 1, opacity: 1 },
  late: { saturation: 0.6, opacity: 0.85 },
  stale: { saturation: 0, opacity: 0.6 },
} as const;

export type LinkWord = 'live' | 'lagging' | 'catching-up' | 'lost';
/** A link says its state by shape and word; lost is a light plate, because light on dark needs no hue. */
export const link: Readonly<Record<LinkWord, { colour: string; plate: boolean }>> = {
  live: { colour: '#8fa6b3', plate: false },
  lagging: { colour: '#c8d4de', plate: false },
  'catching-up': { colour: '#63cfd6', plate: false },
  lost: { colour: '#e4ebf1', plate: true },
};

export const linkSunlight: Readonly<Record<LinkWord, string>> = {
  live: '#2f4a59',
  lagging: '#1f3442',
  'catching-up': '#00505b',
  lost: '#0b1720',
};

/** Chart fills for kinds of alarm: one cool family graded by lightness, none of them a level's or a risk's. */
export const chart = {
  fire: '#d8e6ea',
  'e-bike': '#86c5c9',
  electrical: '#5d93a8',
  water: '#48708f',
  attendance: '#7d86ad',
  other: '#4b5768',
  line: '#86c5c9',
  grid: '#1d2833',
} as const;

/** What the scene is painted with at night, as a wall is; the rest of its colours are mixes of these. `far`: the rim and the sky. */
export const ground = {
  far: surface.night,
  land: '#0d131a',
  water: '#0c1c29',
  road: '#26333f',
  roadMajor: '#3a4a59',
  building: '#1d2833',
  buildingHigh: '#293947',
  historic: '#3a3229',
  boundary: '#4d6375',
  trail: '#63cfd6',
  /** What imagery is multiplied by: it must stay darker than all that is written on it. */
  imagery: '#4a545f',
} as const;
export type Ground = Readonly<Record<keyof typeof ground, string>>;
export const LOOKS = ['night', 'dusk', 'day'] as const;
export type Look = (typeof LOOKS)[number];
/** The same city in more light, for bright rooms and field laptops: lighter, never light, since what is written on it is. */
export const grounds: Readonly<Record<Look, Ground>> = {
  night: ground,
  dusk: {
    ...{ far: '#111922', land: '#19212a', water: '#143044', road: '#33414e', roadMajor: '#4a5b6a' },
    ...{ building: '#2c3844', buildingHigh: '#3a4956', historic: '#4a3d30', boundary: '#647b8e', trail: '#63cfd6' },
    imagery: '#6b7681',
  },
  day: {
    ...{ far: '#1a232b', land: '#252f38', water: '#1d4359', road: '#455462', roadMajor: '#5d6e7e' },
    ...{ building: '#3f4c58', buildingHigh: '#4f5e6c', historic: '#5b4d3c', boundary: '#8095a7', trail: '#63cfd6' },
    imagery: '#8d979f',
  },
};

/**
 * Roads by how soon somebody is there: one cool family by lightness, so that it reads without hue; cover that is lost is the
 * brightest of all, and wider. None is an alarm's or a risk's.
 */
export const cover = {
  urban: '#8fd0d3',
  circle: '#3c7f92',
  beyond: '#56606b',
  unknown: '#909ca8',
  lost: '#f1f4f6',
} as const;
/** Buildings where nothing, or not everything, is heard: the paleness of what is unknown. */
export const blind = { whole: '#909ca8', part: '#66717c' } as const;
/** Ways of units: laid out or advised, and those that are being driven. */
export const way = { advised: '#63cfd6', driven: '#d8e6ea' } as const;

/** Flashing: only a small symbol, only while unacknowledged, at a rate of 1–3 Hz. */
export const flash = { hz: 1.5, low: 0.55 } as const;
