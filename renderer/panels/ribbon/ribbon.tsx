/**
 * The time-by-floor ribbon: when e-bikes got in and out of this tower, and what its floors said afterwards.
 *
 * Owns: the panel beside an opened tower. Guarantees: time runs to the right, now is the right edge also while the past is shown (a line
 *   says where it stands), floors stand as in the tower; a floor that is clicked becomes the floor looked at, a mark its moment too; words and symbols, not colour alone.
 * Refuses: to show a verdict; the chain says what followed what, people say why.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MarkRecord } from '../../../native-bridge/contract/records.ts';
import type { Tower } from '../../../native-bridge/contract/site-files.ts';
import { useDesign } from '../../design/design.tsx';
import { SYMBOLS, type SymbolName } from '../../design/symbols.ts';
import { chart, ink, surface } from '../../design/tokens.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useLive, useNow, useView } from '../../store/hooks.ts';
import { siteLibrary } from '../../store/site-library.ts';
import { chainsOf, hourStep, ridesOf } from './ribbon-data.ts';
import './ribbon.css';

const HOUR = 3_600_000;
/** Hours shown; the wheel changes them. */
const SPANS = [1, 3, 6, 12] as const;
const LOOK: Readonly<Record<MarkRecord['kind'], { symbol: SymbolName; colour: string }>> = {
  'e-bike-in': { symbol: 'e-bike', colour: chart['e-bike'] },
  'e-bike-out': { symbol: 'e-bike', colour: chart['e-bike'] },
  'door-held': { symbol: 'elevator', colour: ink.value },
  'door-asked': { symbol: 'elevator', colour: ink.quiet },
  charging: { symbol: 'charging-pile', colour: chart.electrical },
  current: { symbol: 'electricity', colour: ink.value },
  'over-temperature': { symbol: 'thermometer', colour: ink.value },
  smoke: { symbol: 'plume', colour: ink.value },
  fire: { symbol: 'flame', colour: ink.value },
};

const useTower = (
  id: string | null,
): { tower: Tower | null; name: { zh: string; en: string } | null; floors: readonly number[] } => {
  const { world } = useFengsui();
  const [found, setFound] = useState<{
    id: string;
    tower: Tower | null;
    floors: readonly number[];
    name: { zh: string; en: string } | null;
  } | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let over = false;
    const library = siteLibrary(world);
    void Promise.all([library.read('towers'), library.read('buildings')]).then(
      ([towers, buildings]) => {
        const tower = towers.find((one) => one.buildingId === id) ?? null;
        const building = buildings.find((one) => one.id === id);
        const floors = tower?.floors ?? Array.from({ length: building?.floors ?? 1 }, (_, i) => i + 1);
        if (!over) setFound({ id, tower, floors, name: tower?.name ?? building?.name ?? null });
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [id, world]);
  return found && found.id === id ? found : { tower: null, name: null, floors: [] };
};

const Glyph = ({
  name,
  x,
  y,
  side,
  colour,
}: {
  name: SymbolName;
  x: number;
  y: number;
  side: number;
  colour: string;
}) => (
  <g transform={`translate(${x - side / 2} ${y - side / 2}) scale(${side / 24})`} color={colour}>
    <circle cx={12} cy={12} r={11} fill={surface.panel} />
    {SYMBOLS[name].map((part) =>
      'line' in part ? (
        <path
          key={part.d}
          d={part.d}
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ) : (
        <path key={part.d} d={part.d} fill="currentColor" fillRule="evenodd" />
      ),
    )}
  </g>
);

export const Ribbon = () => {
  const store = useFengsui();
  const { view, live } = store;
  const { words, format, scale, locale } = useDesign();
  const id = useView((state) => state.openBuilding);
  const looked = useView((state) => state.openFloor);
  const marks = useLive('mark', 500);
  const shown = useNow(2000);
  const isPast = useView((state) => state.past !== null);
  const now = isPast ? live.now() : shown;
  const { name, floors } = useTower(id);
  const [hours, setHours] = useState<(typeof SPANS)[number]>(3);
  const host = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ w: 0, h: 0 });
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(
      ([entry]) => entry && setSize({ w: entry.contentRect.width, h: entry.contentRect.height }),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const span = hours * HOUR;
  const mine = useMemo(
    () => [...marks.values()].filter((mark) => mark.buildingId === id && now - mark.at < span),
    [marks, id, now, span],
  );
  const rides = useMemo(() => ridesOf(mine), [mine]);
  const chains = useMemo(() => chainsOf(mine), [mine]);
  if (id === null) return null;

  const left = scale.rem * 3.1;
  const right = scale.rem * 0.9;
  const foot = scale.rem * 1.5;
  const rows = Math.max(1, floors.length);
  const rowHeight = Math.max(1, (size.h - foot - scale.rem * 0.5) / rows);
  const yOf = (floor: number): number => {
    const row = floors.indexOf(floor);
    return scale.rem * 0.5 + (rows - 0.5 - Math.max(0, row)) * rowHeight;
  };
  const xOf = (at: number): number => left + (size.w - left - right) * (1 - (now - at) / span);
  const every = Math.max(1, Math.ceil((scale.rem * 1.15) / rowHeight));
  const side = Math.min(scale.rem * 1.15, Math.max(scale.rem * 0.7, rowHeight * 1.6));
  const step = hourStep(span, Math.max(2, Math.floor((size.w - left) / (scale.rem * 5)))) * HOUR;
  const ticks: number[] = [];
  for (let at = Math.ceil((now - span) / step) * step; at <= now; at += step) ticks.push(at);
  const go = (floor: number): void => view.setState({ openFloor: floor });
  const goTo = (mark: MarkRecord): void => {
    go(mark.floor);
    deskOf(store).past.go(mark.at);
  };
  const floorName = (floor: number): string => (floor < 0 ? `B${-floor}` : String(floor));
  const bikes = mine.filter((mark) => mark.kind === 'e-bike-in').length;

  return (
    <section className="panel ribbon" data-testid="ribbon" aria-label={words.ribbon.title}>
      <header className="panel-head">
        <h2>{words.ribbon.title}</h2>
        <span className="ribbon-facts">
          <span>{words.ribbon.count(bikes)}</span>
          <span>{name?.[locale] ?? ''}</span>
        </span>
        <button
          type="button"
          className="ribbon-span"
          onClick={() => setHours(SPANS[(SPANS.indexOf(hours) + 1) % SPANS.length] ?? 3)}
        >
          <span className="value">{words.ribbon.hours(hours)}</span>
        </button>
      </header>
      <div className="ribbon-host" ref={host}>
        {size.w > 0 && floors.length > 0 && (
          <svg width={size.w} height={size.h} role="img" aria-label={words.ribbon.title}>
            {looked !== null && (
              <rect
                x={left}
                width={size.w - left - right}
                y={yOf(looked) - rowHeight / 2}
                height={rowHeight}
                fill={ink.accent}
                opacity={0.16}
              />
            )}
            {floors.map(
              (floor, row) =>
                (floor === looked ||
                  (row % every === 0 && (looked === null || Math.abs(row - floors.indexOf(looked)) >= every))) && (
                  <g key={floor}>
                    <line
                      x1={left}
                      x2={size.w - right}
                      y1={yOf(floor)}
                      y2={yOf(floor)}
                      stroke={surface.line}
                      strokeWidth={floor === 1 ? 2 : 1}
                    />
                    <text
                      x={left - scale.rem * 0.5}
                      y={yOf(floor)}
                      textAnchor="end"
                      dominantBaseline="central"
                      fill={floor === looked ? ink.accent : ink.quiet}
                    >
                      {floorName(floor)}
                    </text>
                  </g>
                ),
            )}
            {ticks.map((at) => (
              <g key={at}>
                <line x1={xOf(at)} x2={xOf(at)} y1={0} y2={size.h - foot} stroke={surface.line} />
                <text x={xOf(at)} y={size.h - foot / 2} textAnchor="middle" dominantBaseline="central" fill={ink.quiet}>
                  {format.clock(at).slice(0, 5)}
                </text>
              </g>
            ))}
            <rect
              x={left}
              y={0}
              width={Math.max(0, size.w - left - right)}
              height={Math.max(0, size.h - foot)}
              fill="transparent"
              onClick={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                const row = rows - 1 - Math.floor((event.clientY - box.top - scale.rem * 0.5) / rowHeight);
                const floor = floors[Math.min(rows - 1, Math.max(0, row))];
                if (floor !== undefined) go(floor);
              }}
            />
            {isPast && shown > now - span && (
              <line x1={xOf(shown)} x2={xOf(shown)} y1={0} y2={size.h - foot} stroke={ink.value} strokeWidth={2} />
            )}
            {chains.map(({ floor, links, scores }) =>
              links
                .slice(1)
                .map((mark, i) => (
                  <line
                    key={mark.id}
                    x1={xOf(links[i]?.at ?? mark.at)}
                    x2={xOf(mark.at)}
                    y1={yOf(floor)}
                    y2={yOf(floor)}
                    stroke={ink.label}
                    strokeWidth={scale.line * Math.min(6, 0.5 + (scores[i + 1] ?? 1) * 0.6)}
                    strokeLinecap="round"
                    opacity={0.55}
                  />
                )),
            )}
            {chains.map(({ floor, links, scores }) => {
              const last = links.at(-1);
              const score = scores.at(-1) ?? 0;
              // Beside what came last, inside of the panel.
              return last && score > 1 ? (
                <text
                  key={last.id}
                  data-testid="chain-score"
                  x={Math.min(xOf(last.at) + side, size.w - right)}
                  y={yOf(floor) - side * 0.75}
                  textAnchor={xOf(last.at) > size.w - scale.rem * 6 ? 'end' : 'start'}
                  dominantBaseline="central"
                  fill={ink.value}
                >
                  {words.ribbon.score(score)}
                </text>
              ) : null;
            })}
            {rides.map(({ from, to }) => (
              <line
                key={from.id}
                x1={xOf(from.at)}
                y1={yOf(from.floor)}
                x2={xOf(to.at)}
                y2={yOf(to.floor)}
                stroke={chart['e-bike']}
                strokeWidth={Math.max(1.5, scale.line * 0.75)}
              />
            ))}
            {mine.map((mark) => {
              const { symbol, colour } = LOOK[mark.kind];
              const x = xOf(mark.at);
              const y = yOf(mark.floor);
              const small = mark.kind === 'e-bike-in' || mark.kind === 'door-asked';
              return (
                <g key={mark.id} className="ribbon-mark" onClick={() => goTo(mark)}>
                  <title>{`${format.clock(mark.at)} ${words.ribbon.kind[mark.kind]} ${words.place.floor(mark.floor)}`}</title>
                  {small ? (
                    <circle cx={x} cy={y} r={Math.max(2.5, scale.rem * 0.16)} fill={colour} />
                  ) : (
                    <Glyph name={symbol} x={x} y={y} side={side} colour={colour} />
                  )}
                </g>
              );
            })}
          </svg>
        )}
        {mine.length === 0 && size.w > 0 && <p className="ribbon-none quiet">{words.ribbon.none}</p>}
      </div>
    </section>
  );
};
