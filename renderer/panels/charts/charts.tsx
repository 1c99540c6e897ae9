/**
 * The charts band.
 *
 * Owns: three charts side by side. Guarantees: P3; a lost source leaves a gap; the risk chart uses the colours of the
 * regulation with bars and words beside them. Refuses: animation, tooltips as the only way to a value.
 */
import { useEffect, useState } from 'react';
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { useDesign } from '../../design/design.tsx';
import { RiskBars } from '../../design/symbol.tsx';
import { chart, ink, risk as riskColours } from '../../design/tokens.ts';
import { ageOfRecord, limitsOf } from '../../store/ages.ts';
import { useCollection, useFengsui, useNow, useView } from '../../store/hooks.ts';
import { alarmsPerHour, GROUPS, rateNow, riskByField, type RatePoint } from './chart-data.ts';
import './charts.css';

const HOURS = 12;
/** Below this width, in label sizes, the rate stands in the link bar alone. */
const ROOM_FOR_RATE = 86;
/** Five minutes, a point every two seconds. */
const RATE = { every: 2000, points: 150 } as const;

/** In label sizes: room for the largest figure of an axis, which is a round one above the largest value. */
const figureRoom = (largest: number): number => 0.7 + 0.62 * String(Math.ceil(Math.max(10, largest) * 1.25)).length;

const useTick = () => {
  const { scale } = useDesign();
  return { fill: ink.quiet, fontSize: scale.rem, fontFamily: 'inherit' };
};

const AlarmsPerHour = () => {
  const { words, format, scale } = useDesign();
  const tick = useTick();
  const now = useNow(10_000);
  const bars = alarmsPerHour(useCollection('tally', 1000).values(), now, HOURS);
  const present = GROUPS.filter((group) => bars.some((bar) => bar[group] > 0));
  const most = bars.reduce(
    (all, bar) =>
      Math.max(
        all,
        present.reduce((sum, group) => sum + bar[group], 0),
      ),
    0,
  );
  return (
    <figure className="chart" data-chart="alarms">
      <figcaption>
        <h2>{words.charts.alarms}</h2>
      </figcaption>
      {bars.length === 0 ? (
        <p className="quiet">{words.charts.noAlarms}</p>
      ) : (
        <div className="chart-beside">
          <div className="chart-box">
            <ResponsiveContainer>
              <BarChart
                data={bars}
                margin={{ top: (scale.form === 'tight' ? 0.4 : 0.9) * scale.rem, right: 0, bottom: 0, left: 0 }}
                barCategoryGap="22%"
                accessibilityLayer={false}
              >
                <CartesianGrid vertical={false} stroke={chart.grid} />
                <XAxis
                  dataKey="hour"
                  tickFormatter={(hour: number) => format.minute(hour).slice(0, 2)}
                  tick={tick}
                  tickLine={false}
                  axisLine={{ stroke: chart.grid }}
                  height={1.5 * scale.rem}
                  interval="preserveStartEnd"
                />
                <YAxis
                  allowDecimals={false}
                  tick={tick}
                  tickLine={false}
                  axisLine={false}
                  width={figureRoom(most) * scale.rem}
                  tickCount={3}
                />
                {GROUPS.map((group) => (
                  <Bar
                    key={group}
                    dataKey={group}
                    stackId="all"
                    fill={chart[group]}
                    isAnimationActive={false}
                    maxBarSize={2.2 * scale.rem}
                  />
                ))}
              </BarChart>
            </ResponsiveContainer>
          </div>
          <ul className="legend">
            {[...present].reverse().map((group) => (
              <li key={group}>
                <i style={{ background: `var(--chart-${group})` }} />
                {words.charts.group[group]}
              </li>
            ))}
          </ul>
        </div>
      )}
    </figure>
  );
};

const EventRate = () => {
  const { world, view } = useFengsui();
  const { words, format, scale } = useDesign();
  const tick = useTick();
  const [points, setPoints] = useState<readonly RatePoint[]>([]);
  useEffect(() => {
    const sample = (): void => {
      const point = rateNow(world.all('feed').values(), view.getState().connection === 'open', world.now());
      setPoints((held) => [...held.slice(1 - RATE.points), point]);
    };
    sample();
    const timer = setInterval(sample, RATE.every);
    return () => clearInterval(timer);
  }, [world, view]);
  const last = points.at(-1);
  const fastest = points.reduce((most, { rate }) => Math.max(most, rate ?? 0), 0);
  const end = last?.at ?? 0;
  const span = RATE.every * RATE.points;
  return (
    <figure className="chart" data-chart="events">
      <figcaption>
        <h2>{words.charts.events}</h2>
        <span className="value push">{last?.rate == null ? '—' : format.rate(last.rate)}</span>
      </figcaption>
      <div className="chart-box">
        <ResponsiveContainer>
          <AreaChart
            data={[...points]}
            margin={{ top: 0.9 * scale.rem, right: scale.rem, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke={chart.grid} />
            <XAxis
              dataKey="at"
              type="number"
              domain={[end - span, end]}
              ticks={[end - 240_000, end - 120_000, end - 1]}
              tickFormatter={(at: number) =>
                end - at < 1000 ? words.charts.now : words.charts.ago(Math.round((end - at) / 60_000))
              }
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: chart.grid }}
              height={1.5 * scale.rem}
              interval="preserveStartEnd"
            />
            <YAxis
              allowDecimals={false}
              tick={tick}
              tickLine={false}
              axisLine={false}
              width={Math.max(2.8, figureRoom(fastest)) * scale.rem}
              tickCount={3}
              domain={[0, 'auto']}
            />
            <Area
              dataKey="rate"
              stroke={chart.line}
              strokeWidth={scale.line}
              fill={chart.line}
              fillOpacity={0.14}
              isAnimationActive={false}
              connectNulls={false}
              dot={false}
              activeDot={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
};

const RiskIndex = () => {
  const { world } = useFengsui();
  const { words, format, scale } = useDesign();
  const tick = useTick();
  const now = useNow(2000);
  const connected = useView((view) => view.connection === 'open');
  const feeds = useCollection('feed', 1000);
  const bars = riskByField(useCollection('risk', 1000).values());
  const known = bars.flatMap(({ risk }) => (risk ? [risk] : []));
  const oldest = known.reduce((at, risk) => Math.min(at, risk.heard), Infinity);
  const stale = known.some(
    (risk) =>
      ageOfRecord(
        { ...risk, at: now as typeof risk.at },
        limitsOf(world.site(), 'feed'),
        feeds.get(risk.source),
        connected,
        now,
      ) === 'stale',
  );
  const data = bars.map(({ field, risk }) => ({
    field: words.risk.field[field],
    score: risk?.score ?? 0,
    colour: risk?.colour ?? null,
  }));
  const worst = known.reduce<(typeof known)[number] | undefined>(
    (a, b) => (!a || b.score > a.score ? b : a),
    undefined,
  );
  return (
    <figure className="chart" data-chart="risk" data-age={stale ? 'stale' : 'fresh'}>
      <figcaption>
        <h2>{words.charts.risk}</h2>
        {worst && !stale && scale.form !== 'tight' && (
          <span className="push chart-worst">
            <RiskBars colour={worst.colour} />
            <span className="value">
              {words.risk.word[worst.colour]} {words.risk.colour[worst.colour]}
            </span>
          </span>
        )}
        {stale && <span className="value push">{format.age(now - oldest)}</span>}
      </figcaption>
      {known.length === 0 ? (
        <p className="quiet">{words.charts.noRisk}</p>
      ) : (
        <div className="chart-box">
          <ResponsiveContainer>
            <BarChart
              data={data}
              layout="vertical"
              margin={{ top: 0, right: 3 * scale.rem, bottom: 0, left: 0 }}
              barCategoryGap="30%"
              accessibilityLayer={false}
            >
              <XAxis type="number" domain={[0, 100]} hide />
              <YAxis
                type="category"
                dataKey="field"
                tick={{ ...tick, fill: ink.label }}
                tickLine={false}
                axisLine={false}
                width={(words.risk.field.construction.length > 5 ? 6.6 : 4.6) * scale.rem}
                interval={0}
              />
              <Bar dataKey="score" isAnimationActive={false} background={{ fill: chart.grid }}>
                {data.map(({ field, colour }) => (
                  <Cell key={field} fill={colour ? riskColours[colour].colour : chart.grid} />
                ))}
                <LabelList
                  dataKey="score"
                  position="right"
                  fill={ink.value}
                  fontSize={scale.rem}
                  fontWeight={600}
                  formatter={(score) => (typeof score === 'number' && score > 0 ? Math.round(score) : '—')}
                />
              </Bar>
            </BarChart>
          </ResponsiveContainer>
        </div>
      )}
    </figure>
  );
};

export const Charts = () => {
  const { scale, words } = useDesign();
  return (
    <section className="panel charts" data-testid="charts" aria-label={words.charts.alarms}>
      <AlarmsPerHour />
      {scale.across >= ROOM_FOR_RATE && <EventRate />}
      <RiskIndex />
    </section>
  );
};
