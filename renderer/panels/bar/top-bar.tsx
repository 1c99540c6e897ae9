/**
 * The top bar: whose wall this is, what time it is there, what is announced, and every permanent mark.
 *
 * Owns: name, warnings in force, marks, clock and shift. Guarantees: P5; time is the bridge's, of the moment that is shown, in the district's time zone;
 * a warning stands until it expires, worst first, with colour, bars and words. Refuses: acts.
 */
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import { RiskBars, Symbol } from '../../design/symbol.tsx';
import { RISK_ORDER } from '../../design/tokens.ts';
import { useCollection, useFengsui, useNow, useRecord, useView } from '../../store/hooks.ts';
import './bar.css';

/** The day shift: from 8 to 20 by the district's clock. */
const DAY = { from: 8, to: 20 } as const;

/** Below this width, in label sizes, the worst warning stands alone and the others are counted. */
const ROOM_FOR_TWO = 90;

const Warnings = ({ now }: { now: number }) => {
  const { words, format, scale } = useDesign();
  const standing = [...useCollection('warning', 1000).values()]
    .filter((warning) => warning.expires > now)
    .sort((a, b) => RISK_ORDER.indexOf(a.colour) - RISK_ORDER.indexOf(b.colour) || b.at - a.at);
  const shown = standing.slice(0, scale.across < ROOM_FOR_TWO ? 1 : 2);
  return (
    <ul className="warnings">
      {shown.map((warning) => (
        <li
          key={warning.id}
          className="warning"
          data-testid="warning"
          data-colour={warning.colour}
          style={{ borderColor: `var(--risk-${warning.colour})` }}
          title={warning.text}
        >
          <RiskBars colour={warning.colour} />
          <span className="value cut">
            {word(words.warning.type, warning.type)} {words.warning.colour[warning.colour]}
          </span>
          <span className="warning-until quiet">{words.warning.until(format.minute(warning.expires))}</span>
        </li>
      ))}
      {standing.length > shown.length && <li className="quiet">{words.alarm.more(standing.length - shown.length)}</li>}
    </ul>
  );
};

export const TopBar = ({ canSound }: { canSound: boolean }) => {
  const { words, format, locale, scale } = useDesign();
  const { world } = useFengsui();
  const now = useNow();
  const mutedUntil = useView((view) => view.mutedUntil);
  const follow = useView((view) => view.follow);
  const connection = useView((view) => view.connection);
  const isPast = useView((view) => view.past?.time != null);
  const seat = useRecord(
    'seat',
    useView((view) => view.role),
  );
  const site = world.site();
  const hour = format.hour(now);
  return (
    <header className="panel bar">
      <Symbol name="command-centre" className="bar-beacon" />
      <h1>{words.name}</h1>
      {site && <span className="bar-site cut">{site.name[locale]}</span>}
      {connection !== 'open' && (
        <span className="plate" role="alert" data-testid="connection">
          <span className="cut">{connection === 'lost' ? words.link.connectionLost : words.link.connecting}</span>
        </span>
      )}
      {isPast && (
        <span className="plate bar-drill" data-testid="past-mark">
          {words.mark.past}
        </span>
      )}
      {world.drill() && (
        <span className="plate bar-drill" data-testid="drill-mark">
          {words.mark.drill}
        </span>
      )}
      {site?.synthetic === true && (
        <span className="plate outlined bar-fiction" data-testid="synthetic-mark">
          {words.mark.synthetic}
        </span>
      )}
      {!follow && (site?.windows.length ?? 0) > 1 && (
        <span className="plate outlined" data-testid="alone-mark">
          <span className="cut">{words.mark.alone}</span>
        </span>
      )}
      {seat?.locked === true ? (
        <span className="plate outlined" data-testid="locked-mark">
          <span className="cut">{words.mark.locked}</span>
        </span>
      ) : (
        seat?.person && (
          <span className="bar-person cut" data-testid="signed-in" data-role={seat.person.role}>
            {seat.person.name}
          </span>
        )
      )}
      {mutedUntil > now && (
        <span className="plate" data-testid="muted-mark">
          <Symbol name="muted" />
          {words.mark.muted(format.span(mutedUntil - now))}
        </span>
      )}
      {!canSound && mutedUntil <= now && (
        <span className="plate outlined" data-testid="no-sound-mark">
          <Symbol name="muted" />
          <span className="cut">{words.mark.soundBlocked}</span>
        </span>
      )}
      {site && scale.legibleTo < 0.99 * site.viewing.distance && (
        <span className="plate outlined">
          <span className="cut">{words.mark.small(scale.legibleTo.toFixed(1))}</span>
        </span>
      )}
      <Warnings now={now} />
      <span className="bar-clock" data-testid="clock" data-now={Math.floor(now)}>
        <span className="bar-shift">{hour >= DAY.from && hour < DAY.to ? words.clock.day : words.clock.night}</span>
        <span className="bar-date">
          {format.date(now)} {words.clock.weekday[format.weekday(now)]}
        </span>
        <time className="bar-time">{format.clock(now)}</time>
      </span>
    </header>
  );
};
