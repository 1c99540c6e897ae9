/**
 * The handover on paper: everything the next officer takes over, line by line, and both signatures.
 *
 * Owns: the order of its parts. Guarantees: what the page counts stands here by name; worst first.
 * Refuses: to sign.
 */
import { useDesign } from '../../design/design.tsx';
import { actor, word } from '../../design/locale/words.ts';
import { isOpen } from '../../../native-bridge/contract/records.ts';
import { useCollection, useFengsui } from '../../store/hooks.ts';
import { useStanding } from './standing.ts';
import { PaperTable } from './paper-table.tsx';

/** Both signed, and then it was printed; ms. */
const JUST_SIGNED_MS = 30 * 60_000;

export const PaperHandover = () => {
  const { world } = useFengsui();
  const { words, format, locale } = useDesign();
  const { counts, alarms, incidents, orders, tasks, settings, signed, mutedUntil } = useStanding();
  const services = [...useCollection('service').values()];
  const rules = world.site()?.duty?.rules ?? [];
  const { paper, handover: w } = words;
  const when = (at: number): string => `${format.date(at)} ${format.clock(at)}`;
  const department = (id: string): string => world.site()?.departments.find((one) => one.id === id)?.[locale] ?? id;
  const open = alarms.filter(isOpen).sort((a, b) => a.level - b.level || b.at - a.at);
  // What is being handed over now; one that was signed earlier in the day is another shift's.
  const newest = signed.find(({ incoming }) => incoming === undefined || world.now() - incoming.at < JUST_SIGNED_MS);
  const aside = alarms.filter(({ state }) => state === 'shelved' || state === 'suppressed');
  return (
    <>
      <dl className="paper-counts">
        {counts.map(({ what, value }) => (
          <div key={what}>
            <dt>{what in w ? w[what as 'alarms'] : words.aside[what as 'shelved']}</dt>
            <dd>{format.count(value)}</dd>
          </div>
        ))}
        <div>
          <dt>{w.muted}</dt>
          <dd>{mutedUntil > world.now() ? words.aside.until(format.minute(mutedUntil)) : w.notMuted}</dd>
        </div>
      </dl>
      {newest && newest.note !== '' && (
        <>
          <h2>{w.note}</h2>
          <p>{newest.note}</p>
        </>
      )}
      <PaperTable
        title={w.incidents}
        columns={[
          { name: paper.what },
          { name: paper.state, fixed: true },
          { name: paper.by, fixed: true },
          { name: paper.when, fixed: true },
        ]}
        rows={incidents.map((one) => ({
          id: one.id,
          cells: [
            `${words.incident.level[one.level]} ${one.title} · ${one.address}`,
            words.incident.status[one.status],
            one.owner ? actor(words, one.owner.by) : '',
            when(one.reached.reported ?? one.at),
          ],
        }))}
      />
      <PaperTable
        title={w.unanswered}
        columns={[
          { name: paper.what },
          { name: paper.whom },
          { name: paper.state, fixed: true },
          { name: paper.when, fixed: true },
        ]}
        rows={[
          ...orders.map((order) => ({
            id: order.id,
            cells: [
              word(words.order.type, order.type),
              order.detail === undefined ? '' : department(order.detail),
              words.order.status[order.status],
              when(order.at),
            ],
          })),
          ...tasks.map((task) => ({
            id: task.id,
            cells: [task.action, department(task.department), words.task[task.status], when(task.sentAt ?? task.at)],
          })),
        ]}
      />
      <PaperTable
        title={w.alarms}
        columns={[
          { name: paper.level, fixed: true },
          { name: paper.what },
          { name: paper.state, fixed: true },
          { name: paper.when, fixed: true },
        ]}
        rows={open.map((alarm) => ({
          id: alarm.id,
          cells: [
            words.alarm.level[alarm.level],
            `${words.alarm.type[alarm.type]} · ${alarm.deviceName}`,
            words.alarm.state[alarm.state] + (alarm.contactLost ? ` · ${words.alarm.contactLost}` : ''),
            when(alarm.at),
          ],
        }))}
      />
      <PaperTable
        title={`${words.aside.shelved} · ${words.aside.suppressed}`}
        columns={[
          { name: paper.what },
          { name: paper.reason },
          { name: paper.by, fixed: true },
          { name: paper.until, fixed: true },
        ]}
        rows={aside.map((alarm) => ({
          id: alarm.id,
          cells: [
            `${words.alarm.type[alarm.type]} · ${alarm.deviceName}`,
            alarm.shelvedReason ?? rules.find(({ id }) => id === alarm.suppressedBy)?.reason[locale] ?? '',
            alarm.shelvedBy === undefined ? '' : actor(words, alarm.shelvedBy),
            alarm.shelvedUntil === undefined ? '' : when(alarm.shelvedUntil),
          ],
        }))}
      />
      <PaperTable
        title={words.aside.outOfService}
        columns={[
          { name: paper.what },
          { name: paper.reason },
          { name: paper.by, fixed: true },
          { name: paper.when, fixed: true },
        ]}
        rows={services.map((one) => ({
          id: one.id,
          cells: [one.deviceName, one.reason, actor(words, one.by), when(one.at)],
        }))}
      />
      {settings.length > 0 && (
        <PaperTable
          title={w.settings}
          columns={[{ name: paper.what }, { name: paper.change }, { name: paper.when, fixed: true }]}
          rows={settings.map(({ id, at, before, now: is }) => ({
            id,
            cells: [id, `${before ?? w.none} → ${is ?? w.none}`, when(at)],
          }))}
        />
      )}
      <div className="paper-sign">
        <p>
          {w.outgoing} {newest ? `${newest.outgoing.name} ${when(newest.outgoing.at)}` : ''}
        </p>
        <p>
          {w.incoming} {newest?.incoming ? `${newest.incoming.name} ${when(newest.incoming.at)}` : ''}
        </p>
      </div>
    </>
  );
};
