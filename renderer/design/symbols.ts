/**
 * Symbols: one drawing for each kind of thing, as paths on a 24 × 24 grid.
 *
 * Owns: the drawings, the shapes of levels, and which drawing stands for which kind, type, place and label.
 * Guarantees: D7. `d` is an SVG path good for `<path>` and for `Path2D`; a line part is stroked 1.8 wide with round
 *   ends, any other is filled; one colour does for the whole symbol.
 * Refuses: colour and meaning by colour; level is added around a symbol by its shape (`LEVEL_SHAPES`).
 */
import type { LevelShape } from './tokens.ts';

export interface Part {
  d: string;
  /** Stroked, not filled. */
  line?: true;
}
export const GRID = 24;
export const STROKE = 1.8;

const l = (d: string): Part => ({ d, line: true });
const f = (d: string): Part => ({ d });
const ring = (cx: number, cy: number, r: number): string =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

export const SYMBOLS = {
  // Devices
  smoke: [
    l('M4 8h16l-1.5 4.5h-13z'),
    l('M8.5 15.5c-1.5 1.5 1.5 2.5 0 4.5M12 15.5c-1.5 1.5 1.5 2.5 0 4.5M15.5 15.5c-1.5 1.5 1.5 2.5 0 4.5'),
  ],
  electricity: [f('M13.5 2.5L5.5 13.5h5L9.5 21.5l9-12h-5.5z')],
  'charging-pile': [
    l('M4.5 20.5v-15a2 2 0 0 1 2-2h5a2 2 0 0 1 2 2v15M3 20.5h12'),
    f('M10 7l-3 5h2l-1 4 3.5-5.5h-2z'),
    l('M13.5 11h2a1.5 1.5 0 0 1 1.5 1.5v3.5a1.7 1.7 0 0 0 3.4 0v-6.5l-2.7-3'),
  ],
  'water-tank': [
    l('M4.5 5.5c0-1.7 15-1.7 15 0v13c0 1.7-15 1.7-15 0zM4.5 5.5c0 1.7 15 1.7 15 0'),
    f('M5.5 13.5c2.2-1.5 4.3 1.2 6.5 0s4.3-1 6.5 0v4.5c0 1-13 1-13 0z'),
  ],
  'control-room': [l('M3 4.5h18v11H3zM8 20h8M12 15.5v4.5'), f(ring(12, 9, 1.8)), f('M8.5 14c0-3.5 7-3.5 7 0z')],
  'fire-panel': [
    l('M4 3.5h16v17H4zM7 7h10v4.5H7z'),
    f(ring(8.5, 16, 1.4)),
    f(ring(12.5, 16, 1.4)),
    f(ring(16.5, 16, 1.4)),
  ],
  elevator: [l('M5 2.5h14v19H5zM12 8.5v13'), f('M12 3.8l2.3 3h-4.6z'), l('M8.7 13.5v2M15.3 13.5v2')],
  camera: [l('M3.5 9.5l12.5-5 3 6.5-12.5 5z'), f('M18.3 7.8l2.7 1.2-1 2.5-2.7-1.2z'), l('M9.5 15v3.5H4.5M4.5 15.5v6')],
  hydrant: [
    l('M8 20.5v-10a4 4 0 0 1 8 0v10M6 20.5h12M7 10.5h10M12 6.5v-3'),
    l(ring(12, 14.5, 2)),
    l('M8 14.5H5M16 14.5h3'),
  ],
  vehicle: [
    l('M2.5 7.5h12v9h-12zM14.5 10h4l3 3.5v3h-7z'),
    f(ring(6.5, 17.5, 2.2)),
    f(ring(17, 17.5, 2.2)),
    l('M4 4.5h9'),
  ],
  // What a camera sees
  'e-bike': [
    l(ring(5.5, 16.5, 3.5)),
    l(ring(18.5, 16.5, 3.5)),
    l('M5.5 16.5h7l4.5-9.5h-3M17 7l1.5 9.5'),
    f('M4.5 10.5h6.5v2.7h-6.5z'),
    f('M12.3 3l-3 4.5h2l-.8 3 3-4.5h-2z'),
  ],
  bicycle: [
    l(ring(5.5, 15.5, 4)),
    l(ring(18.5, 15.5, 4)),
    l('M5.5 15.5l4-7h6l3 7M9.5 8.5l3.5 7h-7.5M13 15.5l3.5-9.5h2.5M7.5 8.5h4'),
  ],
  person: [f(ring(12, 5, 2.6)), f('M8 21.5v-6.5h-1.5v-4a3 3 0 0 1 3-2.5h5a3 3 0 0 1 3 2.5v4H16v6.5h-3v-5.5h-2v5.5z')],
  wheelchair: [f(ring(9.5, 4, 2)), l('M9.5 7.5v6h6l3 5.5 2-1M9.5 10h5'), l('M7.5 12a5 5 0 1 0 7 6.2')],
  stroller: [
    l('M4 4h2.5l2 6.5h11.5a6.5 6 0 0 1-6.5 5.5h-2a5 5 0 0 1-3-5.5M13 10.5V4a6.5 6.5 0 0 1 7 6.5'),
    f(ring(9.5, 19.5, 1.9)),
    f(ring(16.5, 19.5, 1.9)),
  ],
  plume: [
    l('M6 21c-3-3 2-5 0-8 3-1 1-4 4-5 0-3 5-5 8-2M11 21c-1.5-3 3-4.5 1.5-7 3 0 2-3 4.5-3.5M15.5 21c0-2.5 3-3 3-5.5'),
  ],
  flame: [
    f(
      'M12.5 2c1 4-4.5 6-4.5 11 0 .8.2 1.5.5 2.2-1.5-.7-2-2.2-2-3.7-1.7 1.5-2.5 3-2.5 4.5 0 3.7 3.5 6.5 8 6.5s8-2.8 8-7c0-5.5-6-7-7.5-13.5zM12 20.5c-1.7 0-2.7-1.2-2.7-2.5 0-1.8 2.2-2.5 2.7-5 .8 2.5 2.8 3.2 2.8 5 0 1.5-1.1 2.5-2.8 2.5z',
    ),
  ],
  // Alarms that are not a device of their own
  drop: [
    f(
      'M12 2.5c3 4.5 6.5 7.5 6.5 12a6.5 6.5 0 0 1-13 0c0-4.5 3.5-7.5 6.5-12zM8.3 14.5c0 2.5 1.7 4 3.7 4v-1.6c-1.2 0-2.1-1-2.1-2.4z',
    ),
  ],
  thermometer: [l('M9.5 13.5v-8a2.5 2.5 0 0 1 5 0v8a4.5 4.5 0 1 1-5 0z'), f(ring(12, 17, 2.2)), l('M12 16v-7')],
  'cut-off': [l('M3 12h5l7-5M16 12h5'), f(ring(8, 12, 1.8)), f(ring(16, 12, 1.8)), l('M12 16.5v4M9.5 20.5h5')],
  leak: [f('M10.5 2l-6 8.5h4l-1 6 6.5-9h-4z'), l('M17 12c2 2.6 3 4.2 3 5.8a3 3 0 0 1-6 0c0-1.6 1-3.2 3-5.8z')],
  empty: [l('M3 4.5h18v11H3zM8 20h8M12 15.5v4.5M8.5 7l7 6M15.5 7l-7 6')],
  fault: [
    l(
      'M14.5 6.5a4.5 4.5 0 0 1 5.7-1.3l-3 3 .6 2 2 .6 2.5-2.8a4.5 4.5 0 0 1-6 5.2L9 20.5a2.3 2.3 0 0 1-3.5-3.2l7.6-7.3',
    ),
  ],
  offline: [l('M4.5 9a11 11 0 0 1 15 0M7.5 12.5a6.5 6.5 0 0 1 9 0M4 20L20 4'), f(ring(12, 17.5, 1.9))],
  battery: [l('M3 8h15.5v8.5H3zM21 11v2.5'), f('M5 10h3v4.5H5z')],
  // Places
  'command-centre': [
    f('M8.5 9h7l1.5 12.5H7z'),
    f('M12 1c.5 2-2.3 3-2.3 5.3 0 1.3 1 2.2 2.3 2.2s2.3-.9 2.3-2.2C14.3 4 12.5 3.2 12 1z'),
  ],
  station: [l('M3.5 10.5L12 4l8.5 6.5v10h-17zM7 20.5v-7h10v7M7 17h10')],
  'water-intake': [
    l(
      'M3 17c2-1.5 4-1.5 6 0s4 1.5 6 0 4-1.5 6 0M3 21c2-1.5 4-1.5 6 0s4 1.5 6 0 4-1.5 6 0M12 13.5V3M8.5 6.5L12 3l3.5 3.5',
    ),
  ],
  shelter: [l('M2.5 19.5L12 5l9.5 14.5zM12 5V2.5'), f('M12 12l4 7.5H8z')],
  depot: [l('M3 9l9-5.5L21 9v11.5H3zM7 20.5v-6h10v6M12 14.5v6')],
  'key-unit': [
    l('M4 21V8l7-4.5V21M11 9.5h9V21M2.5 21h19'),
    f('M7 10.5h1.7v2H7zM7 14.5h1.7v2H7zM14.5 13h1.7v2h-1.7zM14.5 17h1.7v2h-1.7z'),
  ],
  building: [
    l('M6 21V3.5h12V21M3.5 21h17'),
    f('M9 6.5h2v2H9zM13 6.5h2v2h-2zM9 11h2v2H9zM13 11h2v2h-2zM10.5 16h3v5h-3z'),
  ],
  incident: [l('M12 2.5v4M5 6l2.5 2.5M19 6l-2.5 2.5M3.5 20.5h17'), f('M6 19v-4.5a6 6 0 0 1 12 0V19z')],
  // Marks of the wall itself
  lock: [f('M5 10.5h14V21H5z'), l('M8 10.5V7.5a4 4 0 0 1 8 0v3')],
  'lock-open': [l('M5 10.5h14V21H5zM8 10.5V6.5a4 4 0 0 1 7.7-1.5')],
  muted: [f('M3 9h4l5.5-4.5v15L7 15H3z'), l('M16 9.5l5 5M21 9.5l-5 5')],
  sound: [f('M3 9h4l5.5-4.5v15L7 15H3z'), l('M16 9c1.5 1.8 1.5 4.2 0 6M18.5 6.5c3 3.3 3 7.7 0 11')],
  recording: [l(ring(12, 12, 8.5)), f(ring(12, 12, 4.5))],
  'not-recording': [l(ring(12, 12, 8.5)), l('M6 6l12 12')],
  past: [l('M4 12a8 8 0 1 0 2.5-5.8M4 3.5v4.5h4.5M12 7.5V12l3.5 2')],
} as const satisfies Record<string, readonly Part[]>;

export type SymbolName = keyof typeof SYMBOLS;
export const SYMBOL_NAMES = Object.keys(SYMBOLS) as SymbolName[];

/** The outline of an alarm level: filled with its colour, its symbol drawn inside in `alarm[level].on`. */
export const LEVEL_SHAPES: Readonly<Record<LevelShape, string>> = {
  octagon: 'M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z',
  triangle: 'M12 .8L23.5 21.5a1 1 0 0 1-.9 1.5H1.4a1 1 0 0 1-.9-1.5z',
  diamond: 'M12 .5L23.5 12 12 23.5.5 12z',
  circle: ring(12, 12, 10.5),
};
/** Where a symbol sits inside its level's shape: centre and side, on the same grid. */
export const INSIDE: Readonly<Record<LevelShape, { x: number; y: number; side: number }>> = {
  octagon: { x: 12, y: 12, side: 15 },
  triangle: { x: 12, y: 15.5, side: 10.5 },
  diamond: { x: 12, y: 12, side: 12 },
  circle: { x: 12, y: 12, side: 14 },
};

const has = (name: string): name is SymbolName => Object.hasOwn(SYMBOLS, name);

const FOR_ALARM: Readonly<Record<string, SymbolName>> = {
  fire: 'flame',
  fault: 'fault',
  overload: 'electricity',
  'residual-current': 'leak',
  'over-temperature': 'thermometer',
  'cut-off': 'cut-off',
  'low-pressure': 'drop',
  'low-level': 'water-tank',
  unattended: 'empty',
  'e-bike': 'e-bike',
  'smoke-seen': 'plume',
  offline: 'offline',
  'low-battery': 'battery',
};
/** By alarm type of the wire. */
export const symbolForAlarm = (type: string): SymbolName => FOR_ALARM[type] ?? 'fault';
/** By device kind of the wire, or by kind of place of the site files: they share no word but `hydrant`. */
export const symbolForKind = (kind: string): SymbolName => (has(kind) ? kind : 'building');
/** By detection label of the wire. A seen smoke is a plume: `smoke` is the detector. */
export const symbolForLabel = (label: string): SymbolName =>
  label === 'smoke' ? 'plume' : has(label) ? label : 'camera';
