/**
 * How the alarms themselves perform, and which to tune first.
 *
 * Owns: its layout. Guarantees: each figure stands beside its target, in words as well; what rests on less than a day says
 *   so. Refuses: alarm colours: this page is about alarms, it is none.
 */
import { useDesign } from '../../design/design.tsx';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useRecord } from '../../store/hooks.ts';
import { PerformanceDay } from './performance-day.tsx';
import { figuresOf, type Figures } from './performance-data.ts';

const DAY = 24 * 3_600_000;
const DEFAULTS = { alarmsPerHour: 6, alarmsPerHourMax: 12, floodBegins: 10, floodEnds: 5 };
/** ISA-18.2: less than a hundredth of the time in flood; no more than a few standing or chattering. */
const FLOOD_SHARE = 0.01;

/** From this height on, in label sizes, the day stands below the list. */
const ROOM_FOR_DAY = 50;

const Bars = ({ figures, label }: { figures: Figures; label: string }) => {
  const { words, format } = useDesign();
  return (
    <ul className="mix" aria-label={label}>
      {([1, 2, 3, 4] as const).map((level) => (
        <li key={level}>
          <span>{words.alarm.level[level]}</span>
          <span className="mix-bar" style={{ inlineSize: `${8 * (figures.mix[level - 1] ?? 0)}rem` }} />
          <span className="value">{format.percent(figures.mix[level - 1] ?? 0)}</span>
        </li>
      ))}
    </ul>
  );
};

export const PerformancePage = () => {
  const store = useFengsui();
  const { openSelection } = deskOf(store);
  const { words, format, scale } = useDesign();
  const now = useNow(10_000);
  const record = useRecord('performance', 'performance');
  useCollection('performance');
  const w = words.performance;
  const targets = store.world.site()?.duty?.targets ?? DEFAULTS;
  if (!record) return <p className="quiet">{w.none}</p>;
  const figures = figuresOf(record, targets, now);
  const figure = (name: string, value: string, note: string, over: boolean | null) => (
    <div className="figure" data-over={over === true}>
      <dt>{name}</dt>
      <dd>
        <span className="act">{value}</span>
        {over !== null && <span className={over ? 'plate' : 'plate outlined'}>{over ? w.over : w.within}</span>}
        <span className="quiet">{note}</span>
      </dd>
    </div>
  );
  const isEmpty = figures.top.length === 0;
  const [worst] = figures.top.filter(({ advice }) => advice !== 'none');
  return (
    <div className="performance">
      <p className="quiet">
        {w.standard}
        {figures.observed < DAY * 0.98 && ` · ${w.short(format.span(figures.observed))}`}
      </p>
      <dl className="figures">
        {figure(
          w.rate,
          format.rate(figures.perHour),
          w.target(format.count(targets.alarmsPerHour)),
          figures.perHour > targets.alarmsPerHour,
        )}
        {figure(
          w.peak,
          format.count(figures.peak),
          w.most(format.count(targets.floodBegins)),
          figures.peak > targets.floodBegins,
        )}
        {figure(
          w.floodShare,
          format.percent(figures.flood),
          w.target(format.percent(FLOOD_SHARE)),
          figures.flood > FLOOD_SHARE,
        )}
        {figure(w.chattering, format.count(record.chattering), w.target('0'), record.chattering > 0)}
        {figure(w.stale, format.count(record.stale), w.target('0'), record.stale > 0)}
        {figure(w.fleeting, format.count(record.fleeting), '', null)}
      </dl>
      {isEmpty && <p className="value">{w.none}</p>}
      <section aria-label={w.mix} hidden={isEmpty}>
        <h3>{w.mix}</h3>
        <Bars figures={figures} label={w.mix} />
      </section>
      <section className="top" aria-label={w.top} hidden={isEmpty}>
        <h3>{w.top}</h3>
        <ol>
          {figures.top.map((alarm) => (
            <li key={`${alarm.deviceId}/${alarm.type}`} data-first={alarm === worst}>
              <button type="button" onClick={() => openSelection({ kind: 'device', id: alarm.deviceId })}>
                <span className="value">{w.times(alarm.count)}</span>
                <span>{w.share(format.percent(alarm.share))}</span>
                <span className="value">{words.alarm.type[alarm.type]}</span>
                <span className="cut">{alarm.deviceName}</span>
                {alarm === worst && <span className="plate">{w.tune}</span>}
                <span>{w.advice[alarm.advice]}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
      {scale.down >= ROOM_FOR_DAY && <PerformanceDay series={figures.series} limit={targets.floodBegins} now={now} />}
    </div>
  );
};
