/**
 * The rescue circle in words: how much is covered, by how many, and what is not known.
 *
 * Owns: the legend over the map, and the proposal to move up. Guarantees: units that are unheard are said, because they do
 * not count; lost cover is said with its amount; nothing stands when the layer is off and no move-up is proposed.
 * Refuses: to colour anything but the map's own classes.
 */
import { useDesign } from '../../design/design.tsx';
import { cover as colours } from '../../design/tokens.ts';
import { URBAN_LINE_S, type CoverRecord } from '../../../native-bridge/contract/forces-records.ts';
import { deskOf } from '../../store/desk.ts';
import { useCallsigns, useCollection, useFengsui, useRecord, useView } from '../../store/hooks.ts';
import { isLayerOn } from '../../store/layers.ts';
import { clockOf } from './arrival.ts';
import './routes.css';

export const CoverNote = () => {
  const { words, format, locale } = useDesign();
  const on = useView((view) => isLayerOn(view, 'cover'));
  const dimmed = useView((view) => view.openBuilding !== null);
  const now = useRecord('cover', 'now');
  const full = useRecord('cover', 'full');
  const last = useRecord('cover', 'last');
  const [moveup] = [...useCollection('moveup', 1000).values()];
  const closed = useCollection('closure', 1000).size;
  const callsign = useCallsigns();
  const desk = deskOf(useFengsui());
  if (dimmed || (!on && !moveup)) return null;
  const amount = (n: number, per: CoverRecord['per']): string =>
    per === 'addresses' ? words.cover.addresses(format.count(n)) : words.cover.metres(format.metres(n));
  const minutes = Math.round((now?.circleS ?? 900) / 60);
  const share = (n: number): string =>
    `${now && now.unheard.length > 0 ? '≥ ' : ''}${format.percent(n / Math.max(1, now?.total ?? 1))}`;
  const unknown = now && last ? Math.max(0, last.circle - now.circle) : 0;
  const lost = now && full ? Math.max(0, full.circle - now.circle - unknown) : 0;
  const entry = (colour: string, name: string, value: string) => (
    <span className="cover-entry">
      <span className="cover-swatch" style={{ background: colour }} />
      {name} <span className="value">{value}</span>
    </span>
  );
  return (
    <section className="cover-note" data-testid="cover-note" data-on={on} aria-label={words.cover.title}>
      {on && (
        <p>
          <span className="cover-title">{words.cover.title}</span>
          {!now && words.cover.waiting}
          {now && entry(colours.urban, words.cover.within(Math.round(URBAN_LINE_S / 60)), share(now.urban))}
          {now && entry(colours.circle, words.cover.within(minutes), share(now.circle))}
          {now &&
            entry(
              colours.beyond,
              words.cover.beyond,
              format.percent(1 - (now.circle + unknown + lost) / Math.max(1, now.total)),
            )}
          {now && unknown > 0 && entry(colours.unknown, words.cover.unknown, amount(unknown, now.per))}
          {now && lost > 0 && entry(colours.lost, words.cover.lost, amount(lost, now.per))}
          {now && <span>{words.cover.free(now.free)}</span>}
          {now && <span>{words.cover.bound(now.bound)}</span>}
          {now && now.unheard.length > 0 && <span className="value">{words.cover.unheard(now.unheard.length)}</span>}
          {closed > 0 && <span>{words.cover.closed(closed)}</span>}
        </p>
      )}
      {moveup && (
        <p data-testid="moveup">
          <span className="cover-title">{words.cover.moveup}</span>
          <span className="value">
            {callsign(moveup.unitId)?.[locale] ?? moveup.unitId} → {callsign(moveup.id)?.[locale] ?? moveup.id}
          </span>
          <span className="value">{clockOf(moveup.seconds)}</span>
          <button type="button" className="cover-act" onClick={desk.duty.linkage.moveUp} data-testid="act-move-up">
            {words.linkage.moveUp}
          </button>
          <span>
            {words.cover.gains} <span className="value">{amount(moveup.gains, moveup.per)}</span>
          </span>
          {moveup.loses > 0 && (
            <span>
              {words.cover.loses} <span className="value">{amount(moveup.loses, moveup.per)}</span>
            </span>
          )}
        </p>
      )}
    </section>
  );
};
