/**
 * What is not on the list, in its three kinds.
 *
 * Owns: the three lists. Guarantees: shelved (a person, a time, a reason), suppressed (a rule of the profile) and out of
 *   service (a device, a reason) stay apart; each says who or what, and the way back. Refuses: to hide a count.
 */
import type { ReactNode } from 'react';
import { useDesign } from '../../design/design.tsx';
import { actor } from '../../design/locale/words.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui } from '../../store/hooks.ts';

const ROOM = 8;

const List = ({ name, kind, rows }: { name: string; kind: string; rows: ReactNode[] }) => {
  const { words } = useDesign();
  return (
    <section className="aside-list" aria-label={name} data-testid={`aside-${kind}`} data-count={rows.length}>
      <h3>
        {name} <span className="value">{rows.length}</span>
      </h3>
      {rows.length === 0 ? <p className="quiet">{words.aside.none}</p> : <ol>{rows.slice(0, ROOM)}</ol>}
      {rows.length > ROOM && <p className="value">{words.aside.more(rows.length - ROOM)}</p>}
    </section>
  );
};

export const AsidePage = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words, format, locale } = useDesign();
  const alarms = [...useCollection('alarm').values()];
  const services = [...useCollection('service').values()].sort((a, b) => b.at - a.at);
  const rules = store.world.site()?.duty?.rules ?? [];
  const shelved = alarms
    .filter(({ state }) => state === 'shelved')
    .sort((a, b) => (a.shelvedUntil ?? 0) - (b.shelvedUntil ?? 0));
  const suppressed = alarms.filter(({ state }) => state === 'suppressed').sort((a, b) => b.at - a.at);
  return (
    <div className="aside-page">
      <p className="quiet">{words.aside.note}</p>
      <List
        name={words.aside.shelved}
        kind="shelved"
        rows={shelved.map((alarm) => (
          <li key={alarm.id}>
            <span className="value">{words.alarm.type[alarm.type]}</span>
            <span className="cut">{alarm.deviceName}</span>
            <span>{alarm.shelvedReason}</span>
            <span className="quiet">{actor(words, alarm.shelvedBy ?? '')}</span>
            <span className="value">{words.aside.until(format.minute(alarm.shelvedUntil ?? 0))}</span>
            <button type="button" className="duty-button" onClick={() => duty.unshelve(alarm.id)}>
              {words.aside.back}
            </button>
          </li>
        ))}
      />
      <List
        name={words.aside.suppressed}
        kind="suppressed"
        rows={suppressed.map((alarm) => (
          <li key={alarm.id}>
            <span className="value">{words.alarm.type[alarm.type]}</span>
            <span className="cut">{alarm.deviceName}</span>
            <span>{rules.find(({ id }) => id === alarm.suppressedBy)?.reason[locale] ?? alarm.suppressedBy}</span>
            <span className="quiet">{format.minute(alarm.at)}</span>
          </li>
        ))}
      />
      <List
        name={words.aside.outOfService}
        kind="out"
        rows={services.map((one) => (
          <li key={one.id}>
            <span className="cut value">{one.deviceName}</span>
            <span>{one.reason}</span>
            <span className="quiet">
              {actor(words, one.by)} {format.minute(one.at)}
            </span>
            <button type="button" className="duty-button" onClick={() => duty.inService(one.id)}>
              {words.aside.back}
            </button>
          </li>
        ))}
      />
    </div>
  );
};
