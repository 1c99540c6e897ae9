/**
 * The alarm list.
 *
 * Owns: which rows fit, and what they say. Guarantees: P1 and P2; the page that holds the chosen alarm is the one in sight;
 * screen readers hear of each new alarm once, by level, kind and place.
 * Refuses: a scroll bar.
 */
import { useLayoutEffect } from 'react';
import { useDesign } from '../../design/design.tsx';
import { useRowFit } from '../../design/row-fit.ts';
import { isUnacknowledged, pageOf, rowsOf } from '../../store/alarm-list.ts';
import { isIn } from '../../store/area.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useView } from '../../store/hooks.ts';
import { AlarmRowView } from './alarm-row.tsx';
import './alarms.css';

export const AlarmList = () => {
  const store = useFengsui();
  const { words } = useDesign();
  useCollection('alarm', 100);
  const area = useView((view) => view.area);
  const all = rowsOf(store.world);
  const here = isIn(area, store.world);
  const rows = area === null ? all : all.filter(({ alarm }) => here(alarm));
  const elsewhere = area === null ? [] : all.filter(({ alarm }) => !here(alarm));
  const fires = elsewhere.filter(({ alarm }) => alarm.type === 'fire').length;
  const selection = useView((view) => view.selection);
  const now = useNow();
  const desk = deskOf(store);
  const { list, fit } = useRowFit(1, rows.length === 0);

  const chosen = selection?.kind === 'alarm' ? rows.findIndex((row) => row.alarm.id === selection.id) : -1;
  const { from, to } = pageOf(rows.length, fit, chosen);
  const shown = rows.slice(from, to);
  // What key 1 means.
  useLayoutEffect(() => desk.rowsDrawn(shown.map(({ alarm }) => alarm.id)));
  const hidden = [...rows.slice(0, from), ...rows.slice(to)];
  const hiddenUnseen = hidden.filter((row) => isUnacknowledged(row.alarm)).length;
  const unseen = rows.filter((row) => isUnacknowledged(row.alarm)).length;
  const newest = rows.reduce<(typeof rows)[number] | undefined>(
    (a, b) => (isUnacknowledged(b.alarm) && (!a || b.alarm.heard > a.alarm.heard) ? b : a),
    undefined,
  );

  return (
    <section className="panel alarms" aria-label={words.alarm.title}>
      <header className="panel-head">
        <h2>{words.alarm.title}</h2>
        <span className="push cut">{words.alarm.openCount(rows.length, unseen)}</span>
      </header>
      {rows.length === 0 ? (
        <p className="alarms-none" data-testid="alarm-list">
          {words.alarm.none}
        </p>
      ) : (
        <ol className="alarm-rows" ref={list} data-testid="alarm-list">
          {shown.map((row, i) => (
            <AlarmRowView
              key={row.alarm.id}
              row={row}
              place={i < 9 ? i + 1 : null}
              chosen={from + i === chosen}
              now={now}
              open={() => desk.openSelection({ kind: 'alarm', id: row.alarm.id })}
            />
          ))}
        </ol>
      )}
      {hidden.length > 0 && (
        <p className="alarms-more" data-testid="alarm-more">
          {from > 0 && <span className="value">{`${from + 1}–${to} / ${rows.length}　`}</span>}
          {hiddenUnseen > 0 ? words.alarm.moreUnseen(hidden.length, hiddenUnseen) : words.alarm.more(hidden.length)}
        </p>
      )}
      {area !== null && (
        <p className="alarms-more" data-testid="alarm-elsewhere" data-count={elsewhere.length}>
          {words.modes.elsewhere(
            String(elsewhere.length),
            String(elsewhere.filter((row) => isUnacknowledged(row.alarm)).length),
          )}
          {fires > 0 && <span className="value"> {words.modes.fires(String(fires))}</span>}
        </p>
      )}
      <p className="unseen" role="log" aria-live="assertive">
        {newest &&
          `${words.alarm.level[newest.alarm.level]}: ${words.alarm.type[newest.alarm.type]}, ${newest.alarm.deviceName}`}
      </p>
    </section>
  );
};
