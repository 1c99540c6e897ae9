/**
 * Shift handover: what the next officer must know, signed by both.
 *
 * Owns: the two signatures. Guarantees: what is open, shelved, suppressed, out of service, muted and unanswered is counted
 *   as the bridge has it; the outgoing signs first, the incoming by another name; printable on paper. Refuses: to sign for
 *   anybody: a name is typed by hand.
 */
import { useState, type KeyboardEvent } from 'react';
import { useDesign } from '../../design/design.tsx';
import type { HandoverRecord } from '../../../native-bridge/contract/duty-records.ts';
import { isOpen } from '../../../native-bridge/contract/records.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useView } from '../../store/hooks.ts';

/** Escape in a field leaves the field, not the page. */
const leave = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key === 'Escape') event.currentTarget.blur();
};
const ROOM = 6;

export const HandoverPage = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words, format } = useDesign();
  const now = useNow();
  const mutedUntil = useView((view) => view.mutedUntil);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  /** Asked for and not yet in the picture; `id` once the bridge has answered. */
  const [signing, setSigning] = useState<{ as: 'outgoing' | 'incoming'; id: string | null } | null>(null);
  const alarms = [...useCollection('alarm').values()];
  const open = alarms.filter(isOpen);
  const incidents = [...useCollection('incident').values()].filter(({ status }) => status !== 'closed');
  const orders = [...useCollection('order').values()].filter(({ status }) => status === 'waiting' || status === 'sent');
  const tasks = [...useCollection('task').values()].filter(({ unanswered }) => unanswered !== undefined);
  const services = useCollection('service').size;
  const feeds = [...useCollection('feed').values()];
  const signed = [...useCollection('handover').values()].sort((a, b) => b.at - a.at);
  // Since the last handover that both signed; without one, all that is known.
  const since = signed.find(({ incoming }) => incoming)?.incoming?.at ?? 0;
  const settings = [...useCollection('setting').values()].filter(({ at }) => at > since);
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
  const count = (label: string, value: number, key: string) => (
    <div className="figure" data-count={value} data-what={key}>
      <dt>{label}</dt>
      <dd className="act">{format.count(value)}</dd>
    </div>
  );
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
        {count(w.alarms, open.length, 'alarms')}
        {count(w.unacknowledged, open.filter(({ state }) => state !== 'acknowledged').length, 'unacknowledged')}
        {count(w.incidents, incidents.length, 'incidents')}
        {count(w.unanswered, orders.length + tasks.length, 'unanswered')}
        {count(words.aside.shelved, alarms.filter(({ state }) => state === 'shelved').length, 'shelved')}
        {count(words.aside.suppressed, alarms.filter(({ state }) => state === 'suppressed').length, 'suppressed')}
        {count(words.aside.outOfService, services, 'out')}
        <div className="figure">
          <dt>{w.muted}</dt>
          <dd className="act">{mutedUntil > now ? words.aside.until(format.minute(mutedUntil)) : w.notMuted}</dd>
        </div>
      </dl>
      <section aria-label={w.incidents}>
        <h3>{w.incidents}</h3>
        {incidents.length === 0 && <p className="quiet">{w.none}</p>}
        <ol>
          {incidents.slice(0, ROOM).map((one) => (
            <li key={one.id}>
              <span className="value cut">{one.title}</span>
              <span>{words.incident.status[one.status]}</span>
              <span className="quiet">{format.minute(one.reached[one.status] ?? one.at)}</span>
            </li>
          ))}
        </ol>
        {incidents.length > ROOM && <p className="value">{words.aside.more(incidents.length - ROOM)}</p>}
      </section>
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
        <button type="button" className="duty-button" onClick={() => print()}>
          {w.print}
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
