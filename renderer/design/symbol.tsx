/**
 * Symbols in the page: the same paths as on the map.
 *
 * Owns: `<Symbol>`, `<LevelSymbol>` and `<RiskBars>`. Guarantees: sized by the font around them; silent to screen
 * readers, because the word always stands beside them. Refuses: to carry meaning alone.
 */
import { useState } from 'react';
import { GRID, INSIDE, LEVEL_SHAPES, STROKE, SYMBOLS, type SymbolName } from './symbols.ts';
import { alarm, flash, risk, type Level, type RiskColour } from './tokens.ts';

const Parts = ({ name }: { name: SymbolName }) =>
  SYMBOLS[name].map((part) =>
    'line' in part ? (
      <path
        key={part.d}
        d={part.d}
        fill="none"
        stroke="currentColor"
        strokeWidth={STROKE}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    ) : (
      <path key={part.d} d={part.d} fill="currentColor" fillRule="evenodd" />
    ),
  );

export const Symbol = ({ name, className = '' }: { name: SymbolName; className?: string }) => (
  <svg className={`symbol ${className}`} viewBox={`0 0 ${GRID} ${GRID}`} aria-hidden="true">
    <Parts name={name} />
  </svg>
);

/** All flashing symbols of a window flash together: each begins where the others already are. */
const phase = (): string => `-${(performance.now() % (1000 / flash.hz)).toFixed(0)}ms`;

/** `hollow`: acknowledged, the outline alone keeps the colour. */
export const LevelSymbol = ({
  level,
  name,
  hollow = false,
  flashing = false,
}: {
  level: Level;
  name: SymbolName;
  hollow?: boolean;
  flashing?: boolean;
}) => {
  const { colour, on, shape } = alarm[level];
  const { x, y, side } = INSIDE[shape];
  const [delay] = useState(phase);
  return (
    <svg
      className={`symbol level-symbol${flashing ? ' flashing' : ''}`}
      style={flashing ? { animationDelay: delay } : undefined}
      viewBox="-1 -1 26 26"
      aria-hidden="true"
    >
      <path
        d={LEVEL_SHAPES[shape]}
        fill="none"
        stroke="var(--edge)"
        strokeWidth={hollow ? 4.5 : 2.5}
        strokeLinejoin="round"
      />
      <path
        d={LEVEL_SHAPES[shape]}
        fill={hollow ? 'none' : colour}
        stroke={colour}
        strokeWidth={hollow ? 2 : 0}
        strokeLinejoin="round"
      />
      <svg
        x={x - side / 2}
        y={y - side / 2}
        width={side}
        height={side}
        viewBox={`0 0 ${GRID} ${GRID}`}
        color={hollow ? colour : on}
        className={hollow ? 'level-inside' : undefined}
      >
        <Parts name={name} />
      </svg>
    </svg>
  );
};

/** Four bars, as many filled as the colour is severe: the order without the colour. */
export const RiskBars = ({ colour }: { colour: RiskColour }) => (
  <svg className="symbol risk-bars" viewBox="0 0 24 24" aria-hidden="true">
    {[0, 1, 2, 3].map((i) => (
      <rect
        key={i}
        x={1 + i * 5.8}
        y={17 - i * 4.5}
        width={4.6}
        height={6 + i * 4.5}
        rx={0.8}
        fill={i < risk[colour].bars ? risk[colour].colour : 'none'}
        stroke={i < risk[colour].bars ? 'var(--edge)' : 'currentColor'}
        strokeOpacity={i < risk[colour].bars ? 1 : 0.5}
      />
    ))}
  </svg>
);
