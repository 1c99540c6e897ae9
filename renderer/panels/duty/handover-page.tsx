/**
 * Shift handover: what the next officer must know, signed by both.
 *
 * Owns: the two signatures. Guarantees: what is open, shelved, suppressed, out of service, muted and unanswered is counted
 *   as the bridge has it; the outgoing signs first, the incoming by another name. Refuses: to sign for anybody: a name is
 *   typed by hand.
 */
import { useState, type KeyboardEvent } from 'react';
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import type { HandoverRecord } from '../../../native-bridge/contract/duty-records.ts';
import { isOpen } from '../../../native-bridge/contract/records.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow } from '../../store/hooks.ts';
import { useStanding } from './standing.ts';

/** Escape in a field leaves the field, not the page. */
const leave = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key === 'Escape') event.currentTarget.blur();
};
const ROOM = 6;

interface Row {
  id: string;
  what: string;
  state: string;
  at: number;
}
const Section = ({ name, rows }: { name: string; rows: readonly Row[] }) => {
  const { words, format } = useDesign();
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {rows.length === 0 && <p className="quiet">{words.handover.none}</p>}
      <ol>
        {rows.slice(0, ROOM).map(({ id, what, state, at }) => (
          <li key={id}>
            <span className="value cut">{what}</span>
            <span>{state}</span>
            <span className="quiet">{format.minute(at)}</span>
          </li>
        ))}
      </ol>
      {rows.length > ROOM && <p className="value">{words.aside.more(rows.length - ROOM)}</p>}
    </section>
  );
};

export const HandoverPage = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words, format } = useDesign();
  const now = useNow();
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  /** Asked for and not yet in the picture; `id` once the bridge has answered. */
  const [signing, setSigning] = useState<{ as: 'outgoing' | 'incoming'; id: string | null } | null>(null);
  const { counts, alarms, incidents, orders, tasks, settings, signed, mutedUntil } = useStanding();
  const feeds = [...useCollection('feed').values()];
  const offered = signed.find(({ incoming }) => !incoming);
  const w = words.handover;
  const sign = (): void => {
    if (name.trim() === '' || signing !== null) return;
    const as = offered ? 'incoming' : 'outgoing';
    setSigning({ as, id: null });
    duty.handover({ as, name: name.trim(), note, mutedUntil, ...(offered ? { id: offered.id } : {}) }, (id) =>
      setSigning(id === null ? null : { as, id }),
    );
  };
  // The line is free for the next signature once this one stands in the picture (P4), not when it was asked for: the
  // incoming officer would otherwise sign as a second outgoing one.
  const mine = signing?.id == null ? undefined : signed.find(({ id }) => id === signing.id);
  if (signing && mine && (signing.as === 'outgoing' || mine.incoming)) {
    setSigning(null);
    setName('');
    setNote('');
  }
  const line = ({ outgoing, incoming }: HandoverRecord): string =>
    incoming
      ? w.signed(outgoing.name, incoming.name, format.minute(incoming.at))
      : w.offered(outgoing.name, format.minute(outgoing.at));
  return (
    <div className="handover">
      <p className="handover-when">
        {store.world.site()?.name[store.view.getState().locale]} · {format.date(now)} {format.clock(now)}
      </p>
      <dl className="figures">
        {counts.map(({ what, value }) => (
          <div key={what} className="figure" data-count={value} data-what={what}>
            <dt>{what in w ? w[what as 'alarms'] : words.aside[what as 'shelved']}</dt>
            <dd className="act">{format.count(value)}</dd>
          </div>
        ))}
        <div className="figure">
          <dt>{w.muted}</dt>
          <dd className="act">{mutedUntil > now ? words.aside.until(format.minute(mutedUntil)) : w.notMuted}</dd>
        </div>
      </dl>
      <div className="handover-lists">
        <Section
          name={w.incidents}
          rows={incidents.map((one) => ({
            id: one.id,
            what: one.title,
            state: words.incident.status[one.status],
            at: one.reached[one.status] ?? one.at,
          }))}
        />
        <Section
          name={w.unacknowledged}
          rows={alarms
            .filter((alarm) => isOpen(alarm) && alarm.state !== 'acknowledged')
            .sort((a, b) => a.level - b.level || b.at - a.at)
            .map((alarm) => ({
              id: alarm.id,
              what: `${words.alarm.type[alarm.type]} ${alarm.deviceName}`,
              state: words.alarm.level[alarm.level],
              at: alarm.at,
            }))}
        />
        <Section
          name={w.unanswered}
          rows={[
            ...orders.map((order) => ({
              id: order.id,
              what: word(words.order.type, order.type),
              state: words.order.status[order.status],
              at: order.at,
            })),
            ...tasks.map((task) => ({
              id: task.id,
              what: task.action,
              state: words.task[task.status],
              at: task.sentAt ?? task.at,
            })),
          ]}
        />
      </div>
      {settings.length > 0 && (
        <section aria-label={w.settings} data-testid="handover-settings">
          <h3>{w.settings}</h3>
          <ol>
            {settings.slice(0, ROOM).map(({ id, at, before, now: is }) => (
              <li key={id}>
                <span className="value cut">{id}</span>
                <span className="cut">{`${before ?? w.none} → ${is ?? w.none}`}</span>
                <span className="quiet">{format.minute(at)}</span>
              </li>
            ))}
          </ol>
          {settings.length > ROOM && <p className="value">{words.aside.more(settings.length - ROOM)}</p>}
        </section>
      )}
      <section aria-label={w.links}>
        <h3>{w.links}</h3>
        <p>
          {feeds
            .map(
              ({ id, link }) =>
                `${id in words.link.source ? words.link.source[id as 'video'] : id} ${words.link.state[link]}`,
            )
            .join(' · ')}
        </p>
      </section>
      <form
        className="handover-sign"
        onSubmit={(event) => {
          event.preventDefault();
          sign();
        }}
      >
        <p data-testid="handover-state">{offered && line(offered)}</p>
        {!offered && (
          <label>
            {w.note}
            <input value={note} onChange={(event) => setNote(event.target.value)} onKeyDown={leave} maxLength={500} />
          </label>
        )}
        <label>
          {offered ? w.incoming : w.outgoing}
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={leave}
            maxLength={32}
            readOnly={signing !== null}
            data-testid="handover-name"
          />
        </label>
        <button type="submit" className="duty-button" data-testid="handover-sign">
          {w.sign}
        </button>
      </form>
      <section aria-label={w.earlier}>
        <h3>{w.earlier}</h3>
        <ol data-testid="handover-signed">
          {signed
            .filter(({ incoming }) => incoming)
            .slice(0, 4)
            .map((one) => (
              <li key={one.id}>
                <span className="value">{line(one)}</span>
                {one.note !== '' && <span className="cut">{one.note}</span>}
              </li>
            ))}
        </ol>
      </section>
    </div>
  );
};
